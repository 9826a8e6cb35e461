"""The signs of a text: what nobody sees or what turns the order of reading goes, what was written stays.

Unlike in `documents.characters` full width stays full width: a published text says what the office wrote. Only radicals,
which copying from a PDF puts in the place of characters that look the same, become those characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from gongkai.documents.characters import radicals
from gongkai.web.publications.body.nodes import Inline, Picture, Run

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffc\ufffe\uffff]|[\U000e0000-\U000e007f]"
)
_HALVES = re.compile("[\ud800-\udfff]")
_SPACE = re.compile("[ \t\n\r\f\v\x85\xa0\u2028\u2029]+")
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_characters = cache(radicals)
BLANK = " \u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u1680\u2800"
"""Blanks that mean nothing at the ends of a paragraph: the indentation is for the page to make."""


def seen(text: str) -> str:
    """The text without signs that nobody sees, layout white space as single blanks; half characters become U+FFFD."""
    bare = _SPACE.sub(" ", _HALVES.sub("\ufffd", _UNSEEN.sub("", text)))
    return bare.translate(_characters()) if _RADICAL.search(bare) else bare


def tidy(content: Iterable[Inline]) -> list[Inline]:
    """The content of a leaf in its one spelling: single blanks, none at the ends, neighbours of like marks joined."""
    content = list(content)
    if len(content) == 1 and isinstance(only := content[0], Run):
        text = seen(only.text).strip(BLANK)
        return [only._replace(text=text)] if text else []
    kept: list[Inline] = []
    for one in _joined(content):
        if isinstance(one, Picture):
            kept.append(one)
            continue
        text = seen(one.text)
        if not kept:
            text = text.lstrip(BLANK)
        last = kept[-1] if kept else None
        if isinstance(last, Run) and last.text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            kept.append(one._replace(text=text))
    kept = list(_joined(kept))
    while kept and isinstance(last := kept[-1], Run):
        text = last.text.rstrip(BLANK)
        if text:
            kept[-1] = last._replace(text=text)
            break
        kept.pop()
    return kept


def _joined(content: Iterable[Inline]) -> Iterator[Inline]:
    """The content with neighbours of like marks in one run."""
    for like, some in groupby(content, lambda one: one[1:] if isinstance(one, Run) else None):
        if like is None:
            yield from some
        else:
            yield Run("".join(one[0] for one in some), *like)
