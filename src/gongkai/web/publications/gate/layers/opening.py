"""Which module takes a file apart: by its bytes, as the readers do."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from gongkai.documents.formats import recognise_format
from gongkai.documents.limits import Limits
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument
from gongkai.web.publications.gate.piece import Opened

_ROOM = "gongkai.web.publications.gate.layers"
OPENERS: dict[str, tuple[str, str]] = {
    "text": (f"{_ROOM}.text", "open_text"),
    "html": (f"{_ROOM}.html", "open_html"),
    "docx": (f"{_ROOM}.docx", "open_docx"),
    "xlsx": (f"{_ROOM}.xlsx", "open_xlsx"),
    "ofd": (f"{_ROOM}.packaged", "open_packaged"),
    "package": (f"{_ROOM}.packaged", "open_packaged"),
    "pdf": (f"{_ROOM}.pdf", "open_pdf"),
    "image": (f"{_ROOM}.image", "open_image"),
    "zip": (f"{_ROOM}.archive", "open_zip"),
    "ole": (f"{_ROOM}.archive", "open_ole"),
}
"""Format to the module and function; modules are imported when the first file of the format comes."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def format_of(data: bytes, name: str) -> str:
    """The key of `OPENERS` for a file. Raises UnreadableDocument as the readers do."""
    if data.startswith(_OLE):
        return "ole"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:4].lower() == b"<svg":
        return "html"
    try:
        return recognise_format(Source(data, name))
    except UnreadableDocument as error:
        kind = error.facts.get("kind", "")
        if error.code == "document.other_kind" and data.startswith(b"PK"):
            return "zip" if kind == "ZIP" else "package"
        raise


def opened(data: bytes, name: str, format: str, limits: Limits) -> Opened:
    """Take a file of a known format apart. Raises UnreadableDocument."""
    if format not in OPENERS:
        raise UnreadableDocument("document.other_kind", name=name, kind=f".{format}")
    module, function = OPENERS[format]
    opener: Callable[[bytes, str, Limits], Opened] = getattr(import_module(module), function)
    return opener(data, name, limits)
