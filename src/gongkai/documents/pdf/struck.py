"""Text that is struck through is no text any more: deletions that were printed with their marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from gongkai.documents.pdf import library as pdf
from gongkai.documents.pdf.frame import Frame
from gongkai.documents.pdf.grid import Grid
from gongkai.documents.pdf.strokes import Ruling
from gongkai.documents.pdf.words import Word, character_boxes

BORDER = 2.0
"""A line no farther from a border of a table is a part of it, in points."""

THROUGH = 0.25
"""A line strikes a character out where it leaves at least this share of its height above and below."""

COVERED = 0.6
"""A character is struck out where the line covers this share of its width."""


def without_struck(
    words: list[Word], lines: list[Ruling], grids: list[Grid], text_page: pdf.Handle, frame: Frame
) -> list[Word]:
    """The words of a page without the characters through which a line runs that is no border of a table."""
    borders = sorted(y for grid in grids for y in grid.ys)
    loose = sorted(line for line in lines if not _is_near(borders, line[0]))
    if not loose:
        return words
    heights = [y for y, _, _ in loose]
    kept: list[Word] = []
    for word in words:
        left, top, right, bottom, text, start = word
        room = THROUGH * (bottom - top)
        through = loose[bisect_left(heights, top + room) : bisect_right(heights, bottom - room)]
        if start < 0 or not any(begin < right and left < end for _, begin, end in through):
            kept.append(word)
            continue
        boxes = character_boxes(text_page, range(start, start + len(text)), frame)
        struck = [any(_covers(line, box[0], box[2]) for line in through) for box in boxes]
        at = 0
        while at < len(text):
            end = at
            while end < len(text) and not struck[end]:
                end += 1
            if end > at:
                kept.append((boxes[at][0], top, boxes[end - 1][2], bottom, text[at:end], start + at))
            at = end + 1
    return kept


def _is_near(borders: list[float], y: float) -> bool:
    at = bisect_left(borders, y - BORDER)
    return at < len(borders) and borders[at] <= y + BORDER


def _covers(line: Ruling, left: float, right: float) -> bool:
    _, begin, end = line
    return min(end, right) - max(begin, left) >= COVERED * (right - left)
