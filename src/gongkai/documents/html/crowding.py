"""Refuses pages whose elements bear very many attributes: the time to parse them grows with the square of their number."""

from __future__ import annotations

import re

from gongkai.errors import UnreadableDocument

MOST_ATTRIBUTES = 5_000
"""So many in one element are parsed in a twentieth of a second; reports have a dozen."""

_STRETCH = 8_192
"""In pages some sign “>” stands in every stretch of this size, unless a picture is written into the page."""
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_LETTER = re.compile(rb"[a-z]", re.IGNORECASE)


def refuse_crowded(data: bytes, name: str) -> None:
    """Raise UnreadableDocument `document.too_many_attributes` for a page with such an element.

    One look at each stretch; a sign “>” hidden in the values evades it, and is left to the child's clock.
    """
    at = 0
    while at + _STRETCH <= len(data):
        if data.find(b">", at, at + _STRETCH) >= 0:
            at += _STRETCH
            continue
        end = data.find(b">", at + _STRETCH)
        end = len(data) if end < 0 else end
        begin = data.rfind(b"<", 0, at + 1)
        if begin >= 0 and _LETTER.match(data, begin + 1) and data.find(b">", begin, at) < 0:
            bare = _QUOTED.sub(b"", data[begin:end])
            if max(bare.count(b"="), len(bare.split())) > MOST_ATTRIBUTES:
                raise UnreadableDocument("document.too_many_attributes", name=name, limit=MOST_ATTRIBUTES)
        at = end
