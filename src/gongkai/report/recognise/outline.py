"""The outline of a report: its headings, and which blocks stand in which section."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from gongkai.documents.model import Block, Cell, Document, Paragraph, Place, Table
from gongkai.report.form import form_ids, load
from gongkai.report.model import Heading
from gongkai.report.recognise.labels import known
from gongkai.report.recognise.section_names import LONGEST_HEADING, NUMERALS, section_heading

_BRACKETED = re.compile(r"\s*[（(]?([一二三四五六ⅠⅡⅢⅣⅤⅥ])\s*[)）、.．]\s*")
_ROMAN = str.maketrans("ⅠⅡⅢⅣⅤⅥ", "一二三四五六")
_OFFICIAL_FIRST = load(form_ids()[-1]).sections[0].label
_ANOTHER_REPORT = 4
_SHORTEST_RUNNING = 5
_TEXT = attrgetter("text")
_NOWHERE = Place()


@dataclass(slots=True)
class Section:
    """A section's blocks in reading order; number 0 is what stands before section one."""

    number: int
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """The document cut at its section headings, and the headings met."""

    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]
    doubts: tuple[str, ...] = ()


def place_of(paragraph: Paragraph) -> Place:
    """The place of a paragraph."""
    _, _, line, page, box, *_ = paragraph
    return Place(page=page, line=line, box=box) if line or page or box else _NOWHERE


def outline(document: Document) -> Outline:
    """Cut the document at its section headings. Page headers and footers are left out.

    A list of contents, whose headings follow each other with nothing between them, opens no section. Bracketed numbers
    are sub-headings, unless the document has no other headings.
    """
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Table):
            blocks.extend(_cut_at_headings(block))
        elif block.part in ("body", "box"):
            blocks.append(block)
    found = _cut(blocks, bracketed=False)
    if found.headings:
        return found
    bracketed = _cut(blocks, bracketed=True)
    return bracketed if len({heading.number for heading in bracketed.headings}) >= _ANOTHER_REPORT else found


def _cut(blocks: list[Block], *, bracketed: bool) -> Outline:
    sections = [Section(0)]
    headings: list[Heading] = []
    pending: Paragraph | None = None
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            sections[-1].blocks.append(block)
            continue
        if pending is not None:
            pending = None
            continue
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        met, rest, used_next = _heading(
            block, following if isinstance(following, Paragraph) else None, bracketed=bracketed
        )
        if met is None:
            sections[-1].blocks.append(block)
            continue
        headings.append(met)
        sections.append(Section(met.number))
        if used_next and isinstance(following, Paragraph):
            pending = following
        if rest:
            sections[-1].blocks.append(block._replace(text=rest, level=0))
    return _without_contents(headings, sections)


def _cut_at_headings(table: Table) -> list[Block]:
    """Take headings and sentences out of a table that holds them in rows of their own.

    Some pages lay the whole report out as one table; in text a paragraph set in by a tab looks like a row.
    """
    if not any(map(_is_running, map(_TEXT, table.cells))):
        return [table]
    blocks: list[Block] = []
    kept: list[Cell] = []
    for _, group in groupby(table.cells, key=attrgetter("row")):
        cells = list(group)
        filled = [cell for cell in cells if cell.text]
        alone = filled[0] if len(filled) == 1 else None
        wide = alone is not None and (alone.column_span * 2 > table.columns or (not kept and table.columns == 1))
        if alone is None or known(alone.text) != known("") or not (wide or _is_running(alone.text)):
            kept.extend(cells)
            continue
        if kept:
            blocks.append(replace(table, cells=tuple(kept)))
            kept = []
        blocks.append(Paragraph(alone.text, alone.raw, alone.line, alone.page, alone.box))
    if kept:
        blocks.append(replace(table, cells=tuple(kept)))
    return blocks


@lru_cache(maxsize=16384)
def _is_running(text: str) -> bool:
    """Whether a cell's text is a section's heading or a sentence."""
    if len(text) < _SHORTEST_RUNNING or known(text) != known(""):
        return False
    return text.endswith("。") or section_heading(text)[0] != 0


def _heading(
    paragraph: Paragraph, following: Paragraph | None, *, bracketed: bool
) -> tuple[Heading | None, str, bool]:
    """The heading a paragraph is or begins with, the text after it, and whether it went on in the next paragraph."""
    text = paragraph.text
    if bracketed:
        match = _BRACKETED.match(text)
        if match is None:
            return None, "", False
        text = f"{match[1].translate(_ROMAN)}、{text[match.end() :]}"
    number, printed, rest = section_heading(text)
    if number:
        return Heading(number, text[: len(text) - len(rest)].strip(), printed, place_of(paragraph)), rest, False
    if (
        following is not None
        and 4 < len(text) < LONGEST_HEADING
        and text.lstrip()[:1] in NUMERALS
        and len(following.text) < 24
    ):
        number, printed, rest = section_heading(text + following.text)
        if number and not rest:
            return Heading(number, text + following.text, printed, place_of(paragraph)), "", True
    return None, "", False


def _without_contents(headings: list[Heading], sections: list[Section]) -> Outline:
    """Drop the headings of a list of contents: numbers met again later whose first section is empty."""
    headings, sections = _without_bare_contents(headings, sections)
    keep_sections = [sections[0]]
    keep_headings: list[Heading] = []
    for at, section in enumerate(sections[1:]):
        later = any(other.number == section.number for other in sections[at + 2 :])
        if later and not section.blocks:
            continue
        if later and section.number == 1 and at == 0 and _official_later(headings):
            # 一、概述 before 二、总体情况 is a preamble with a heading.
            keep_sections[0].blocks.extend(section.blocks)
            continue
        keep_sections.append(section)
        keep_headings.append(headings[at])
    return _first_report(keep_headings, keep_sections)


def _without_bare_contents(headings: list[Heading], sections: list[Section]) -> tuple[list[Heading], list[Section]]:
    """Drop a list of contents without page numbers: all headings in a row, then section one begins again."""
    numbers = [heading.number for heading in headings]
    again = next((at for at in range(_ANOTHER_REPORT, len(numbers)) if numbers[at] == 1), None)
    if again is None or any(section.blocks for section in sections[1:again]):
        return headings, sections
    sections[0].blocks.extend(sections[again].blocks)
    return headings[again:], [sections[0], *sections[again + 1 :]]


def _official_later(headings: list[Heading]) -> bool:
    """Whether section one comes again under its official name while the first bears another."""
    return _OFFICIAL_FIRST not in headings[0].text and any(
        heading.number == 1 and _OFFICIAL_FIRST in heading.text and heading.printed != headings[0].printed
        for heading in headings[1:]
    )


def _first_report(headings: list[Heading], sections: list[Section]) -> Outline:
    """Leave out a second report: what follows when section one begins again after the others."""
    numbers = [heading.number for heading in headings]
    for at, number in enumerate(numbers):
        if number == 1 and len(set(numbers[:at])) >= _ANOTHER_REPORT and len(set(numbers[at:])) >= _ANOTHER_REPORT:
            return Outline(tuple(headings[:at]), tuple(sections[: at + 1]), ("report.second_report",))
    return Outline(tuple(headings), tuple(sections))
