"""Which reader a file belongs to: by its bytes, never by its name alone."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Protocol

from gongkai.documents.charset import decode
from gongkai.documents.limits import DEFAULT, Limits
from gongkai.documents.model import Document
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument

FORMATS: dict[str, str] = {
    "pdf": "gongkai.documents.pdf",
    "html": "gongkai.documents.html",
    "docx": "gongkai.documents.docx",
    "xlsx": "gongkai.documents.xlsx",
    "ofd": "gongkai.documents.ofd",
    "text": "gongkai.documents.text",
    "doc": "gongkai.documents.legacy",
    "wps": "gongkai.documents.legacy",
    "image": "gongkai.documents.scan",
}
"""Format to the module whose `read` takes it. Modules are imported when the first file of the format comes."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a")
_ARCHIVES = {b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b": "gzip"}
_TAGS = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<[!?a-z]|<(?:!doctype\s+html|html|head|body|table|div|p|h[1-6])[\s/>]", re.IGNORECASE
)
_ARCHIVED_PAGE = re.compile(rb"^\s*(?:[\w-]+:[^\n]*\n)*?MIME-Version:", re.IGNORECASE)
_WORD_XML = re.compile(rb"<(?:w:wordDocument|pkg:package)\s")
_START = 4096


class Reader(Protocol):
    """What a format's module offers: `read(source, limits) -> Document`."""

    def __call__(self, source: Source, limits: Limits) -> Document:
        """Read the whole source or raise UnreadableDocument."""


def read(
    file: str | Path | Source, limits: Limits = DEFAULT, announce: Callable[[str], object] | None = None
) -> Document:
    """Read a file into a Document, whatever its format. A PDF of pictures only is recognised where that is installed.

    `announce` is told the format before its reader begins, again when the reader of pictures takes over. Raises
    UnreadableDocument with a reason and what to try; nothing is half read.
    """
    source = file if isinstance(file, Source) else Source.from_path(file, limits)
    size = len(source.data)
    if size > limits.file_bytes:
        raise UnreadableDocument("document.too_large", name=source.name, size=size, limit=limits.file_bytes)
    format = recognise_format(source)
    if announce:
        announce(format)
    try:
        return _reader(format)(source, limits)
    except UnreadableDocument as error:
        if error.code != "document.image_only" or not _recognises_pictures():
            raise
    if announce:
        announce("image")
    return _reader("image")(source, limits)


def recognise_format(source: Source) -> str:
    """Return the key of `FORMATS` that the bytes speak for.

    Raises UnreadableDocument: `document.empty`, `document.other_kind` for a known kind that has no reader,
    `document.encrypted`, `document.damaged`, `document.garbled`, and `document.format_unknown`.
    """
    data = source.data
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableDocument("document.empty", name=source.name)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip_format(source)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        return _ole_format(source)
    if data.startswith(b"{\\rtf"):
        return "doc"
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    if data.startswith(b"BM") and data[14:18] in (b"\x28\0\0\0", b"\x0c\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0"):
        return "image"
    for magic, kind in _ARCHIVES.items():
        if data.startswith(magic):
            raise UnreadableDocument("document.other_kind", name=source.name, kind=kind)
    return _text_format(source)


def _reader(format: str) -> Reader:
    reader: Reader = import_module(FORMATS[format]).read
    return reader


def _recognises_pictures() -> bool:
    """Whether the optional parts of the reader of pictures are installed."""
    return all(find_spec(name) is not None for name in import_module(FORMATS["image"]).NEEDED)


def _zip_format(source: Source) -> str:
    try:
        with zipfile.ZipFile(BytesIO(source.data)) as package:
            names = {info.filename.replace("\\", "/").removeprefix("./").lower() for info in package.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableDocument("document.damaged", name=source.name, reason=str(error)) from error
    if "ofd.xml" in names:
        return "ofd"
    folders = {name.partition("/")[0] for name in names if "/" in name}
    for folder, format in (("word", "docx"), ("xl", "xlsx")):
        if folder in folders:
            return format
    kinds = {"ppt": "PowerPoint", "meta-inf": "OpenDocument / EPUB / JAR"}
    kind = next((kind for folder, kind in kinds.items() if folder in folders), "ZIP")
    if "[content_types].xml" in names and kind == "ZIP":
        return "docx"
    raise UnreadableDocument("document.other_kind", name=source.name, kind=kind)


def _ole_format(source: Source) -> str:
    """Old Office files: their streams are named in UTF-16 in the file's directory."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in source.data

    if not has("WordDocument") and (has("Workbook") or has("Book")):
        return "xlsx"
    return "wps" if source.ending == "wps" else "doc"


def _text_format(source: Source) -> str:
    """HTML, Word's own XML, or text; whatever does not decode or is full of control characters is none of them."""
    head = source.data[:_START]
    if b"\0" in head:
        head = head.replace(b"\0", b"")  # UTF-16; its two marks are no white space
        head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _WORD_XML.search(head):
        return "doc"
    if _TAGS.search(head) or _ARCHIVED_PAGE.match(head):
        return "html"
    try:
        text = decode(source.data, source.name).text
    except UnreadableDocument as error:
        raise _unknown(source, error) from error
    start = text[:_START]
    controls = sum(1 for sign in start if sign < " " and sign not in "\t\n\r\f\v\b\x1a")
    if controls * 50 > len(start):
        raise UnreadableDocument("document.format_unknown", name=source.name)
    if not text.strip("\0\ufeff\u200b \t\r\n\u3000\xa0\f\v"):
        raise UnreadableDocument("document.empty", name=source.name)
    return "text"


def _unknown(source: Source, error: UnreadableDocument) -> UnreadableDocument:
    """Text with much damage stays garbled text; bytes that no text has are of an unknown format."""
    start = source.data[:_START]
    controls = sum(start.count(bytes([code])) for code in range(32) if code not in b"\t\n\r\f")
    if controls * 50 > len(start):
        return UnreadableDocument("document.format_unknown", name=source.name)
    return error
