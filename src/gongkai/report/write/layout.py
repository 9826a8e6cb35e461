"""The tables of the official sheet as grids: every printed cell with its position, its span, its role.

Workbook and page are drawn from these grids, so that both look like the sheet an office knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal, NamedTuple

from gongkai.report.form import Form, Row, SectionHeading, TableName, load

Role = Literal["item", "corner", "head", "label", "figure"]
"""`item` is the heading of a block, `corner` the printed rule, `head` names columns, `label` names rows."""

SECTION = {"proactive": 2, "requests": 3, "remedies": 4}
"""The section of the report in which each table stands."""


class Slot(NamedTuple):
    """A printed cell of the sheet. `row` and `column` count from 0; `cell` is the identifier of a figure."""

    row: int
    column: int
    text: str
    role: Role
    row_span: int = 1
    column_span: int = 1
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of the sheet. `label_columns` stand left of the figures, `head_rows` are repeated when printing."""

    table: TableName
    heading: str
    slots: tuple[Slot, ...]
    rows: int
    columns: int
    label_columns: int
    head_rows: int


NUMERALS = "〇一二三四五六"


def section_heading(section: SectionHeading) -> str:
    """The heading of a section as the form prints it: 一、总体情况."""
    return f"{NUMERALS[section.number]}、{section.label}"


@cache
def grid(table: TableName, form_id: str) -> Grid:
    """The grid of a table as the form `form_id` prints it."""
    form = load(form_id)
    section = next(section for section in form.sections if section.number == SECTION[table])
    heading = section_heading(section)
    if table == "proactive":
        slots, labels, heads = _proactive(form), 1, 0
    elif table == "requests":
        slots, labels, heads = _requests(form), 3, 3
    else:
        slots, labels, heads = _remedies(form), 0, 3
    rows = max(slot.row + slot.row_span for slot in slots)
    columns = max(slot.column + slot.column_span for slot in slots)
    return Grid(table, heading, tuple(slots), rows, columns, labels, heads)


def _proactive(form: Form) -> list[Slot]:
    """Blocks one under the other: item, column names, rows; the last column of a block fills the width."""
    width = 1 + max(len(row.columns) for row in form.proactive)
    slots: list[Slot] = []
    at = 0
    for item, block in groupby(form.proactive, key=lambda row: (row.item, row.columns)):
        slots.append(Slot(at, 0, item[0] or "", "item", column_span=width))
        slots.append(Slot(at + 1, 0, form.proactive_subject, "head"))
        spans = [1] * (len(item[1]) - 1) + [width - len(item[1])]
        for n, (column, span) in enumerate(zip(item[1], spans, strict=True), 1):
            slots.append(Slot(at + 1, n, column.label, "head", column_span=span))
        at += 2
        for row in block:
            slots.append(Slot(at, 0, row.label, "label"))
            for n, (column, span) in enumerate(zip(row.columns, spans, strict=True), 1):
                cell = f"proactive.{row.id}.{column.id}"
                slots.append(Slot(at, n, "", "figure", column_span=span, cell=cell))
            at += 1
    return slots


def _requests(form: Form) -> list[Slot]:
    """Three columns of labels (result, group, row) and seven of figures under a head of three rows."""
    slots = _requests_head(form)
    results = [n for n, row in enumerate(form.requests) if row.result or row.id == "total"]
    slots.append(Slot(3 + results[0], 0, form.requests_results, "label", row_span=len(results)))
    for (group, n_first), rows in _grouped(form.requests):
        if group:
            slots.append(Slot(3 + n_first, 1, group, "label", row_span=len(rows)))
        for n, row in enumerate(rows, n_first):
            column = 2 if group else 1 if n in results else 0
            slots.append(Slot(3 + n, column, row.label, "label", column_span=3 - column))
            for m, figure in enumerate(form.request_columns, 3):
                slots.append(Slot(3 + n, m, "", "figure", cell=f"requests.{row.id}.{figure.id}"))
    return sorted(slots)


def _requests_head(form: Form) -> list[Slot]:
    columns = form.request_columns
    slots = [
        Slot(0, 0, form.requests_rule, "corner", row_span=3, column_span=3),
        Slot(0, 3, form.requests_applicants, "head", column_span=len(columns)),
        Slot(1, 3, columns[0].label, "head", row_span=2),
        Slot(1, 4, form.requests_organisations, "head", column_span=len(columns) - 2),
        Slot(1, 2 + len(columns), columns[-1].label, "head", row_span=2),
    ]
    return slots + [Slot(2, n, column.label, "head") for n, column in enumerate(columns[1:-1], 4)]


def _grouped(rows: tuple[Row, ...]) -> list[tuple[tuple[str | None, int], list[Row]]]:
    """Rows in runs of one group, each run with the position of its first row."""
    runs: list[tuple[tuple[str | None, int], list[Row]]] = []
    for n, row in enumerate(rows):
        if runs and row.group and runs[-1][0][0] == row.group:
            runs[-1][1].append(row)
        else:
            runs.append(((row.group, n), [row]))
    return runs


def _remedies(form: Form) -> list[Slot]:
    """One row of figures; groups under a common label share the first row of the head."""
    slots: list[Slot] = []
    width = len(form.remedy_columns)
    at = 0
    for above, same in groupby(form.remedy_groups, key=lambda group: group.above or group.label):
        groups = list(same)
        slots.append(Slot(0, at, above, "head", column_span=width * len(groups)))
        for group in groups:
            alone = group.above is None
            if not alone:
                slots.append(Slot(1, at, group.label, "head", column_span=width))
            for n, column in enumerate(form.remedy_columns, at):
                row, span = (1, 2) if alone else (2, 1)
                slots.append(Slot(row, n, column.label, "head", row_span=span))
                slots.append(Slot(3, n, "", "figure", cell=f"remedies.{group.id}.{column.id}"))
            at += width
    return sorted(slots)
