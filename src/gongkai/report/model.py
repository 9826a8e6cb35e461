"""The annual report as data: what was read, where it stands, what is said about it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from gongkai.documents.model import Place
from gongkai.report.form import Sheet, form_ids, sheet

Value: TypeAlias = int | Decimal
Kind = Literal["number", "zero", "blank", "not_applicable", "text", "inferred", "unreadable", "absent"]
Severity = Literal["error", "warning", "notice"]
Scope = Literal["own", "area", "unknown"]

VALUED: frozenset[Kind] = frozenset({"number", "zero", "inferred"})
"""The kinds whose `value` is a figure; every other kind has the value None."""


class SheetCell(NamedTuple):
    """One cell of the sheet as read.

    `value` is in the column's unit (a count, or 万元), None unless `kind` is in `VALUED`; `raw` is what stands in the
    file. `unit` is the unit printed in the cell where it differs from the column's (元 in a column of 万元).
    """

    value: Value | None
    kind: Kind
    raw: str
    place: Place | None
    unit: str | None = None


class Mention(NamedTuple):
    """A name or a year met in the text, with the part of the report it stands in."""

    text: str
    part: Literal["title", "preamble", "section", "signature", "file"]
    place: Place | None


class Heading(NamedTuple):
    """A heading of one of the six sections as met: its number by its words, the number printed before it."""

    number: int
    text: str
    printed: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Prose:
    """The running text of one section, lines that the layout broke joined again.

    `starts[i]` is the offset in `text` from which `places[i]` holds.
    """

    text: str
    starts: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()

    def place(self, offset: int) -> Place | None:
        """Where the character at `offset` stands in the file."""
        at = bisect_right(self.starts, offset) - 1
        return self.places[at] if at >= 0 else None


class Fact(NamedTuple):
    """A figure said in the prose: what it counts, its number, its unit, its place, the words that say it.

    `section` is "0" for the preamble, else the section's number. `value` of 件 and the like is a count, of money 元 or
    万元 as `unit` says, of a percentage the number before %. `scope` is the scope named beside it (全区 or 本机关),
    `year` the year named beside it.
    """

    what: str
    value: Value
    unit: str
    place: Place | None
    text: str
    section: str
    offset: int
    scope: Scope = "unknown"
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """The single slip that would explain the broken identities, when there is exactly one.

    `kind`: `cell` (one figure), `swap` (two figures exchanged), `shift` (a row's figures moved by one column).
    `printed` and `reconciling` are parallel to `cells`.
    """

    kind: Literal["cell", "swap", "shift"]
    cells: tuple[str, ...]
    printed: tuple[Value | None, ...]
    reconciling: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up, or that a reader should know.

    `code` is stable. `message` is the key in `gongkai.messages` (`finding.<code>` or a variant below it), `facts` its
    placeholders. `cells` and `values` are the two sides; `source` is the rule's origin (article, notice, or the
    project's own rule). `waived` is the reason of a waiver that covers it.
    """

    code: str
    severity: Severity
    message: str
    facts: dict[str, object] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    values: tuple[Value | None, ...] = ()
    places: tuple[Place, ...] = ()
    source: str = ""
    cause: Cause | None = None
    waived: str | None = None


@dataclass(slots=True)
class Report:
    """One annual report as read from one file.

    `form` is the id of the form that the sheet as a whole follows, `form_by_table` that of each table found (None for a
    table that is not there). `cells` holds every cell of the sheet by its identifier. `prose` is by section ("0" for what
    stands before section one, "end" for the signature). `identities_used` are ids of identities that placed a figure, so
    that they are not counted as passed.
    """

    path: str
    sha256: str
    format: str
    title: str | None
    agency: str | None
    agency_from: Literal["title", "preamble", "signature", "section", "file"] | None
    year: int | None
    year_from: Literal["title", "preamble", "section", "signature", "file"] | None
    scope: Scope
    form: str | None
    form_by_table: dict[str, str | None]
    period: tuple[str, str] | None
    contact: dict[str, str]
    cells: dict[str, SheetCell]
    headings: tuple[Heading, ...] = ()
    prose: dict[str, Prose] = field(default_factory=dict)
    agencies: tuple[Mention, ...] = ()
    years: tuple[Mention, ...] = ()
    title_place: Place | None = None
    identities_used: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def main_form(self) -> str:
        """The form that the report follows; the newest where that is not known."""
        return self.form or form_ids()[-1]

    @property
    def sheet(self) -> Sheet:
        """The sheet that the cells belong to; tables that are not there count as the report's form."""
        main = self.main_form
        by_table = self.form_by_table
        return sheet(
            by_table.get("proactive") or main,
            by_table.get("requests") or main,
            by_table.get("remedies") or main,
        )

    def value(self, cell: str) -> Value | None:
        """The figure in a cell, None where it holds none."""
        found = self.cells.get(cell)
        return found.value if found else None
