"""Plans of tables: where each cell of the sheet stands in tables that print the same labels at the same places.

Most reports print the official sheet word for word. What becomes of such tables does not depend on their figures, so
it is found out when such tables come the second time, on specimens with made-up figures, and kept; of each further
report only the figures are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, repeat
from typing import NamedTuple

from gongkai.documents.model import Cell, Place, Table
from gongkai.report.form import TABLES, TableName, sheet
from gongkai.report.model import SheetCell
from gongkai.report.recognise import grid
from gongkai.report.recognise.entries import Entries, look
from gongkai.report.recognise.figures import parse
from gongkai.report.recognise.placing import cell_of
from gongkai.report.recognise.recurring import Recurring
from gongkai.report.recognise.tables import Placed, place

_FIGURE = "0"
_PLAIN_FIGURE = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
_MOST_TABLES, _MOST_CELLS, _LONGEST_LABEL = 12, 400, 100
"""More tables, larger ones and longer texts are none of the sheet; so what is kept stays small."""
_LARGE = 1_000_001
"""Figures of a specimen begin here: all different, and none the sum of others."""


class Skeleton(NamedTuple):
    """A table without its figures: of each cell row, column and spans, and the text, "0" where it is a plain figure."""

    texts: tuple[str, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    row_spans: tuple[int, ...]
    column_spans: tuple[int, ...]

    def specimen(self, index: int, figures: Iterator[str]) -> Table:
        """A table that prints other figures."""
        texts = [next(figures) if text == _FIGURE else text for text in self.texts]
        cells = map(Cell, texts, self.rows, self.columns, self.row_spans, self.column_spans)
        return Table(index, tuple(cells), max(self.rows), max(self.columns))


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What the rows of a table make: after `begun`, the table of the form before it, it ends in the table `within`."""

    skeleton: Skeleton
    begun: TableName | None
    within: TableName | None
    holds_rows: bool


class Printed(NamedTuple):
    """A table as printed whose outcome its skeleton tells; `texts` and `raws` are parallel to its cells."""

    table: Table
    caption: str
    texts: tuple[str, ...]
    raws: tuple[str | None, ...]
    outcome: Outcome

    def add_to(self, entries: Entries) -> None:
        """Add the table's rows to the entries."""
        grid.gather(self.table, entries, self.outcome.begun, self.caption)


class _Slot(NamedTuple):
    """Where a cell of the sheet stands: the number of its text among the texts of all tables.

    `zero` is the cell where that text is a bare 0. Without a number the cell is `zero` whatever is printed: it is absent.
    """

    name: str
    at: int | None
    unit: str
    place: Place | None
    zero: SheetCell


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """`placed` is without its cells, which the slots give."""

    slots: tuple[_Slot, ...]
    placed: Placed


def printed(table: Table, begun: TableName | None, caption: str = "") -> Printed | None:
    """The table with its outcome; None where that depends on its figures, or its like was not met before.

    `begun` is the table of the form that the text before it speaks of, `caption` that text.
    """
    if len(table.cells) > _MOST_CELLS:
        return None
    texts, rows, columns, row_spans, column_spans, raws, *where = zip(*table.cells, strict=True)
    if max(map(len, texts)) > _LONGEST_LABEL or any(map(any, where)):
        return None
    skeleton = Skeleton(tuple(map(_without_figure, texts)), rows, columns, row_spans, column_spans)
    outcome = _OUTCOMES.get((skeleton, begun))
    return Printed(table, caption, texts, raws, outcome) if outcome is not None else None


def place_printed(tables: Sequence[Printed], year: int | None) -> Placed | None:
    """Place the figures of tables in the sheet of a report of `year`; None where that depends on them, or was not met before."""
    if len(tables) > _MOST_TABLES:
        return None
    plan = _PLANS.get((tuple([(table.outcome, table.table.index) for table in tables]), year))
    if plan is None:
        return None
    texts = [text for table in tables for text in table.texts]
    raws = [raw for table in tables for raw in table.raws]
    cells = {
        name: zero
        if at is None or ((text := texts[at]) == "0" and raws[at] is None)
        else _filled(text, raws[at], unit, where)
        for name, at, unit, where, zero in plan.slots
    }
    return plan.placed._replace(cells=cells)


def _filled(text: str, raw: str | None, unit: str, where: Place | None) -> SheetCell:
    value, kind, printed_unit = parse(text, unit)
    return tuple.__new__(SheetCell, (value, kind, raw or text, where, printed_unit))


@lru_cache(maxsize=2048)
def _without_figure(text: str) -> str:
    return _FIGURE if _PLAIN_FIGURE.fullmatch(text) else text


def _figures() -> tuple[Iterator[str], Iterator[str]]:
    """The figures of two specimens: all different, and all zero, so that they are equal and every sum holds."""
    return map(str, count(_LARGE)), repeat("0")


def _outcome(key: tuple[Skeleton, TableName | None]) -> Outcome | None:
    """What a table makes, after the table of the form before it, whatever its figures are; None where it depends on them."""
    skeleton, begun = key
    if _has_words_after_figures(skeleton):
        return None
    ends = []
    for figures in _figures():
        entries = Entries()
        within = grid.gather(skeleton.specimen(1, figures), entries, begun)
        ends.append(Outcome(skeleton, begun, within, any(map(entries.of, TABLES))))
    different, zeros = ends
    same = different.within == zeros.within and different.holds_rows == zeros.holds_rows
    return different if same else None


def _has_words_after_figures(skeleton: Skeleton) -> bool:
    """Whether a figure stands before words of its row, so that it may be a part of a label."""
    figure_in = 0
    for text, row in zip(skeleton.texts, skeleton.rows, strict=True):
        if text == _FIGURE:
            figure_in = row
        elif row == figure_in and look(text).kind == "words":
            return True
    return False


def _plan(key: tuple[tuple[tuple[Outcome, int], ...], int | None]) -> _Plan | None:
    """Where the sheet of a year stands in tables of these outcomes and indices; None where it depends on their figures."""
    tables, year = key
    found = [_on_specimens(tables, year, figures) for figures in _figures()]
    different, zeros = found
    if different is None or zeros is None or different.slots != zeros.slots:
        return None
    return different


def _on_specimens(tables: Sequence[tuple[Outcome, int]], year: int | None, figures: Iterator[str]) -> _Plan | None:
    """The plan that specimens of the tables give; None where a cell is more than what is printed at one place."""
    entries = Entries()
    printed_at: dict[tuple[int | None, ...], tuple[int, Cell]] = {}
    for outcome, index in tables:
        table = outcome.skeleton.specimen(index, figures)
        grid.gather(table, entries, outcome.begun)
        for cell in table.cells:
            printed_at[index, cell.row, cell.column] = len(printed_at), cell
    placed = place(entries, year)
    if placed.used or placed.doubts:
        return None
    columns = sheet(*(placed.forms[table] or placed.form for table in TABLES)).columns
    slots: list[_Slot] = []
    for name, given in placed.cells.items():
        unit, where = columns[name].unit, given.place
        if where is None:
            slots.append(_Slot(name, None, unit, None, given))
            continue
        at, cell = printed_at[where.table, where.row, where.column]
        if given != cell_of(cell, unit, where.table or 0):
            return None
        slots.append(_Slot(name, at, unit, where, SheetCell(0, "zero", _FIGURE, where)))
    return _Plan(tuple(slots), placed._replace(cells={}))


_OUTCOMES, _PLANS = Recurring(_outcome, 256), Recurring(_plan, 128)
