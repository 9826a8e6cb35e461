"""An office's own words: sensitive ones, and misspelt ones with the right word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.web.publications.gate.detect.hit import Hit
from gongkai.web.publications.gate.piece import Piece
from gongkai.web.publications.gate.words import WordLists


def find(piece: Piece, folded: str, words: WordLists) -> Iterator[Hit]:
    """Every place of an office's words. A misspelt word inside its own correction is no mistake."""
    sensitive, misspelt = _rules(words.sensitive), _rules(tuple(words.misspelt))
    if sensitive:
        for found in sensitive.finditer(folded):
            yield Hit("words.sensitive", "warning", *found.span(), piece.text[slice(*found.span())], "none")
    if misspelt:
        for found in misspelt.finditer(folded):
            right = words.misspelt[found[0]]
            if not _inside_right(folded, found, right):
                yield Hit("words.misspelt", "warning", *found.span(), right, "replace", instead=right)


def _inside_right(folded: str, found: re.Match[str], right: str) -> bool:
    at = right.find(found[0])
    return at >= 0 and folded.startswith(right, found.start() - at) and found.start() >= at


@lru_cache(maxsize=16)
def _rules(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))) if words else None
