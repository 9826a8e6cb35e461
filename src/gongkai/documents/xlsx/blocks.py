"""From the cells of a sheet to tables and lines: what blank rows part stands apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from gongkai.documents.cell_text import join_lines
from gongkai.documents.characters import clean
from gongkai.documents.limits import Limits
from gongkai.documents.model import Block, Cell, Paragraph, Table
from gongkai.errors import UnreadableDocument

Merge: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 1."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: row and column to the text shown and the figure stored where that differs; merged ranges."""

    name: str
    cells: dict[tuple[int, int], tuple[str, str | None]]
    merges: list[Merge]


def blocks_of(sheets: list[Sheet], limits: Limits) -> Iterator[Block]:
    """The blocks of all sheets: the name of each (part `sheet`), then its tables and lines from top to bottom."""
    tables = paragraphs = 0
    for sheet in sheets:
        yield Paragraph(*clean(sheet.name), part="sheet")
        for band in _bands(sheet, limits):
            if not _is_prose(band):
                tables += 1
                yield _table(band, tables, limits)
                continue
            lines = [line for cell in band for line in (cell.raw or cell.text).split("\n") if line.strip()]
            paragraphs += len(lines)
            if paragraphs > limits.paragraphs:
                raise UnreadableDocument("document.too_many_paragraphs", limit=limits.paragraphs)
            yield from (Paragraph(*clean(line)) for line in lines)


def _is_prose(band: list[Cell]) -> bool:
    """Whether no row holds more than one cell."""
    return len({cell.row for cell in band}) == len(band)


def _bands(sheet: Sheet, limits: Limits) -> Iterator[list[Cell]]:
    """The cells of each run of rows without a blank row, row and column as in the sheet."""
    if not sheet.cells:
        return
    last_row = max(row for row, _ in sheet.cells)
    last_column = max(column for _, column in sheet.cells)
    spans, covered = _spans(sheet, last_row, last_column, limits)
    filled = {row for row, _ in sheet.cells} | {row for row, _ in covered}
    cells = [
        _cell(row, column, *sheet.cells.get((row, column), ("", None)), *spans.get((row, column), (1, 1)))
        for row, column in sorted((sheet.cells.keys() | spans.keys()) - covered)
    ]
    by_row = {row: list(group) for row, group in groupby(cells, key=lambda cell: cell.row)}
    band: list[Cell] = []
    previous = 0
    for row in sorted(filled):
        if row != previous + 1 and band:
            yield band
            band = []
        band += by_row.get(row, [])
        previous = row
    if band:
        yield band


def _spans(
    sheet: Sheet, last_row: int, last_column: int, limits: Limits
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """The spans by upper left cell, and the positions that merged cells cover; both within the part in use."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    area = 0
    for top, left, bottom, right in sheet.merges:
        bottom, right = min(bottom, last_row), min(right, last_column)
        rows, columns = bottom - top + 1, right - left + 1
        if rows < 1 or columns < 1 or (top, left) in covered:
            continue
        area += rows * columns
        if area > limits.cells:
            raise UnreadableDocument("document.too_many_cells", limit=limits.cells)
        spans[top, left] = (rows, columns)
        covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        covered.discard((top, left))
    return spans, covered


def _cell(row: int, column: int, text: str, stored: str | None, row_span: int, column_span: int) -> Cell:
    joined = join_lines(text) if "\n" in text else text
    cleaned, raw = clean(joined)
    return Cell(cleaned, row, column, row_span, column_span, stored or (text if joined != text else raw))


def _table(band: list[Cell], index: int, limits: Limits) -> Table:
    top, left = band[0].row, min(cell.column for cell in band)
    cells = tuple(cell._replace(row=cell.row - top + 1, column=cell.column - left + 1) for cell in band)
    rows = max(cell.row + cell.row_span - 1 for cell in cells)
    columns = max(cell.column + cell.column_span - 1 for cell in cells)
    if columns > limits.span:
        raise UnreadableDocument("document.span", given=columns, limit=limits.span)
    if rows * columns > limits.cells:
        raise UnreadableDocument("document.too_many_cells", limit=limits.cells)
    return Table(index, _with_blanks(cells, rows, columns), rows, columns)


def _with_blanks(cells: tuple[Cell, ...], rows: int, columns: int) -> tuple[Cell, ...]:
    """The cells and, where a sheet stores nothing, cells without a text: a blank cell of a grid is a cell."""
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    blanks = (
        Cell("", row, column)
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
        if (row, column) not in taken
    )
    return tuple(sorted((*cells, *blanks), key=lambda cell: (cell.row, cell.column)))
