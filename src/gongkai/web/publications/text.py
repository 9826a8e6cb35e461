"""The text of a document as it is kept: clean web text without pictures, which go with a document as files."""

from __future__ import annotations

from gongkai.web.publications import body
from gongkai.web.publications.body import Note, Paragraph, from_plain, paragraphs
from gongkai.web.publications.body import plain as to_plain

__all__ = ["Note", "Paragraph", "clean", "from_plain", "from_upload", "paragraphs", "to_plain"]


def clean(html: str) -> str:
    """Return only what the vocabulary of texts knows, without pictures; doing it again changes nothing."""
    return body.clean(html, pictured=_left_out)


def from_upload(name: str, content: bytes) -> tuple[str, tuple[Note, ...], int]:
    """Return the clean text of an uploaded file, what was left out on the way, and how many pictures it had.

    Raises UnreadableDocument, InvalidInput `body.format`, `body.nothing`.
    """
    given = body.from_upload_in_child(name, content)
    return clean(given.html), given.notes, len(given.images)


def _left_out(_source: str, _alt: str) -> None:
    return None
