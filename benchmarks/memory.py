"""Peak memory of reading, recognising and checking 1,000 documents in a row, in a fresh process, format by format.

To reach: at most 120 MiB, and flat: no more in use after 1,000 documents than after 200.
"""

from __future__ import annotations

import multiprocessing
import resource
from pathlib import Path

DOCUMENTS, EARLY = 1_000, 200
TO_REACH = 120
GROWTH = 1.05


def main() -> None:
    """Print the figures; exit 1 where one is missed."""
    kinds = ("html", "text", "docx", "pdf", "all in turn")
    # Every task in a process of its own: what making the documents took must not count.
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        lines = [pool.apply(measured, (kind, pool.apply(make, (kind,)))) for kind in kinds]
    for name, early, late, peak in lines:
        print(
            f"memory, {name}: {early:.0f} MiB after {EARLY} documents, {late:.0f} MiB after {DOCUMENTS}"
            f" (growth {late / early:.3f}x), peak {peak:.0f} MiB (to reach: at most {TO_REACH})"
        )
    if any(peak > TO_REACH or late > early * GROWTH for _, early, late, peak in lines):
        raise SystemExit(1)


def measured(name: str, made: list[bytes]) -> tuple[str, float, float, float]:
    """Read the documents of one kind; memory in use early and late, and the peak, in MiB."""
    from gongkai.documents import Source, read
    from gongkai.report.check import check
    from gongkai.report.recognise import recognise

    early = 0.0
    for number in range(1, DOCUMENTS + 1):
        data = made[number % len(made)]
        check(recognise(read(Source(data, f"{number}")), path=str(number)))
        if number == EARLY:
            early = in_use()
    return name, early, in_use(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make(name: str) -> list[bytes]:
    """Made documents of one kind, each a little different."""
    from tests.documents.html_made import page
    from tests.documents.mutating import seeds

    if name == "html":
        return [page({"requests.new.natural_person": number, "requests.new.total": number}) for number in range(40)]
    return [data for seed, data in seeds().items() if name == "all in turn" or seed.startswith(name)]


def in_use() -> float:
    """The memory that this process holds now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


if __name__ == "__main__":
    main()
