"""Reading a web page against the bare parser: the same bytes parsed and the text of every table cell taken.

Two pages, as editors save them: with Word's paragraphs, spans and styles in every cell, and with bare cells. Runs are
interleaved in one process, so that both feel the same load; the ratio of the medians is printed.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

from selectolax.lexbor import LexborHTMLParser

from gongkai.documents import Source, read
from gongkai.report.check import check
from gongkai.report.recognise import recognise
from tests.documents.html_made import page

ROUNDS = 150


def bare(data: bytes) -> list[str]:
    """The peer: parse, and take the text of every cell."""
    return [node.text() for node in LexborHTMLParser(data).css("td,th")]


def medians(*runs: Callable[[], object]) -> list[float]:
    """The median time of each run in milliseconds, the runs interleaved."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for kept, run in zip(times, runs, strict=True):
            start = perf_counter()
            run()
            kept.append(perf_counter() - start)
    return [median(kept) * 1000 for kept in times]


def main() -> None:
    """Print the ratios."""
    for name, styled in (("styled cells", True), ("bare cells", False)):
        data = page(styled=styled)
        source = Source(data, "page.html")
        parser, reader, whole = medians(
            lambda data=data: bare(data),
            lambda source=source: read(source),
            lambda source=source: check(recognise(read(source), path="page.html")),
        )
        print(
            f"HTML, {name}, {len(data) // 1024} KiB, {len(bare(data))} cells: parser {parser:.2f} ms,"
            f" read {reader:.2f} ms = {reader / parser:.2f}x, read + recognise + check {whole:.2f} ms = {whole / parser:.2f}x"
        )


if __name__ == "__main__":
    main()
