"""A PDF made anew from its pages, those with something to black out as pictures.

Text cannot be cut out of a PDF with certainty: fonts, forms and earlier versions keep copies. A page as a picture holds
what is seen and nothing else.
"""

from __future__ import annotations

import ctypes
import io
import zlib
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from gongkai.errors import UnreadableDocument
from gongkai.web.publications.gate.layers.pdf_parts import KEPT, WIDGET

SCALE = 200 / 72
"""Pixels a point: 200 a inch, at which print of 8 points is read well."""
MOST_PIXELS = 40_000_000
FRINGE = 1.0
"""Black boxes reach so many points beyond the character."""


@dataclass
class Plan:
    """What to do: pages that become pictures with the numbers of the characters to black out; annotations to drop."""

    pictures: dict[int, set[int]] = field(default_factory=dict)
    annotations: set[tuple[int, int]] = field(default_factory=set)
    anew: bool = False

    def rebuild(self) -> None:
        """Make the file anew, which leaves behind all that hangs on no page."""
        self.anew = True


def rebuilt(data: bytes, plan: Plan) -> bytes:
    """The PDF after `plan`: no properties, bookmarks, attachments, notes or fields; other pages as they were."""
    old, new = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    try:
        for index in range(len(old)):
            _drop_annotations(old, index, plan)
            if index in plan.pictures:
                picture = pypdfium2.PdfDocument(_picture(old, index, plan.pictures[index]))
                new.import_pages(picture)
                picture.close()
            else:
                new.import_pages(old, [index])
        out = io.BytesIO()
        new.save(out)
        return out.getvalue()
    finally:
        new.close()
        old.close()


def _drop_annotations(document: Any, index: int, plan: Plan) -> None:
    """Take notes away, and what the plan names; filled fields become part of the page."""
    page = document[index]
    fields = False
    for number in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        subtype = raw.FPDFAnnot_GetSubtype(annotation) if annotation else -1
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)
        if subtype not in KEPT or (index, number) in plan.annotations:
            raw.FPDFPage_RemoveAnnot(page, number)
        else:
            fields = fields or subtype == WIDGET
    if fields:
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()


def _picture(document: Any, index: int, characters: set[int]) -> bytes:
    page = document[index]
    width, height = page.get_size()
    scale = min(SCALE, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    if width * height <= 0 or width > 20_000 or height > 20_000:
        raise UnreadableDocument("document.too_complex", name="", page=index + 1, limit=MOST_PIXELS)
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
    columns, rows, stride, channels = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
    pixels = bytearray(bitmap.buffer)
    for left, top, right, bottom in _boxes(page, characters, columns, rows):
        for row in range(top, bottom):
            start = row * stride + left * channels
            pixels[start : start + (right - left) * channels] = bytes((right - left) * channels)
    lines = [bytes(pixels[row * stride : row * stride + columns * channels]) for row in range(rows)]
    body = b"".join(_rgb(line, channels) for line in lines)
    bitmap.close()
    page.close()
    return _page_of(body, columns, rows, width, height)


def _rgb(line: bytes, channels: int) -> bytes:
    """Three bytes a pixel, whatever the bitmap has."""
    if channels == 3:
        return line
    if channels == 1:
        return bytes(value for value in line for _ in range(3))
    out = bytearray(len(line) // 4 * 3)
    out[0::3], out[1::3], out[2::3] = line[0::4], line[1::4], line[2::4]
    return bytes(out)


def _boxes(page: Any, characters: set[int], columns: int, rows: int) -> list[tuple[int, int, int, int]]:
    """Where the characters stand in the picture, in pixels."""
    text = page.get_textpage()
    found = []
    x, y = ctypes.c_int(), ctypes.c_int()
    box = raw.FS_RECTF()
    for number in sorted(characters):
        if not raw.FPDFText_GetLooseCharBox(text, number, box):
            continue
        corners = []
        for a, b in ((box.left - FRINGE / 4, box.top + FRINGE), (box.right + FRINGE / 4, box.bottom - FRINGE)):
            raw.FPDF_PageToDevice(page, 0, 0, columns, rows, 0, a, b, x, y)
            corners.append((x.value, y.value))
        (a1, b1), (a2, b2) = corners
        left, right, top, bottom = min(a1, a2), max(a1, a2) + 1, min(b1, b2), max(b1, b2) + 1
        found.append((max(left, 0), max(top, 0), min(right, columns), min(bottom, rows)))
    text.close()
    return [one for one in found if one[0] < one[2] and one[1] < one[3]]


def _page_of(pixels: bytes, columns: int, rows: int, width: float, height: float) -> bytes:
    """A PDF of one page that is nothing but this picture."""
    packed = zlib.compress(pixels, 6)
    content = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /I Do Q".encode("ascii")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.3f %.3f]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>"
        % (width, height),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (columns, rows, len(packed), packed),
    ]
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
