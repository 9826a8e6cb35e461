"""The way from a Document to a Report."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeAlias

from gongkai.documents.model import Document, Paragraph, Table
from gongkai.report.facts import extract
from gongkai.report.form import TABLES, TableName
from gongkai.report.model import Prose, Report
from gongkai.report.recognise import grid, plans, stream, whose
from gongkai.report.recognise.entries import Entries
from gongkai.report.recognise.outline import Outline, outline
from gongkai.report.recognise.plans import Printed, place_printed
from gongkai.report.recognise.prose import join
from gongkai.report.recognise.tables import Placed, place
from gongkai.report.recognise.titles import Title, find_title

_OPENING = 14
_Part: TypeAlias = Printed | Entries
_TABLE_OF_SECTION: dict[int, TableName] = {2: "proactive", 3: "requests", 4: "remedies"}


def recognise(document: Document, path: str = "") -> Report:
    """Read a Document as an annual report.

    Every cell of the sheet is in the result: with its figure, or with the kind that says why there is none. Nothing is
    guessed; what cannot be placed is `unreadable`, what the file lacks is `absent`.
    """
    cut = outline(document)
    parts, running = _tables_and_text(cut)
    opening = [p for paragraphs in list(running.values())[:2] for p in paragraphs][:_OPENING]
    title = find_title(opening)
    end = _signature(running)
    prose = _prose(running, opening, title)
    who = whose.find(title, prose, end, document.title)
    placed = _placed(parts, who.year)
    return Report(
        path=path,
        sha256=document.sha256,
        format=document.format,
        title=who.title,
        title_place=who.title_place,
        agency=who.agency,
        agency_from=who.agency_from,
        year=who.year,
        year_from=who.year_from,
        scope=who.scope,
        form=placed.form,
        form_by_table=dict(placed.forms),
        period=who.period,
        contact=whose.contact(prose),
        cells=placed.cells,
        headings=cut.headings,
        prose=prose,
        agencies=who.agencies,
        years=who.years,
        identities_used=placed.used,
        doubts=tuple(dict.fromkeys((*document.doubts, *cut.doubts, *placed.doubts))),
        facts=extract(prose, who.year),
    )


def _tables_and_text(cut: Outline) -> tuple[list[_Part], dict[str, list[Paragraph]]]:
    """Part the blocks of each section into rows of the three tables and running text."""
    parts: list[_Part] = []
    running: dict[str, list[Paragraph]] = defaultdict(list)
    running["0"] = []
    within: TableName | None = None
    with_rows: set[int] = set()
    for section in cut.sections:
        within = _TABLE_OF_SECTION.get(section.number) if section.number else within
        lines: list[Paragraph] = []
        text = running[str(section.number)]
        for block in section.blocks:
            if isinstance(block, Paragraph):
                lines.append(block)
                continue
            text.extend(_lines(lines, within, parts))
            lines = []
            part, ended, holds_rows = _rows(block, within, text[-1].text if text else "")
            parts.append(part)
            within = ended or within
            if holds_rows:
                with_rows.add(block.index)
            if block.index not in with_rows:
                text.extend(_words_of(block))
        text.extend(_lines(lines, within, parts))
    return parts, running


def _rows(table: Table, within: TableName | None, caption: str) -> tuple[_Part, TableName | None, bool]:
    """The rows of a table, the table of the form that it ends in, and whether it holds any row of one."""
    usual = plans.printed(table, within, caption)
    if usual is not None:
        return usual, usual.outcome.within, usual.outcome.holds_rows
    entries = Entries()
    ended = grid.gather(table, entries, within, caption)
    return entries, ended, any(map(entries.of, TABLES))


def _words_of(table: Table) -> list[Paragraph]:
    """The text of a table that is no table of the form: a layout grid around prose must not be lost."""
    return [
        Paragraph(cell.text, cell.raw, cell.line, cell.page, cell.box) for cell in table.cells if len(cell.text) > 12
    ]


def _lines(lines: list[Paragraph], within: TableName | None, parts: list[_Part]) -> list[Paragraph]:
    """Take the rows that lines of text print; what is left is prose."""
    if not lines:
        return lines
    prose: list[Paragraph] = []
    table: TableName | None = None
    taken: list[Paragraph] = []
    in_sentence = False
    for line in lines:
        begun = stream.tables_begun(line.text)
        if table is None and begun is None and stream.goes_on(in_sentence, line.text):
            in_sentence = line.text[-1:] not in "。；："
            taken.append(line)
            continue
        in_sentence = False
        if begun is not None and begun != table:
            if table is not None:
                prose.extend(_gathered(taken, table, parts))
            else:
                prose.extend(taken)
            table, taken = begun, []
        elif table is None and within is not None and stream.may_begin(line):
            prose.extend(taken)
            table, taken = within, []
        taken.append(line)
    if table is not None:
        prose.extend(_gathered(taken, table, parts))
    else:
        prose.extend(taken)
    return prose


def _gathered(lines: list[Paragraph], table: TableName, parts: list[_Part]) -> list[Paragraph]:
    """Add the rows that lines print to the parts; what is left is prose."""
    entries = Entries()
    prose = stream.gather(lines, table, entries)
    if any(map(entries.of, TABLES)) or any(entries.wording[table]):
        parts.append(entries)
    return prose


def _signature(running: dict[str, list[Paragraph]]) -> list[Paragraph]:
    """Take the signature out of the last section; it becomes the part "end"."""
    number = next(reversed(running))
    if number == "0":
        return []
    at = whose.signature(running[number])
    end = running[number][at:]
    del running[number][at:]
    running["end"] = end
    return end


def _prose(running: dict[str, list[Paragraph]], opening: list[Paragraph], title: Title | None) -> dict[str, Prose]:
    """The running text by section, without the title's lines."""
    out = set()
    if title is not None:
        out = {id(paragraph) for paragraph in opening[title.span[0] : title.span[1]]}
    prose: dict[str, Prose] = {}
    for number, paragraphs in running.items():
        kept = [paragraph for paragraph in paragraphs if id(paragraph) not in out]
        if kept:
            prose[number] = join(kept)
    return prose


def _placed(parts: list[_Part], year: int | None) -> Placed:
    """The sheet with the figures of the tables: by a plan where all are of the usual kind."""
    usual = [part for part in parts if isinstance(part, Printed)]
    placed = place_printed(usual, year) if len(usual) == len(parts) else None
    if placed is not None:
        return placed
    entries = Entries()
    for part in parts:
        part.add_to(entries)
    return place(entries, year)
