"""Entries from a table with cells: columns are known, the headings say what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from gongkai.documents.model import Cell, Table
from gongkai.report.form import TableName, form_ids, load
from gongkai.report.recognise.entries import Entries, Entry, Look, Piece, look
from gongkai.report.recognise.figures import parse
from gongkai.report.recognise.headings import heading_row
from gongkai.report.recognise.labels import fold, known
from gongkai.report.recognise.remedies import RemedyHeadings

_FORM = load(form_ids()[-1])
REQUEST_COLUMNS = tuple(column.id for column in _FORM.request_columns)


@dataclass(slots=True)
class Headings:
    """Under which columns of a grid the figures should stand, as its headings say."""

    requests: dict[str, int] = field(default_factory=dict)
    proactive: Mapping[int, int] = field(default_factory=dict)
    proactive_heads: Mapping[int, str | None] = field(default_factory=dict)
    remedies: RemedyHeadings = field(default_factory=RemedyHeadings)
    ordered: bool = True
    _columns: tuple[int, ...] | None = None

    def take_request_columns(self, columns: Iterable[tuple[str, int]]) -> None:
        """Take the columns that a row of headings names."""
        self.requests.update(columns)
        self._columns = None
        if len(self.requests) == len(REQUEST_COLUMNS):
            by_name = tuple(self.requests[column] for column in REQUEST_COLUMNS)
            self._columns = by_name if len(set(by_name)) == len(by_name) else None
            self.ordered = self._columns is None or by_name == tuple(sorted(by_name))

    def proactive_columns(self) -> tuple[str | None, ...]:
        """The columns that the last headings of the proactive table name, in the order in which they stand."""
        return tuple(self.proactive_heads.get(first) for first in self.proactive)

    def request_columns(self) -> tuple[int, ...] | None:
        """The seven columns in the sheet's order of names, None where the headings do not give seven."""
        return self._columns


def gather(table: Table, entries: Entries, within: TableName | None, caption: str = "") -> TableName | None:
    """Add the rows of a grid to the entries; `within` is the table that the text before it speaks of, `caption` that
    text.

    Returns the table of the form that the grid ended in, None where it holds none.
    """
    headings = Headings()
    found: list[Entry] = []
    for _, group in groupby(table.cells, key=_ROW):
        cells = list(group)
        entry = _plain_row(cells, headings, table.index)
        if entry is None:
            heading = _take_heading(cells, headings, entries)
            if heading:
                within = heading
                continue
            looks = [look(cell.text) for cell in cells]
            entry = _entry(cells, looks, headings, within, table.index)
            if entry is None:
                if within is not None:
                    entries.wording[within].extend(fold(cell.text) for cell in cells if cell.text)
                continue
        entry.caption = caption
        if entry.row is not None:
            within = entry.known_table or within
        if within is None:
            continue
        entries.of(within).append(entry)
        entries.wording[within].append(entry.label)
        if within == "requests":
            found.append(entry)
    if not headings.ordered:
        _prove_order(found)
    _place_by_count(found)
    return within


_ROW = attrgetter("row")
_COLUMN = attrgetter("column")


def _plain_row(cells: list[Cell], headings: Headings, table: int) -> Entry | None:
    """The entry of a row as the sheet prints it: its label, then one cell under each heading. Most rows are such."""
    row = known(cells[0].text)
    if row.table == "proactive":
        under = cells[1:]
        if not under or [cell.column for cell in under] != list(headings.proactive):
            return None
        heads = headings.proactive_columns()
        return Entry(
            fold(cells[0].text), row.row, [*under], placed=True, table=table, known_table="proactive", heads=heads
        )
    columns = headings.request_columns()
    if columns is None or len(cells) <= len(columns):
        return None
    label = cells[-len(columns) - 1]
    row = known(label.text)
    if row.table != "requests" or label.column >= columns[0]:
        return None
    under = cells[-len(columns) :]
    if tuple([cell.column for cell in under]) != columns:
        return None
    if len(cells) > len(columns) + 1 and any(look(cell.text).kind == "figure" for cell in cells[: -len(columns) - 1]):
        return None
    return Entry(fold(label.text), row.row, list(under), placed=True, table=table, known_table="requests")


def _take_heading(cells: list[Cell], headings: Headings, entries: Entries) -> TableName | None:
    """Take a row of headings, and say of which table it is; None where the row is none."""
    row = heading_row(tuple([(cell.text, cell.column, cell.column_span) for cell in cells]))
    if row is None:
        return None
    entries.wording[row.table].extend(row.words)
    if row.table == "requests":
        headings.take_request_columns(row.applicants)
    elif row.table == "proactive":
        headings.proactive, headings.proactive_heads = row.columns, row.heads
    else:
        headings.remedies.take(row.results, row.groups)
    return row.table


def _entry(
    cells: list[Cell], looks: list[Look], headings: Headings, within: TableName | None, table: int
) -> Entry | None:
    """Make an entry of a row that prints figures or whose label is known; None for any other row."""
    row_at = next((at for at in range(len(looks) - 1, -1, -1) if looks[at].known.row), None)
    row = looks[row_at].known.row if row_at is not None else None
    known_table = looks[row_at].known.table if row_at is not None else None
    where = looks[row_at].known.table if row_at is not None else within
    led = len(cells) > 1 and cells[0].line is not None and cells[0].line != cells[-1].line
    if where == "remedies":
        return headings.remedies.entry(cells, looks, table)
    columns = headings.request_columns() if where == "requests" else tuple(headings.proactive) or None
    if where == "proactive":
        cells, looks = _without_repeats(cells, looks, headings.proactive)
    if columns is not None:
        under = _under(cells, looks, columns, row_at)
        if under is not None:
            label = "".join(fold(cell.text) for cell in cells if cell.column < min(columns))
            has_figure = any(look(cell.text).kind == "figure" for cell in under)
            if row is None and not has_figure:
                return None
            heads = headings.proactive_columns() if where == "proactive" else ()
            return Entry(
                label, row, [*under], placed=True, table=table, led=led, known_table=known_table, heads=heads
            )
    first = next((at for at, seen in enumerate(looks) if seen.kind == "figure"), None)
    if first is None and row is None:
        return None
    label_end = row_at + 1 if row_at is not None else first or 0
    label = "".join(fold(cell.text) for cell in cells[:label_end])
    ordered = headings.ordered or where != "requests"
    return Entry(label, row, list(cells[label_end:]), table=table, led=led, known_table=known_table, ordered=ordered)


def _without_repeats(cells: list[Cell], looks: list[Look], runs: Mapping[int, int]) -> tuple[list[Cell], list[Look]]:
    """Drop the copies of a merged figure under one heading, where all of them are the same."""
    kept = [
        at
        for at, cell in enumerate(cells)
        if not any(
            first < cell.column <= last and any(c.column == first and c.text == cell.text for c in cells)
            for first, last in runs.items()
        )
    ]
    return [cells[at] for at in kept], [looks[at] for at in kept]


def _under(cells: list[Cell], looks: list[Look], columns: tuple[int, ...], row_at: int | None) -> list[Cell] | None:
    """The cells under the headed columns, None unless the whole row stands under its headings."""
    if row_at is not None and cells[row_at].column >= min(columns):
        return None
    by_column: dict[int, Cell] = {}
    wanted = set(columns)
    for cell, seen in zip(cells, looks, strict=True):
        if cell.column in wanted:
            by_column[cell.column] = cell
        elif seen.kind == "figure":
            return None
    if len(by_column) != len(columns):
        return None
    return [by_column[column] for column in columns]


def _prove_order(found: list[Entry]) -> None:
    """Believe headings out of the sheet's order only where the rows bear them out.

    A span that is one too small puts 总计 over the column before it. Where the rows add up only in the printed order, that
    order is taken; where they add up in neither, the rows have no order.
    """
    named = [entry for entry in found if entry.placed]
    printed = [sorted(entry.pieces, key=_COLUMN) for entry in named]
    if all(_adds_up(entry.pieces) for entry in named):
        return
    in_printed_order = all(map(_adds_up, printed))
    for entry, pieces in zip(named, printed, strict=True):
        entry.pieces = pieces
        entry.placed = entry.ordered = in_printed_order


def _adds_up(pieces: Sequence[Piece]) -> bool:
    values = [parse(piece.text).value or 0 for piece in pieces]
    return sum(values[:-1]) == values[-1]


def _place_by_count(found: list[Entry]) -> None:
    """Rows without usable headings are placed by count where all of them print seven cells after the label.

    A table whose rows differ in length has lost cells somewhere, so its blanks do not count as positions.
    """
    loose = [entry for entry in found if not entry.placed and entry.ordered]
    if not loose:
        return
    regular = all(len(entry.pieces) == len(REQUEST_COLUMNS) for entry in found)
    for entry in loose:
        if len(entry.pieces) == len(REQUEST_COLUMNS) and (regular or entry.led):
            entry.placed = True
