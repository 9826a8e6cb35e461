"""Pictures on the way in: kept apart from the text, by the digest of their content, in the three kinds that pages show."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from typing import NamedTuple

KINDS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
"""The first bytes of a picture and its kind: what the file calls itself does not count."""
MOST = 500
"""So many different pictures are kept from one file."""
BYTES = 64 * 1024 * 1024
"""And so many bytes of them."""

_DATA = re.compile(r"data:image/[\w.+-]+(?:;[\w=.-]+)*;base64,", re.IGNORECASE)


class Image(NamedTuple):
    """A picture of a text: the SHA-256 of its content in hexadecimal, its kind (`image/png`), what stands for it."""

    digest: str
    kind: str
    alt: str
    content: bytes


class Pictures:
    """Collects the pictures of one file."""

    def __init__(self) -> None:
        self._kept: dict[str, Image] = {}
        self._bytes = 0

    def keep(self, content: bytes, alt: str) -> str | None:
        """Keep a picture and return its digest; None for a kind that pages do not show, or where it is too much."""
        kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), None)
        if kind is None:
            return None
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._kept:
            if len(self._kept) >= MOST or self._bytes + len(content) > BYTES:
                return None
            self._bytes += len(content)
            self._kept[digest] = Image(digest, kind, alt, content)
        return digest

    def from_page(self, source: str, alt: str) -> str | None:
        """The digest of a picture written into a page (`data:`); a picture that is elsewhere is not fetched."""
        found = _DATA.match(source)
        if found is None:
            return None
        try:
            content = base64.b64decode(re.sub(r"\s+|%0[AaDd]", "", source[found.end() :]), validate=True)
        except (binascii.Error, ValueError):
            return None
        return self.keep(content, alt)

    def known(self, source: str, alt: str) -> str | None:  # noqa: ARG002
        """The digest that a text names, where its picture is kept here."""
        digest = source.removeprefix("sha256:")
        return digest if digest in self._kept else None

    def shown(self, digests: Callable[[], tuple[str, ...]]) -> tuple[Image, ...]:
        """The pictures that the finished text shows, in its order."""
        return tuple(self._kept[digest] for digest in digests() if digest in self._kept)
