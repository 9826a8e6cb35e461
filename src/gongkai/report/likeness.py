"""How much of one text stands word for word in another, and the longest passages that both have."""

from __future__ import annotations

from typing import NamedTuple

SHINGLE = 12
"""Passages shorter than this many characters do not count: set phrases of every report are about as long."""
CANDIDATES = 16
"""Of a passage that the other text repeats, so many places are tried for the longest match."""


class Passage(NamedTuple):
    """A passage that both texts have; `first` and `second` are its offsets in the texts without spaces."""

    text: str
    first: int
    second: int


class Likeness(NamedTuple):
    """Characters of two texts without spaces, how many of each the other has too, the common passages, longest first."""

    first_length: int
    second_length: int
    first_common: int
    second_common: int
    passages: tuple[Passage, ...]

    @property
    def first_share(self) -> float:
        """The share of the first text that stands in the second, 0 to 1."""
        return self.first_common / self.first_length if self.first_length else 0.0

    @property
    def second_share(self) -> float:
        """The share of the second text that stands in the first, 0 to 1."""
        return self.second_common / self.second_length if self.second_length else 0.0


def likeness(first: str, second: str, *, most: int = 5) -> Likeness:
    """Compare two texts; spaces and line breaks do not count. `most` is how many passages are kept."""
    one, two = "".join(first.split()), "".join(second.split())
    found = _passages(one, two)
    longest = sorted(found, key=lambda passage: (-len(passage.text), passage.first))
    back = sum(len(passage.text) for passage in _passages(two, one))
    kept = tuple({passage.text: passage for passage in reversed(longest)}.values())[::-1][:most]
    return Likeness(len(one), len(two), sum(len(passage.text) for passage in found), back, kept)


def _passages(one: str, two: str) -> list[Passage]:
    """The longest matches from left to right, none overlapping in `one`."""
    places: dict[str, list[int]] = {}
    for at in range(len(two) - SHINGLE + 1):
        known = places.setdefault(two[at : at + SHINGLE], [])
        if len(known) < CANDIDATES:
            known.append(at)
    found: list[Passage] = []
    at = 0
    while at <= len(one) - SHINGLE:
        starts = places.get(one[at : at + SHINGLE])
        if not starts:
            at += 1
            continue
        length, start = max((_run(one, at, two, start), -start) for start in starts)
        found.append(Passage(one[at : at + length], at, -start))
        at += length
    return found


def _run(one: str, at: int, two: str, start: int) -> int:
    """How many characters go on being the same."""
    length = SHINGLE
    while at + length < len(one) and start + length < len(two) and one[at + length] == two[start + length]:
        length += 1
    return length
