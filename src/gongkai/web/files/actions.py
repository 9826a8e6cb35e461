"""Keeping a file: content first, then the record of it."""

from __future__ import annotations

import io
import sys
from typing import IO, NamedTuple

from gongkai.documents.formats import recognise_format
from gongkai.documents.source import Source
from gongkai.errors import InvalidInput, UnreadableDocument
from gongkai.web.files.models import File
from gongkai.web.files.names import clean
from gongkai.web.files.store import store
from gongkai.web.settings import declared


class Content(NamedTuple):
    """A content that is in the store and has no record yet."""

    digest: str
    size: int
    name: str
    format: str


def put(content: IO[bytes] | bytes, name: str) -> Content:
    """Put a content into the store, outside any transaction: nobody waits for the disk while the database is held.

    Raises InvalidInput `files.too_large`, `files.empty`.
    """
    shown = clean(name)
    limit = declared.number("GONGKAI_UPLOAD_MEGABYTES") * 2**20
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    stored = store().put(stream, limit)
    if not stored.size:
        raise InvalidInput("files.empty", name=shown)
    return Content(stored.digest, stored.size, shown, _format(stored.digest, shown))


def put_own(content: IO[bytes], name: str) -> Content:
    """Put a content into the store that the program itself has made: of any size and no format of a document."""
    stored = store().put(content, sys.maxsize)
    return Content(stored.digest, stored.size, name, "")


def record(content: Content) -> File:
    """Write the record of a content, in the transaction that says what it is for; without it the sweep collects it."""
    return File.objects.create(**content._asdict())


def keep(content: IO[bytes] | bytes, name: str) -> File:
    """Put a content into the store and write its record. Raises InvalidInput as `put` does."""
    return record(put(content, name))


def _format(digest: str, name: str) -> str:
    """What the bytes speak for; never what the sender or the name claims."""
    with store().open(digest) as content:
        try:
            return recognise_format(Source(content.read(), name))
        except UnreadableDocument:
            return ""
