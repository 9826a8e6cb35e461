"""Twenty thousand made-up reports read and checked on all cores, with the assertions of the tests.

`python -m benchmarks.generated [DOCUMENTS]` prints a table by kind of file and what was not as it must be.
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor

from tests.generator.examine import Outcome, examine
from tests.generator.kinds import KINDS

DOCUMENTS = 20_000
CHUNK = 50
FIRST = 100_000
"""Seeds begin beyond those of the tests, so that other reports are met."""
LEAST_SHARE = 99.5
SHOWN = 40


def main(documents: int = DOCUMENTS) -> int:
    """Examine `documents` reports; 0 where no figure was wrong, nothing planted was missed and nothing was alarmed falsely."""
    chunks = -(-documents // (CHUNK * len(KINDS)))
    jobs = [(kind, FIRST + chunk * CHUNK) for chunk in range(chunks) for kind in KINDS]
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    seconds: dict[str, float] = defaultdict(float)
    start = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for kind, outcome, taken in pool.map(_run, jobs):
            outcomes[kind].add(outcome)
            seconds[kind] += taken
    passed = _print(outcomes, seconds, time.perf_counter() - start)
    return 0 if passed else 1


def _run(job: tuple[str, int]) -> tuple[str, Outcome, float]:
    kind, first = job
    outcome = Outcome()
    start = time.perf_counter()
    for seed in range(first, first + CHUNK):
        outcome.add(examine(kind, seed))
    return kind, outcome, time.perf_counter() - start


def _print(outcomes: dict[str, Outcome], seconds: dict[str, float], elapsed: float) -> bool:
    print(
        f"{'kind':<22}{'documents':>10}{'cells':>10}{'right %':>9}{'unread':>8}{'wrong':>7}{'planted':>9}{'found':>7}{'false':>7}{'ms each':>9}"
    )
    total = Outcome()
    passed = True
    for kind, outcome in outcomes.items():
        print(_line(kind, outcome, seconds[kind]))
        passed = passed and outcome.share >= LEAST_SHARE
        total.add(outcome)
    print(_line("all", total, sum(seconds.values())))
    print(
        f"{total.counts['documents']} documents in {elapsed:.0f} s on {os.cpu_count()} cores; {len(total.problems)} problems"
    )
    for problem in total.problems[:SHOWN]:
        print(f"  {problem[:300]}")
    return passed and not total.problems and total.counts["documents"] > 0


def _line(kind: str, outcome: Outcome, taken: float) -> str:
    n = outcome.counts
    return (
        f"{kind:<22}{n['documents']:>10}{n['cells']:>10}{outcome.share:>9.3f}{n['unread']:>8}{n['wrong']:>7}"
        f"{n['planted']:>9}{n['found']:>7}{n['false']:>7}{1000 * taken / n['documents']:>9.1f}"
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS))
