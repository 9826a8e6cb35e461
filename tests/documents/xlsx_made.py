"""Spreadsheets made by code from the neutral blocks, one sheet a list of blocks."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

import xlsxwriter

from gongkai.documents.model import Paragraph, Table


def xlsx(sheets: Mapping[str, Iterable[str | Paragraph | Table]], *, hidden: Iterable[str] = ()) -> bytes:
    """An .xlsx: each sheet holds its blocks below one another, parted by a blank row.

    A cell's text that is a plain number is written as a number. Sheets named in `hidden` are hidden.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, blocks in sheets.items():
        sheet = book.add_worksheet(name)
        if name in set(hidden):
            sheet.hide()
        row = 0
        for block in blocks:
            if isinstance(block, Table):
                for cell in block.cells:
                    _write(sheet, row + cell.row - 1, cell.column - 1, cell.row_span, cell.column_span, cell.text)
                row += block.rows + 1
            else:
                sheet.write_string(row, 0, block.text if isinstance(block, Paragraph) else block)
                row += 2
    book.close()
    return out.getvalue()


def _write(sheet: object, row: int, column: int, rows: int, columns: int, text: str) -> None:
    value: object = text
    if text and text.replace(".", "", 1).isdigit() and text.isascii():
        value = float(text) if "." in text else int(text)
    if rows > 1 or columns > 1:
        sheet.merge_range(row, column, row + rows - 1, column + columns - 1, value)  # type: ignore[attr-defined]
    elif text:
        sheet.write(row, column, value)  # type: ignore[attr-defined]
