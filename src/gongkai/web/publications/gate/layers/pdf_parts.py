"""What a PDF carries beside its pages' text: notes, fields, links, properties, bookmarks, attachments, photographs."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from gongkai.documents.pdf import library as pdf

LINK, WIDGET, STAMP = raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STAMP
KEPT = frozenset({LINK, WIDGET, STAMP})
"""Annotations that belong to what a reader sees: links, filled fields, stamps and seals."""
MOST = 5_000
_KEYS = (b"Contents", b"T", b"V", b"DV", b"Subj", b"RC", b"TU", b"NM")
_PROPERTIES = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
_MOST_BYTES = 64 * 1024 * 1024


class Annotation(NamedTuple):
    """One annotation of a page: its number, its texts, the address it leads to, the file attached to it."""

    number: int
    subtype: int
    texts: list[str]
    address: str
    attachment: tuple[str, bytes] | None

    @property
    def is_field(self) -> bool:
        """Whether it is a field of a form."""
        return bool(self.subtype == WIDGET)

    @property
    def is_comment(self) -> bool:
        """Whether it is somebody's note: everything but links, fields and seals."""
        return self.subtype not in KEPT


def notes_of(page: pdf.Handle, document: pdf.Handle) -> Iterator[Annotation]:
    """The annotations of a page."""
    for number in range(min(raw.FPDFPage_GetAnnotCount(_page(page)), MOST)):
        annotation = raw.FPDFPage_GetAnnot(_page(page), number)
        if not annotation:
            continue
        try:
            subtype = raw.FPDFAnnot_GetSubtype(annotation)
            texts = [text for key in _KEYS if (text := _wide(raw.FPDFAnnot_GetStringValue, annotation, key)).strip()]
            file = (
                raw.FPDFAnnot_GetFileAttachment(annotation) if hasattr(raw, "FPDFAnnot_GetFileAttachment") else None
            )
            yield Annotation(
                number,
                subtype,
                texts,
                _address(annotation, _document(document)) if subtype == LINK else "",
                _content(file) if file else None,
            )
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def photographs(page: pdf.Handle) -> Iterator[bytes]:
    """The JPEG pictures of a page that carry more than a picture."""
    for number in range(min(pdf.count_objects(page), MOST)):
        thing = pdf.get_object(page, number)
        if not thing or pdf.object_type(thing) != pdf.IMAGE:
            continue
        handle = ctypes.cast(thing, raw.FPDF_PAGEOBJECT)
        size = raw.FPDFImageObj_GetImageDataRaw(handle, None, 0)
        if not 4 < size <= _MOST_BYTES:
            continue
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFImageObj_GetImageDataRaw(handle, buffer, size)
        if buffer.raw[:2] == b"\xff\xd8" and any(
            mark in buffer.raw[:65_536] for mark in (b"Exif\0", b"Photoshop", b"ns.adobe.com", b"\xff\xfe")
        ):
            yield buffer.raw


def properties(document: pdf.Handle) -> Iterator[tuple[str, str]]:
    """The document's properties that say something."""
    for key in _PROPERTIES:
        value = _wide(raw.FPDF_GetMetaText, _document(document), key.encode("ascii"))
        if value.strip():
            yield key, value


def bookmarks(document: pdf.Handle) -> Iterator[str]:
    """The titles of all bookmarks."""
    handle = _document(document)
    waiting = [raw.FPDFBookmark_GetFirstChild(handle, None)]
    seen: set[int] = set()
    while waiting and len(seen) < MOST:
        mark = waiting.pop()
        at = ctypes.cast(mark, ctypes.c_void_p).value if mark else None
        if at is None or at in seen:
            continue
        seen.add(at)
        size = raw.FPDFBookmark_GetTitle(mark, None, 0)
        buffer = ctypes.create_string_buffer(max(size, 2))
        raw.FPDFBookmark_GetTitle(mark, buffer, size)
        yield buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")
        waiting += [raw.FPDFBookmark_GetNextSibling(handle, mark), raw.FPDFBookmark_GetFirstChild(handle, mark)]


def attachments(document: pdf.Handle) -> Iterator[tuple[str, bytes]]:
    """The files attached to the document: name and content."""
    handle = _document(document)
    for number in range(min(raw.FPDFDoc_GetAttachmentCount(handle), MOST)):
        attachment = raw.FPDFDoc_GetAttachment(handle, number)
        if attachment:
            yield _content(attachment)


def _content(attachment: Any) -> tuple[str, bytes]:
    name = _wide(raw.FPDFAttachment_GetName, attachment)
    size = ctypes.c_ulong()
    raw.FPDFAttachment_GetFile(attachment, None, 0, size)
    if not 0 < size.value <= _MOST_BYTES:
        return name, b""
    buffer = ctypes.create_string_buffer(size.value)
    raw.FPDFAttachment_GetFile(attachment, buffer, size.value, size)
    return name, buffer.raw


def _address(annotation: Any, document: Any) -> str:
    link = raw.FPDFAnnot_GetLink(annotation)
    action = raw.FPDFLink_GetAction(link) if link else None
    if not action:
        return ""
    size = raw.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < size < 100_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.raw[: size - 1].decode("utf-8", "replace")


def _wide(function: Callable[..., int], *arguments: Any) -> str:
    """A text that PDFium writes as UTF-16 into a buffer whose size it says first."""
    size = function(*arguments, None, 0)
    if not 2 < size < 2_000_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(
        *arguments,
        ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)) if function is not raw.FPDF_GetMetaText else buffer,
        size,
    )
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _page(page: pdf.Handle) -> Any:
    return ctypes.cast(page, raw.FPDF_PAGE)


def _document(document: pdf.Handle) -> Any:
    return ctypes.cast(document, raw.FPDF_DOCUMENT)
