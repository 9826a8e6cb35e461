"""Opening a PDF, and saying why one cannot be opened."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

from gongkai.documents.limits import Limits
from gongkai.documents.pdf import library as pdf
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument

PASSWORD = 4
"""PDFium's error for a document that asks for a password."""

TAIL = 4096
"""How many bytes at the end are searched for the end mark; some servers append a few hundred."""


@contextmanager
def opened(source: Source, limits: Limits) -> Iterator[tuple[pdf.Handle, int]]:
    """Open the PDF and give its handle and its number of pages; closed on leaving.

    Raises UnreadableDocument: `document.encrypted`, `document.truncated`, `document.damaged.pdf`,
    `document.too_many_pages`.
    """
    data = source.data
    handle: pdf.Handle | None = pdf.load_document(data, len(data), None)
    if not handle:
        raise _why(source)
    try:
        pages: int = pdf.page_count(handle)
        if not _has_end(data):
            raise UnreadableDocument("document.truncated", name=source.name, size=len(data))
        if pages < 1:
            raise UnreadableDocument("document.damaged.pdf", name=source.name, pages=pages)
        if pages > limits.pages:
            raise UnreadableDocument("document.too_many_pages", name=source.name, pages=pages, limit=limits.pages)
        yield handle, pages
    finally:
        pdf.close_document(handle)


def title(document: pdf.Handle) -> str | None:
    """The title in the document's properties, None where there is none."""
    buffer = ctypes.create_string_buffer(1024)
    size: int = pdf.meta_text(document, b"Title", buffer, len(buffer))
    if not 2 < size <= len(buffer):
        return None
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip() or None


def _why(source: Source) -> UnreadableDocument:
    if pdf.last_error() == PASSWORD:
        return UnreadableDocument("document.encrypted", name=source.name)
    if not _has_end(source.data):
        return UnreadableDocument("document.truncated", name=source.name, size=len(source.data))
    return UnreadableDocument("document.damaged.pdf", name=source.name, pages=0)


def _has_end(data: bytes) -> bool:
    """Whether the end mark stands near the end, padding aside."""
    tail = data[-TAIL:]
    if not tail.strip(b"\0\r\n\t "):
        tail = data.rstrip(b"\0\r\n\t ")[-TAIL:]
    return b"%%EOF" in tail or b"startxref" in tail
