"""Web pages in one file with their parts (MHTML), as Word and browsers save them."""

from __future__ import annotations

import base64
import binascii
import quopri
import re

from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument

_HEAD = 8_192
_BOUNDARY = re.compile(rb'boundary="?([^"\s;]{1,200})', re.IGNORECASE)
_ENCODING = re.compile(rb"^content-transfer-encoding:\s*([\w-]+)", re.IGNORECASE | re.MULTILINE)


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin like such a file."""
    head = data[:_HEAD].lstrip()
    if head.startswith(b"<"):
        return False
    head = head.lower()
    return b"mime-version:" in head and b"content-type:" in head


def page_of_archive(source: Source) -> bytes:
    """The bytes of the page itself, the first part that is HTML. Raises UnreadableDocument `document.damaged`."""
    data = source.data.replace(b"\r\n", b"\n")
    boundary = _BOUNDARY.search(data, 0, _HEAD)
    parts = data.split(b"--" + boundary[1])[1:] if boundary else [data]
    for part in parts:
        head, _, body = part.lstrip(b"\n").partition(b"\n\n")
        if b"text/html" not in head.lower():
            continue
        encoding = _ENCODING.search(head)
        kind = encoding[1].lower() if encoding else b""
        try:
            if kind == b"base64":
                return base64.b64decode(body)
            return quopri.decodestring(body) if kind == b"quoted-printable" else body
        except (binascii.Error, ValueError) as error:
            raise UnreadableDocument("document.damaged", name=source.name, reason=str(error)) from error
    raise UnreadableDocument("document.damaged", name=source.name, reason="MHTML: text/html")
