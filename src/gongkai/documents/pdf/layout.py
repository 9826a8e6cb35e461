"""One page: its words put into the cells of its grids, the rest into lines, all in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from gongkai.documents.model import Box
from gongkai.documents.pdf import library as pdf
from gongkai.documents.pdf.frame import Frame
from gongkai.documents.pdf.grid import Grid, grid_of
from gongkai.documents.pdf.lines import Line, lines_of
from gongkai.documents.pdf.rulings import area_figures, line_figures
from gongkai.documents.pdf.strokes import Strokes
from gongkai.documents.pdf.struck import without_struck
from gongkai.documents.pdf.words import PageText, Word, cut_word

ACROSS = 1.5
"""A word that reaches no farther over a border stands inside of it, in points."""

OVERHANG = 3.2
"""A line of a cell that a page break cut begins no farther from the cut, in points."""

BEGINS = 0.3
"""A word begins in the cell that holds more than this share of it."""

STRIP = 60.0
"""A grid of one column is a piece of a table only where it is no taller, in points."""


@dataclass(slots=True)
class GridCell:
    """A cell of a table on its way: position and spans from 0, its lines, where it stands."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[Line]
    box: Box
    page: int

    @property
    def end(self) -> int:
        """The column after the cell's last."""
        return self.column + self.column_span

    @property
    def text(self) -> str:
        """The cell's text without any space, for comparing cells."""
        return "".join([line.text for line in self.lines])


@dataclass(slots=True)
class GridTable:
    """A table on its way: its cells by row and column, its borders.

    `open_top` and `open_bottom` are the columns in which no line closes it at that end, as where a page break cuts a cell.
    """

    cells: list[GridCell]
    xs: list[float]
    rows: int
    box: Box
    page: int
    page_end: int
    open_top: set[int]
    open_bottom: set[int]


Item: TypeAlias = Line | GridTable


@dataclass(slots=True)
class PageLayout:
    """A page in reading order."""

    number: int
    width: float
    height: float
    items: list[Item]
    slanted: list[Line]


def laid_out(number: int, frame: Frame, text: PageText, strokes: Strokes, text_page: pdf.Handle) -> PageLayout:
    """Put a page's words into the cells of its grids and into lines."""
    grids = _grids(strokes, frame)
    inside: list[list[list[Word]]] = [[[] for _ in grid.regions] for grid in grids]
    words = without_struck(text.words, strokes.horizontal, grids, text_page, frame)
    outside: list[Word] = [] if grids else words
    for word in words if grids else ():
        at = _grid_at(grids, (word[0] + word[2]) / 2, (word[1] + word[3]) / 2)
        if at is None:
            at = _hanging(grids, word)
        if at is None:
            at = _grid_at(grids, word[0] + BEGINS * (word[2] - word[0]), (word[1] + word[3]) / 2)
        if at is None:
            outside.append(word)
            continue
        region = grids[at].region_of(word[0] + ACROSS, word[2] - ACROSS, (word[1] + word[3]) / 2)
        if region is not None:
            inside[at][region].append(word)
            continue
        for piece in _cut(word, grids[at], text_page, frame):
            inside[at][_region(grids[at], piece)].append(piece)
    items: list[Item] = [*lines_of(outside)]
    for grid, within in zip(grids, inside, strict=True):
        table = _table(grid, within, number)
        if table is not None:
            items.append(table)
    items.sort(key=_top)
    slanted = [Line(word[4], word[:4]) for word in text.slanted]
    return PageLayout(number, frame.width, frame.height, items, slanted)


def _top(item: Item) -> float:
    return item.box[1]


def _grids(strokes: Strokes, frame: Frame) -> list[Grid]:
    """The grids of a page, smallest first, so that a nested one is asked before the one around it."""
    grids = [grid for figure in line_figures(strokes) if (grid := grid_of(figure))]
    if strokes.areas:
        figures = area_figures(
            [area for area in strokes.areas if not any(_overlap(area, grid.box) for grid in grids)],
            frame.width * frame.height,
        )
        shaded = [grid for figure in figures if (grid := grid_of(figure))]
        grids += [grid for grid in shaded if len(grid.xs) > 2 and len(grid.ys) > 2]
    grids.sort(key=lambda grid: (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))
    boxes = [grid.box for grid in grids]
    return [
        grid
        for at, grid in enumerate(grids)
        if len(grid.xs) > 2 or (boxes[at][3] - boxes[at][1] <= STRIP and not _holds_other(boxes[at], boxes[:at]))
    ]


def _overlap(area: Box, other: Box) -> bool:
    return area[0] < other[2] and other[0] < area[2] and area[1] < other[3] and other[1] < area[3]


def _holds_other(box: Box, others: list[Box]) -> bool:
    return any(_overlap(box, other) for other in others)


def _grid_at(grids: list[Grid], x: float, y: float) -> int | None:
    for at, grid in enumerate(grids):
        xs, ys = grid.xs, grid.ys
        if xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]:
            return at
    return None


def _hanging(grids: list[Grid], word: Word) -> int | None:
    """The grid out of whose open end a word hangs, where a page break cut its cell but not its text."""
    left, top, right, bottom, _, _ = word
    for at, grid in enumerate(grids):
        if not grid.xs[0] <= left <= right <= grid.xs[-1]:
            continue
        open_columns: frozenset[int] = frozenset()
        if abs(top - grid.ys[-1]) <= OVERHANG:
            open_columns = grid.open_bottom
        elif abs(bottom - grid.ys[0]) <= OVERHANG:
            open_columns = grid.open_top
        if open_columns and open_columns.issuperset(
            range(grid.column(left + ACROSS), grid.column(right - ACROSS) + 1)
        ):
            return at
    return None


def _cut(word: Word, grid: Grid, text_page: pdf.Handle, frame: Frame) -> list[Word]:
    """The word cut at the borders that it goes over."""
    left, top, right, bottom, _, _ = word
    middle = (top + bottom) / 2
    crossed = [
        grid.xs[column + 1]
        for column in range(grid.column(left + ACROSS), grid.column(right - ACROSS))
        if grid.at(grid.xs[column + 1] - 0.1, middle) != grid.at(grid.xs[column + 1] + 0.1, middle)
    ]
    return cut_word(text_page, word, crossed, frame)


def _region(grid: Grid, piece: Word) -> int:
    """The number of the region to which a word over a border belongs.

    Text runs out of its cell to the right, as after an indent, unless it is wider than the cell: then to both sides.
    """
    left, top, right, bottom, _, _ = piece
    middle, width = (top + bottom) / 2, right - left
    begins = grid.at(left + BEGINS * width, middle)
    box = grid.region_box(grid.regions[begins])
    return begins if width <= box[2] - box[0] else grid.at(left + width / 2, middle)


def _table(grid: Grid, words: list[list[Word]], page: int) -> GridTable | None:
    """The table of a grid; None where the grid holds no word, as a drawing does."""
    if not any(words):
        return None
    cells = [
        GridCell(*region, lines_of(inside), grid.region_box(region), page)
        for region, inside in zip(grid.regions, words, strict=True)
    ]
    table = GridTable(
        cells=cells,
        xs=grid.xs,
        rows=len(grid.ys) - 1,
        box=grid.box,
        page=page,
        page_end=page,
        open_top=set(grid.open_top),
        open_bottom=set(grid.open_bottom),
    )
    _trim(table)
    _drop_slivers(table)
    return table


def _drop_slivers(table: GridTable) -> None:
    """Drop rows that hold nothing but empty cells in a few columns while all others go through them.

    Browsers draw such slivers where a cell that covers several rows ends early at a page break.
    """
    starts: dict[int, list[GridCell]] = {}
    for cell in table.cells:
        starts.setdefault(cell.row, []).append(cell)
    if len(starts) < 2:
        return
    columns = len(table.xs) - 1
    for row in range(table.rows - 1, 0, -1):
        cells = starts.get(row, [])
        if any(cell.lines or cell.row_span > 1 for cell in cells):
            continue
        if sum([cell.column_span for cell in cells]) * 3 > columns:
            continue
        table.cells = [cell for cell in table.cells if cell.row != row]
        for cell in table.cells:
            if cell.row > row:
                cell.row -= 1
            elif cell.row + cell.row_span > row:
                cell.row_span -= 1
        table.rows -= 1


def _trim(table: GridTable) -> None:
    """Drop the empty strip that a table leaves at the end of a page when its next row did not fit."""
    last = table.rows - 1
    starting = [cell for cell in table.cells if cell.row == last]
    if last < 1 or not starting or any(cell.lines for cell in starting):
        return
    if not all(column in table.open_bottom for cell in starting for column in range(cell.column, cell.end)):
        return
    table.cells = [cell for cell in table.cells if cell.row < last]
    for cell in starting:
        table.open_bottom.difference_update(range(cell.column, cell.end))
    for cell in table.cells:
        if cell.row + cell.row_span > last:
            cell.row_span -= 1
    table.rows = last
