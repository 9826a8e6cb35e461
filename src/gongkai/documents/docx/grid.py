"""The grid of a table: where each cell begins and how far it reaches, once merged cells are joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from gongkai.documents.limits import Limits
from gongkai.errors import UnreadableDocument

Content = TypeVar("Content")


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

    def __init__(self, rows: Iterable[Iterable[RowCell[Content]]], limits: Limits) -> None:
        self.cells: list[GridCell[Content]] = []
        self.rows = 0
        self.columns = 0
        self._limits = limits
        # Cells that the next row may go on with, by their first column.
        self._open: dict[int, GridCell[Content]] = {}
        for row in rows:
            self._row(row)

    def _row(self, row: Iterable[RowCell[Content]]) -> None:
        self.rows += 1
        column = 1
        going_on: dict[int, GridCell[Content]] = {}
        previous: GridCell[Content] | None = None
        for content, span, merge, beside in row:
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
