"""Reading a Word report against the bare parser: the same zip and XML library, and nothing but the text of the cells."""

from __future__ import annotations

import io
import statistics
import time
import zipfile
from collections.abc import Callable

from lxml import etree

from gongkai.documents.docx import read
from gongkai.documents.limits import Limits
from gongkai.documents.model import Paragraph
from gongkai.documents.source import Source
from gongkai.report.form import load
from tests.documents.docx_made import Given, docx
from tests.documents.official import official_tables

ROUNDS = 61
PARAGRAPHS = (10, 1, 1, 1, 4, 2)
"""Paragraphs of prose under each of the six headings."""
PROSE = "全镇积极开展政府信息公开工作，全年主动公开政府信息{n}条，其中政策文件{m}件，收到政府信息公开申请{k}件，均按期答复。"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def main() -> None:
    """Print the ratio of medians, taken in turns in one process."""
    data = report()
    source = Source(data, "report.docx")
    limits = Limits()
    document = read(source, limits)
    cells = sum(len(table.cells) for table in document.tables)
    assert cells == sum(len(table.cells) for table in official_tables()), cells
    bare, ours = medians(lambda: bare_cells(data), lambda: read(source, limits))
    print(
        f"docx: read {ours * 1e3:.2f} ms, bare parser {bare * 1e3:.2f} ms, ratio {ours / bare:.2f} "
        f"({len(data):,} bytes, {cells} cells, {len(document.paragraphs)} paragraphs, {ROUNDS} rounds)"
    )


def report() -> bytes:
    """A report as Word writes it: prose, the three official tables, properties on every run and cell."""
    tables = official_tables()
    blocks: list[Given] = ["某某县样例镇人民政府2023年政府信息公开工作年度报告"]
    for section in load("2021").sections:
        blocks.append(Paragraph(section.label, level=1))
        for n in range(PARAGRAPHS[section.number - 1]):
            # No two paragraphs are the same, so that no cache can help.
            blocks.append("".join(PROSE.format(n=100 * section.number + n, m=n + part, k=part) for part in range(4)))
        if section.number in (2, 3, 4):
            blocks.append(tables[section.number - 2])
    return docx(blocks, noise=True, title="年度报告", header="样例镇人民政府", footer="— 1 —")


def bare_cells(data: bytes) -> list[str]:
    """Unpack and parse the body, and take the text of every table cell."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return ["".join(text.text or "" for text in cell.iter(f"{W}t")) for cell in root.iter(f"{W}tc")]


def medians(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """The median seconds of two callables, called in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for call, taken in zip((first, second), times, strict=True):
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


if __name__ == "__main__":
    main()
