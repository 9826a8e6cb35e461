"""What the tables of a report print, row by row, before it is decided which row of the form each is.

A grid gives rows with columns; lines of text give runs of figures with the label text before them. Both become entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from gongkai.documents.model import Cell, Place
from gongkai.report.form import TABLES, TableName
from gongkai.report.recognise.figures import is_figure
from gongkai.report.recognise.labels import Known, known


class Token(NamedTuple):
    """A figure printed in a line of text; it has no column."""

    text: str
    line: int | None
    page: int | None
    box: tuple[float, float, float, float] | None
    raw: str | None = None


_LEAST_HEADINGS = 12
Piece: TypeAlias = Cell | Token


@dataclass(slots=True)
class Entry:
    """One printed row: the label text, the cells or figures after it.

    `row` is the row of the form where the label says so exactly. `pieces` are in printed order; `placed` says that they
    are the row's columns one by one, blanks included. `table` is the document's table, 0 for lines. `known_table` is the
    form's table that the label names. `led` says that every cell stood on a line of its own; `in_line` that the figures stood
    on one line. `named` are the pieces by identifier of their cell, where headings name each; `ordered` is False where the
    headings follow another order than the sheet, so that the number of figures places nothing. `heads` are the columns that stand over `pieces`, `caption` the text before the
    table.
    """

    label: str
    row: str | None
    pieces: list[Piece]
    placed: bool = False
    table: int = 0
    led: bool = False
    known_table: TableName | None = None
    in_line: bool = False
    named: dict[str, Piece] | None = None
    ordered: bool = True
    heads: tuple[str | None, ...] = ()
    caption: str = ""


@dataclass(slots=True)
class Entries:
    """All entries by table, and the text of each table's labels and headings (folded) for telling the forms apart."""

    proactive: list[Entry] = field(default_factory=list)
    requests: list[Entry] = field(default_factory=list)
    remedies: list[Entry] = field(default_factory=list)
    wording: dict[TableName, list[str]] = field(
        default_factory=lambda: {"proactive": [], "requests": [], "remedies": []}
    )

    def of(self, table: TableName) -> list[Entry]:
        """The entries of a table."""
        return {"proactive": self.proactive, "requests": self.requests, "remedies": self.remedies}[table]

    def add_to(self, entries: Entries) -> None:
        """Add all of these to other entries."""
        for table in TABLES:
            entries.of(table).extend(self.of(table))
            entries.wording[table].extend(self.wording[table])

    def has(self, table: TableName) -> bool:
        """Whether a table stands in the report, be it only with its headings."""
        return bool(self.of(table)) or sum(map(len, self.wording[table])) > _LEAST_HEADINGS


class Look(NamedTuple):
    """What the text of a cell is at first sight."""

    kind: Literal["blank", "figure", "words"]
    known: Known


_BLANK = Look("blank", Known())
_FIGURE = Look("figure", Known())


@lru_cache(maxsize=16384)
def look(text: str) -> Look:
    """Classify the text of a cell or token."""
    if not text or text.isspace():
        return _BLANK
    if is_figure(text):
        return _FIGURE
    return Look("words", known(text))


def place_of(piece: Piece, table: int) -> Place:
    """The place of a printed figure."""
    if isinstance(piece, Cell):
        # Two hundred of these a report: a tuple made directly costs half of a call with names.
        _, row, column, _, _, _, line, page, box = piece
        return tuple.__new__(Place, (page, line, None, table or None, row, column, box))
    return Place(piece.page, piece.line, box=piece.box)


def figures_of(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces that print something."""
    return [piece for piece in pieces if look(piece.text).kind != "blank"]
