"""Reconciliation (勾稽) within the sheet: which identities do not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, cast

from gongkai.messages import Listing, phrase
from gongkai.report.check.cause import find_causes
from gongkai.report.check.rules import found
from gongkai.report.form import Identity, Sheet
from gongkai.report.model import VALUED, Finding, Report, SheetCell, Value

_AS_ZERO = frozenset({"blank", "not_applicable", "absent"})
_VALUE = attrgetter("value")


@dataclass(frozen=True, slots=True)
class Broken:
    """An identity that does not hold, and its two sums."""

    identity: Identity
    left: Value
    right: Value


class _Plan(NamedTuple):
    """What evaluates a sheet's identities over a plain list of its figures; `of` are the sums that a cell is in."""

    cells: Callable[[Mapping[str, SheetCell]], tuple[SheetCell, ...]]
    sums: tuple[tuple[Identity, Callable[[Sequence[Value]], tuple[Value, ...]], tuple[int, ...]], ...]
    of: tuple[tuple[int, ...], ...]


@cache
def _plan(sheet: Sheet) -> _Plan:
    at = {cell: n for n, cell in enumerate(sheet.cells)}
    # itemgetter gives a tuple from two items on, which every sum and every sheet has.
    return _Plan(
        cast(Any, itemgetter(*sheet.cells)),
        tuple(
            (
                identity,
                cast(Any, itemgetter(*(at[cell] for cell in identity.left))),
                tuple(at[cell] for cell in identity.right),
            )
            for identity in sheet.identities
        ),
        tuple(
            tuple(n for n, identity in enumerate(sheet.identities) if cell in identity.left or cell in identity.right)
            for cell in sheet.cells
        ),
    )


def check_identities(report: Report) -> list[Finding]:
    """Return a finding for every identity that does not hold, with the likely cause where there is exactly one.

    An identity over an unreadable cell or one of text is not judged, nor one that placed a figure, nor one that a cell
    which the file lacks may put right. A blank counts as zero where another cell of the identity holds a figure, which is said once a table.
    """
    sheet = report.sheet
    plan = _plan(sheet)
    try:
        values = list(map(_VALUE, plan.cells(report.cells)))
    except KeyError:
        values = [report.value(cell) for cell in sheet.cells]
    others: list[Finding] = []
    if None not in values:
        broken = _broken_of_figures(plan, cast(list[Value], values), report.identities_used)
    else:
        broken, others = _broken_of_kinds(report)
    if not broken:
        return others
    causes = find_causes(report, [one.identity for one in broken])
    return [replace(_finding(report, one), cause=causes.get(one.identity.table)) for one in broken] + others


def _broken_of_figures(plan: _Plan, values: Sequence[Value], used: frozenset[str]) -> list[Broken]:
    """The identities that do not hold; those that are over zeros alone do."""
    broken = []
    concerned = {n for value, sums in zip(values, plan.of, strict=True) if value for n in sums}
    for n in sorted(concerned):
        identity, left_cells, right_cells = plan.sums[n]
        left = sum(left_cells(values))
        right: Value = 0
        for at in right_cells:
            right += values[at]
        if left != right and identity.id not in used:
            broken.append(Broken(identity, left, right))
    return broken


def _broken_of_kinds(report: Report) -> tuple[list[Broken], list[Finding]]:
    broken: list[Broken] = []
    missing: dict[str, list[str]] = {}
    taken: dict[str, list[str]] = {}
    all_kinds: dict[str, str] = dict.fromkeys(report.sheet.cells, "absent")
    all_kinds |= {name: cell.kind for name, cell in report.cells.items()}
    values: dict[str, Value] = dict.fromkeys(report.sheet.cells, 0)
    values |= {name: cell.value or 0 for name, cell in report.cells.items()}
    judged = VALUED | _AS_ZERO
    for identity in report.sheet.identities:
        cells = identity.left + identity.right
        if _AS_ZERO.issuperset([all_kinds[cell] for cell in cells]):
            continue
        kinds = {cell: all_kinds[cell] for cell in cells}
        if identity.id in report.identities_used or not judged.issuperset(kinds.values()):
            continue
        blank = [cell for cell, kind in kinds.items() if kind in _AS_ZERO]
        if blank:
            taken.setdefault(identity.table, []).extend(blank)
        left, right = sum([values[cell] for cell in identity.left]), sum([values[cell] for cell in identity.right])
        smaller = identity.left if left < right else identity.right
        if left != right and (lacking := [cell for cell in smaller if kinds[cell] == "absent"]):
            missing.setdefault(identity.table, []).extend(lacking)
        elif left != right:
            broken.append(Broken(identity, left, right))
    return broken, [
        found(
            report,
            "cell.blank_as_zero",
            {"table": phrase(f"write.table.{table}"), "count": len(dict.fromkeys(cells))},
            cells=tuple(dict.fromkeys(cells)),
        )
        for table, cells in taken.items()
    ] + [_missing(report, table, cells) for table, cells in missing.items()]


def _missing(report: Report, table: str, cells: Sequence[str]) -> Finding:
    """The rows that the file lacks, whose figures may be the difference of a sum."""
    cells = tuple(dict.fromkeys(cells))
    sheet = report.sheet
    rows = dict.fromkeys(sheet.label(cell).rpartition("·")[0] for cell in cells)
    facts: dict[str, object] = {
        "table": phrase(f"write.table.{table}"),
        "rows": Listing(tuple(f"“{row}”" for row in rows)),
        "count": len(rows),
    }
    return found(report, "cell.unreadable", facts, variant="missing", cells=cells)


def _finding(report: Report, broken: Broken) -> Finding:
    identity = broken.identity
    difference = abs(broken.left - broken.right)
    facts: dict[str, object] = {"left": broken.left, "right": broken.right, "difference": difference}
    sheet = report.sheet
    first = identity.left[0]
    if identity.code in {"balance.column", "total.column"}:
        facts["column"] = sheet.columns[first].label
    elif identity.code == "total.row":
        facts["row"] = sheet.rows[first.rpartition(".")[0]].label
    else:
        facts["group"] = sheet.label(first).partition("·")[0]
    if identity.code == "balance.column":
        names = ("new", "brought_forward", "total", "carried_forward")
        facts |= {
            name: report.value(cell) or 0 for name, cell in zip(names, identity.left + identity.right, strict=True)
        }
    else:
        facts["parts"] = _parts(report, identity)
    return found(report, identity.code, facts, cells=identity.left + identity.right, table=identity.table)


def _parts(report: Report, identity: Identity) -> Listing:
    """The figures of the sum that are not zero, each with its label: 自然人 3＋商业企业 1."""
    sheet = report.sheet
    by_row = identity.code == "total.column"
    said = []
    for cell in identity.left:
        if value := report.value(cell):
            row, _, column = sheet.label(cell).rpartition("·")
            said.append(f"{row if by_row else column} {value}")
    return Listing(tuple(said) or ("0",), "list.sum")
