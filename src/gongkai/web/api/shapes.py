"""The shapes of answers about agencies and reports: what stands in the schema, and what every answer is held against."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field, WithJsonSchema

Figure = Annotated[int | Decimal | None, WithJsonSchema({"type": ["number", "null"]})]


class Shape(Schema):
    """An object with these fields and no others."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Paged(Shape):
    """A page of a list: how many there are in all, and the addresses of the pages around it."""

    total: int
    next: str | None
    previous: str | None


class Named(Shape):
    """Something by its key and its name."""

    key: str
    name: str


class AgencyRow(Named):
    """An agency as it is called on the date asked for."""

    short: str
    kind: str
    level: str
    line: str
    region_code: str
    unified_code: str
    since: date
    until: date | None
    dissolved: date | None


class Agencies(Paged):
    """A page of agencies."""

    items: list[AgencyRow]


class NameHeld(Shape):
    """A name with codes, from a day until another, on which it no longer holds."""

    name: str
    short: str
    region_code: str
    unified_code: str
    since: date
    until: date | None


class Parent(Named):
    """What an agency stands under, and in which way."""

    edge: str
    since: date


class Succession(Named):
    """Another agency that took over, or was taken over from."""

    way: str
    since: date


class Guide(Shape):
    """The data of an agency's guide (Art 12)."""

    classification: str
    arrangement: str
    ways: str
    office_name: str
    address: str
    hours: str
    telephone: str
    fax: str
    email: str
    internet: str
    updated_on: date | None
    review_due: date | None
    stale: bool


class ColumnShown(Shape):
    """A column that an agency's site shows."""

    code: str
    label: str


class Agency(AgencyRow):
    """One agency: its names by date, its place in the tree, what it keeps for everybody."""

    on: date
    names: list[NameHeld]
    way_up: list[Named]
    parents: list[Parent]
    supervising_office: Named | None
    took_over_from: list[Succession]
    succeeded_by: list[Succession]
    guide: Guide | None
    columns: list[ColumnShown]


class Place(Shape):
    """Where something stands in the file; numbers from 1, the box in points."""

    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    paragraph: int | None = None
    page: int | None = None
    box: list[Figure] | None = None


class Cell(Shape):
    """A cell of the sheet."""

    value: Figure
    kind: str
    raw: str
    place: Place | None


class CellRow(Cell):
    """A cell of the sheet with its identifier."""

    id: str


class Fact(Shape):
    """A figure said in the text."""

    what: str
    value: Figure
    unit: str
    place: Place | None


class Cause(Shape):
    """The one slip that would explain a finding."""

    kind: str
    cells: list[str]
    printed: list[Figure]
    reconciling: list[Figure]


class Finding(Shape):
    """What does not add up or should be known."""

    code: str
    severity: str
    message: str
    cells: list[str]
    values: list[Figure]
    place: list[Place]
    source: str
    cause: Cause | None = None
    waived: str | None = None


class Doubt(Shape):
    """What the file left in doubt when it was read."""

    code: str
    message: str


class Line(Shape):
    """A report as `gongkai read --json` prints it."""

    schema_: Annotated[int, Field(alias="schema"), WithJsonSchema({"const": 1})]
    path: str
    sha256: str
    format: str
    reader: str
    title: str | None
    agency: str | None
    year: int | None
    scope: str
    form: str | None
    form_by_table: dict[str, str | None]
    period: list[str] | None
    contact: dict[str, str]
    cells: dict[str, Cell]
    sections: dict[str, str]
    facts: list[Fact]
    findings: list[Finding]
    doubts: list[Doubt] | None = None


class ReportRow(Shape):
    """An annual report of an agency for a year and a scope."""

    key: str
    version: int
    title: str
    agency: Named | None
    printed_agency: str
    year: int | None
    scope: str
    edition: int | None
    state: str
    published_at: datetime | None
    errors: int
    warnings: int
    waived: int


class Reports(Paged):
    """A page of annual reports."""

    items: list[ReportRow]


class Report(ReportRow):
    """One annual report with its whole content."""

    report: Line


class Cells(Shape):
    """The cells of a report."""

    report: str
    version: int
    year: int | None
    items: list[CellRow]


class FigureRow(Shape):
    """The cells asked for of one report."""

    report: str
    agency: Named | None
    printed_agency: str
    year: int
    scope: str
    cells: list[CellRow]


class Figures(Paged):
    """A page of the cells asked for, by report."""

    items: list[FigureRow]


class Refused(Shape):
    """What was refused, by a code that stays the same; some codes have more beside it."""

    code: str
    message: str
    model_config = ConfigDict(extra="allow")


class Refusal(Shape):
    """The answer to what is refused."""

    error: Refused
