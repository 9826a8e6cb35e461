"""Sets neutral blocks onto A4 pages in millimetres: lines of text and the ruling lines of tables, for builders of fixed pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.documents.model import Cell, Paragraph, Table

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 27.0, 183.0, 30.0, 262.0
PROSE, SMALL, PADDING = 4.2, 3.2, 0.8


class Text(NamedTuple):
    """A line of text; `x`, `baseline` and `size` in millimetres, y grows downwards."""

    x: float
    baseline: float
    size: float
    text: str


class Rule(NamedTuple):
    """A straight ruling line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class Page:
    """What stands on one page."""

    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def lay_out(blocks: Iterable[str | Paragraph | Table], *, page_numbers: bool = True) -> list[Page]:
    """Put blocks onto pages from top to bottom; a table's rows go on over the page break."""
    setter = _Setter()
    for block in blocks:
        if isinstance(block, Table):
            setter.table(block)
        else:
            setter.paragraph(block.text if isinstance(block, Paragraph) else block)
    if page_numbers:
        for number, page in enumerate(setter.pages, 1):
            page.texts.append(Text(WIDTH / 2 - 6, HEIGHT - 18, PROSE, f"— {number} —"))
    return setter.pages


def advance(character: str, size: float) -> float:
    """How far a character moves on: half a square for ASCII, a square for the rest."""
    return size / 2 if character.isascii() else size


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break text into lines no wider than `width`, at least a character each."""
    lines, line, used = [], "", 0.0
    for character in text:
        step = advance(character, size)
        if line and used + step > width + 1e-6:
            lines.append(line)
            line, used = "", 0.0
        line += character
        used += step
    return [*lines, line]


class _Setter:
    def __init__(self) -> None:
        self.pages = [Page()]
        self.y = TOP

    def paragraph(self, text: str) -> None:
        for line in wrap(text, RIGHT - LEFT, PROSE):
            if self.y + PROSE * 1.75 > BOTTOM:
                self.new_page()
            self.y += PROSE * 1.75
            if line:
                self.pages[-1].texts.append(Text(LEFT, self.y - PROSE * 0.5, PROSE, line))

    def new_page(self) -> None:
        self.pages.append(Page())
        self.y = TOP

    def table(self, table: Table) -> None:
        xs = _column_edges(table)
        heights = _row_heights(table, xs)
        self.y += 2
        row = 1
        while row <= table.rows:
            if self.y + heights[row - 1] > BOTTOM:
                self.new_page()
            last, y = row, self.y + heights[row - 1]
            while last < table.rows and y + heights[last] <= BOTTOM:
                y += heights[last]
                last += 1
            self._rows(table, xs, heights, row, last)
            self.y, row = y, last + 1
        self.y += 2

    def _rows(self, table: Table, xs: list[float], heights: list[float], first: int, last: int) -> None:
        """Draw the rows `first` to `last` of a table on the current page."""
        page = self.pages[-1]
        tops = {row: self.y + sum(heights[first - 1 : row - 1]) for row in range(first, last + 2)}
        for cell in table.cells:
            begin, end = max(cell.row, first), min(cell.row + cell.row_span - 1, last)
            if begin > end:
                continue
            x0, x1 = xs[cell.column - 1], xs[cell.column - 1 + cell.column_span]
            y0, y1 = tops[begin], tops[end + 1]
            page.rules += [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]
            if begin != cell.row:
                continue
            lines = wrap(cell.text, x1 - x0 - 2 * PADDING, SMALL) if cell.text else []
            y = max(y0 + PADDING, (y0 + y1 - len(lines) * SMALL * 1.3) / 2)
            for line in lines:
                y += SMALL * 1.3
                page.texts.append(Text(x0 + PADDING, y - SMALL * 0.35, SMALL, line))


def _column_edges(table: Table) -> list[float]:
    """Wider columns for longer labels, all at least four characters or the even share."""
    weights = [4.0] * table.columns
    for cell in table.cells:
        if cell.column_span == 1:
            weights[cell.column - 1] = max(weights[cell.column - 1], float(min(len(cell.text), 12)))
    edges, x = [LEFT], LEFT
    for weight in weights:
        x += (RIGHT - LEFT) * weight / sum(weights)
        edges.append(x)
    return edges


def _row_heights(table: Table, xs: list[float]) -> list[float]:
    heights = [SMALL * 1.3 + 2 * PADDING] * table.rows
    for cell in sorted(table.cells, key=lambda cell: cell.row_span):
        need = _height(cell, xs)
        rows = range(cell.row - 1, cell.row - 1 + cell.row_span)
        have = sum(heights[row] for row in rows)
        if need > have:
            heights[rows[-1]] += need - have
    return heights


def _height(cell: Cell, xs: list[float]) -> float:
    width = xs[cell.column - 1 + cell.column_span] - xs[cell.column - 1] - 2 * PADDING
    return len(wrap(cell.text, width, SMALL)) * SMALL * 1.3 + 2 * PADDING
