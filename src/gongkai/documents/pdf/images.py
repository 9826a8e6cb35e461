"""Pages as pictures, for recognising text in scans."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.documents.limits import Limits
from gongkai.documents.pdf import library as pdf
from gongkai.documents.pdf.opening import opened
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument

MOST_PIXELS = 40_000_000
"""A larger picture of one page is refused."""

WHITE = 0xFFFFFFFF


class PageImage(NamedTuple):
    """One page as a picture: `width` and `height` of the page in points; `pixels` are `rows` × `columns` × 3 bytes, BGR.

    `numpy.frombuffer(pixels, "uint8").reshape(rows, columns, 3)` is what recognisers take.
    """

    number: int
    width: float
    height: float
    pixels: bytes
    columns: int
    rows: int


def page_images(source: Source, limits: Limits, scale: float = 2.0) -> Iterator[PageImage]:
    """Paint the pages one by one, `scale` pixels a point.

    Raises UnreadableDocument as `read` does for a file that cannot be opened, and `document.too_complex` for a page whose
    picture would be too large. The file is closed when the iterator is exhausted or closed.
    """
    with opened(source, limits) as (document, count):
        for index in range(count):
            with pdf.page(document, index) as page:
                if not page:
                    raise UnreadableDocument("document.damaged.pdf", name=source.name, pages=index)
                yield _painted(page, index + 1, scale, source.name)


def _painted(page: pdf.Handle, number: int, scale: float, name: str) -> PageImage:
    width, height = float(pdf.page_width(page)), float(pdf.page_height(page))
    columns, rows = max(round(width * scale), 1), max(round(height * scale), 1)
    if columns * rows > MOST_PIXELS:
        raise UnreadableDocument("document.too_complex", name=name, page=number, limit=MOST_PIXELS)
    stride = columns * 3
    buffer = ctypes.create_string_buffer(stride * rows)
    bitmap = pdf.create_bitmap(columns, rows, pdf.BGR, ctypes.addressof(buffer), stride)
    if not bitmap:
        raise UnreadableDocument("document.too_complex", name=name, page=number, limit=MOST_PIXELS)
    try:
        pdf.fill_bitmap(bitmap, 0, 0, columns, rows, WHITE)
        pdf.render_page(bitmap, page, 0, 0, columns, rows, 0, 0)
    finally:
        pdf.destroy_bitmap(bitmap)
    return PageImage(number, width, height, buffer.raw, columns, rows)
