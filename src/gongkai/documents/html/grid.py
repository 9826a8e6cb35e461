"""Tables of a page: spans carried out, every cell at its position."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache

from selectolax.lexbor import LexborNode

from gongkai.documents.html.cell import CellTexts, SureTexts
from gongkai.documents.limits import Limits
from gongkai.documents.model import Cell, Table
from gongkai.errors import UnreadableDocument

_SURE_TEXTS, _CELL_TEXTS = SureTexts(), CellTexts()


def read_table(table: LexborNode, index: int, limits: Limits, mixed: Container[int] = ()) -> Table | None:
    """Read one table without tables inside; None where it has no cells.

    `mixed` are the ids of elements with something unusual inside (see `unusual`). A span reaches at most to the table's
    end, as browsers show it. Raises UnreadableDocument: `document.span` for a row with more cells than the limit has
    columns, `document.too_many_cells`.
    """
    rows = list(_rows(table))
    last, widest = len(rows), limits.span
    spanning = {node.mem_id: node for node in table.css("[rowspan],[colspan]")}
    spanned_rows = {above.mem_id for node in spanning.values() if (above := node.parent) is not None}
    odd = mixed if table.mem_id in mixed else None
    cells: list[Cell] = []
    taken = [0] * (widest + 1)  # By column: the last row that a cell above covers.
    columns = 0
    # This loop runs some hundred times a page: `make` takes half the time of Cell(…), and names are looked up once.
    known, add, make = _SURE_TEXTS, cells.append, tuple.__new__
    for number, row in enumerate(rows, 1):
        at = 0
        has_spans = row.mem_id in spanned_rows
        for node in row.iter() if odd is None or row.mem_id not in odd else _cells(row):
            if node.is_comment_node:
                continue
            found = None if odd and node.mem_id in odd else known[node.text_lexbor()]
            if found is None and (found := _CELL_TEXTS.of(node, odd)) is None:
                continue
            while taken[at] >= number:
                at += 1
            if at >= widest:
                raise UnreadableDocument("document.span", given=at + 1, limit=widest)
            text, raw = found
            if has_spans and node.mem_id in spanning:
                row_span, column_span = _spans(node, last - number + 1, widest - at)
                add(make(Cell, (text, number, at + 1, row_span, column_span, raw, None, None, None)))
                taken[at : at + column_span] = [number + row_span - 1] * column_span
                at += column_span
            else:
                at += 1
                add(make(Cell, (text, number, at, 1, 1, raw, None, None, None)))
        if at > columns:
            columns = at
        if len(cells) > limits.cells:
            raise UnreadableDocument("document.too_many_cells", limit=limits.cells)
    return _fitted(Table(index, tuple(cells), last, columns), limits) if cells else None


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for section in table.iter():
        tag = section.tag
        if tag == "tr":
            yield section
        elif tag in ("tbody", "thead", "tfoot"):
            for row in section.iter():
                if row.tag == "tr":
                    yield row


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    """The cells of a row that may hold scripts too."""
    return (node for node in row.iter() if node.tag in ("td", "th"))


def _spans(cell: LexborNode, rows: int, columns: int) -> tuple[int, int]:
    """How many rows and columns a cell spans where so many are left."""
    attributes = cell.attributes
    row_span, column_span = _number(attributes.get("rowspan")), _number(attributes.get("colspan")) or 1
    if row_span > rows or not row_span:
        row_span = rows
    if column_span >= columns:
        column_span = columns if _ends_row(cell) else 1
    return row_span, column_span


@lru_cache(maxsize=256)
def _number(given: str | None) -> int:
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
