"""Reading PDFs: against the raw text of the same library, and against pdfplumber's tables.

Twenty made reports, of four to six pages: prose and the three official tables with ruling lines. All are read in one
process, the three ways in turn for each file, so that the machine's other work falls on all alike; the figures are
medians over rounds.
"""

from __future__ import annotations

import io
import random
import statistics
import time
from collections.abc import Callable

import pdfplumber
import pypdfium2

from gongkai.documents import Limits, Source
from gongkai.documents.pdf import read
from tests.documents import pdf_made as made

REPORTS = 20
ROUNDS = 7
PLUMBER_ROUNDS = 1
READ_TO_RAW = 2.2
READ_TO_PLUMBER = 0.1


def reports(count: int = REPORTS) -> list[bytes]:
    """Reports with figures of their own and from four to six pages."""
    files: list[bytes] = []
    for number in range(count):
        chance = random.Random(number)
        files.append(
            made.report_pdf(
                lambda _, chance=chance: chance.choice(["0", "0", "0", "3", "12", "345"]),
                pages_of_prose=1 + number % 3,
                repeat_header=bool(number % 2),
            )
        )
    return files


def raw_text(data: bytes) -> int:
    """Open a document and take every page's text; the number of characters."""
    characters = 0
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        characters += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return characters


def ours(data: bytes) -> int:
    """Read a document; the number of cells."""
    return sum(len(table.cells) for table in read(Source(data, "report.pdf"), Limits()).tables)


def plumber(data: bytes) -> int:
    """Let pdfplumber find the tables of every page; the number of cells."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(row) for page in document.pages for table in page.extract_tables() for row in table)


def seconds(work: Callable[[bytes], int], data: bytes) -> float:
    """How long `work` takes on one file; it must find something."""
    start = time.perf_counter()
    found = work(data)
    taken = time.perf_counter() - start
    if not found:
        raise SystemExit(f"{work.__name__} found nothing")
    return taken


def pages_of(data: bytes) -> int:
    """How many pages a document has."""
    document = pypdfium2.PdfDocument(data)
    pages = len(document)
    document.close()
    return pages


def main() -> int:
    """Measure and print the two ratios; 1 where one of them is not reached."""
    files = reports()
    raw: list[float] = []
    read_times: list[float] = []
    plumber_times: list[float] = []
    for turn in range(ROUNDS):
        raw.append(0.0)
        read_times.append(0.0)
        if turn < PLUMBER_ROUNDS:
            plumber_times.append(0.0)
        for data in files:
            raw[-1] += seconds(raw_text, data)
            read_times[-1] += seconds(ours, data)
            if turn < PLUMBER_ROUNDS:
                plumber_times[-1] += seconds(plumber, data)
    to_raw = statistics.median(mine / other for mine, other in zip(read_times, raw, strict=True))
    to_plumber = statistics.median(read_times) / statistics.median(plumber_times)
    pages = sum(map(pages_of, files))
    print(
        f"{len(files)} reports, {pages} pages; a report: {1000 * statistics.median(read_times) / len(files):.1f} ms"
    )
    print(f"pdf read / raw text            {to_raw:.2f}  (to reach: at most {READ_TO_RAW})")
    print(f"pdf read / pdfplumber tables   {to_plumber:.3f}  (to reach: at most {READ_TO_PLUMBER})")
    return int(to_raw > READ_TO_RAW or to_plumber > READ_TO_PLUMBER)


if __name__ == "__main__":
    raise SystemExit(main())
