"""Findings on the terminal: a block a report, then the sum of all."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai import messages
from gongkai.cli.terminal import clean, mark, say
from gongkai.report.model import VALUED, Finding, Report
from gongkai.report.write.wording import (
    cause_sentence,
    heading,
    open_errors,
    places_words,
    sentence,
    values_words,
    verdict,
)

INDENT = "    "


def print_report(report: Report) -> None:
    """The verdict of one report and its findings, errors first."""
    forms = "/".join(sorted({form for form in report.form_by_table.values() if form})) or "—"
    read = sum(cell.kind in VALUED for cell in report.cells.values())
    say(clean(heading(report)))
    say(
        "  "
        + mark(verdict_mark(report), verdict(report))
        + "  "
        + messages.text(
            "cli.check.about", path=clean(report.path), form=forms, read=read, all=len(report.sheet.cells)
        )
    )
    order = {"error": 0, "warning": 1, "notice": 2}
    for finding in sorted(report.findings, key=lambda finding: (finding.waived is not None, order[finding.severity])):
        _print_finding(report, finding)
    say("")


def print_sum(reports: Sequence[Report], unreadable: int) -> None:
    """One line over all reports."""
    wrong = sum(bool(open_errors(report)) for report in reports)
    kind = "error" if wrong or unreadable else "good"
    say(mark(kind, messages.text("cli.check.sum", reports=len(reports), errors=wrong, unreadable=unreadable)))


def verdict_mark(report: Report) -> str:
    """Which mark the verdict carries."""
    if open_errors(report):
        return "error"
    if any(finding.severity == "warning" and finding.waived is None for finding in report.findings):
        return "warning"
    return "good" if any(report.form_by_table.values()) else "warning"


def _print_finding(report: Report, finding: Finding) -> None:
    label = messages.text(f"write.severity.{finding.severity}")
    say(f"  {mark(finding.severity, label)}  {finding.code}")
    say(INDENT + clean(sentence(finding)))
    rows = {
        "place": places_words(finding),
        "values": values_words(finding.values),
        "cause": cause_sentence(finding.cause, report.sheet) if finding.cause else "",
        "source": finding.source,
        "waived": finding.waived or "",
    }
    for name, value in rows.items():
        if value:
            say(
                INDENT + messages.text("cli.check.row", name=messages.text(f"write.field.{name}"), value=clean(value))
            )
