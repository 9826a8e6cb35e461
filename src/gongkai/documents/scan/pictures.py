"""A picture file or a PDF as upright pictures, one a page, refused before it is unpacked where it is too large."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from gongkai.documents.limits import Limits
from gongkai.documents.pdf import page_images
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument

Picture: TypeAlias = NDArray[np.uint8]
"""Rows × columns × 3, blue green red."""

PIXELS = 40_000_000
"""A page of A4 at 600 dpi has 35 million."""
SCALE = 2.8
"""Pixels a point in which the pages of a PDF are painted: 200 dpi."""
STEEPEST = 8.0
"""Lines that slope by more degrees are drawings, not a page put down askew."""


def pictures(source: Source, limits: Limits) -> Iterator[Picture]:
    """The pages as pictures, straightened. Raises UnreadableDocument, see `scan.read`."""
    if b"%PDF-" in source.data[:1024]:
        for page in page_images(source, limits, SCALE):
            flat = np.frombuffer(page.pixels, np.uint8)
            yield straightened(flat.reshape(page.rows, page.columns, 3))
        return
    try:
        with warnings.catch_warnings():
            # Pillow warns of what is refused here anyway.
            warnings.simplefilter("ignore")
            yield from _frames(source, limits)
    except Image.DecompressionBombError as error:
        raise UnreadableDocument(
            "document.image_too_large", name=source.name, pixels=Image.MAX_IMAGE_PIXELS, limit=PIXELS
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnreadableDocument("document.image_damaged", name=source.name, reason=str(error)) from error


def _frames(source: Source, limits: Limits) -> Iterator[Picture]:
    """The frames of a picture file, straightened."""
    with Image.open(io.BytesIO(source.data)) as image:
        for number, frame in enumerate(ImageSequence.Iterator(image), 1):
            if number > limits.pages:
                raise UnreadableDocument(
                    "document.too_many_pages", name=source.name, pages=number, limit=limits.pages
                )
            yield straightened(_decoded(frame, source.name))


def _decoded(image: Image.Image, name: str) -> Picture:
    width, height = image.size
    if width * height > PIXELS:
        raise UnreadableDocument("document.image_too_large", name=name, pixels=width * height, limit=PIXELS)
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "P"):
        # Text on a transparent ground stands on white paper.
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright)
    return np.ascontiguousarray(np.asarray(upright.convert("RGB"))[:, :, ::-1])


def straightened(picture: Picture) -> Picture:
    """Turn a picture so that its long, nearly level lines are level; as it is where there are none."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    shrink = min(1.0, 1600 / max(grey.shape))
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    edges = cv2.Canny(small, 60, 180)
    found = cv2.HoughLinesP(edges, 1, np.pi / 1800, 120, minLineLength=small.shape[1] // 4, maxLineGap=8)
    if found is None:
        return picture
    angles = [
        float(np.degrees(np.arctan2(y1 - y0, x1 - x0)))
        for x0, y0, x1, y1 in np.asarray(found).reshape(-1, 4)
        if x1 > x0
    ]
    level = [angle for angle in angles if abs(angle) <= STEEPEST]
    angle = float(np.median(level)) if level else 0.0
    if abs(angle) < 0.1:
        return picture
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return np.asarray(turned, np.uint8)
