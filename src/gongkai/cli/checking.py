"""Checking many reports: which one was last year's, which are beside it, and what is waived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gongkai.errors import InvalidInput
from gongkai.report import waivers as waiving
from gongkai.report.check import check
from gongkai.report.model import Report
from gongkai.report.waivers import Waiver

PEERS = 40
"""Reports of the same year that a report is compared with, at most; the nearest in the order given."""


def checked(
    reports: Sequence[Report],
    previous: Sequence[Report] = (),
    children: Sequence[Report] = (),
    waivers: Path | None = None,
) -> list[Report]:
    """The reports with their findings; last year's report is looked for in `previous`, then among `reports`.

    `waivers` is a file for all of them; the file of waivers that stands beside a report counts as well.
    """
    before = index([*reports, *previous])
    found = [_checked(reports, at, before, children) for at in range(len(reports))]
    shared = _waivers(waivers) if waivers else ()
    return [waiving.apply(report, [*shared, *waiving.load(waiving.sidecar(report.path))]) for report in found]


def _waivers(path: Path) -> Sequence[Waiver]:
    """The waivers of a file that a person named, so that a wrong name is not taken for no waivers."""
    if not path.is_file():
        raise InvalidInput("cli.check.no_waivers", path=str(path))
    return waiving.load(path)


def index(reports: Sequence[Report]) -> dict[tuple[str, str, int], Report]:
    """Reports by agency, scope and year; of several the last one."""
    return {(name(r.agency), r.scope, r.year): r for r in reports if r.agency and r.year}


def name(agency: str) -> str:
    """An agency's name without spaces."""
    return "".join(agency.split())


def before_of(report: Report, known: dict[tuple[str, str, int], Report]) -> Report | None:
    """Last year's report of the same agency and scope."""
    if not (report.agency and report.year):
        return None
    return known.get((name(report.agency), report.scope, report.year - 1))


def _checked(
    reports: Sequence[Report],
    at: int,
    before: dict[tuple[str, str, int], Report],
    children: Sequence[Report],
) -> Report:
    report = reports[at]
    near = reports[max(0, at - PEERS // 2) : at + PEERS // 2 + 1]
    peers = tuple(other for other in near if _peers(report, other))
    below = tuple(child for child in children if child.year == report.year) if report.scope == "area" else ()
    return replace(report, findings=check(report, before_of(report, before), below, peers))


def _peers(report: Report, other: Report) -> bool:
    return other is not report and other.year == report.year and other.agency != report.agency
