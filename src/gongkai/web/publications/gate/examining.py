"""The examination of a file: its name, all layers of its text, what is hidden, and the files inside, as deep as they go."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.documents.limits import DEFAULT, Limits
from gongkai.errors import UnreadableDocument
from gongkai.web.publications.gate import masking as masks
from gongkai.web.publications.gate.detect.reading import Look, masked_text
from gongkai.web.publications.gate.finding import Examination, Finding, Where, in_order, starred
from gongkai.web.publications.gate.layers.opening import format_of, opened
from gongkai.web.publications.gate.masking import Masking
from gongkai.web.publications.gate.piece import Inner, Opened, Piece, Story
from gongkai.web.publications.gate.words import NONE, WordLists

DEEPEST = 4
"""Files inside files inside files: one that lies deeper is not opened, and says so."""
MOST_FILES = 500
"""So many files inside one are opened."""
MOST_FINDINGS = 5_000
"""A file that holds more is a list of persons; what comes after changes nothing."""

REFUSALS = {
    "document.encrypted": "unexamined.encrypted",
    "document.empty": "unexamined.empty",
    "document.too_large": "unexamined.too_much",
    "document.bomb": "unexamined.too_much",
    "document.too_deep": "unexamined.too_much",
    "document.too_complex": "unexamined.too_much",
    "document.too_slow": "unexamined.too_much",
    "document.too_much_memory": "unexamined.too_much",
    "document.too_many_pages": "unexamined.too_much",
    "document.too_many_paragraphs": "unexamined.too_much",
    "document.too_many_cells": "unexamined.too_much",
    "document.too_many_attributes": "unexamined.too_much",
    "document.other_kind": "unexamined.other_kind",
    "document.format_unknown": "unexamined.other_kind",
}
"""Why a file could not be read, and the finding that says so; any other reason is damage."""


@dataclass
class Tally:
    """What has been seen so far over a file and all inside it."""

    findings: list[Finding] = field(default_factory=list)
    layers: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    files: int = 0
    bytes: int = 0


def examine(
    content: bytes,
    name: str,
    *,
    words: WordLists = NONE,
    today: date,
    masking: Masking = masks.DEFAULT,
    limits: Limits = DEFAULT,
    answers: Callable[[str], bool] | None = None,
) -> Examination:
    """Examine a file and all that is in it; never raises for what the file is.

    `name` is the file's own, which is looked at too. `today` is the day by which ages count. `answers`, where given, is
    asked once for each link whether it answers; it is the caller's and may go to the network, which this package does
    not. What cannot be examined has a finding of severity error below `unexamined`.
    """
    tally = Tally()
    look = Look(words, today, masking)
    format = look_into(content, name, look, limits, (), tally)
    found = tally.findings
    links = tuple(dict.fromkeys(tally.links))
    if answers is not None:
        found += [_dead(link) for link in links if not answers(link)]
    ordered = in_order(found)[:MOST_FINDINGS]
    digest = hashlib.sha256(content).hexdigest()
    return Examination(name, digest, format, ordered, dict(sorted(tally.layers.items())), links)


def look_into(content: bytes, name: str, look: Look, limits: Limits, inside: tuple[str, ...], tally: Tally) -> str:
    """Examine one file into `tally`; its format, empty where it could not be opened."""
    tally.files += 1
    tally.bytes += len(content)
    _collect(look, Opened("", [called(name)]), inside, tally)
    try:
        if len(content) > limits.file_bytes:
            raise UnreadableDocument("document.too_large", name=name, size=len(content), limit=limits.file_bytes)
        format = format_of(content, name)
        file = opened(content, name, format, limits)
    except UnreadableDocument as error:
        tally.findings.append(unexamined(error, inside))
        return ""
    _collect(look, file, inside, tally)
    for number, inner in enumerate(file.inner, 1):
        within = (*inside, label(inner, number, look))
        if len(within) > DEEPEST or tally.files >= MOST_FILES or tally.bytes > limits.unpacked_bytes:
            tally.findings.append(Finding("unexamined.too_deep", "error", Where(within, "file", "file", "")))
            continue
        look_into(inner.content, inner.name, look, limits, within, tally)
    return format


def called(name: str) -> Piece:
    """A file's name as a piece."""
    story = Story("file_name")
    story.add(name, lambda _: None)
    return story.finish()


def label(inner: Inner, number: int, look: Look) -> str:
    """How a file inside another is called in places: its number and name, values of persons and long figures starred."""
    return f"{number}:{starred(masked_text(inner.name, look.hits(called(inner.name))))[-80:]}"


def unexamined(error: UnreadableDocument, inside: tuple[str, ...]) -> Finding:
    """The finding that says that a file could not be examined, and why. An empty file holds nothing to examine."""
    code = REFUSALS.get(error.code, "unexamined.damaged")
    severity: str = "notice" if code == "unexamined.empty" and inside else "error"
    finding = Finding(code, "error", Where(inside, "file", "file", ""), masked=error.code)
    return replace(finding, severity="notice", code="embedded.empty") if severity == "notice" else finding


def _collect(look: Look, file: Opened, inside: tuple[str, ...], tally: Tally) -> None:
    for piece in file.pieces:
        tally.layers[piece.layer] += len(piece.text)
        for finding in look.findings(piece):
            tally.findings.append(replace(finding, where=replace(finding.where, inside=inside)))
    for remark in file.remarks:
        where = Where(inside, remark.layer, remark.kind, remark.at)
        remedy = remark.remedy if remark.remove is not None else "none"
        tally.findings.append(
            Finding(remark.code, remark.severity, where, masked=remark.masked, remedy=remedy, count=remark.count)
        )
    tally.links += file.links


def _dead(link: str) -> Finding:
    return Finding("link.dead", "warning", Where((), "link", "link", starred(link)[:200]), masked=starred(link)[:80])
