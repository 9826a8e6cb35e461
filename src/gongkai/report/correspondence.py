"""Which cells of two forms say the same: the same identifier, a sum of several cells, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from gongkai.report.form import Sheet
from gongkai.report.model import Report, SheetCell, Value

How = Literal["same", "sum", "none"]

SUMS: dict[str, tuple[str, ...]] = {
    "requests.other.combined": (
        "requests.other.not_supplemented",
        "requests.other.fee_unpaid",
        "requests.other.miscellaneous",
    ),
}
"""Rows that one form prints as one and another as several: the one to the several."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Cells of two sheets that say the same. With `none` one side is empty."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    how: How


@cache
def pairs(first: Sheet, second: Sheet) -> tuple[Pair, ...]:
    """All cells of both sheets in pairs, in the order of the first, what only the second has at the end."""
    in_first, in_second = frozenset(first.cells), frozenset(second.cells)
    found: list[Pair] = []
    used: set[str] = set()
    for cell in first.cells:
        if cell in used:
            continue
        parts, whole = parts_of(cell), whole_of(cell)
        if cell in in_second:
            pair = Pair((cell,), (cell,), "same")
        elif parts and in_second.issuperset(parts):
            pair = Pair((cell,), parts, "sum")
        elif whole in in_second and in_first.issuperset(parts_of(whole)):
            pair = Pair(parts_of(whole), (whole,), "sum")
        else:
            pair = Pair((cell,), (), "none")
        found.append(pair)
        used.update(pair.first, pair.second)
    found.extend(Pair((), (cell,), "none") for cell in second.cells if cell not in used)
    return tuple(found)


def parts_of(cell: str) -> tuple[str, ...]:
    """The cells that together say what `cell` says on the other form; empty where there are none."""
    row, _, column = cell.rpartition(".")
    return tuple(f"{part}.{column}" for part in SUMS.get(row, ()))


def whole_of(cell: str) -> str:
    """The cell of which `cell` is a part on the other form; empty where there is none."""
    row, _, column = cell.rpartition(".")
    return next((f"{whole}.{column}" for whole, parts in SUMS.items() if row in parts), "")


def figure_of(report: Report, cells: tuple[str, ...]) -> Value | None:
    """The figure that `cells` together hold, None where one of them holds none.

    Among several cells a blank counts as zero, as on the sheet, provided that at least one holds a figure.
    """
    read = [report.cells.get(cell, ABSENT) for cell in cells]
    if len(read) == 1:
        return read[0].value
    known = [cell.value for cell in read if cell.value is not None]
    if not known or any(cell.value is None and cell.kind not in ("blank", "not_applicable") for cell in read):
        return None
    return sum(known[1:], start=known[0])


ABSENT = SheetCell(None, "absent", "", None)
