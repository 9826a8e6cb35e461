"""Refuses pages nested so deeply that parsing them would take minutes: the time grows with the square of the depth."""

from __future__ import annotations

import re

from gongkai.documents.limits import Limits
from gongkai.errors import UnreadableDocument

LEAST_TAGS = 8_000
"""With fewer tags even the deepest page is parsed in a fraction of a second; reports have 2,000 to 6,000."""
SLOPPY = 8
"""Pages that forget to close fonts and spans nest deeper than they look; so many times the limit is allowed."""

# Elements that end by themselves nest only through others, and void ones hold nothing.
_TAG = re.compile(
    rb"<(/?)(?!(?:p|li|td|th|tr|dt|dd|option|optgroup|thead|tbody|tfoot|colgroup|html|head|body"
    rb"|br|hr|img|input|meta|link|col|area|base|embed|param|source|track|wbr)[\s/>])[a-z][^<>]*?(/?)>",
    re.IGNORECASE,
)


def refuse_deep(data: bytes, limits: Limits, name: str) -> None:
    """Raise UnreadableDocument `document.too_deep` for a page that opens far more elements than it closes."""
    if len(data) < LEAST_TAGS * len("<b>") or data.count(b"<") < LEAST_TAGS:
        return
    most, depth = limits.depth * SLOPPY, 0
    for tag in _TAG.finditer(data):
        if tag[1]:
            depth = max(depth - 1, 0)
        elif not tag[2]:
            depth += 1
            if depth > most:
                raise UnreadableDocument("document.too_deep", name=name, limit=limits.depth)
