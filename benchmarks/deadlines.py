"""The clock of requests: a million histories against the day counter, and its speed against looking up a day.

`python -m benchmarks.deadlines [HISTORIES]`: the counter of the tests walks every history day by day, on all cores. The speed is
that of an office's requests (most received and answered, or open), read one at a time on one core, against
`Calendar.is_working`, asked for one day at a time in the same run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from statistics import median
from time import perf_counter, process_time

import chinese_calendar

from gongkai.errors import InvalidInput
from gongkai.law.calendar import calendar
from gongkai.law.deadlines.clock import RequestClock
from tests.law.comparison import Comparison, Tally
from tests.law.histories import OFFICE, History, Maker

HISTORIES = 1_000_000
CHUNK = 20_000
FIRST = 1_000
"""Seeds begin beyond those of the tests, so that other histories are met."""
SHOWN = 10
SPEED_HISTORIES = 20_000
ROUNDS = 25
LEAST_RATIO = 0.1


def main(histories: int = HISTORIES) -> int:
    """Compare, then measure; 0 where there is no difference, everything was met, and the speed is reached."""
    equal = _equal(histories)
    return 0 if _fast() and equal else 1


def _equal(histories: int) -> bool:
    tally, start = Tally(), perf_counter()
    chunks = -(-histories // CHUNK)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(_compared, range(FIRST, FIRST + chunks), [CHUNK] * chunks):
            tally.add(found)
    print(*tally.lines(), sep="\n")
    print(
        f"{perf_counter() - start:.0f} s on {os.cpu_count()} cores; never met: {', '.join(tally.unmet()) or 'nothing'}"
    )
    print(*tally.differences[:SHOWN], sep="\n")
    return not tally.differences and not tally.unmet() and tally.met["compared"] >= histories > 0


def _compared(seed: int, number: int) -> Tally:
    return Comparison(seed).run(number)


def _fast() -> bool:
    """Print how many histories are read a second against how many days are looked up; whether it is enough."""
    clock = RequestClock(calendar())
    made = _possible(clock)
    days = [history[0].on for history, _ in made]
    read, is_working = clock.read, clock.calendar.is_working

    def reading() -> None:
        for history, today in made:
            read(history, today)

    def looking_up() -> None:
        for day in days:
            is_working(day)

    def asking_the_library() -> None:
        for day in days[: len(days) // 20]:
            chinese_calendar.is_workday(day)

    clock_time, day_time, library_time = _medians(reading, looking_up, asking_the_library)
    library_time *= len(days) / len(days[: len(days) // 20])
    ratio = day_time / clock_time
    print(_mix([history for history, _ in made]))
    print(
        f"clock: {len(made) / clock_time:,.0f} histories a second; a day looked up: {len(days) / day_time:,.0f}"
        f" a second; ratio {ratio:.3f}, to reach {LEAST_RATIO};"
        f" to the library's own look-up ({len(days) / library_time:,.0f} a second) {library_time / clock_time:.1f}"
    )
    return ratio >= LEAST_RATIO


def _possible(clock: RequestClock) -> list[tuple[History, date]]:
    """Histories of an office, less those that cannot have happened."""
    found = []
    for history, today in Maker(FIRST, OFFICE).histories(SPEED_HISTORIES):
        try:
            clock.read(history, today)
        except InvalidInput:
            continue
        found.append((history, today))
    return found


def _medians(*runs: Callable[[], None]) -> list[float]:
    """The median processor time of each run in seconds, the runs taken in turns; what else the machine does is not counted."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for kept, run in zip(times, runs, strict=True):
            start = process_time()
            run()
            kept.append(process_time() - start)
    return [median(kept) for kept in times]


def _mix(histories: Sequence[History]) -> str:
    """What the histories are made of, for people."""
    shares = [
        f"{name} {sum(any(event.kind in kinds for event in history) for history in histories) / len(histories):.0%}"
        for name, kinds in (
            ("extended", {"extended"}),
            ("consulted", {"third_party_asked", "joint_asked", "agency_asked"}),
            ("supplemented", {"supplement_asked"}),
            ("charged", {"fee_noticed"}),
            ("ended", {"answered", "withdrawn", "abandoned"}),
        )
    ]
    mean = sum(map(len, histories)) / len(histories)
    return f"{len(histories)} histories of an office, {mean:.2f} events each: " + ", ".join(shares)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else HISTORIES))
