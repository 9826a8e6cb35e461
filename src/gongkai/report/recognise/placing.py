"""Entries become the cells of the sheet: each printed figure gets its row and column, or is said to be unreadable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter

from gongkai.documents.model import Cell
from gongkai.report.form import Form, Identity, TableName
from gongkai.report.model import SheetCell, Value
from gongkai.report.recognise.alignment import align
from gongkai.report.recognise.completion import Completion, agreed, completions, deletions
from gongkai.report.recognise.entries import Entry, Piece, figures_of, place_of
from gongkai.report.recognise.figures import parse
from gongkai.report.recognise.instances import choose, choose_whole
from gongkai.report.recognise.labels import RowLabel, applicants_in_order, fold, in_order_of_sheet, row_labels
from gongkai.report.recognise.open_rows import OpenRow, OpenRows
from gongkai.report.recognise.positions import leaves_blanks, positions, window
from gongkai.report.recognise.remedies import names_a_result, says_another_order

_YUAN_HEADING = "收费金额单位元"
_LEAST_YUAN = 100
ABSENT = SheetCell(None, "absent", "", None)


class Placement:
    """The cells of one table as they are placed, and the identities that placed them."""

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.doubts: list[str] = []
        self.cells: dict[str, SheetCell] = {}
        self.used: set[str] = set()
        self._open = OpenRows(self.cells, ())

    def place_proactive(self, entries: Sequence[Entry], form: Form, wording: list[str]) -> None:
        """Place the rows of the table of proactive disclosure; `wording` are its headings and labels."""
        text = "".join(wording)
        self._place_rows("proactive", entries, form, ordered=in_order_of_sheet(text, form))
        if _YUAN_HEADING in text:
            self._from_yuan(form)

    def place_requests(self, entries: Sequence[Entry], form: Form, wording: list[str]) -> None:
        """Place the rows of the table of requests; rows that lost figures are completed where the identities agree."""
        identities = [identity for identity in form.identities if identity.table == "requests"]
        self._open = OpenRows(self.cells, identities)
        self._place_rows("requests", entries, form, ordered=applicants_in_order("".join(wording), form))
        self._complete(self._open)

    def place_remedies(self, entries: Sequence[Entry], form: Form, wording: list[str], *, headed: bool) -> None:
        """Place the fifteen figures of the table of remedies; a table with headings alone is left blank.

        By name where the headings name each figure; by number where they follow the sheet's order.
        """
        ids = form.cell_ids("remedies")
        columns = [column for _ in form.remedy_groups for column in form.remedy_columns]
        choice = choose_whole(entries, self.year)
        if choice is not None:
            self.doubts.append("report.table_repeated")
            entries = choice.entries
            if choice.doubtful:
                self._unreadable(ids, [(entries[0].pieces[0], entries[0].table)])
                return
        named = [entry for entry in entries if entry.named]
        if named:
            for entry in named:
                for cell_id, piece in (entry.named or {}).items():
                    self.cells.setdefault(cell_id, cell_of(piece, "件", entry.table))
            return
        placed = next((entry for entry in entries if entry.placed and figures_of(entry.pieces)), None)
        placed = placed or next((entry for entry in entries if entry.placed), None)
        if placed is not None:
            self._put(ids, [column.unit for column in columns], placed.pieces, placed.table)
            return
        pieces = [(piece, entry.table) for entry in entries for piece in figures_of(entry.pieces)]
        if not pieces:
            if headed:
                self.cells.update(dict.fromkeys(ids, SheetCell(None, "blank", "", None)))
            return
        apart = any(names_a_result(entry.label) for entry in entries[1:])
        if apart or not all(entry.ordered for entry in entries) or says_another_order(wording):
            self._unreadable(ids, pieces)
            return
        if len(pieces) == len(ids):
            for cell_id, column, (piece, table) in zip(ids, columns, pieces, strict=True):
                self.cells[cell_id] = cell_of(piece, column.unit, table)
            return
        identities = [identity for identity in form.identities if identity.table == "remedies"]
        values = _values(piece for piece, _ in pieces) if len(entries) == 1 else None
        fill = completions if len(pieces) < len(ids) else deletions
        known = agreed(fill(values, len(ids), _sums(ids, identities))) if values is not None else None
        self._infer(ids, known, pieces, identities)

    def _place_rows(self, table: TableName, entries: Sequence[Entry], form: Form, *, ordered: bool) -> None:
        """Place the rows of one table; without `ordered` the number of figures in a row places nothing."""
        labels = row_labels(table, form.id)
        choice = choose(entries, self.year)
        if choice.repeated:
            self.doubts.append("report.table_repeated")
        blanks_inside: bool | None = None
        for at, row_at in align(choice.entries, labels).items():
            entry, ids = choice.entries[at], labels[row_at].cells
            row = labels[row_at].row
            entry.ordered = entry.ordered and ordered
            pieces = None if choice.doubtful else positions(entry, row)
            if pieces is None and blanks_inside is None:
                blanks_inside = table == "requests" and leaves_blanks(choice.entries)
            if pieces is None and blanks_inside and entry.ordered and not choice.doubtful:
                pieces = window(entry, len(ids))
                if pieces is not None and figures_of(pieces):
                    self.used.add(f"total.row:{table}.{row.id}")
            if pieces is not None:
                self._put(ids, labels[row_at].units, pieces, entry.table)
                continue
            stray = choice.doubtful or (table == "requests" and _stray_words(entry, labels, row_at, form))
            self._place_loose(ids, entry, stray=stray)

    def _from_yuan(self, form: Form) -> None:
        """Turn fees printed under a heading in 元 into the column's 万元, and keep the unit.

        A year's fees of less than a hundred 元 are no figure of an office: the heading has lost its 万, or the figure is wrong.
        """
        for row in form.proactive:
            for column in row.columns:
                cell = self.cells.get(f"proactive.{row.id}.{column.id}")
                if column.unit != "万元" or cell is None or cell.unit is not None or cell.kind != "number":
                    continue
                if cell.value is None or cell.value < _LEAST_YUAN:
                    cell = cell._replace(value=None, kind="unreadable")
                else:
                    value, kind, unit = parse(f"{cell.value}元", column.unit)
                    cell = cell._replace(value=value, kind=kind, unit=unit)
                self.cells[f"proactive.{row.id}.{column.id}"] = cell

    def _place_loose(self, ids: Sequence[str], entry: Entry, *, stray: bool) -> None:
        """Place a row whose figures stand at no position: by number where it is right, else by what its sum allows."""
        figures = figures_of(entry.pieces)
        if not figures:
            for cell_id in ids:
                self.cells[cell_id] = SheetCell(
                    None, "blank", "", place_of(entry.pieces[0], entry.table) if entry.pieces else None
                )
            return
        values = _values(figures)
        sums = [(tuple(range(len(ids) - 1)), len(ids) - 1)] if len(ids) > 1 and ids[0].startswith("requests") else []
        candidates: set[Completion] = set()
        if values is not None and sums and not stray and entry.ordered:
            candidates = (completions if len(values) < len(ids) else deletions)(values, len(ids), sums)
        if candidates:
            self._open.rows.append(OpenRow(tuple(ids), entry, candidates))
            return
        self._unreadable(ids, [(piece, entry.table) for piece in figures])

    def _complete(self, rows: OpenRows) -> None:
        """Infer what all completions of the open rows agree on."""
        for row, known in rows.settle():
            pieces = [(piece, row.entry.table) for piece in figures_of(row.entry.pieces)]
            self._infer(row.cells, known, pieces, [i for i in rows.identities if i not in rows.columns])
        if rows.narrowed:
            self.used.update(identity.id for identity in rows.columns)

    def _infer(
        self,
        ids: Sequence[str],
        known: Completion | None,
        pieces: list[tuple[Piece, int]],
        identities: Iterable[Identity],
    ) -> None:
        """Give inferred values where they are known; the others are unreadable, at the place of the row."""
        place = place_of(*pieces[0])
        raw = " ".join(piece.text for piece, _ in pieces)
        if known is None:
            self._unreadable(ids, pieces)
            return
        for cell_id, value in zip(ids, known, strict=True):
            if value is None:
                self.cells[cell_id] = SheetCell(None, "unreadable", raw, place)
            else:
                self.cells[cell_id] = SheetCell(value, "inferred", raw, place)
        self.used.update(i.id for i in identities if any(cell in ids for cell in (*i.left, *i.right)))

    def _unreadable(self, ids: Sequence[str], pieces: list[tuple[Piece, int]]) -> None:
        raw = " ".join(piece.text for piece, _ in pieces)
        for cell_id in ids:
            self.cells[cell_id] = SheetCell(None, "unreadable", raw, place_of(*pieces[0]))

    def _put(self, ids: Sequence[str], units: Sequence[str], pieces: Sequence[Piece], table: int) -> None:
        first = pieces[0]
        if isinstance(first, Cell) and first.line is None and first.page is None and not any(map(_RAW, pieces)):
            at = tuple(map(_COLUMN, pieces))
            texts = tuple(map(_TEXT, pieces))
            self.cells.update(zip(ids, _plain_cells(texts, at, first.row, table, tuple(units)), strict=True))
            return
        for cell_id, unit, piece in zip(ids, units, pieces, strict=True):
            self.cells[cell_id] = cell_of(piece, unit, table)


_TEXT, _COLUMN, _RAW = attrgetter("text"), attrgetter("column"), attrgetter("raw")


@lru_cache(maxsize=8192)
def _plain_cells(
    texts: tuple[str, ...], columns: tuple[int, ...], row: int, table: int, units: tuple[str, ...]
) -> tuple[SheetCell, ...]:
    """The cells of a row of a grid that knows no lines and no boxes; most rows of most reports are the same zeros."""
    return tuple(
        cell_of(Cell(text, row, column), unit, table)
        for text, column, unit in zip(texts, columns, units, strict=True)
    )


def cell_of(piece: Piece, unit: str, table: int) -> SheetCell:
    """The cell of the sheet in a column of `unit` that a piece of a table prints."""
    text = piece.text
    value, kind, printed_unit = parse(text, unit)
    return tuple.__new__(SheetCell, (value, kind, piece.raw or text, place_of(piece, table), printed_unit))


def _values(pieces: Iterable[Piece]) -> list[Value] | None:
    """The figures' values, None where one of them is no figure."""
    values: list[Value] = []
    for piece in pieces:
        figure = parse(piece.text)
        if figure.value is None:
            return None
        values.append(figure.value)
    return values


def _sums(ids: Sequence[str], identities: Iterable[Identity]) -> list[tuple[list[int], int]]:
    at = {cell: n for n, cell in enumerate(ids)}
    return [([at[cell] for cell in identity.left], at[identity.right[0]]) for identity in identities]


def _stray_words(entry: Entry, labels: Sequence[RowLabel], at: int, form: Form) -> bool:
    """Whether the label's text holds words that no label near the row explains: a figure's place may hold them.

    Explained are the row's own label, its group, the tail of the row before, the column headings.
    """
    if entry.table and entry.row is not None:
        return False
    explained = Counter(labels[at].characters)
    explained.update(fold(labels[at].row.group or "") + fold(form.requests_results))
    if "自然" in entry.label or "企业" in entry.label:
        headings = form.requests_rule + form.requests_applicants + form.requests_organisations
        headings += "".join(column.label for column in form.request_columns)
        explained.update(fold(headings))
    left_over = ""
    for character in entry.label:
        if explained[character]:
            explained[character] -= 1
        else:
            left_over += character
    tail_of_before = at > 0 and any(left_over in wording for wording in labels[at - 1].wordings)
    return bool(left_over) and not tail_of_before
