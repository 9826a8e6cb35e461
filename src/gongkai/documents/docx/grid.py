"""The grid of a table: where each cell begins and how far it reaches, once merged cells are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from gongkai.documents.limits import Limits
from gongkai.errors import UnreadableDocument

Content = TypeVar("Content")

SLIVER = 40
"""A column of no more twentieths of a point holds no character."""


class RowCell(NamedTuple, Generic[Content]):
    """A cell as its row writes it: what it holds, how many columns it takes, its part in merges.

    `merge` is `restart` or `continue` for a cell merged over rows; `beside` says that the cell before reaches over it.
    A `content` of None is a gap: columns without a cell.
    """

    content: Content | None
    span: int = 1
    merge: str | None = None
    beside: bool = False


@dataclass(slots=True)
class GridCell(Generic[Content]):
    """A cell that shows its content: its upper left position counted from 1, its spans."""

    content: Content
    row: int
    column: int
    row_span: int
    column_span: int
    own_span: int


class Grid(Generic[Content]):
    """The cells of a table after merging. Raises UnreadableDocument for spans or cells over the limits."""

    def __init__(
        self, rows: Sequence[Sequence[RowCell[Content]]], limits: Limits, widths: Sequence[int] = ()
    ) -> None:
        """`widths` are those of the columns in twentieths of a point, as far as the file gives them."""
        self.cells: list[GridCell[Content]] = []
        self.rows = 0
        self.columns = 0
        self._limits = limits
        self._edges = _edges(rows, widths)
        # Cells that the next row may go on with, by their first column.
        self._open: dict[int, GridCell[Content]] = {}
        for row in rows:
            self._row(row)

    def _row(self, row: Sequence[RowCell[Content]]) -> None:
        self.rows += 1
        column = edge = 1
        going_on: dict[int, GridCell[Content]] = {}
        previous: GridCell[Content] | None = None
        for content, width, merge, beside in row:
            edge += width
            span = width if self._edges is None else self._edges.get(edge, edge) - column
            if content is None:
                previous = None
            elif beside and previous is not None:
                previous.column_span += span
            else:
                previous = GridCell(content, self.rows, column, 1, span, span)
                self._place(previous, merge, going_on)
            column += span
        self._open = going_on
        self.columns = max(self.columns, column - 1)
        if self.columns > self._limits.span:
            raise UnreadableDocument("document.span", given=self.columns, limit=self._limits.span)
        if len(self.cells) > self._limits.cells:
            raise UnreadableDocument("document.too_many_cells", limit=self._limits.cells)

    def _place(self, cell: GridCell[Content], merge: str | None, going_on: dict[int, GridCell[Content]]) -> None:
        """Put a cell into the grid, or lengthen the one above where it goes on."""
        if merge == "continue":
            above = self._open.get(cell.column)
            # Word merges only what has the same edges; anything else begins anew.
            if above is not None and above.own_span == cell.own_span:
                above.row_span += 1
                going_on[cell.column] = above
                return
        self.cells.append(cell)
        if merge is not None:
            going_on[cell.column] = cell


def _edges(rows: Sequence[Sequence[RowCell[Content]]], widths: Sequence[int]) -> dict[int, int] | None:
    """Where each edge between columns stands once columns too narrow for a character are gone; None without such.

    LibreOffice and WPS write them where the edges of two rows differ by a rounding.
    """
    narrow = [0 < width <= SLIVER for width in widths]
    if not any(narrow) or sum(narrow) * 3 > len(narrow):
        return None
    edges, edge = {1: 1}, 1
    for column, is_narrow in enumerate(narrow, 1):
        edge += not is_narrow
        edges[column + 1] = edge
    for row in rows:
        at = 1
        for cell in row:
            if at + cell.span > len(narrow) + 1 or edges[at + cell.span] == edges[at]:
                return None  # A cell outside of the widths, or one that would vanish.
            at += cell.span
    return edges
