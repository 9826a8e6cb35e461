"""All detectors over one piece, and what they say as findings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.web.publications.gate.detect import addresses, numbers, office, people, secrecy
from gongkai.web.publications.gate.detect.folding import fold
from gongkai.web.publications.gate.detect.hit import Hit
from gongkai.web.publications.gate.finding import Finding
from gongkai.web.publications.gate.masking import Masking
from gongkai.web.publications.gate.piece import Edit, Piece
from gongkai.web.publications.gate.words import WordLists

FIGURES_ONLY = frozenset({"script", "link", "field", "formula"})
"""Layers of programs and addresses, which are no language; only numbers are looked for."""
NO_MARKS = frozenset({"file_name", "property", "attribute", "xmp", "exif"})
"""Layers that nobody reads as a page, where a mark of secrecy is no mark."""
AROUND = 16
SHOWN = 60


@dataclass(frozen=True)
class Look:
    """What detectors go by: the office's words, the day, and how much of a value stays legible."""

    words: WordLists
    today: date
    masking: Masking

    @cached_property
    def telephones(self) -> frozenset[str]:
        """The office's own telephones, digits only."""
        return frozenset(re.sub(r"\D", "", fold(one)) for one in self.words.own_telephones)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The office's own addresses without spaces."""
        return tuple(re.sub(r"\s", "", fold(one)) for one in self.words.own_addresses)

    def hits(self, piece: Piece) -> list[Hit]:
        """What the detectors say about a piece, by position."""
        folded = fold(piece.text)
        found = list(numbers.find(piece, folded, self.masking, self.telephones, self.today))
        if piece.layer not in FIGURES_ONLY:
            found += people.find(piece, folded, self.masking, self.today)
            found += addresses.find(piece, folded, self.masking, self.addresses)
            found += office.find(piece, folded, self.words)
            if piece.layer not in NO_MARKS:
                found += secrecy.find(piece, folded)
        return sorted(found, key=lambda hit: (hit.start, hit.end, hit.code))

    def findings(self, piece: Piece) -> list[Finding]:
        """The same as findings, each with its place and masked neighbourhood."""
        hits = self.hits(piece)
        if not hits:
            return []
        shown = masked_text(piece.text, hits)
        return [_finding(piece, hit, shown) for hit in hits]


def masked_text(text: str, hits: list[Hit]) -> str:
    """A text with every value of persons in it masked; of the same length."""
    signs = list(text)
    for hit in hits:
        if hit.code.startswith("person.") and len(hit.text) == hit.end - hit.start:
            for at, sign in enumerate(hit.text, hit.start):
                if sign != text[at]:
                    signs[at] = sign
    return "".join(signs)


def edits(text: str, hits: list[Hit]) -> list[Edit]:
    """The changes that carry out hits, overlapping ones joined into one."""
    masks = [hit for hit in hits if hit.remedy == "mask"]
    masked = masked_text(text, masks)
    spans: list[list[int]] = []
    for hit in sorted(masks, key=lambda one: one.start):
        if spans and hit.start <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], hit.end)
        else:
            spans.append([hit.start, hit.end])
    made = [Edit(start, end, masked[start:end]) for start, end in spans]
    for hit in hits:
        if hit.remedy == "replace" and not any(one.start < hit.end and hit.start < one.end for one in made):
            made.append(Edit(hit.start, hit.end, hit.text))
    return sorted(made)


def _finding(piece: Piece, hit: Hit, shown: str) -> Finding:
    start, end = max(0, hit.start - AROUND), hit.end + AROUND
    remedy = hit.remedy
    if remedy != "none":
        remedy = "none" if not piece.spots else piece.mendable if piece.mendable != "mask" else remedy
    masked = hit.instead or (shown[hit.start : hit.end] if hit.code.startswith("person.") else hit.text)
    return Finding(
        hit.code,
        hit.severity,
        piece.where(hit.start),
        hit.start,
        hit.end,
        _one_line(piece.text[hit.start : hit.end] if hit.instead else masked)[:SHOWN],
        _one_line(shown[start:end]),
        remedy,
        hit.instead,
        hit.number,
        piece.text[hit.start : hit.end],
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
