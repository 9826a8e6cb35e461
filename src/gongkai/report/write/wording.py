"""What is said to people about findings, places, figures and errors, in either language."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from gongkai import messages
from gongkai.documents.model import Place
from gongkai.errors import GongkaiError
from gongkai.messages import Language
from gongkai.report.form import Sheet
from gongkai.report.model import Cause, Finding, Report, SheetCell, Value
from gongkai.report.write.focus import places

Standing = Literal["error", "warning", "no_tables", "good"]
STANDINGS: tuple[Standing, ...] = ("error", "warning", "no_tables", "good")
"""How a report stands, worst first; one without any table is neither right nor wrong."""
REASONS = {
    os.strerror(errno.ENOENT): "no_such_file",
    os.strerror(errno.EACCES): "not_allowed",
    os.strerror(errno.EPERM): "not_allowed",
    os.strerror(errno.EISDIR): "is_folder",
    os.strerror(errno.ENOTDIR): "not_a_folder",
    os.strerror(errno.ENOSPC): "disk_full",
    os.strerror(errno.EROFS): "read_only",
    os.strerror(errno.ENAMETOOLONG): "name_too_long",
    "not a file": "not_a_file",
    "not UTF-8": "not_utf8",
}
"""What systems and readers give as a reason, to its message; every other reason is quoted as it is."""
MOST_PLACES = 4
MOST_VALUES = 8


def sentence(finding: Finding, language: Language | None = None) -> str:
    """The finding as one sentence."""
    return messages.text(finding.message, language, **finding.facts)


def error_sentence(error: GongkaiError, language: Language | None = None) -> str:
    """What went wrong and what to do; the code with its facts where no message fits them."""
    try:
        return messages.text(error.code, language, **_translated(error.facts, language))
    except (KeyError, IndexError, ValueError):
        return str(error)


def place_words(place: Place, language: Language | None = None) -> str:
    """A place as people say it: 第3页 表2 第8行 第4列; empty where nothing is known."""
    parts = [("page", place.page), ("table", place.table), ("row", place.row), ("column", place.column)]
    if place.table is None:
        parts = [("page", place.page), ("paragraph", place.paragraph)]
    words = [messages.text(f"write.place.{name}", language, number=number) for name, number in parts if number]
    said = " ".join(words)
    if place.line and not place.page:
        line = messages.text("write.place.line", language, number=place.line)
        return messages.text("write.place.with_line", language, place=said, line=line) if said else line
    return said


def figure(value: Value | None) -> str:
    """A figure as people write it; a dash where there is none."""
    if value is None:
        return "—"
    if isinstance(value, Decimal):
        digits = format(value, "f")
        return (digits.rstrip("0").rstrip(".") if "." in digits else digits) or "0"
    return str(value)


def printed(cell: SheetCell) -> str:
    """What the sheet shows in a cell: the figure, or what stands there instead; empty where it is blank or absent."""
    if cell.value is None or (cell.kind == "zero" and not _is_zero(cell.raw)):
        return cell.raw.strip()
    return figure(cell.value)


def cell_name(sheet: Sheet, cell: str) -> str:
    """A cell's name for people; the identifier itself where the sheet has no such cell."""
    return sheet.label(cell) if cell in sheet.columns else cell


def cause_sentence(cause: Cause, sheet: Sheet, language: Language | None = None) -> str:
    """The one slip that would explain a finding, as a sentence."""
    facts: dict[str, object] = {}
    for n, (cell, was, would) in enumerate(zip(cause.cells, cause.printed, cause.reconciling, strict=True), 1):
        facts |= {f"cell{n}": cell_name(sheet, cell), f"printed{n}": figure(was), f"reconciling{n}": figure(would)}
    return messages.text(f"write.cause.{cause.kind}", language, **facts)


def places_words(finding: Finding, language: Language | None = None) -> str:
    """Where a finding stands; beyond `MOST_PLACES` only how many more there are."""
    words = list(dict.fromkeys(said for place in places(finding) if (said := place_words(place, language))))
    more = len(words) - MOST_PLACES
    joined = messages.text("write.list.semicolon", language).join(words[:MOST_PLACES])
    return joined + messages.text("write.place.more", language, number=more) if more > 0 else joined


def values_words(values: Sequence[Value | None]) -> str:
    """The sides of a finding; empty where there are not two, or so many that they say nothing."""
    return " / ".join(map(figure, values)) if 2 <= len(values) <= MOST_VALUES else ""


def verdict(report: Report, language: Language | None = None) -> str:
    """The outcome in words: how many errors wait for correction, or that the figures reconcile."""
    found = standing(report)
    if found == "error":
        return messages.text("write.verdict.errors", language, number=len(open_errors(report)))
    if found == "warning":
        warnings = [
            finding for finding in report.findings if finding.severity == "warning" and finding.waived is None
        ]
        return messages.text("write.verdict.warnings", language, number=len(warnings))
    return messages.text(f"write.verdict.{found}", language)


def standing(report: Report) -> Standing:
    """How a report stands, in one word for programs."""
    if open_errors(report):
        return "error"
    if not any(report.form_by_table.values()):
        return "no_tables"
    doubtful = any(finding.severity == "warning" and finding.waived is None for finding in report.findings)
    return "warning" if doubtful else "good"


def verdict_kind(report: Report) -> Literal["error", "warning", "good"]:
    """Which mark the verdict carries."""
    found = standing(report)
    return "warning" if found == "no_tables" else found


def sum_words(reports: Sequence[Report], unreadable: int, language: Language | None = None) -> str:
    """One sentence over many reports: how many stand how, and how many files could not be read."""
    standings = [standing(report) for report in reports]
    said = [
        messages.text(f"write.sum.{name}", language, number=standings.count(name))
        for name in STANDINGS
        if name in standings
    ]
    listed = messages.text("write.list.comma", language).join(said)
    parts = messages.text("write.sum.parts", language, list=listed) if said else ""
    return messages.text("write.sum", language, number=len(reports), parts=parts, unreadable=unreadable)


def open_errors(report: Report) -> list[Finding]:
    """The findings on which the exit code hangs: errors that no waiver covers."""
    return [finding for finding in report.findings if finding.severity == "error" and finding.waived is None]


def heading(report: Report, language: Language | None = None) -> str:
    """The report's name for people: its agency and year, or its title, or its file."""
    if report.agency and report.year:
        return messages.text("write.report.name", language, agency=report.agency, year=report.year)
    return report.title or report.agency or report.path


def _translated(facts: dict[str, object], language: Language | None) -> dict[str, object]:
    """The facts with a reason that systems give in English said in `language`."""
    key = REASONS.get(str(facts.get("reason")))
    return {**facts, "reason": messages.text(f"write.reason.{key}", language)} if key else facts


def _is_zero(raw: str) -> bool:
    return raw.strip() in {"0", "０", ""}
