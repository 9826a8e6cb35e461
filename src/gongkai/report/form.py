"""The official forms of the annual report, as data.

A form file (`forms/<year>.toml`) lists tables, rows, columns and identities; reader, checks, writers and aggregation are
driven by it. Real reports mix forms, so a `Sheet` joins one form a table.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from gongkai.errors import InvalidData
from gongkai.messages import Listing

TableName = Literal["proactive", "requests", "remedies"]
TABLES: tuple[TableName, ...] = ("proactive", "requests", "remedies")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures. `unit` is 件 (a count) or 万元; `signed` figures may be negative."""

    id: str
    label: str
    spellings: tuple[str, ...] = ()
    unit: str = "件"
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures: its label, other wordings met, the label of its group, the article it carries out.

    `result` marks the leaf rows that add up to the total; `item` is the heading of its block in the proactive table.
    """

    id: str
    label: str
    spellings: tuple[str, ...] = ()
    group: str | None = None
    article: str | None = None
    result: bool = False
    item: str | None = None
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of columns in the remedies table; `above` is the label that stands over several groups."""

    id: str
    label: str
    above: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """A reconciliation rule: the cells `left` add up to the cells `right`.

    `id` names the one instance (`total.row:requests.granted`), `code` the finding it raises.
    """

    id: str
    code: str
    table: TableName
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """One of the six sections: its number, its official heading, other wordings met."""

    number: int
    label: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One official form. `proactive` and `requests` are rows with their columns; `remedies` is groups × columns.

    `proactive_subject` stands over the row labels of the first table; the `requests_…` are what the second prints in its
    corner, beside its results, over its columns and over those of organisations.
    """

    id: str
    instrument: str
    first_year: int
    sections: tuple[SectionHeading, ...]
    proactive: tuple[Row, ...]
    requests: tuple[Row, ...]
    proactive_subject: str
    requests_rule: str
    requests_results: str
    requests_applicants: str
    requests_organisations: str
    remedy_groups: tuple[Group, ...]
    remedy_columns: tuple[Column, ...]
    identities: tuple[Identity, ...]

    @property
    def request_columns(self) -> tuple[Column, ...]:
        """The seven applicant columns of the requests table, the total last."""
        return self.requests[0].columns

    def cell_ids(self, table: TableName) -> tuple[str, ...]:
        """All cells of a table in the order of the sheet."""
        return _cell_ids(self, table)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The cells and identities of a report whose tables may follow different forms."""

    forms: tuple[tuple[TableName, Form], ...]
    cells: tuple[str, ...]
    identities: tuple[Identity, ...]
    columns: Mapping[str, Column]
    rows: Mapping[str, Row]

    def form(self, table: TableName) -> Form:
        """The form that a table follows."""
        return dict(self.forms)[table]

    def label(self, cell: str) -> str:
        """A cell's name for people: table row and column labels, as 「（一）予以公开·自然人」."""
        return _label(self, cell)


@cache
def form_ids() -> tuple[str, ...]:
    """The ids of all forms that the package carries, oldest first."""
    folder = resources.files(__package__).joinpath("forms")
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


@cache
def load(form_id: str) -> Form:
    """Load a form by its id. Raises InvalidData where the file breaks its own rules."""
    if form_id not in form_ids():
        raise InvalidData("form.unknown", form=form_id, known=Listing(form_ids()))
    file = resources.files(__package__).joinpath("forms").joinpath(f"{form_id}.toml")
    return _form(tomllib.loads(file.read_text(encoding="utf-8")))


@cache
def sheet(proactive: str, requests: str, remedies: str) -> Sheet:
    """Join one form a table, named by id, into the sheet of a report."""
    chosen: dict[TableName, Form] = {
        "proactive": load(proactive),
        "requests": load(requests),
        "remedies": load(remedies),
    }
    columns: dict[str, Column] = {}
    rows = {f"proactive.{row.id}": row for row in chosen["proactive"].proactive}
    rows |= {f"requests.{row.id}": row for row in chosen["requests"].requests}
    for name, row in rows.items():
        columns |= {f"{name}.{column.id}": column for column in row.columns}
    for group in chosen["remedies"].remedy_groups:
        columns |= {f"remedies.{group.id}.{column.id}": column for column in chosen["remedies"].remedy_columns}
    return Sheet(
        forms=tuple(chosen.items()),
        cells=tuple(cell for table, form in chosen.items() for cell in form.cell_ids(table)),
        identities=tuple(i for table, form in chosen.items() for i in form.identities if i.table == table),
        columns=columns,
        rows=rows,
    )


@cache
def _cell_ids(form: Form, table: TableName) -> tuple[str, ...]:
    if table == "remedies":
        return tuple(
            f"remedies.{group.id}.{column.id}" for group in form.remedy_groups for column in form.remedy_columns
        )
    rows = form.proactive if table == "proactive" else form.requests
    return tuple(f"{table}.{row.id}.{column.id}" for row in rows for column in row.columns)


@cache
def _label(of: Sheet, cell: str) -> str:
    table, _, rest = cell.partition(".")
    row_id, _, _column = rest.rpartition(".")
    if table == "remedies":
        form = of.form("remedies")
        group = next(group for group in form.remedy_groups if group.id == row_id)
        return f"{group.label}·{of.columns[cell].label}"
    return f"{of.rows[f'{table}.{row_id}'].label}·{of.columns[cell].label}"


def _form(data: dict[str, Any]) -> Form:
    request_columns = tuple(_column(column) for column in data["requests"]["columns"])
    requests = tuple(_row(row, request_columns) for row in data["requests"]["rows"])
    proactive = tuple(
        _row(row, tuple(_column(column) for column in block["columns"]), block["item"])
        for block in data["proactive"]
        for row in block["rows"]
    )
    groups = tuple(Group(**group) for group in data["remedies"]["groups"])
    remedy_columns = tuple(_column(column) for column in data["remedies"]["columns"])
    return Form(
        id=data["form"],
        instrument=data["instrument"],
        first_year=data["first_year"],
        sections=tuple(
            SectionHeading(s["number"], s["label"], tuple(s.get("spellings", ()))) for s in data["sections"]
        ),
        proactive=proactive,
        requests=requests,
        proactive_subject=data["proactive_subject"],
        requests_rule=data["requests"]["rule"],
        requests_results=data["requests"]["results"],
        requests_applicants=data["requests"]["applicants"],
        requests_organisations=data["requests"]["organisations"],
        remedy_groups=groups,
        remedy_columns=remedy_columns,
        identities=tuple(
            identity
            for rule in data["identities"]
            for identity in _identities(rule, requests, request_columns, groups)
        ),
    )


def _column(data: dict[str, Any]) -> Column:
    return Column(**{**data, "spellings": tuple(data.get("spellings", ()))})


def _row(data: dict[str, Any], columns: tuple[Column, ...], item: str | None = None) -> Row:
    return Row(**{**data, "spellings": tuple(data.get("spellings", ()))}, columns=columns, item=item)


def _identities(
    rule: dict[str, Any], requests: tuple[Row, ...], columns: tuple[Column, ...], groups: tuple[Group, ...]
) -> list[Identity]:
    """Expand one rule of the form file into its instances, one a column, a row or a group."""
    results = [row.id for row in requests if row.result]
    table: TableName = rule["table"]

    def expand(names: list[str]) -> list[str]:
        return [name for given in names for name in (results if given == "@results" else [given])]

    left, right = expand(rule["left"]), expand(rule["right"])
    patterns: list[str]
    if rule["each"] == "column":
        patterns = [f"{table}.{{}}.{column.id}" for column in columns]
    elif rule["each"] == "row":
        patterns = [f"{table}.{row.id}.{{}}" for row in requests]
    elif rule["each"] == "group":
        patterns = [f"{table}.{group.id}.{{}}" for group in groups]
    else:
        raise InvalidData("form.identity", given=rule["each"], expected="column, row, group")
    return [
        Identity(
            id=f"{rule['code']}:{pattern.replace('.{}', '').replace('{}.', '')}",
            code=rule["code"],
            table=table,
            left=tuple(pattern.format(name) for name in left),
            right=tuple(pattern.format(name) for name in right),
        )
        for pattern in patterns
    ]
