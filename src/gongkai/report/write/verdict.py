"""How a report stands: one verdict a report, one sentence over many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from gongkai import messages
from gongkai.messages import Language
from gongkai.report.form import TABLES
from gongkai.report.model import Finding, Report

Standing = Literal["error", "warning", "partial", "no_tables", "good"]
STANDINGS: tuple[Standing, ...] = ("error", "warning", "partial", "no_tables", "good")
"""How a report stands, worst first; of one without tables, or read in part only, nobody can say that it is right."""


def verdict(report: Report, language: Language | None = None) -> str:
    """The outcome in words: how many errors wait for correction, or that the figures reconcile."""
    found = standing(report)
    if found == "error":
        return messages.text("write.verdict.errors", language, number=len(open_errors(report)))
    warnings = len(_open_warnings(report))
    if found == "partial" and warnings:
        return messages.text("write.verdict.partial_warnings", language, number=warnings)
    if found == "warning":
        return messages.text("write.verdict.warnings", language, number=warnings)
    return messages.text(f"write.verdict.{found}", language)


def standing(report: Report) -> Standing:
    """How a report stands, in one word for programs."""
    if open_errors(report):
        return "error"
    if not any(report.form_by_table.values()):
        return "no_tables"
    if not _is_whole(report):
        return "partial"
    return "warning" if _open_warnings(report) else "good"


def verdict_kind(report: Report) -> Literal["error", "warning", "good"]:
    """Which mark the verdict carries."""
    found = standing(report)
    return found if found in ("error", "good") else "warning"


def sum_words(reports: Sequence[Report], unreadable: int, language: Language | None = None) -> str:
    """One sentence over many reports: how many stand how, and how many files could not be read."""
    standings = [standing(report) for report in reports]
    said = [
        messages.text(f"write.sum.{name}", language, number=standings.count(name))
        for name in STANDINGS
        if name in standings
    ]
    listed = messages.text("list.comma", language).join(said)
    parts = messages.text("write.sum.parts", language, list=listed) if said else ""
    return messages.text("write.sum", language, number=len(reports), parts=parts, unreadable=unreadable)


def open_errors(report: Report) -> list[Finding]:
    """The findings on which the exit code hangs: errors that no waiver covers."""
    return [finding for finding in report.findings if finding.severity == "error" and finding.waived is None]


def _is_whole(report: Report) -> bool:
    """Whether all three tables were read, every cell of them."""
    kinds = {cell.kind for cell in report.cells.values()}
    return all(report.form_by_table.get(table) for table in TABLES) and not kinds & {"unreadable", "absent"}


def _open_warnings(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity == "warning" and finding.waived is None]
