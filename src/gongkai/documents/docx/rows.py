"""The rows of a w:tbl as they are written: by element, or at once as text where nothing special stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongkai.documents.docx.grid import RowCell
from gongkai.documents.docx.names import (
    CELL_DEL,
    DEL,
    GRID_BEFORE,
    GRID_COL,
    GRID_SPAN,
    H_MERGE,
    INS,
    NUM_PR,
    SDT,
    SDT_CONTENT,
    STYLE,
    TBL,
    TBL_GRID,
    TC,
    TC_PR,
    TR,
    TR_PR,
    V_MERGE,
    VAL,
    WRAPPERS,
    P,
    T,
    W,
)
from gongkai.documents.docx.text import SPECIAL
from gongkai.documents.limits import Limits
from gongkai.documents.package import Element
from gongkai.errors import UnreadableDocument

# Properties that only the careful reading knows (a tracked change keeps old ones beside the new), nested tables.
_UNUSUAL = (H_MERGE, GRID_BEFORE, CELL_DEL, NUM_PR, TBL, W + "tcPrChange")
_WATCHED = (TR, TC, GRID_SPAN, V_MERGE, P, T, STYLE, *_UNUSUAL, *(tag for tag in SPECIAL if tag != P))


def plain_rows(table: Element, numbered: Callable[[str], bool], limits: Limits) -> list[list[RowCell[str]]] | None:
    """The rows of a table with the text of each cell, in one pass; None where it takes the careful reading.

    `numbered` tells whether a paragraph style gives its paragraphs numbers. The paragraphs of a cell are parted by
    line feeds, the first begins with one.
    """
    rows: list[list[RowCell[str]]] = []
    pieces: list[str] = []
    cells: list[RowCell[str]] = []
    span, merge, open_cell = 1, None, False
    watched = table.iter(*_WATCHED)
    next(watched)  # The table itself; a second one is nested.
    for element in watched:
        tag = element.tag
        if tag == T:
            pieces.append(element.text or "")
        elif tag == P:
            pieces.append("\n")
        elif tag == TC:
            if open_cell:
                cells.append(RowCell("".join(pieces), span, merge))
            pieces, span, merge, open_cell = [], 1, None, True
        elif tag == GRID_SPAN:
            span = span_of(element, limits)
        elif tag == V_MERGE:
            merge = merge_of(element)
        elif tag == TR:
            if open_cell:
                cells.append(RowCell("".join(pieces), span, merge))
            cells, open_cell = [], False
            rows.append(cells)
        elif tag != STYLE or numbered(element.get(VAL, "")):
            return None
    if open_cell:
        cells.append(RowCell("".join(pieces), span, merge))
    return rows


class Rows:
    """The rows of a table by element. `tracked` says whether rows or cells were deleted or inserted under tracking."""

    def __init__(self, table: Element, limits: Limits) -> None:
        self.tracked = False
        self._limits = limits
        self.rows = [cells for row in _inside(table, TR) if (cells := self._row(row)) is not None]

    def _row(self, row: Element) -> list[RowCell[Element]] | None:
        """The cells of a row, None for a row that was deleted."""
        cells: list[RowCell[Element]] = []
        for child in row:
            if child.tag != TR_PR:
                cells += (self._cell(cell) for cell in ([child] if child.tag == TC else _inside_one(child, TC)))
                continue
            if child.find(DEL) is not None:
                self.tracked = True
                return None
            self.tracked = self.tracked or child.find(INS) is not None
            before = child.find(GRID_BEFORE)
            if before is not None:
                cells.append(RowCell(None, span_of(before, self._limits)))
        return cells

    def _cell(self, cell: Element) -> RowCell[Element]:
        properties = next(cell.iterchildren(), None)
        if properties is None or properties.tag != TC_PR:
            return RowCell(cell)
        span, merge, beside = 1, None, False
        for one in properties.iterchildren(GRID_SPAN, V_MERGE, H_MERGE, CELL_DEL):
            tag = one.tag
            if tag == GRID_SPAN:
                span = span_of(one, self._limits)
            elif tag == V_MERGE:
                merge = merge_of(one)
            elif tag == H_MERGE:
                beside = one.get(VAL) != "restart"
            else:
                self.tracked = True
                return RowCell(None, 0)
        return RowCell(cell, span, merge, beside)


def span_of(element: Element, limits: Limits) -> int:
    """The columns that a span counts, at least one. Raises UnreadableDocument `document.span` over the limit."""
    text = element.get(VAL, "1")
    span = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
    if span > limits.span:
        raise UnreadableDocument("document.span", given=span, limit=limits.span)
    return max(span, 1)


def column_widths(table: Element) -> list[int]:
    """The widths that the table's grid gives its columns, in twentieths of a point; 0 for what is no number."""
    grid = table.find(TBL_GRID)
    given = [] if grid is None else [one.get(W + "w", "") for one in grid.iterchildren(GRID_COL)]
    return [int(width) if width.isascii() and width.isdigit() and len(width) < 7 else 0 for width in given]


def merge_of(element: Element) -> str:
    """The part that w:vMerge gives a cell; without a value it goes on with the cell above."""
    return "restart" if element.get(VAL) == "restart" else "continue"


def _inside(parent: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in content controls and other wrappers too."""
    for child in parent:
        if child.tag == wanted:
            yield child
        else:
            yield from _inside_one(child, wanted)


def _inside_one(child: Element, wanted: str) -> Iterator[Element]:
    if child.tag == SDT:
        content = child.find(SDT_CONTENT)
        if content is not None:
            yield from _inside(content, wanted)
    elif child.tag in WRAPPERS:
        yield from _inside(child, wanted)
