"""The way from a Document to a Report."""

from __future__ import annotations

from collections import defaultdict

from gongkai.documents.model import Document, Paragraph, Table
from gongkai.report.facts import extract
from gongkai.report.form import TABLES, TableName, form_ids, load, sheet
from gongkai.report.model import Prose, Report
from gongkai.report.recognise import grid, stream, whose
from gongkai.report.recognise.entries import Entries
from gongkai.report.recognise.labels import proactive_wordings, request_wordings
from gongkai.report.recognise.outline import Outline, outline
from gongkai.report.recognise.placing import ABSENT, Placement
from gongkai.report.recognise.prose import join
from gongkai.report.recognise.titles import Title, find_title

_OPENING = 14
_TABLE_OF_SECTION: dict[int, TableName] = {2: "proactive", 3: "requests", 4: "remedies"}


def recognise(document: Document, path: str = "") -> Report:
    """Read a Document as an annual report.

    Every cell of the sheet is in the result: with its figure, or with the kind that says why there is none. Nothing is
    guessed; what cannot be placed is `unreadable`, what the file lacks is `absent`.
    """
    cut = outline(document)
    entries, running = _tables_and_text(cut)
    opening = [p for paragraphs in list(running.values())[:2] for p in paragraphs][:_OPENING]
    title = find_title(opening)
    end = _signature(running)
    prose = _prose(running, opening, title)
    who = whose.find(title, prose, end, document.title)
    forms = _forms(entries, who.year)
    placement = _placed(entries, forms, who.year)
    order = sheet(forms["proactive"], forms["requests"], forms["remedies"]).cells
    cells = {cell: placement.cells.get(cell, ABSENT) for cell in order}
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
        form=forms["main"],
        form_by_table={table: forms[table] if entries.has(table) else None for table in TABLES},
        period=who.period,
        contact=whose.contact(prose),
        cells=cells,
        headings=cut.headings,
        prose=prose,
        agencies=who.agencies,
        years=who.years,
        identities_used=frozenset(placement.used),
        doubts=tuple(dict.fromkeys((*document.doubts, *cut.doubts, *placement.doubts))),
        facts=extract(prose, who.year),
    )


def _tables_and_text(cut: Outline) -> tuple[Entries, dict[str, list[Paragraph]]]:
    """Part the blocks of each section into rows of the three tables and running text."""
    entries = Entries()
    running: dict[str, list[Paragraph]] = defaultdict(list)
    running["0"] = []
    within: TableName | None = None
    for section in cut.sections:
        within = _TABLE_OF_SECTION.get(section.number) if section.number else within
        lines: list[Paragraph] = []
        text = running[str(section.number)]
        for block in section.blocks:
            if isinstance(block, Paragraph):
                lines.append(block)
                continue
            text.extend(_lines(lines, within, entries))
            lines = []
            caption = text[-1].text if text else ""
            within = grid.gather(block, entries, within, caption) or within
            text.extend(_words_of(block, entries))
        text.extend(_lines(lines, within, entries))
    return entries, running


def _words_of(table: Table, entries: Entries) -> list[Paragraph]:
    """The text of a table that is no table of the form: a layout grid around prose must not be lost."""
    if any(entry.table == table.index for name in TABLES for entry in entries.of(name)):
        return []
    return [
        Paragraph(cell.text, cell.raw, cell.line, cell.page, cell.box) for cell in table.cells if len(cell.text) > 12
    ]


def _lines(lines: list[Paragraph], within: TableName | None, entries: Entries) -> list[Paragraph]:
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
                prose.extend(stream.gather(taken, table, entries))
            else:
                prose.extend(taken)
            table, taken = begun, []
        elif table is None and within is not None and stream.may_begin(line):
            prose.extend(taken)
            table, taken = within, []
        taken.append(line)
    if table is not None:
        prose.extend(stream.gather(taken, table, entries))
    else:
        prose.extend(taken)
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


def _forms(entries: Entries, year: int | None) -> dict[str, str]:
    """The form that each table follows by its headings, and that of the sheet as a whole."""
    proactive = _by_words("".join(entries.wording["proactive"]), proactive_wordings())
    requests = _by_words("".join(entries.wording["requests"]), request_wordings())
    newest = form_ids()[-1]
    by_year = next((f for f in reversed(form_ids()) if year is not None and load(f).first_year <= year), newest)
    main = proactive or (requests if requests else None) or by_year
    return {"main": main, "proactive": proactive or main, "requests": requests or main, "remedies": main}


def _by_words(text: str, wordings: dict[str, tuple[str, ...]]) -> str | None:
    """The form of whose own words the text holds the most; of none where it holds none."""
    hits = {form_id: sum(word in text for word in words) for form_id, words in wordings.items()}
    best = max(hits, key=lambda form_id: (hits[form_id], form_id))
    return best if hits[best] else None


def _placed(entries: Entries, forms: dict[str, str], year: int | None) -> Placement:
    """The cells of the three tables."""
    placement = Placement(year)
    placement.place_proactive(entries.proactive, load(forms["proactive"]), entries.wording["proactive"])
    placement.place_requests(entries.requests, load(forms["requests"]), entries.wording["requests"])
    remedies = load(forms["remedies"])
    placement.place_remedies(entries.remedies, remedies, entries.wording["remedies"], headed=entries.has("remedies"))
    return placement
