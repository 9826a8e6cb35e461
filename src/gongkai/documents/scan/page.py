"""One scanned page: its text put into the cells of its grids, the rest into lines."""

from __future__ import annotations

import time
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.documents.model import Box
from gongkai.documents.pdf.frame import Frame
from gongkai.documents.pdf.grid import Grid, grid_of
from gongkai.documents.pdf.layout import PageLayout, laid_out
from gongkai.documents.pdf.rulings import line_figures
from gongkai.documents.pdf.strokes import Strokes
from gongkai.documents.pdf.words import PageText, Word
from gongkai.documents.scan.pictures import Picture
from gongkai.documents.scan.recognition import Found, find_text, read_line
from gongkai.documents.scan.rulings import Ruled, ruled

Ink: TypeAlias = NDArray[np.uint8]

SHORT_SIDE, LONG_SIDE = 595.0, 842.0
INSET = 1.0
"""What is left of a cell's edges when it is looked at on its own, in points."""
SPECK = 2.0
"""Ink no wider and no taller is dirt, in points."""
MARGIN = 3.0
"""What is left white around a line that is read on its own, in points."""
THINNEST = 9.0
"""Two strips of ink that together are no taller are one line, as the strokes of 三 are, in points."""
JOINED = 0.4
"""Strips no farther apart are one line, in points."""
READABLE = 48
"""A line is made at least this tall before it is read on its own, in pixels."""


def laid_out_scan(number: int, picture: Picture, deadline: float) -> PageLayout | None:
    """Read one page; None where `deadline` (of `time.monotonic`) passes first.

    The page counts as A4 lying or standing, whatever its resolution, so that sizes in points mean what they do in print.
    """
    rows, columns = picture.shape[:2]
    width = SHORT_SIDE if rows >= columns else LONG_SIDE
    scale = columns / width
    page = ruled(picture, scale)
    strokes = Strokes(horizontal=page.horizontal, vertical=page.vertical)
    grids = [grid for figure in line_figures(strokes) if (grid := grid_of(figure)) is not None]
    words, inside = _sorted_words(find_text(page.picture), grids, scale)
    for at, grid in enumerate(grids):
        for cell, region in enumerate(grid.regions):
            if time.monotonic() > deadline:
                return None
            box = grid.region_box(region)
            known = inside.get((at, cell), [])
            words += known if known and not _has_other_ink(page, box, known, scale) else _read_cell(page, box, scale)
    frame = Frame(width, rows / scale, 0.0, 0.0, width, rows / scale, 0)
    return laid_out(number, frame, PageText(words, len(words), 0, 0, []), strokes, 0)


def _sorted_words(
    found: list[Found], grids: list[Grid], scale: float
) -> tuple[list[Word], dict[tuple[int, int], list[Word]]]:
    """The words outside of all grids, and those in each cell: number of the grid, number of the region.

    What was read together although it stands in several cells is left out; its ink stays to be read cell by cell.
    """
    outside: list[Word] = []
    inside: dict[tuple[int, int], list[Word]] = {}
    for one in found:
        word: Word = (one.left / scale, one.top / scale, one.right / scale, one.bottom / scale, one.text, -1)
        cells = _cells(word, grids)
        if not cells:
            outside.append(word)
        elif len(cells) == 1:
            inside.setdefault(cells.pop(), []).append(word)
    return outside, inside


def _cells(word: Word, grids: list[Grid]) -> set[tuple[int, int]]:
    """The cells that a word stands in, none outside of all grids."""
    left, top, right, bottom = word[:4]
    middle = (top + bottom) / 2
    inset = min(0.3 * (bottom - top), 0.4 * (right - left))
    for at, grid in enumerate(grids):
        x0, y0, x1, y1 = grid.box
        if x0 <= (left + right) / 2 <= x1 and y0 <= middle <= y1:
            first, last = grid.column(left + inset), grid.column(right - inset)
            return {
                (at, grid.at((grid.xs[n] + grid.xs[n + 1]) / 2, y))
                for n in range(first, last + 1)
                for y in (top + inset, middle, bottom - inset)
            }
    return set()


def _has_other_ink(page: Ruled, box: Box, words: list[Word], scale: float) -> bool:
    """Whether there is ink in a cell outside of the words that were found in it."""
    left, top, right, bottom = _pixels(box, scale)
    ink = page.ink[top:bottom, left:right].copy()
    for x0, y0, x1, y1, _, _ in words:
        ink[
            max(0, round((y0 - SPECK) * scale) - top) : max(0, round((y1 + SPECK) * scale) - top),
            max(0, round((x0 - SPECK) * scale) - left) : max(0, round((x1 + SPECK) * scale) - left),
        ] = 0
    return _extent(ink, SPECK * scale) is not None


def _read_cell(page: Ruled, box: Box, scale: float) -> list[Word]:
    """Read one cell line by line where there is ink in it: single figures are easily missed on a whole page."""
    left, top, right, bottom = _pixels(box, scale)
    ink = page.ink[top:bottom, left:right]
    margin = round(MARGIN * scale)
    words: list[Word] = []
    for first, last in _lines(ink, scale):
        extent = _extent(ink[first:last], SPECK * scale)
        if extent is None:
            continue
        x0, x1 = max(left + extent[0] - margin, left), min(left + extent[2] + margin, right)
        y0, y1 = max(top + first + extent[1] - margin, top), min(top + first + extent[3] + margin, bottom)
        text = read_line(_enlarged(np.ascontiguousarray(page.picture[y0:y1, x0:x1])))
        if text:
            words.append((x0 / scale, y0 / scale, x1 / scale, y1 / scale, text, -1))
    return words


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    """The inside of a cell in pixels, at least one each way."""
    left, top = round((box[0] + INSET) * scale), round((box[1] + INSET) * scale)
    return left, top, max(left + 1, round((box[2] - INSET) * scale)), max(top + 1, round((box[3] - INSET) * scale))


def _lines(ink: Ink, scale: float) -> list[tuple[int, int]]:
    """First and last row of each line of text: rows with ink, parted by rows without; thin strips join their neighbour."""
    filled = np.flatnonzero(ink.any(axis=1))
    if not filled.size:
        return []
    lines: list[tuple[int, int]] = []
    for run in np.split(filled, np.flatnonzero(np.diff(filled) > 1) + 1):
        first, last = int(run[0]), int(run[-1]) + 1
        if lines and (last - lines[-1][0] <= THINNEST * scale or first - lines[-1][1] <= JOINED * scale):
            lines[-1] = (lines[-1][0], last)
        else:
            lines.append((first, last))
    return lines


def _extent(ink: Ink, speck: float) -> tuple[int, int, int, int] | None:
    """The box around all ink but specks, None for an empty cell."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(ink), connectivity=8)
    boxes = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:] if w > speck or h > speck]
    if not boxes:
        return None
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _enlarged(crop: Picture) -> Picture:
    """A line tall enough to be read, with white around it, and not narrower than tall."""
    factor = max(1.0, READABLE / crop.shape[0])
    large = cv2.resize(crop, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    beside = max(8, (large.shape[0] * 2 - large.shape[1]) // 2)
    padded = cv2.copyMakeBorder(large, 4, 4, beside, beside, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    return np.asarray(padded, np.uint8)
