"""Many reports added up, cell by cell, with what every sum leaves out.

Years and scopes are kept apart, a report that is there twice counts once, and cells that only some forms have are
marked as partial.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.report.correspondence import ABSENT, figure_of, parts_of
from gongkai.report.model import VALUED, Kind, Report, Scope, Value


@dataclass(slots=True)
class CellSum:
    """The sum of one cell over the reports whose sheet has it.

    `value` is None where no report gave a figure. `kinds` counts the reports by what stands in the cell; `absent`
    counts those that lack a cell their sheet should have. `reports` are all of them: with `partial` the others have a form
    without this cell.
    """

    cell: str
    label: str
    value: Value | None = None
    reports: int = 0
    figures: int = 0
    kinds: dict[Kind, int] = field(default_factory=dict)
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A report left out because `first` is of the same agency, year and scope; `same` says whether all cells agree."""

    report: Report
    first: Report
    same: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The reports of one year and one scope, added up. `forms` counts reports by the form of their requests table."""

    year: int | None
    scope: Scope
    reports: tuple[Report, ...]
    cells: dict[str, CellSum]
    duplicates: tuple[Duplicate, ...]
    unclear: tuple[Report, ...]
    missing: tuple[str, ...]
    unmatched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The groups by year and scope. `expected` says whether a list of agencies was given."""

    groups: tuple[Group, ...]
    expected: bool


def aggregate(reports: Iterable[Report], expected: Sequence[str] = ()) -> Aggregate:
    """Add up reports; `expected` names the agencies that should have one for each year."""
    by_key: dict[tuple[int | None, Scope], list[Report]] = {}
    for report in reports:
        by_key.setdefault((report.year, report.scope), []).append(report)
    keys = sorted(by_key, key=lambda key: (key[0] is None, key[0] or 0, key[1]))
    present = {year: [r for key, found in by_key.items() if key[0] == year for r in found] for year, _ in keys}
    return Aggregate(
        tuple(_group(year, scope, by_key[year, scope], present[year], expected) for year, scope in keys),
        bool(expected),
    )


def _group(
    year: int | None, scope: Scope, reports: list[Report], of_year: list[Report], expected: Sequence[str]
) -> Group:
    counted: dict[str, Report] = {}
    duplicates: list[Duplicate] = []
    for report in reports:
        key = _key(report)
        if key in counted:
            duplicates.append(Duplicate(report, counted[key], _same(report, counted[key])))
        else:
            counted[key] = report
    kept = tuple(counted.values())
    names = [report.agency for report in of_year if report.agency]
    return Group(
        year,
        scope,
        kept,
        _sums(kept),
        tuple(duplicates),
        tuple(report for report in kept if not report.agency),
        tuple(name for name in expected if not any(_is(name, agency) for agency in names)),
        tuple(name for name in dict.fromkeys(names) if expected and not any(_is(given, name) for given in expected)),
    )


def _sums(reports: tuple[Report, ...]) -> dict[str, CellSum]:
    sums: dict[str, CellSum] = {}
    for sheet in dict.fromkeys(report.sheet for report in reports):
        for cell in sheet.cells:
            sums.setdefault(cell, CellSum(cell, sheet.label(cell)))
    for report in reports:
        own = frozenset(report.sheet.cells)
        for cell, total in sums.items():
            _add(total, report, _cells_for(cell, own))
    return sums


def _cells_for(cell: str, own: frozenset[str]) -> tuple[str, ...]:
    """The cells of a sheet that say what `cell` says; empty where it has none."""
    if cell in own:
        return (cell,)
    parts = parts_of(cell)
    return parts if parts and own.issuperset(parts) else ()


def _add(total: CellSum, report: Report, cells: tuple[str, ...]) -> None:
    if not cells:
        total.partial = True
        return
    total.reports += 1
    value = figure_of(report, cells)
    kinds = [report.cells.get(cell, ABSENT).kind for cell in cells]
    kind: Kind = "number" if value else "zero" if value is not None else next(k for k in kinds if k not in VALUED)
    if len(cells) == 1:
        kind = kinds[0]
    total.kinds[kind] = total.kinds.get(kind, 0) + 1
    if value is not None:
        total.figures += 1
        total.value = value if total.value is None else _plus(total.value, value)


def _plus(one: Value, two: Value) -> Value:
    return Decimal(one) + Decimal(two) if isinstance(one, Decimal) or isinstance(two, Decimal) else one + two


def _key(report: Report) -> str:
    """What a report is a duplicate by: its agency, else the digest of its file."""
    return _plain(report.agency) if report.agency else f"sha256:{report.sha256}"


def _same(one: Report, two: Report) -> bool:
    return [(c, v.value) for c, v in one.cells.items()] == [(c, v.value) for c, v in two.cells.items()]


def _is(listed: str, agency: str) -> bool:
    """Whether a listed name is an agency's: equal, or its end, as 土场镇人民政府 is of a name with city and district."""
    one, two = _plain(listed), _plain(agency)
    return one == two or (len(one) > len("人民政府") and two.endswith(one))


def _plain(name: str) -> str:
    return "".join(name.split())
