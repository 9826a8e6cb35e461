"""The clock of requests and the calendar against plain counting, day by day."""

from datetime import date
from functools import cache
from random import Random

import chinese_calendar
import pytest

from gongkai.law.calendar import calendar
from gongkai.law.deadlines.history import Event
from gongkai.messages import catalogue
from tests.law.comparison import CODES, Comparison, published, settings
from tests.law.counted_request import ONE, Law
from tests.law.day_counter import Refused, count

CHUNKS = range(5)
CHUNK = 4_000


@pytest.mark.parametrize("seed", CHUNKS)
def test_the_clock_reads_every_history_as_the_day_counter_does(seed, record_property):
    tally = Comparison(seed).run(CHUNK)
    print(*tally.lines(), sep="\n")
    record_property("day counter", dict(tally.met))
    assert "\n".join(tally.differences[:5]) == ""
    assert tally.unmet() == []
    assert tally.met["histories"] == CHUNK
    assert CHUNK * 1.2 < tally.met["compared"] < CHUNK * 1.3
    assert 0.1 < tally.met["refused"] / tally.met["compared"] < 0.25


def test_every_refusal_that_has_a_message_is_looked_for():
    said = {code for code in catalogue("zh") if code.startswith("law.history.")}
    assert said == set(CODES) - {"law.parameter.not_in_force"}


def test_every_setting_of_the_clock_is_looked_at_in_both_ways():
    found = settings()
    assert len(found) == len({given.law for given in found}) == 32
    assert found[0].law == Law()


# --- the day counter itself -------------------------------------------------------------------------------------------


def on(text):
    return date.fromisoformat(text)


def event(text, **more):
    kind, day = text.split()
    return Event(kind, on(day), **more)


BY_HAND = [
    ("网上申请，2025-01-20确认", ["received 2025-01-20"], "2025-02-21"),
    ("同上，延期20个工作日", ["received 2025-01-20", "extended 2025-02-20"], "2025-03-21"),
    ("2025-02-01（假日）确认", ["received 2025-02-01"], "2025-03-03"),
    (
        "2025-09-22收到，补正后2025-10-10收到",
        ["received 2025-09-22", "supplement_asked 2025-09-30", "supplemented 2025-10-10"],
        "2025-11-06",
    ),
    ("2024-09-10收到", ["received 2024-09-10"], "2024-10-14"),
    ("2024-09-10收到，延期20个工作日", ["received 2024-09-10", "extended 2024-10-14"], "2024-11-11"),
    (
        "2025-04-21收到，征求第三方意见",
        [
            "received 2025-04-21",
            "third_party_asked 2025-04-28",
            "third_party_reached 2025-04-29",
            "third_party_answered 2025-05-20",
        ],
        "2025-06-10",
    ),
    ("2026-02-14（调休上班的星期六）当面提交", ["received 2026-02-14"], "2026-03-20"),
    (
        "2026-01-20收到收费通知，2026-02-10缴费",
        ["received 2026-01-05", "fee_noticed 2026-01-19", "fee_reached 2026-01-20", "fee_paid 2026-02-10"],
        "2026-03-16",
    ),
]


@pytest.mark.parametrize(("events", "due"), [case[1:] for case in BY_HAND], ids=[case[0] for case in BY_HAND])
def test_the_day_counter_gives_the_days_worked_out_by_hand(events, due):
    history = [event(text, days=20, until=on("2025-10-31")) for text in events]
    _, worked, settled = published()
    said = count(history, history[-1].on, Law(), worked, settled)
    assert (said.state, said.due, said.late, said.provisional) == ("running", on(due), False, False)
    assert (
        sum(worked[history[-1].on + days * ONE] for days in range(1, (on(due) - history[-1].on).days + 1))
        == said.left
    )


def more(value):
    """One more, or one day later."""
    return value + (ONE if isinstance(value, date) else 1)


def counting_under(**changes):
    """A wrong counter: it takes the law to be another than it is."""

    def counting(history, today, law, worked, settled):
        wrong = {name: change(getattr(law, name)) for name, change in changes.items()}
        return count(history, today, law._replace(**wrong), worked, settled)

    return counting


def blind_to_made_up_days(history, today, law, worked, settled):
    """A wrong counter: it knows nothing of rest days on which people work."""
    plain = {day: is_worked and day.weekday() < 5 for day, is_worked in worked.items()}
    return count(history, today, law, plain, settled)


def settled_a_day_longer(history, today, law, worked, settled):
    """A wrong counter: it takes one day more for certain."""
    return count(history, today, law, worked, settled + ONE)


def one_code_for_all(history, today, law, worked, settled):
    """A wrong counter: it names refusals wrongly."""
    said = count(history, today, law, worked, settled)
    return said._replace(code="law.history.awaiting") if isinstance(said, Refused) else said


WRONG = {
    **{
        name: counting_under(**{name: (lambda is_so: not is_so) if isinstance(usual, bool) else more})
        for name, usual in Law._field_defaults.items()
    },
    **{given.__name__: given for given in (blind_to_made_up_days, settled_a_day_longer, one_code_for_all)},
}


@cache
def right():
    return Comparison(99).run(CHUNK)


@pytest.mark.parametrize("counting", WRONG.values(), ids=WRONG)
def test_a_counter_that_is_wrong_in_one_thing_is_found(counting):
    found = Comparison(99, counting=counting).run(CHUNK)
    assert found.met["histories"] == right().met["histories"] == CHUNK
    assert len(found.differences) > len(right().differences)


# --- the calendar -----------------------------------------------------------------------------------------------------


def days_of(first, last):
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


EVERY = days_of(date(2004, 1, 1), date(2026, 12, 31))


@cache
def by_the_library():
    return {day: chinese_calendar.is_workday(day) for day in EVERY}


def test_every_published_day_is_worked_as_the_library_says():
    official = calendar()
    assert {day: official.is_working(day) for day in EVERY} == by_the_library()
    assert len(EVERY) == 8401


def test_working_days_after_a_day_are_those_met_one_after_the_other():
    official, worked, checked = calendar(), by_the_library(), 0
    for start in EVERY[:-400]:
        day, number = start, 0
        while number < 45:
            day += ONE
            if worked[day]:
                number += 1
                assert official.after(start, number) == day
                checked += 1
    assert checked == 8001 * 45


def test_working_days_between_two_days_are_those_met_from_the_one_to_the_other():
    official, worked, random = calendar(), by_the_library(), Random(7)
    for _ in range(2_000):
        after, through = sorted(random.sample(EVERY, 2))
        number = sum(worked[day] for day in days_of(after + ONE, through))
        assert (official.count(after, through), official.count(through, after)) == (number, -number)


def test_a_day_that_is_not_worked_moves_to_the_next_that_is():
    official, worked, moved = calendar(), by_the_library(), 0
    for start in EVERY[:-10]:
        day = start
        while not worked[day]:
            day += ONE
        assert official.roll(start) == day
        moved += day != start
    assert moved > 2_000
