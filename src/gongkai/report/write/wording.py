"""What is said to people about findings, places, figures and errors, in either language."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from decimal import Decimal

from gongkai import messages
from gongkai.documents.model import Place
from gongkai.errors import GongkaiError
from gongkai.messages import Language
from gongkai.report.form import Sheet
from gongkai.report.model import Cause, Finding, Report, SheetCell, Value
from gongkai.report.write.focus import places

REASONS = {
    os.strerror(errno.ENOENT): "no_such_file",
    os.strerror(errno.EACCES): "not_allowed",
    os.strerror(errno.EPERM): "not_allowed",
    os.strerror(errno.EEXIST): "exists",
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
    """Where a finding stands; a whole row as one place, beyond `MOST_PLACES` only how many more there are."""
    if row := _row_words(finding.places, language):
        return row
    words = list(dict.fromkeys(said for place in places(finding) if (said := place_words(place, language))))
    more = len(words) - MOST_PLACES
    joined = messages.text("list.semicolon", language).join(words[:MOST_PLACES])
    return joined + messages.text("write.place.more", language, number=more) if more > 0 else joined


def _row_words(found: Sequence[Place], language: Language | None) -> str:
    """Neighbouring cells of one row as one place: 第2页 表2 第16行 第4至10列; empty for anything else."""
    columns = sorted({place.column for place in found if place.column})
    first = found[0] if found else Place()
    rest = {place._replace(column=None, box=None, line=first.line) for place in found}
    if len(rest) != 1 or first.table is None or len(columns) < 3 or columns[-1] - columns[0] != len(columns) - 1:
        return ""
    span = messages.text("write.place.columns", language, first=columns[0], last=columns[-1])
    return f"{place_words(next(iter(rest)), language)} {span}"


def values_words(values: Sequence[Value | None]) -> str:
    """The sides of a finding; empty where there are not two, or so many that they say nothing."""
    return " / ".join(map(figure, values)) if 2 <= len(values) <= MOST_VALUES else ""


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
