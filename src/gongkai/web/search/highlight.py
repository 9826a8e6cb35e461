"""Titles and excerpts with the words that were looked for marked, as pieces: the page writes them, nothing is markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongkai.web.search.words import fold

AROUND = 40
"""Characters shown before and behind a hit."""
MOST_LINES = 2


class Piece(NamedTuple):
    """A piece of text, and whether it is what was looked for."""

    text: str
    found: bool


def marked(line: str, words: Sequence[str]) -> list[Piece]:
    """A line in pieces."""
    pieces: list[Piece] = []
    at = 0
    for start, end in spans(line, words):
        if start > at:
            pieces.append(Piece(line[at:start], False))
        pieces.append(Piece(line[start:end], True))
        at = end
    return [*pieces, Piece(line[at:], False)] if at < len(line) else pieces


def excerpts(text: str, words: Sequence[str]) -> list[list[Piece]]:
    """The first lines that hold one of the words, cut to what stands around it; the beginning where none does."""
    found: list[list[Piece]] = []
    left = set(words)
    lines = text.splitlines()
    for line in lines:
        folded = fold(line)
        here = {word for word in left if word in folded}
        if here:
            left -= here
            found.append(marked(_cut(line, spans(line, words)[0]), words))
        if len(found) == MOST_LINES or not left:
            break
    first = next((line for line in lines if len(line) > AROUND), "")
    return found or ([[Piece(_cut(first, (0, AROUND)), False)]] if first else [])


def spans(line: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in a line as it is written, in order, what overlaps joined."""
    folded: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(line):
        for one in fold(sign):
            folded.append(one)
            places.append(at)
    whole = "".join(folded)
    found: list[tuple[int, int]] = []
    for word in filter(None, words):
        at = whole.find(word)
        while at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
            at = whole.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(line: str, span: tuple[int, int]) -> str:
    start, end = max(0, span[0] - AROUND), min(len(line), span[1] + 2 * AROUND)
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"
