"""Workbooks that go out: any table as one, in which every cell is text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Characters that a cell of a workbook takes."""


Sheet = tuple[str, Iterable[str], Iterable[Iterable[str]]]
"""The title of a sheet, its heads and its rows."""


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], title: str, *more: Sheet) -> bytes:
    """Return tables as the sheets of a workbook of text; nothing in it is taken for a formula or an address."""
    with book() as (made, out):
        bold = made.add_format({"bold": True})
        for called, of, lines in ((title, heads, rows), *more):
            sheet = made.add_worksheet(called[:31])
            for place, head in enumerate(of):
                sheet.write_string(0, place, head, bold)
            for number, cells in enumerate(lines, 1):
                for place, cell in enumerate(cells):
                    sheet.write_string(number, place, cell[:LONGEST_CELL])
    return out.getvalue()


@contextmanager
def book() -> Iterator[tuple[Any, io.BytesIO]]:
    """A workbook of which only the row at hand is held in memory."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    made = xlsxwriter.Workbook(out, options)
    yield made, out
    made.close()
