"""From PDF's own coordinates to points from the upper left corner of the page as it is seen."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

from gongkai.documents.model import Box
from gongkai.documents.pdf import library as pdf


class Frame(NamedTuple):
    """The visible part of a page: `width` and `height` as seen, `turns` quarter turns clockwise."""

    width: float
    height: float
    left: float
    bottom: float
    right: float
    top: float
    turns: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Turn a box of PDF coordinates (bottom below top) into one of the page as seen."""
        if self.turns == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turns == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turns == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def frame_of(page: pdf.Handle) -> Frame:
    """Read a page's visible box and its rotation."""
    bounds = (ctypes.c_float * 4)()
    width, height = float(pdf.page_width(page)), float(pdf.page_height(page))
    turns = pdf.page_rotation(page) % 4
    if not pdf.page_bounds(page, ctypes.addressof(bounds)):
        tall, wide = (height, width) if turns % 2 == 0 else (width, height)
        return Frame(width, height, 0.0, 0.0, wide, tall, turns)
    left, top, right, bottom = bounds
    return Frame(width, height, left, bottom, right, top, turns)
