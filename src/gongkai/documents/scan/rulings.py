"""The ruling lines in a picture, and the picture without them."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.documents.pdf.strokes import Ruling
from gongkai.documents.scan.pictures import Picture

SHORTEST = 14.0
"""A ruling line is at least this long, in points: longer than a stroke of a character in a table."""
THICKEST = 3.0
"""A ruling line is at most this thick, in points."""


class Ruled(NamedTuple):
    """Ruling lines in points, and the picture with them painted over; `ink` is 255 where something else is drawn."""

    horizontal: list[Ruling]
    vertical: list[Ruling]
    picture: Picture
    ink: NDArray[np.uint8]


def ruled(picture: Picture, scale: float) -> Ruled:
    """Find the ruling lines of a picture with `scale` pixels a point."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    block = max(15, int(12 * scale) | 1)
    dark = np.asarray(
        cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 15), np.uint8
    )
    length = max(8, int(SHORTEST * scale))
    level = _opened(dark, (length, 1))
    upright = _opened(dark, (1, length))
    horizontal = [
        ((y + h / 2) / scale, x / scale, (x + w) / scale) for x, y, w, h in _boxes(level) if h <= THICKEST * scale
    ]
    vertical = [
        ((x + w / 2) / scale, y / scale, (y + h) / scale) for x, y, w, h in _boxes(upright) if w <= THICKEST * scale
    ]
    if not horizontal or not vertical:
        return Ruled([], [], picture, dark)
    lines = cv2.dilate(cv2.bitwise_or(level, upright), np.ones((3, 3), np.uint8))
    clean = picture.copy()
    clean[lines > 0] = 255
    dark[lines > 0] = 0
    return Ruled(horizontal, vertical, clean, dark)


def _opened(dark: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Only unbroken runs at least as long as `size`. Nothing is closed first: that makes lines of rows of characters."""
    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
    return np.asarray(opened, np.uint8)


def _boxes(mask: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]:
    """The boxes of connected areas: left, top, width, height."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:]]
