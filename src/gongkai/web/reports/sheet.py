"""The official tables of a report as a page shows them: printed cells in their places, marks of findings inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gongkai.messages import catalogue, text
from gongkai.report.form import TABLES, TableName
from gongkai.report.model import Finding, Report, SheetCell
from gongkai.report.write.focus import focus
from gongkai.report.write.layout import Grid, Slot, grid
from gongkai.report.write.provenance import source_words
from gongkai.report.write.wording import (
    cause_sentence,
    cell_name,
    figure,
    places_words,
    printed,
    sentence,
    values_words,
)

MOST_MARKS = 3
SIGNS = {"blank": "·", "inferred": "推", "unreadable": "？", "absent": "缺"}
"""What stands in a cell that holds no printed figure."""
_WORST = ("error", "warning", "notice")


class Mark(NamedTuple):
    """A finding as a cell points to it: its number in the list, how grave it is, its sentence."""

    number: int
    severity: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Square:
    """One printed cell. `cell` is the identifier of a figure, empty for a heading; `sign` stands for what is no figure."""

    text: str
    role: str
    scope: str
    row_span: int
    column_span: int
    cell: str = ""
    name: str = ""
    kind: str = ""
    kind_words: str = ""
    sign: str = ""
    raw: str = ""
    worst: str = ""
    marks: tuple[Mark, ...] = ()
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table under its official heading; without rows where the report does not have it."""

    name: TableName
    heading: str
    head: tuple[tuple[Square, ...], ...] = ()
    body: tuple[tuple[Square, ...], ...] = ()

    @property
    def parts(self) -> list[tuple[str, tuple[tuple[Square, ...], ...]]]:
        """The parts of the table that it has, each with its tag: one run over all cells, for includes are slow."""
        return [(tag, rows) for tag, rows in (("thead", self.head), ("tbody", self.body)) if rows]


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words, with what a page needs to lead to its cells."""

    number: int
    code: str
    what: str
    severity: str
    severity_words: str
    sentence: str
    values: str
    cause: str
    places: str
    source: str
    cells: tuple[tuple[str, str], ...]
    waived: str | None


def tables(report: Report, corrected: frozenset[str] = frozenset()) -> tuple[SheetTable, ...]:
    """Return the three tables of the sheet; `corrected` are cells of which a person has said what the file prints."""
    marks = _marks(report)
    return tuple(_table(report, table, marks, corrected) for table in TABLES)


def findings(report: Report) -> tuple[Said, ...]:
    """Return all findings in words, in the order of the report."""
    return tuple(_said(report, number, finding) for number, finding in enumerate(report.findings, 1))


def kind_of(code: str) -> str:
    """Return what findings with a code are about, in words; the code of one that this version does not know."""
    return catalogue("zh").get(f"finding_kind.{code}", code)


def _table(report: Report, table: TableName, marks: dict[str, list[Mark]], corrected: frozenset[str]) -> SheetTable:
    form = report.form_by_table.get(table)
    of = grid(table, form or report.main_form)
    if not form:
        return SheetTable(table, of.heading)
    rows: list[list[Square]] = [[] for _ in range(of.rows)]
    for slot in of.slots:
        rows[slot.row].append(_square(report, slot, of, marks, corrected))
    squares = tuple(map(tuple, rows))
    return SheetTable(table, of.heading, squares[: of.head_rows], squares[of.head_rows :])


def _square(report: Report, slot: Slot, of: Grid, marks: dict[str, list[Mark]], corrected: frozenset[str]) -> Square:
    if slot.cell is None:
        return Square(slot.text, slot.role, _scope(slot, of), slot.row_span, slot.column_span)
    cell = report.cells.get(slot.cell) or SheetCell(None, "absent", "", None)
    found = marks.get(slot.cell, [])
    shown = figure(cell.value) if cell.kind == "inferred" else printed(cell)
    raw = cell.raw.strip()
    return Square(
        text=shown,
        role="figure",
        scope="",
        row_span=slot.row_span,
        column_span=slot.column_span,
        cell=slot.cell,
        name=cell_name(report.sheet, slot.cell),
        kind=cell.kind,
        kind_words=text(f"write.kind.{cell.kind}", "zh") if cell.kind in SIGNS else "",
        sign=SIGNS.get(cell.kind, ""),
        raw=raw if cell.value is not None and cell.kind != "inferred" and raw and raw != shown else "",
        worst=next((severity for severity in _WORST if any(mark.severity == severity for mark in found)), ""),
        marks=tuple(found[:MOST_MARKS]),
        corrected=slot.cell in corrected,
    )


def _scope(slot: Slot, of: Grid) -> str:
    if slot.role == "corner":
        return ""
    if slot.role == "item":
        return "rowgroup"
    if slot.role == "head":
        return "colgroup" if slot.column_span > 1 and of.head_rows else "col"
    return "rowgroup" if slot.row_span > 1 else "row"


def _marks(report: Report) -> dict[str, list[Mark]]:
    """The open findings that point at each cell."""
    marks: dict[str, list[Mark]] = {}
    for number, finding in enumerate(report.findings, 1):
        if finding.waived is None:
            for cell in sorted(focus(finding)):
                marks.setdefault(cell, []).append(Mark(number, finding.severity, sentence(finding, "zh")))
    return marks


def _said(report: Report, number: int, finding: Finding) -> Said:
    sheet = report.sheet
    return Said(
        number=number,
        code=finding.code,
        what=kind_of(finding.code),
        severity=finding.severity,
        severity_words=text(f"write.severity.{finding.severity}", "zh"),
        sentence=sentence(finding, "zh"),
        values=values_words(finding.values),
        cause=cause_sentence(finding.cause, sheet, "zh") if finding.cause else "",
        places=places_words(finding, "zh"),
        source=source_words(finding, "zh") if finding.source else "",
        cells=tuple((cell, cell_name(sheet, cell)) for cell in finding.cells if cell in sheet.columns),
        waived=finding.waived,
    )
