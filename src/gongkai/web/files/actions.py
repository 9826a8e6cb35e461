"""Keeping a file: content first, then the record of it."""

from __future__ import annotations

import io
from typing import IO

from gongkai.documents.formats import recognise_format
from gongkai.documents.source import Source
from gongkai.errors import InvalidInput, UnreadableDocument
from gongkai.web.files.models import File
from gongkai.web.files.names import clean
from gongkai.web.files.store import store
from gongkai.web.settings import declared


def keep(content: IO[bytes] | bytes, name: str) -> File:
    """Keep a file and return its record, which the caller's transaction commits together with what it is for.

    The content is on the disk before the record is written; without the record it is an orphan, which the sweep
    collects. Raises InvalidInput `files.too_large`, `files.empty`.
    """
    shown = clean(name)
    limit = declared.number("GONGKAI_UPLOAD_MEGABYTES") * 2**20
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    stored = store().put(stream, limit)
    if not stored.size:
        raise InvalidInput("files.empty", name=shown)
    file = File(digest=stored.digest, size=stored.size, name=shown)
    file.format = _format(file)
    file.save(force_insert=True)
    return file


def _format(file: File) -> str:
    """What the bytes speak for; never what the sender or the name claims."""
    with store().open(file.digest) as content:
        try:
            return recognise_format(Source(content.read(), file.name))
        except UnreadableDocument:
            return ""
