"""Pictures and scans: text recognised by RapidOCR, ruling lines found in the picture, both put into grids as PDF's are.

The parts for that are optional (`gongkai[ocr]`) and are loaded when the first picture comes. Nothing is fetched from a
network: the models are those inside the installed package.
"""

from __future__ import annotations

import time
from importlib.util import find_spec

from gongkai.documents.limits import Limits
from gongkai.documents.model import Document
from gongkai.documents.pdf.assembly import blocks_of
from gongkai.documents.pdf.layout import PageLayout
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument

NEEDED = ("rapidocr", "onnxruntime", "cv2", "numpy", "PIL")
SECONDS = 300.0
"""All pages of a scan together may take this long; a page takes two to ten seconds."""
OCR = "document.ocr"


def read(source: Source, limits: Limits, seconds: float = SECONDS) -> Document:
    """Read a picture, or a PDF of pictures, with the doubt `document.ocr`: figures must be compared with the original.

    Raises UnreadableDocument: `document.needs_ocr` where the parts are not installed, `document.image_damaged`,
    `document.image_too_large`, `document.ocr_slow`, `document.no_text`, and for a PDF what its reader raises.
    """
    if any(find_spec(name) is None for name in NEEDED):
        raise UnreadableDocument("document.needs_ocr", name=source.name)
    from gongkai.documents.scan.page import laid_out_scan
    from gongkai.documents.scan.pictures import pictures

    deadline = time.monotonic() + seconds
    pages: list[PageLayout] = []
    for number, picture in enumerate(pictures(source, limits), 1):
        page = laid_out_scan(number, picture, deadline)
        if page is None:
            raise UnreadableDocument("document.ocr_slow", name=source.name, seconds=round(seconds), pages=number)
        pages.append(page)
    if not any(page.items for page in pages):
        raise UnreadableDocument("document.no_text", name=source.name, pages=len(pages))
    return Document(
        format="pdf" if source.data[:1024].find(b"%PDF-") >= 0 else "image",
        sha256=source.sha256,
        size=len(source.data),
        blocks=blocks_of(pages, source.name, limits),
        pages=len(pages),
        doubts=(OCR,),
    )
