"""Rows of a register as files to take away: CSV, JSON and XLSX with the same columns as the page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from gongkai.report.write.csv import safe
from gongkai.web.registers.bulk.workbooks import XLSX, table
from gongkai.web.registers.models import Row
from gongkai.web.registers.shown import Column, Register, written

_MARK = "\ufeff"


def csv_lines(register: Register, rows: Iterable[Row], *, office: bool) -> Iterator[bytes]:
    """Give CSV line by line, with the mark by which Excel knows UTF-8; nothing in it is taken for a formula."""
    columns = register.seen(office=office)
    yield (_MARK + _line([column.head for column in columns])).encode()
    for row in rows:
        yield _line([safe(written(column.cell(row))) for column in columns]).encode()


def json_lines(register: Register, rows: Iterable[Row], *, office: bool) -> Iterator[bytes]:
    """Give one JSON object: what the rows are, what the columns mean, and the rows, one a line."""
    columns = register.seen(office=office)
    head = {
        "title": register.title,
        "description": register.says,
        "columns": {column.code: column.described() for column in columns},
    }
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "rows": ['.encode()
    for number, row in enumerate(rows):
        yield ((",\n" if number else "\n") + _object(columns, row)).encode()
    yield b"\n]}\n"


def workbook(register: Register, rows: Iterable[Row], *, office: bool) -> Iterator[bytes]:
    """Give a workbook in which every cell is text: nothing in it is taken for a formula, and no amount is rounded.

    A second sheet says what the columns mean.
    """
    columns = register.seen(office=office)
    cells = ([written(column.cell(row)) for column in columns] for row in rows)
    notes = [[column.head, column.unit, column.says] for column in columns]
    yield table(
        [column.head for column in columns], cells, register.title, ("列的说明", ["列", "单位", "说明"], notes)
    )


def plain_csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a small table as CSV, made safe like the others."""
    return (_MARK + "".join(_line([safe(cell) for cell in line]) for line in (heads, *rows))).encode()


MOST_IN_WORKBOOK = 100_000
"""Rows up to which a workbook is offered: beyond, it is slow to make and to open, and CSV holds the same."""
FORMATS: Mapping[str, tuple[str, Callable[..., Iterator[bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_lines),
    "json": ("application/json", json_lines),
    "xlsx": (XLSX, workbook),
}
"""Endings to the media type and the writer."""


def _object(columns: Iterable[Column], row: Row) -> str:
    """A row as JSON. An amount is written as a number with its four decimals, which no float takes part in."""
    parts = []
    for column in columns:
        cell = column.cell(row)
        value = str(cell) if isinstance(cell, Decimal) else json.dumps(_plain(cell), ensure_ascii=False)
        parts.append(f"{json.dumps(column.code)}: {value}")
    return "{" + ", ".join(parts) + "}"


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
