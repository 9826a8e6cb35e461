"""Tables of a page: spans carried out, every cell at its position."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborNode

from gongkai.documents.characters import clean
from gongkai.documents.html.walking import lines_of
from gongkai.documents.joining import join_lines
from gongkai.documents.limits import Limits
from gongkai.documents.model import Cell, Table
from gongkai.errors import UnreadableDocument

_MARK = "\x01"


def read_table(table: LexborNode, index: int, limits: Limits) -> Table | None:
    """Read one table without tables inside; None where it has no cells.

    A span reaches at most to the table's end, as browsers show it. Raises UnreadableDocument: `document.span` for a
    row with more cells than the limit has columns, `document.too_many_cells`.
    """
    rows = list(_rows(table))
    last, widest = len(rows), limits.span
    spanning = {node.mem_id: node.attributes for node in table.css("[rowspan],[colspan]")}
    texts: dict[str, tuple[str, str | None]] = {}
    cells: list[Cell] = []
    taken = [0] * (widest + 1)  # By column: the last row that a cell above covers.
    columns = 0
    make = tuple.__new__  # half the time of Cell(…), which counts with some hundred cells a page
    for number, row in enumerate(rows, 1):
        at = 0
        for node in row.iter():
            while taken[at] >= number:
                at += 1
            if at >= widest:
                raise UnreadableDocument("document.span", given=at + 1, limit=widest)
            whole = node.text(True, _MARK, True)
            found = texts.get(whole)
            if found is None:
                found = _cell_text(node, whole)
                if _MARK not in whole.strip(_MARK) and "{" not in whole:
                    texts[whole] = found
            text, raw = found
            if spanning and (attributes := spanning.get(node.mem_id)) is not None:
                row_span = min(_span(attributes.get("rowspan")) or last, last - number + 1)
                column_span = min(_span(attributes.get("colspan")) or 1, widest - at)
                if column_span == widest - at and not _ends_row(node):
                    column_span = 1
                cells.append(make(Cell, (text, number, at + 1, row_span, column_span, raw, None, None, None)))
                taken[at : at + column_span] = [number + row_span - 1] * column_span
                at += column_span
            else:
                at += 1
                cells.append(make(Cell, (text, number, at, 1, 1, raw, None, None, None)))
        if at > columns:
            columns = at
        if len(cells) > limits.cells:
            raise UnreadableDocument("document.too_many_cells", limit=limits.cells)
    if not cells:
        return None
    return _fitted(Table(index, tuple(cells), last, columns), limits)


def _cell_text(cell: LexborNode, whole: str) -> tuple[str, str | None]:
    """The cleaned text of a cell, its lines joined, and the original where that differs.

    `whole` is all its texts with marks between them; where there are several they can be parts of one line or lines of
    their own, and some may be no text of the page (scripts).
    """
    text = whole.strip(_MARK)
    if _MARK in text or "{" in text or "(" in text:
        text = join_lines(join_lines(line.splitlines()) for line in lines_of(cell))
    elif "\n" in text:
        text = join_lines(text.splitlines())
    return clean(text)


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for section in table.iter():
        tag = section.tag
        if tag == "tr":
            yield section
        elif tag in ("tbody", "thead", "tfoot"):
            for row in section.iter():
                if row.tag == "tr":
                    yield row


@lru_cache(maxsize=256)
def _span(given: str | None) -> int:
    """A span attribute's number; nonsense means 1."""
    digits = (given or "").strip()[:9]
    return int(digits) if digits.isascii() and digits.isdigit() else 1


def _ends_row(cell: LexborNode) -> bool:
    """Whether no cell follows in the row; only then can a span without measure be meant."""
    following = cell.next
    while following is not None and not following.is_element_node:
        following = following.next
    return following is None


def _fitted(table: Table, limits: Limits) -> Table:
    """The table without the columns that only an absurd span made."""
    if table.columns < limits.span:
        return table
    columns = max(cell.column for cell in table.cells)
    cells = tuple(cell._replace(column_span=min(cell.column_span, columns - cell.column + 1)) for cell in table.cells)
    return Table(table.index, cells, table.rows, columns)
