"""Ruling lines that belong together: pieces joined into lines, lines that touch into one figure."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from gongkai.documents.model import Box
from gongkai.documents.pdf.strokes import Ruling, Strokes

SAME = 1.2
"""Pieces whose positions differ by no more are pieces of one line, in points."""

GAP = 6.0
"""A gap in a line, between dashes or pieces, is no wider."""

TOUCH = 2.5
"""Two lines touch where one ends no farther from the other."""

SPANNING_ROW = 45.0
"""The tallest row that may stand between two parts of a table without outer borders, in points."""

SHORTEST = 7.0
"""A line is at least this long once its pieces are joined."""


class Figure(NamedTuple):
    """Lines that touch one another: the frame of one table, or of a box."""

    horizontal: list[Ruling]
    vertical: list[Ruling]

    @property
    def box(self) -> Box:
        """The smallest box around all lines."""
        return (
            min([x for x, _, _ in self.vertical] + [left for _, left, _ in self.horizontal]),
            min([y for y, _, _ in self.horizontal] + [top for _, top, _ in self.vertical]),
            max([x for x, _, _ in self.vertical] + [right for _, _, right in self.horizontal]),
            max([y for y, _, _ in self.horizontal] + [bottom for _, _, bottom in self.vertical]),
        )


def line_figures(strokes: Strokes) -> list[Figure]:
    """The figures that the ruling lines of a page form, without those that cannot enclose a cell."""
    horizontal, vertical = strokes.horizontal, strokes.vertical
    if len(strokes.dots) >= 20:
        horizontal = horizontal + [((top + bottom) / 2, left, right) for left, top, right, bottom in strokes.dots]
        vertical = vertical + [((left + right) / 2, top, bottom) for left, top, right, bottom in strokes.dots]
    return _figures(joined(horizontal), joined(vertical))


def area_figures(areas: list[Box], page_area: float) -> list[Figure]:
    """The figures that filled areas form where they lie side by side, the page's background left out."""
    cells = [box for box in areas if (box[2] - box[0]) * (box[3] - box[1]) < 0.5 * page_area]
    horizontal = [(y, left, right) for left, top, right, bottom in cells for y in (top, bottom)]
    vertical = [(x, top, bottom) for left, top, right, bottom in cells for x in (left, right)]
    return _figures(joined(horizontal), joined(vertical))


def joined(pieces: list[Ruling]) -> list[Ruling]:
    """Join pieces of one line that follow one another, sorted by position; what stays short is dropped."""
    lines: list[Ruling] = []
    pieces = sorted(pieces)
    at = 0
    while at < len(pieces):
        first = pieces[at][0]
        end = at + 1
        while end < len(pieces) and pieces[end][0] - first <= SAME:
            end += 1
        group = pieces[at:end]
        position = first if end == at + 1 else (first + group[-1][0]) / 2
        extents = sorted([(start, stop) for _, start, stop in group])
        start, stop = extents[0]
        for next_start, next_stop in extents[1:]:
            if next_start - stop > GAP:
                if stop - start >= SHORTEST:
                    lines.append((position, start, stop))
                start, stop = next_start, next_stop
            elif next_stop > stop:
                stop = next_stop
        if stop - start >= SHORTEST:
            lines.append((position, start, stop))
        at = end
    return lines


def _figures(horizontal: list[Ruling], vertical: list[Ruling]) -> list[Figure]:
    """Group lines that touch; figures without a line in both directions are left out."""
    if not horizontal or not vertical:
        return []
    parents = list(range(len(horizontal) + len(vertical)))

    def root(of: int) -> int:
        while parents[of] != of:
            parents[of] = parents[parents[of]]
            of = parents[of]
        return of

    offset = len(horizontal)
    positions = [y for y, _, _ in horizontal]
    for number, (x, top, bottom) in enumerate(vertical, offset):
        at = bisect_left(positions, top - TOUCH)
        limit = bottom + TOUCH
        own = number
        while at < offset and positions[at] <= limit:
            _, left, right = horizontal[at]
            if left - TOUCH <= x <= right + TOUCH:
                other = root(at)
                if other != own:
                    parents[other] = own
            at += 1
    figures: dict[int, Figure] = {}
    for number, line in enumerate(horizontal):
        figures.setdefault(root(number), Figure([], [])).horizontal.append(line)
    for number, line in enumerate(vertical, offset):
        figures.setdefault(root(number), Figure([], [])).vertical.append(line)
    return _stacked([figure for figure in figures.values() if figure.horizontal and figure.vertical])


def _stacked(figures: list[Figure]) -> list[Figure]:
    """Join figures that stand under one another, open at both sides, as the parts of a table without outer borders.

    A row that spans such a table is closed by no upright line, so nothing else holds its two neighbours together.
    """
    figures.sort(key=lambda figure: figure.box[1])
    stacked: list[Figure] = []
    for figure in figures:
        above = stacked[-1] if stacked else None
        if above is not None and _is_part(above, figure):
            above.horizontal.extend(figure.horizontal)
            above.vertical.extend(figure.vertical)
        else:
            stacked.append(figure)
    return stacked


def _is_part(above: Figure, below: Figure) -> bool:
    first, second = above.box, below.box
    if abs(first[0] - second[0]) > TOUCH or abs(first[2] - second[2]) > TOUCH:
        return False
    if not all(_is_open_at_sides(figure) for figure in (above, below)):
        return False
    rows = [bottom - top for figure in (above, below) for _, top, bottom in figure.vertical]
    return 0 < second[1] - first[3] <= min(1.35 * max(rows), SPANNING_ROW)


def _is_open_at_sides(figure: Figure) -> bool:
    left, _, right, _ = figure.box
    return all(left + TOUCH < x < right - TOUCH for x, _, _ in figure.vertical)
