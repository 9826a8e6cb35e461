"""Reading, recognising and checking a report against the bare parser of its format, in one process, taken in turns.

The bare parser: for PDF the raw text of every page by pypdfium2; for HTML the page's text and its tables row by
row by selectolax; for Word the unpacked and parsed body and the text of every cell by lxml. Files are made-up reports: web
pages as Word saves them and as a portal serves them, Word files with properties on every run, ruled PDFs.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, islice
from statistics import median
from time import perf_counter

import pypdfium2
from selectolax.lexbor import LexborHTMLParser

from benchmarks.docx import bare_cells
from benchmarks.docx import report as word_file
from benchmarks.pdf import reports as pdf_files
from gongkai.documents import Source, read
from gongkai.report.check import check
from gongkai.report.recognise import recognise
from tests.documents.html_made import page
from tests.generator.examine import document, fault_of

ROUNDS = 15
FILES = 12
TO_REACH = 3.0


def main() -> None:
    """Print the ratio of each format; exit 1 where one is missed."""
    missed = []
    for name, files, bare in (
        ("pdf", pdf_files(FILES), raw_text),
        ("html, saved by Word", made("html-word"), html_text),
        ("html, styled cells", [page(styled=True)], html_text),
        ("html, a portal's page", made("html-furnished"), html_text),
        ("docx, as Word writes it", [word_file()], bare_cells),
        ("docx, bare cells", made("docx"), bare_cells),
    ):
        peer, ours = medians(files, bare, whole)
        size = sum(map(len, files)) // len(files) // 1024
        print(
            f"{name:24} {len(files):3} files of {size:4} KiB: bare {peer:6.2f} ms, read + check {ours:6.2f} ms,"
            f" ratio {ours / peer:.2f}  (to reach: at most {TO_REACH})"
        )
        if ours / peer > TO_REACH:
            missed.append(name)
    if missed:
        raise SystemExit(f"missed: {'; '.join(missed)}")


def made(kind: str) -> list[bytes]:
    """Consistent reports of the generator in one of its kinds, as most published ones are."""
    consistent = (seed for seed in count() if fault_of(seed) is None)
    return [document(kind, seed)[1].data for seed in islice(consistent, FILES)]


def raw_text(data: bytes) -> int:
    """All text of a PDF by the library alone."""
    with pypdfium2.PdfDocument(data) as file:
        found = 0
        for number in range(len(file)):
            page_of_file = file[number]
            text = page_of_file.get_textpage()
            found += len(text.get_text_range())
            text.close()
            page_of_file.close()
    return found


def html_text(data: bytes) -> tuple[str, list[list[list[str]]]]:
    """The page's text, and its tables row by row, by the parser alone."""
    page = LexborHTMLParser(data)
    tables = [
        [[cell.text(strip=True) for cell in row.css("td,th")] for row in table.css("tr")]
        for table in page.css("table")
    ]
    return page.body.text(separator="\n", strip=True) if page.body else "", tables


def whole(data: bytes) -> None:
    """Everything from bytes to findings."""
    check(recognise(read(Source(data, "file"))))


def medians(files: list[bytes], *runs: Callable[[bytes], object]) -> list[float]:
    """The median over rounds of the mean time a file, in milliseconds; the runs take turns on each file."""
    totals: list[list[float]] = [[] for _ in runs]
    for round_number in range(ROUNDS + 1):
        times = [0.0] * len(runs)
        for data in files:
            for at, run in enumerate(runs):
                start = perf_counter()
                run(data)
                times[at] += perf_counter() - start
        if round_number:  # the first warms the caches up
            for kept, time in zip(totals, times, strict=True):
                kept.append(time / len(files) * 1000)
    return [median(kept) for kept in totals]


if __name__ == "__main__":
    main()
