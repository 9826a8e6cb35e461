"""From PDF's own coordinates to points from the upper left corner of the page as it is read."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from typing import NamedTuple

from gongkai.documents.model import Box
from gongkai.documents.pdf import library as pdf

SAMPLE = 24
"""How many characters are asked for the direction in which a page is written."""

MOST = 0.8
"""A page is written in the direction of at least this share of them."""


class Frame(NamedTuple):
    """The visible part of a page: `width` and `height` as it is read, `turns` quarter turns clockwise."""

    width: float
    height: float
    left: float
    bottom: float
    right: float
    top: float
    turns: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Turn a box of PDF coordinates (bottom below top) into one of the page as read."""
        if self.turns == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turns == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turns == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def frame_of(page: pdf.Handle, text_page: pdf.Handle) -> Frame:
    """Read a page's visible box and how it is turned.

    A page whose text runs sideways or upside down, as a wide table printed on an upright sheet, is turned until it reads.
    """
    bounds = (ctypes.c_float * 4)()
    width, height = float(pdf.page_width(page)), float(pdf.page_height(page))
    seen = pdf.page_rotation(page) % 4
    turns = _written(text_page, seen)
    if (turns - seen) % 2:
        width, height = height, width
    if not pdf.page_bounds(page, ctypes.addressof(bounds)):
        tall, wide = (height, width) if turns % 2 == 0 else (width, height)
        return Frame(width, height, 0.0, 0.0, wide, tall, turns)
    left, top, right, bottom = bounds
    return Frame(width, height, left, bottom, right, top, turns)


def _written(text_page: pdf.Handle, seen: int) -> int:
    """The quarter turns after which the text of a page stands upright; `seen` where there is too little to tell."""
    count: int = pdf.count_characters(text_page)
    quarters: Counter[int] = Counter()
    for start in range(0, count, max(1, count // SAMPLE)):
        # Between two words PDFium puts spaces and line ends of its own, three at most, which have no angle.
        at = next((at for at in range(start, min(start + 4, count)) if not pdf.is_generated(text_page, at)), None)
        angle = -1.0 if at is None else float(pdf.character_angle(text_page, at))
        if angle >= 0:
            quarters[-round(angle / (math.pi / 2)) % 4] += 1
    told = quarters.total()
    return next((turns for turns, share in quarters.items() if told > 3 and share >= MOST * told), seen)
