"""Web text as tokens in linear time, whatever it holds: tags, and text with its references resolved.

What looks like a tag and never ends is text, and so is all that follows it: nothing is lost and nothing is gone over twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

RAW = frozenset({"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"})
"""Elements in which no tag is a tag but their own end."""
MOST_ATTRIBUTES = 64
"""So many attributes of an element are looked at; none that counts here has more than six."""

_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?=[^"'])))*+)>""",
)
_BEGUN = re.compile(r"<(?:[!?]|/?[a-zA-Z])")
_ATTRIBUTE = re.compile(r"""([^\s=/>"'][^\s=/>]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")


class Tag(NamedTuple):
    """A tag: its name in lower case, whether it closes, its attributes as written."""

    name: str
    closes: bool
    written: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes by name in lower case; of two of one name the first counts."""
        found: dict[str, str] = {}
        for number, one in enumerate(_ATTRIBUTE.finditer(self.written)):
            if number >= MOST_ATTRIBUTES:
                break
            value = next((group for group in one.groups()[1:] if group is not None), "")
            found.setdefault(one[1].lower(), unescape(value))
        return found


class Dropped(NamedTuple):
    """The content of an element whose content is no text of the page, or a comment (`name` is then `!`)."""

    name: str
    text: str


def tokens(text: str) -> Iterator[Tag | Dropped | str]:
    """Go through web text; never raises."""
    at, end = 0, len(text)
    while at < end:
        begun = _BEGUN.search(text, at)
        if begun is None:
            yield unescape(text[at:])
            return
        sign = begun.start()
        if sign > at:
            yield unescape(text[at:sign])
        if begun[0] in ("<!", "<?"):
            at, dropped = _declaration(text, sign)
            yield dropped
            continue
        found = _TAG.match(text, sign)
        if found is None:
            # A tag that never ends: none after it can be trusted to be one.
            yield unescape(text[sign:])
            return
        tag = Tag(found[2].lower(), bool(found[1]), found[3])
        at = found.end()
        yield tag
        if tag.name in RAW and not tag.closes:
            close = re.compile(rf"</{tag.name}(?=[\s/>])", re.IGNORECASE).search(text, at)
            stop = close.start() if close else end
            yield Dropped(tag.name, text[at:stop])
            at = stop


def _declaration(text: str, at: int) -> tuple[int, Dropped]:
    """Where a comment, a declaration or an instruction ends, and what it holds; one without an end takes all."""
    if text.startswith("<!--", at):
        close, width = text.find("-->", at + 2), 3
        start = at + 4
    else:
        close, width = text.find(">", at + 2), 1
        start = at + 2
    if close < 0:
        return len(text), Dropped("!", text[start:])
    return close + width, Dropped("!", text[start : max(start, close)])
