"""A made-up report: its figures, what is printed, its text, and what must come out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from gongkai.report.form import Sheet, sheet
from gongkai.report.model import Kind

Value: TypeAlias = int | Decimal
Level = Literal["township", "department", "county", "city"]
Role = Literal["title", "preamble", "heading", "text", "signature"]


class Printed(NamedTuple):
    """What stands in a cell, and what a reader must make of it."""

    raw: str
    value: Value | None
    kind: Kind


class Para(NamedTuple):
    """A paragraph of the report and its part in it."""

    text: str
    role: Role = "text"


class Slot(NamedTuple):
    """A cell of a printed table; `id` names the figure it holds, empty for labels. Rows and columns from 1."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    id: str = ""
    vertical: bool = False


@dataclass(frozen=True)
class Grid:
    """A printed table of the report."""

    name: str
    slots: tuple[Slot, ...]
    rows: int
    columns: int

    def row(self, number: int) -> list[Slot]:
        """The slots that begin in a row, from left to right."""
        return [slot for slot in self.slots if slot.row == number]


Block: TypeAlias = Para | Grid


class Expected(NamedTuple):
    """A finding that must be raised: its code, cells of which at least one is named, its single cause if there is one.

    `whole`: exactly the cells given are named. `instead` is a code that will do as well in files without positions.
    """

    code: str
    cells: frozenset[str] = frozenset()
    cause: tuple[str, frozenset[str]] | None = None
    whole: bool = False
    instead: str = ""


@dataclass
class Made:
    """A made-up report and the whole truth about it.

    `names` are the spellings of the agency that count as right, `years` the years (two where the title says another). `lost` are cells whose rows lost a figure in the
    rendering: right or `unreadable` are both right there. `allowed` are codes of warnings that may be raised as well.
    """

    seed: int
    level: Level
    agency: str
    names: tuple[str, ...]
    years: tuple[int, ...]
    year: int
    forms: tuple[str, str, str]
    scope: Literal["own", "area"]
    figures: dict[str, Value]
    printed: dict[str, Printed] = field(default_factory=dict)
    body: list[Block] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    allowed: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    planted: str = ""
    facts: dict[str, Value] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        """The sheet that the report is written on."""
        return sheet(*self.forms)
