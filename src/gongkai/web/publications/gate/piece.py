"""A stretch of text of one layer, with the way back to the file: what detectors read and redaction writes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from gongkai.web.publications.gate.finding import Remedy, Severity, Where

Setter = Callable[[str], None]
"""Puts a new text where a spot of a piece came from."""

IN_CELL = "\x0b"
"""A line end inside a cell: not the end of the row."""


class Spot(NamedTuple):
    """The characters from `start` to `end` of a piece and the way to write them anew."""

    start: int
    end: int
    write: Setter


class Edit(NamedTuple):
    """A change to a piece: the characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


@dataclass
class Piece:
    """Text of one layer: paragraphs end in line feeds, cells of a row are parted by tabs.

    `marks` are the places (`kind`, `at`) from the given offsets on. `mendable` is the remedy that redaction has for it.
    """

    layer: str
    text: str = ""
    spots: list[Spot] = field(default_factory=list)
    marks: list[tuple[int, str, str]] = field(default_factory=list)
    mendable: Remedy = "mask"

    def where(self, start: int) -> Where:
        """The place of the character at `start`."""
        at = bisect_right(self.marks, start, key=lambda mark: mark[0]) - 1
        _, kind, place = self.marks[max(at, 0)] if self.marks else (0, "file", "")
        return Where((), self.layer, kind, place)

    @cached_property
    def starts(self) -> list[int]:
        """The offsets at which lines begin."""
        found, at = [0], self.text.find("\n")
        while at >= 0:
            found.append(at + 1)
            at = self.text.find("\n", at + 1)
        return found

    def row(self, at: int) -> int:
        """The number of the line that holds the character at `at`, from 0."""
        return bisect_right(self.starts, at) - 1

    def line(self, number: int) -> str:
        """Line `number`, from 0, without its end; empty outside of the text."""
        if not 0 <= number < len(self.starts):
            return ""
        start = self.starts[number]
        return self.text[start : self.starts[number + 1] - 1] if number + 1 < len(self.starts) else self.text[start:]

    def around(self, at: int, reach: int = 300) -> str:
        """The line that holds the character at `at`, of a very long one the part around it."""
        number = self.row(at)
        start = max(self.starts[number], at - reach)
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return self.text[start : min(end, at + reach)]

    def header(self, number: int) -> int | None:
        """The first line of the table that line `number` is a row of: lines with tabs on end; None outside of tables."""
        heads = self._heads
        return heads[number] if 0 <= number < len(heads) else None

    @cached_property
    def _heads(self) -> list[int | None]:
        found: list[int | None] = []
        for number in range(len(self.starts)):
            tabbed = "\t" in self.line(number)
            above = found[-1] if found else None
            found.append(None if not tabbed else number if above is None else above)
        return found

    def apply(self, edits: Sequence[Edit]) -> None:
        """Write edits, which do not overlap, to where the text came from."""
        edits = sorted(edits)
        at = 0
        for spot in self.spots:
            while at < len(edits) and edits[at].end <= spot.start:
                at += 1
            touching = []
            for edit in edits[at:]:
                if edit.start >= spot.end:
                    break
                touching.append(edit)
            if touching:
                spot.write(_written(self.text, spot, touching))


def _written(text: str, spot: Spot, edits: list[Edit]) -> str:
    """The new text of a spot. An edit over several spots goes sign by sign where its length stays, else to the first."""
    pieces, at = [], spot.start
    for edit in edits:
        start, end = max(edit.start, spot.start), min(edit.end, spot.end)
        pieces.append(text[at:start])
        if len(edit.text) == edit.end - edit.start:
            pieces.append(edit.text[start - edit.start : end - edit.start])
        elif edit.start >= spot.start:
            pieces.append(edit.text)
        at = end
    return "".join((*pieces, text[at : spot.end]))


class Story:
    """Collects a piece bit by bit."""

    def __init__(self, layer: str, mendable: Remedy = "mask") -> None:
        self.piece = Piece(layer, mendable=mendable)
        self._parts: list[str] = []
        self.length = 0

    def mark(self, kind: str, at: str) -> None:
        """What follows stands at this place."""
        marks = self.piece.marks
        if marks and marks[-1][0] == self.length:
            marks.pop()
        marks.append((self.length, kind, at))

    def add(self, text: str, write: Setter | None = None) -> None:
        """Add text; `write` puts another in its place."""
        if text:
            if write is not None:
                self.piece.spots.append(Spot(self.length, self.length + len(text), write))
            self._parts.append(text)
            self.length += len(text)

    def end_line(self) -> None:
        """Begin a new line, unless one has just begun."""
        if self._parts and not self._parts[-1].endswith("\n"):
            self.add("\n")

    def finish(self) -> Piece:
        """The piece with its text; more may be added before the next call."""
        self.piece.text = "".join(self._parts)
        return self.piece


@dataclass
class Remark:
    """Something besides text that must not get out unseen, with the way to take it away (None: there is none)."""

    code: str
    severity: Severity
    layer: str
    kind: str
    at: str
    masked: str = ""
    count: int = 1
    remedy: Remedy = "remove"
    remove: Callable[[], None] | None = None


@dataclass
class Inner:
    """A file inside the file. `replace` puts another content in its place, None takes it away; `rename` another name."""

    name: str
    content: bytes
    replace: Callable[[bytes | None], None] | None = None
    rename: Callable[[str], None] | None = None


@dataclass
class Opened:
    """A file taken apart: pieces, remarks, files inside, links; `save` gives the file with all that was written."""

    format: str
    pieces: list[Piece]
    save: Callable[[], bytes] | None = None
    remarks: list[Remark] = field(default_factory=list)
    inner: list[Inner] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    """Codes below `gate.done` of what saving did besides, such as pages turned into pictures."""
