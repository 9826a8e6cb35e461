"""The sheet as a file: XLSX written and read, cells as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import xlsxwriter

from gongkai.errors import InvalidInput
from gongkai.messages import Listing
from gongkai.web.agencies.exchange.child import table
from gongkai.web.agencies.exchange.columns import COLUMNS

MOST_BYTES = 8 * 2**20
MOST_UNPACKED = 200 * 2**20
MOST_ROWS = 100_000
TITLE = "机关"
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet by its number there, its cells as text by the code of their column."""

    number: int
    cells: Cells


def write(rows: Iterable[Cells], *, template: bool = False) -> bytes:
    """Return an XLSX with a row for each of `rows`; the template has a second sheet that says what goes where."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head, text = book.add_format({"bold": True, "bg_color": "#e8f0fa"}), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(TITLE)
    sheet.freeze_panes(1, 2)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width, text)
        sheet.write_string(0, at, column.head, head)
        if column.choices:
            known = [word for _, word in column.choices if word]
            sheet.data_validation(1, at, MOST_ROWS, at, {"validate": "list", "source": known, "ignore_blank": True})
    for number, row in enumerate(rows, 1):
        for at, column in enumerate(COLUMNS):
            if row.get(column.code):
                sheet.write_string(number, at, row[column.code], text)
    if template:
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 2, 30)
        for number, column in enumerate(COLUMNS):
            words = "、".join(word for _, word in column.choices if word)
            for at, said in enumerate((column.head, "必填" if column.needed else "", column.hint or words)):
                notes.write_string(number, at, said)
    book.close()
    return out.getvalue()


def read(content: bytes) -> list[Row]:
    """Return the rows of an XLSX that hold anything; a child process takes them out.

    Raises InvalidInput for what is no such file, is too heavy or lacks a column.
    """
    _bounded(content)
    cells = table(content)
    heads = cells[0] if cells else []
    missing = [column.head for column in COLUMNS if column.head not in heads]
    if missing:
        raise InvalidInput("agencies.import.no_header", missing=Listing(tuple(missing)))
    if len(cells) - 1 > MOST_ROWS:
        raise InvalidInput("agencies.import.too_many", rows=len(cells) - 1, most=MOST_ROWS)
    places = {column.code: heads.index(column.head) for column in COLUMNS}
    rows = (Row(number, {code: line[at] for code, at in places.items()}) for number, line in enumerate(cells[1:], 2))
    return [row for row in rows if any(row.cells.values())]


def _bounded(content: bytes) -> None:
    """Refuse what is too large, packed or unpacked."""
    if len(content) > MOST_BYTES:
        raise InvalidInput("agencies.import.too_large", size=len(content), most=MOST_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(member.file_size for member in packed.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise InvalidInput("agencies.import.unreadable") from error
    if size > MOST_UNPACKED:
        raise InvalidInput("agencies.import.too_large", size=size, most=MOST_UNPACKED)
