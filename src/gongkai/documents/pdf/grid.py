"""From the lines of one figure to cells with spans."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.documents.model import Box
from gongkai.documents.pdf.rulings import Figure
from gongkai.documents.pdf.strokes import Ruling

CLOSE = 4.2
"""Lines no farther apart are one border: double lines, the gap between cells that each have a border of their own."""

MOST = 2_000
"""More borders in one direction are a drawing, not a table."""


class Region(NamedTuple):
    """A cell of a grid, counted from 0: its first row and column, its spans."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells between borders at `xs` and `ys`; `owner[row][column]` is the number of the region there.

    `open_top` and `open_bottom` are the columns in which no line closes the grid at its upper or lower end.
    """

    xs: list[float]
    ys: list[float]
    regions: list[Region]
    owner: list[list[int]]
    open_top: frozenset[int]
    open_bottom: frozenset[int]

    @property
    def box(self) -> Box:
        """The box of the whole grid."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def region_box(self, region: Region) -> Box:
        """The box of one region."""
        row, column, down, across = region
        return self.xs[column], self.ys[row], self.xs[column + across], self.ys[row + down]

    def at(self, x: float, y: float) -> int:
        """The number of the region at a point of the grid."""
        return self.owner[min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)][self.column(x)]

    def region_of(self, left: float, right: float, y: float) -> int | None:
        """The number of the one region in which a word between `left` and `right` stands; None where it goes over a border."""
        row = self.owner[min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)]
        first = min(max(bisect_right(self.xs, left) - 1, 0), len(row) - 1)
        if right < self.xs[first + 1]:
            return row[first]
        number = row[first]
        last = self.column(right)
        return number if all(number == other for other in row[first : last + 1]) else None

    def column(self, x: float) -> int:
        """The column at `x`, the outer columns reaching outwards."""
        return min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)


def grid_of(figure: Figure) -> Grid | None:
    """Make the grid of a figure; None where it encloses nothing. Missing outer borders are drawn where others end."""
    left, top, right, bottom = figure.box
    xs = _borders([x for x, _, _ in figure.vertical], left, right)
    ys = _borders([y for y, _, _ in figure.horizontal], top, bottom)
    if not 2 <= len(xs) <= MOST or not 2 <= len(ys) <= MOST:
        return None
    upright = _drawn(figure.vertical, xs, ys)
    level = _drawn(figure.horizontal, ys, xs)
    columns, rows = len(xs) - 1, len(ys) - 1
    open_top = frozenset(column for column in range(columns) if not level[0][column])
    open_bottom = frozenset(column for column in range(columns) if not level[rows][column])
    upright[0] = upright[columns] = [True] * rows
    level[0] = level[rows] = [True] * columns
    regions, owner = _regions(upright, level, rows, columns)
    return Grid(xs, ys, regions, owner, open_top, open_bottom)


def _borders(positions: list[float], low: float, high: float) -> list[float]:
    """The distinct positions of lines; `low` and `high` are added where no line stands."""
    borders: list[float] = []
    first = last = None
    for position in sorted(positions):
        if first is not None and position - first <= CLOSE:
            last = position
            borders[-1] = (first + last) / 2
            continue
        first = position
        borders.append(position)
    if borders[0] - low > CLOSE:
        borders.insert(0, low)
    if high - borders[-1] > CLOSE:
        borders.append(high)
    return borders


def _drawn(lines: list[Ruling], across: list[float], along: list[float]) -> list[list[bool]]:
    """For each border in `across`: whether a line runs between each pair of neighbours in `along`."""
    middles = [(low + high) / 2 for low, high in itertools.pairwise(along)]
    drawn = [[False] * len(middles) for _ in across]
    for position, start, stop in lines:
        at = bisect_left(across, position)
        if at == len(across) or (at and position - across[at - 1] < across[at] - position):
            at -= 1
        begin, end = bisect_left(middles, start), bisect_right(middles, stop)
        if begin < end:
            drawn[at][begin:end] = [True] * (end - begin)
    return drawn


def _regions(
    upright: list[list[bool]], level: list[list[bool]], rows: int, columns: int
) -> tuple[list[Region], list[list[int]]]:
    """Join the smallest cells between which no line is drawn, as far as they make a rectangle."""
    owner = [[-1] * columns for _ in range(rows)]
    regions: list[Region] = []
    for row, (line, closed_below) in enumerate(zip(owner, level[1:], strict=True)):
        closed_right = [border[row] for border in upright[1:]]
        for column in range(columns):
            if line[column] >= 0:
                continue
            number = len(regions)
            if closed_right[column] and closed_below[column]:
                line[column] = number
                regions.append(Region(row, column, 1, 1))
                continue
            end = column + 1
            while end < columns and line[end] < 0 and not closed_right[end - 1]:
                end += 1
            below = row + 1
            while below < rows and _goes_on(upright, level[below], below, column, end):
                below += 1
            for taken in owner[row:below]:
                taken[column:end] = [number] * (end - column)
            regions.append(Region(row, column, below - row, end - column))
    return regions, owner


def _goes_on(upright: list[list[bool]], line: list[bool], row: int, column: int, end: int) -> bool:
    """Whether the cell above goes on in `row`: no line between, closed at both sides, none inside."""
    if line[column] or any(line[column:end]):
        return False
    if not upright[column][row] or not upright[end][row]:
        return False
    return not any(upright[between][row] for between in range(column + 1, end))
