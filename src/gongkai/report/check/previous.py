"""A report against the one before it: what was carried forward, what is in force."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.report.check.rules import found
from gongkai.report.model import Finding, Report

_KINDS = ("administrative_rules", "normative_documents")


def check_previous(report: Report, previous: Report) -> Iterator[Finding]:
    """Yield year.carried for every column and year.in_force for both kinds of documents.

    Nothing is said unless `previous` is of the year just before and of the same scope.
    """
    if report.year is None or previous.year != report.year - 1 or _scopes_differ(report, previous):
        return
    for column in report.sheet.form("requests").request_columns:
        yield from _carried(report, previous, column.id, column.label)
    for kind in _KINDS:
        yield from _in_force(report, previous, f"proactive.{kind}")


def _scopes_differ(report: Report, previous: Report) -> bool:
    return "unknown" not in {report.scope, previous.scope} and report.scope != previous.scope


def _carried(report: Report, previous: Report, column: str, label: str) -> Iterator[Finding]:
    now, before = f"requests.brought_forward.{column}", f"requests.carried_forward.{column}"
    values = report.value(now), previous.value(before)
    known = [value for value in values if value is not None]
    if not known or not (_known(report, now) and _known(previous, before)) or (values[0] or 0) == (values[1] or 0):
        return
    facts: dict[str, object] = {
        "column": label,
        "year": report.year,
        "previous_year": previous.year,
        "brought_forward": values[0] or 0,
        "carried_forward": values[1] or 0,
        "difference": abs((values[0] or 0) - (values[1] or 0)),
    }
    place = previous.cells[before].place
    yield found(report, "year.carried", facts, cells=(now, before), values=values, places=[place], table="requests")


def _known(report: Report, cell: str) -> bool:
    """Whether a cell holds a figure or is left blank for none."""
    return cell in report.cells and report.cells[cell].kind not in {"text", "unreadable", "absent"}


def _in_force(report: Report, previous: Report, row: str) -> Iterator[Finding]:
    cells = (f"{row}.in_force", f"{row}.in_force", f"{row}.issued", f"{row}.repealed")
    values = (report.value(cells[0]), previous.value(cells[1]), report.value(cells[2]), report.value(cells[3]))
    now, before, issued, repealed = values
    if now is None or before is None or issued is None or repealed is None or now == before + issued - repealed:
        return
    facts: dict[str, object] = {
        "row": report.sheet.rows[row].label,
        "year": report.year,
        "previous_year": previous.year,
        "in_force": now,
        "before": before,
        "issued": issued,
        "repealed": repealed,
        "expected": before + issued - repealed,
    }
    yield found(report, "year.in_force", facts, cells=cells, values=values)
