"""The likely cause of broken identities: the one slip that, undone, reconciles the whole table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.report.check.readings import single_cell_values
from gongkai.report.form import Identity, Sheet, TableName
from gongkai.report.model import VALUED, Cause, Report, Value

_JUDGED = VALUED | {"blank", "not_applicable", "absent"}
_Change = Mapping[str, Value]


class _Table:
    """The figures of one table, a blank as 0, with the identities that can be evaluated."""

    def __init__(self, report: Report, table: TableName) -> None:
        self.sheet: Sheet = report.sheet
        self.cells = [cell for cell in self.sheet.cells if cell.startswith(f"{table}.") and cell in report.cells]
        self.printed = {cell: report.value(cell) for cell in self.cells}
        self.values: dict[str, Value] = {cell: value or 0 for cell, value in self.printed.items()}
        self.fixed = {cell for cell in self.cells if report.cells[cell].kind in {"absent", "inferred"}}
        self.difference: dict[str, Value] = {}
        self.signs: dict[str, list[tuple[str, int]]] = {cell: [] for cell in self.cells}
        unknown = set(self.sheet.cells).difference(report.cells)
        unknown.update(cell for cell in self.cells if report.cells[cell].kind not in _JUDGED)
        for identity in self.sheet.identities:
            if identity.table == table and unknown.isdisjoint(identity.left + identity.right):
                self._add(identity)
        self.broken = [identity for identity, difference in self.difference.items() if difference]

    def _add(self, identity: Identity) -> None:
        left = sum(self.values[cell] for cell in identity.left)
        self.difference[identity.id] = left - sum(self.values[cell] for cell in identity.right)
        for cell in identity.left:
            self.signs[cell].append((identity.id, 1))
        for cell in identity.right:
            self.signs[cell].append((identity.id, -1))

    def reconciles(self, change: _Change) -> bool:
        """Whether every identity holds once the cells of `change` have its values, none of them impossible."""
        left: dict[str, Value] = {}
        for cell, value in change.items():
            if cell in self.fixed or value < 0 or value != int(value):
                return False
            for identity, sign in self.signs[cell]:
                left[identity] = left.get(identity, self.difference[identity]) + sign * (value - self.values[cell])
        return not any(left.values()) and all(identity in left for identity in self.broken)

    def rows(self) -> list[list[str]]:
        """The cells of each printed row, in the order of the columns."""
        rows: dict[str, list[str]] = {}
        for cell in self.cells:
            name = "remedies" if cell.startswith("remedies.") else cell.rpartition(".")[0]
            rows.setdefault(name, []).append(cell)
        return list(rows.values())


def find_causes(report: Report, broken: Sequence[Identity]) -> dict[TableName, Cause]:
    """Return, by table, the simplest slip that explains all its broken identities, where there is exactly one.

    One wrong figure is simpler than two exchanged ones, and these than a row moved by a column. Where several single
    figures would do, the prose decides if it bears out exactly one of them.
    """
    causes: dict[TableName, Cause] = {}
    for name in dict.fromkeys(identity.table for identity in broken):
        table = _Table(report, name)
        cause = _cause(report, table) if table.broken else None
        if cause:
            causes[name] = cause
    return causes


def _cause(report: Report, table: _Table) -> Cause | None:
    singles = list(_singles(table))
    if singles:
        chosen = singles if len(singles) == 1 else _witnessed(report, singles)
        return _as_cause("cell", table, chosen[0]) if len(chosen) == 1 else None
    swaps = list(_swaps(table))
    if swaps:
        chosen = swaps if len(swaps) == 1 else [swap for swap in swaps if _adjacent(table, *swap)]
        return _as_cause("swap", table, chosen[0]) if len(chosen) == 1 else None
    shifts = list(_shifts(table)) or list(_whole_shifts(table))
    return _as_cause("shift", table, shifts[0]) if len(shifts) == 1 else None


def _as_cause(kind: str, table: _Table, change: _Change) -> Cause:
    cells = tuple(change)
    printed = tuple(table.printed[cell] for cell in cells)
    reconciling = tuple(change.values())
    if kind == "cell":
        return Cause("cell", cells, printed, reconciling)
    return Cause("swap" if kind == "swap" else "shift", cells, printed, reconciling)


def _singles(table: _Table) -> Iterator[_Change]:
    first = table.broken[0]
    signed = ((cell, sign) for cell, signs in table.signs.items() for identity, sign in signs if identity == first)
    for cell, sign in signed:
        change = {cell: table.values[cell] - sign * table.difference[first]}
        if table.reconciles(change):
            yield change


def _witnessed(report: Report, changes: list[_Change]) -> list[_Change]:
    """The changes that the prose bears out; a figure that it confirms as printed is no candidate."""
    said = single_cell_values(report)
    open_changes = [
        change for change in changes if not any(report.value(cell) in said.get(cell, ()) for cell in change)
    ]
    if len(open_changes) == 1:
        return open_changes
    return [change for change in open_changes if all(value in said.get(cell, ()) for cell, value in change.items())]


def _swaps(table: _Table) -> Iterator[_Change]:
    first = table.broken[0]
    seen: set[frozenset[str]] = set()
    for one in (cell for cell, signs in table.signs.items() if any(identity == first for identity, _ in signs)):
        row, _, column = one.rpartition(".")
        for other in table.cells:
            other_row, _, other_column = other.rpartition(".")
            if other == one or (row != other_row and column != other_column):
                continue
            pair = frozenset((one, other))
            change = {one: table.values[other], other: table.values[one]}
            if table.values[one] != table.values[other] and pair not in seen and table.reconciles(change):
                seen.add(pair)
                yield change


def _adjacent(table: _Table, one: str, other: str) -> bool:
    """Whether two cells stand side by side or one over the other."""
    lines = [*table.rows(), *_columns(table.cells)]
    return any(abs(line.index(one) - line.index(other)) == 1 for line in lines if one in line and other in line)


def _columns(cells: Iterable[str]) -> list[list[str]]:
    columns: dict[str, list[str]] = {}
    for cell in cells:
        columns.setdefault(cell.rpartition(".")[2], []).append(cell)
    return list(columns.values())


def _shifts(table: _Table) -> Iterator[_Change]:
    """Rows whose figures, moved back by a column, reconcile."""
    for row in table.rows():
        applicants = row[:-1] if len(row) == len(table.sheet.form("requests").request_columns) else []
        for cells, moved in _moved(table, applicants):
            trial = dict(zip(cells, moved, strict=True))
            if table.reconciles(trial):
                yield trial


def _whole_shifts(table: _Table) -> Iterator[_Change]:
    """Rows moved with their total; the figure that fell off the end follows from the identities."""
    for row in table.rows():
        for cells, moved in _moved(table, row):
            lost = (
                len(cells) - 1 if moved[-1] == 0 and moved[:-1] == [table.values[cell] for cell in cells[1:]] else 0
            )
            yield from _completed(table, cells, moved, lost)


def _moved(table: _Table, row: list[str]) -> Iterator[tuple[list[str], list[Value]]]:
    """The figures of a row moved by a column to the left and to the right, where nothing printed is lost by it."""
    values = [table.values[cell] for cell in row]
    if any(values) and not values[0]:
        yield row, [*values[1:], 0]
    if any(values) and not values[-1]:
        yield row, [0, *values[:-1]]


def _completed(table: _Table, row: list[str], moved: list[Value], lost: int) -> Iterator[_Change]:
    missing = row[lost]
    trial = dict(zip(row, moved, strict=True))
    for identity, sign in table.signs[missing][:1]:
        difference = table.difference[identity]
        for cell, value in trial.items():
            difference += sum(s for i, s in table.signs[cell] if i == identity) * (value - table.values[cell])
        trial[missing] = -sign * difference
        if table.reconciles(trial):
            yield trial
