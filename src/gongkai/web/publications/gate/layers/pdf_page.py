"""The text of a page of a PDF, what can be seen apart from what cannot."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2.raw as raw

from gongkai.documents.pdf import library as pdf

SMALLEST = 1.2
"""A character no taller, in points, cannot be read."""
WHITE = 250
MOST_COVERS = 5_000
BAND = 20.0
"""Things that may cover text are looked up by bands of the page of this height, in points."""
GAP = 1.2
"""A gap wider than so many heights of a character parts cells."""
LARGE = 0.4
"""A picture of this share of the page is a scan."""
_RECTANGLE = 7

_text_object = pdf._bound("FPDFText_GetTextObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_transparent = pdf._bound("FPDFPageObj_HasTransparency", ctypes.c_int, ctypes.c_void_p)
_CLIPPED, _INVISIBLE = raw.FPDF_TEXTRENDERMODE_CLIP, raw.FPDF_TEXTRENDERMODE_INVISIBLE


@dataclass
class Layer:
    """Text, and the number of each character on the page."""

    text: str = ""
    at: list[int] = field(default_factory=list)


@dataclass
class PageText:
    """A page's text. `recognised`: the hidden text lies over a scan; `is_picture`: a scan without any text."""

    index: int
    visible: Layer
    hidden: Layer
    recognised: bool
    is_picture: bool


class _Cover(NamedTuple):
    order: int
    box: tuple[float, float, float, float]
    white: bool
    clear: bool


def read_page(document: pdf.Handle, page: pdf.Handle, index: int, most: int) -> PageText | None:
    """Read one page; None where it has more than `most` characters or objects."""
    bounds = (ctypes.c_float * 4)()
    pdf.page_bounds(page, bounds)
    left, top, right, bottom = bounds
    covers, orders, scan = _things(document, page, abs((right - left) * (top - bottom)), most)
    if covers is None:
        return None
    with pdf.text_of(page) as text_page:
        count = pdf.count_characters(text_page) if text_page else 0
        if count > most:
            return None
        reader = _Reader((left, bottom, right, top), covers, orders)
        visible, hidden = reader.read(text_page, count) if text_page else (Layer(), Layer())
    silent = not visible.text.strip()
    return PageText(
        index,
        visible,
        hidden,
        scan and reader.invisible and bool(hidden.text.strip()),
        scan and silent and not hidden.text.strip(),
    )


def _things(
    document: pdf.Handle, page: pdf.Handle, area: float, most: int
) -> tuple[dict[int, list[_Cover]] | None, dict[int, int], bool]:
    """What may lie over or under text, by band; the order of every text; whether a picture fills the page."""
    covers: dict[int, list[_Cover]] = {}
    orders: dict[int, int] = {}
    scan, number = False, 0
    for place in range(pdf.count_objects(page)):
        thing = pdf.get_object(page, place)
        number += 1
        if number > most:
            return None, orders, scan
        if not thing:
            continue
        kind = pdf.object_type(thing)
        if kind == pdf.TEXT:
            orders[thing] = number
        elif kind == pdf.FORM:
            for n in range(min(pdf.count_form_objects(thing), most)):
                inner = pdf.get_form_object(thing, n)
                number += 1
                if inner and pdf.object_type(inner) == pdf.TEXT:
                    orders[inner] = number
        elif kind in (pdf.IMAGE, pdf.PATH) and number <= MOST_COVERS:
            cover = _cover(thing, kind, number)
            if cover is not None and kind == pdf.IMAGE and orders and not cover.clear:
                cover = cover._replace(clear=_shows_through(document, page, thing))
            if cover is not None:
                low, high = int(cover.box[1] // BAND), int(cover.box[3] // BAND)
                for band in range(max(low, -200), min(high, 400) + 1):
                    covers.setdefault(band, []).append(cover)
                size = (cover.box[2] - cover.box[0]) * (cover.box[3] - cover.box[1])
                scan = scan or (kind == pdf.IMAGE and size > LARGE * area)
    return covers, orders, scan


def _cover(thing: int, kind: int, number: int) -> _Cover | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdf.object_bounds(thing, *[ctypes.byref(side) for side in sides]):
        return None
    box = (sides[0].value, sides[1].value, sides[2].value, sides[3].value)
    if kind == pdf.IMAGE:
        return _Cover(number, box, False, bool(_transparent(thing)))
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdf.draw_mode(thing, ctypes.byref(mode), ctypes.byref(stroke))
    if not mode.value or pdf.count_segments(thing) > _RECTANGLE:
        return None
    red, green, blue, alpha = _colour(thing)
    return _Cover(number, box, min(red, green, blue) >= WHITE, alpha < WHITE)


def _shows_through(document: pdf.Handle, page: pdf.Handle, image: int) -> bool:
    """Whether a picture has a mask through which one sees what lies below."""
    handles = (
        ctypes.cast(document, raw.FPDF_DOCUMENT),
        ctypes.cast(page, raw.FPDF_PAGE),
        ctypes.cast(image, raw.FPDF_PAGEOBJECT),
    )
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(*handles)
    if not bitmap:
        return False
    try:
        if raw.FPDFBitmap_GetFormat(bitmap) != raw.FPDFBitmap_BGRA:
            return False
        stride, rows = raw.FPDFBitmap_GetStride(bitmap), raw.FPDFBitmap_GetHeight(bitmap)
        pixels = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * rows)
        alpha = pixels[3::4]
        # A picture that shows through nearly everywhere is a watermark or a seal; a rim of anti-aliasing is not.
        return sum(1 for value in alpha[:: max(len(alpha) // 4096, 1)] if value < WHITE) * 4 > len(
            alpha[:: max(len(alpha) // 4096, 1)]
        )
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _colour(thing: int) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdf.fill_colour(thing, *[ctypes.byref(part) for part in parts]):
        return 0, 0, 0, 255
    return parts[0].value, parts[1].value, parts[2].value, parts[3].value


class _Reader:
    """Sorts the characters of one page."""

    def __init__(
        self, bounds: tuple[float, float, float, float], covers: dict[int, list[_Cover]], orders: dict[int, int]
    ) -> None:
        self._bounds, self._covers, self._orders = bounds, covers, orders
        self._looks: dict[int, tuple[bool, bool, int]] = {}
        self.invisible = True

    def read(self, text_page: pdf.Handle, count: int) -> tuple[Layer, Layer]:
        """The visible and the hidden text."""
        seen: tuple[list[str], list[int]] = ([], [])
        unseen: tuple[list[str], list[int]] = ([], [])
        box = (ctypes.c_float * 4)()
        was_hidden = False
        end = None
        gap = None
        for n in range(count):
            point = pdf.get_unicode(text_page, n)
            sign = chr(point) if 0 < point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"
            made = sign in "\r\n" or (sign == " " and pdf.is_generated(text_page, n) == 1)
            if made:
                into = unseen if was_hidden else seen
                gap = (into, len(into[0])) if sign == " " else None
                into[0].append(sign)
                into[1].append(n)
                continue
            pdf.loose_box(text_page, n, box)
            here = (box[0], box[3], box[2], box[1])
            if gap is not None and end is not None and abs(here[0] - end[2]) > GAP * max(here[3] - here[1], 1.0):
                gap[0][0][gap[1]] = "\t"
            runs_over = gap is None and end is not None and here[0] < end[2] - (here[3] - here[1]) / 2
            gap = None
            thing = _text_object(text_page, n)
            was_hidden = self._hides(thing, here)
            into = unseen if was_hidden else seen
            if runs_over and end is not None and abs(here[1] - end[1]) < (here[3] - here[1]) / 2 and into[0]:
                # Text too wide for its column runs into the next one.
                into[0].append("\t")
                into[1].append(n)
            end = here
            into[0].append(sign)
            into[1].append(n)
        return Layer("".join(seen[0]), seen[1]), Layer("".join(unseen[0]), unseen[1])

    def _hides(self, thing: int | None, box: tuple[float, float, float, float]) -> bool:
        if not thing:
            return False
        if thing not in self._looks:
            red, green, blue, alpha = _colour(thing)
            mode = pdf.text_render_mode(thing)
            order = self._orders.get(thing, 0)
            self._looks[thing] = (mode in (_INVISIBLE, _CLIPPED) or alpha == 0, min(red, green, blue) >= WHITE, order)
        invisible, white, order = self._looks[thing]
        if invisible:
            return True
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        left, bottom, right, top = self._bounds
        covered = lit = False
        for cover in self._covers.get(int(y // BAND), ()):
            a, b, c, d = cover.box
            if a <= x <= c and b <= y <= d:
                if cover.order > order > 0 and not cover.clear:
                    covered = True
                elif cover.order < order or not order:
                    lit = lit or not cover.white
        hidden = (
            covered
            or (white and not lit)
            or abs(box[3] - box[1]) <= SMALLEST
            or not (left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1)
        )
        self.invisible = self.invisible and (not hidden or covered)
        return hidden
