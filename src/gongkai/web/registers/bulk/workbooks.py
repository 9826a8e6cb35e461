"""Workbooks that go out: the empty template of a register's sheet, and refused rows, ready to mend and to bring again."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import xlsxwriter

from gongkai.web.registers.bulk.columns import EXAMPLE, REASON, columns
from gongkai.web.registers.bulk.sheet import MOST_ROWS
from gongkai.web.registers.models import Import
from gongkai.web.registers.shown import Register

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_CELL = 32_767
"""Characters that a cell of a workbook takes."""


def template(register: Register) -> bytes:
    """Return an empty sheet with the headings of a register, lists of allowed words, one row marked as an example, and notes."""
    with _book() as (book, out):
        head, text = book.add_format({"bold": True, "bg_color": "#e8f0fa"}), book.add_format({"num_format": "@"})
        example = book.add_format({"num_format": "@", "italic": True, "font_color": "#5a6472"})
        sheet = book.add_worksheet("登记表")
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns(register.model)):
            sheet.set_column(at, at, column.width, text)
            sheet.write_string(0, at, column.head, head)
        for at, column in enumerate(columns(register.model)):
            sheet.write_string(1, at, column.example, example)
            if column.choices:
                sheet.data_validation(
                    1, at, MOST_ROWS, at, {"validate": "list", "source": list(column.choices), "ignore_blank": True}
                )
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 2, 32)
        for number, column in enumerate(columns(register.model)):
            for at, said in enumerate((column.head, "必填" if column.needed else "可以不填", column.hint)):
                notes.write_string(number, at, said)
        notes.write_string(number + 2, 0, f"以“{EXAMPLE}”开头的一行是例子，导入时跳过。")
        notes.write_string(number + 3, 0, f"列的顺序可以改，可以有别的列。一次最多{MOST_ROWS}行。")
    return out.getvalue()


def refused(given: Import) -> bytes:
    """Return the refused rows under the headings of their own sheet, with the reasons in a last column; all of it is text."""
    heads = [str(head) for head in given.heads]
    at = next((place for place, head in enumerate(heads) if head == REASON), len(heads))
    with _book() as (book, out):
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("需要改正的行")
        sheet.set_column(0, len(heads), 20, text)
        lines: Iterable[list[str]] = _refusals(given, at)
        for number, cells in enumerate([[*heads[:at], REASON, *heads[at + 1 :]], *lines]):
            for place, cell in enumerate(cells):
                if cell:
                    sheet.write_string(number, place, cell[:_LONGEST_CELL], text)
    return out.getvalue()


Sheet = tuple[str, Iterable[str], Iterable[Iterable[str]]]
"""The title of a sheet, its heads and its rows."""


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], title: str, *more: Sheet) -> bytes:
    """Return tables as the sheets of a workbook of text; nothing in it is taken for a formula or an address."""
    with _book() as (book, out):
        bold = book.add_format({"bold": True})
        for called, of, lines in ((title, heads, rows), *more):
            sheet = book.add_worksheet(called[:31])
            for place, head in enumerate(of):
                sheet.write_string(0, place, head, bold)
            for number, cells in enumerate(lines, 1):
                for place, cell in enumerate(cells):
                    sheet.write_string(number, place, cell[:_LONGEST_CELL])
    return out.getvalue()


def _refusals(given: Import, at: int) -> Iterator[list[str]]:
    for row in given.refusals.order_by("number").iterator(chunk_size=2000):
        cells = [str(cell) for cell in row.cells]
        cells += [""] * (at - len(cells))
        yield [*cells[:at], row.why.replace("\n", "；"), *cells[at + 1 :]]


@contextmanager
def _book() -> Iterator[tuple[Any, io.BytesIO]]:
    """A workbook of which only the row at hand is held in memory."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    yield book, out
    book.close()
