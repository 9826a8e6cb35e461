"""Reports as CSV in long form, one row a cell, and their findings, one row a finding.

Column names are fixed. Text from files is made safe for spreadsheets, which would run what looks like a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from gongkai.messages import Language
from gongkai.report.model import Report
from gongkai.report.write.provenance import source_words
from gongkai.report.write.wording import cell_name, figure, place_words, sentence

BOM = "\ufeff"
"""What Excel needs at the beginning of a file to take it for UTF-8."""

CELL_COLUMNS = ("path", "agency", "year", "scope", "form", "cell", "label", "value", "kind", "raw", "place")
FINDING_COLUMNS = (
    "path",
    "agency",
    "year",
    "scope",
    "code",
    "severity",
    "message",
    "cells",
    "values",
    "place",
    "source",
    "waived",
)

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
HARMLESS = re.compile(r"[+-]?\d[\d,]*(\.\d+)?|[-－]+")


def cells_csv(reports: Iterable[Report], language: Language | None = None, *, bom: bool = False) -> str:
    """All cells of all reports, with the columns `CELL_COLUMNS`; `bom` for Excel."""
    rows = (row for report in reports for row in _cells(report, language))
    return _table(CELL_COLUMNS, rows, bom)


def findings_csv(reports: Iterable[Report], language: Language | None = None, *, bom: bool = False) -> str:
    """All findings of all reports, with the columns `FINDING_COLUMNS`; cells and values parted by a space."""
    rows = (row for report in reports for row in _findings(report, language))
    return _table(FINDING_COLUMNS, rows, bom)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula; plain numbers and dashes stay as they are."""
    if FORMULA.match(text) and not HARMLESS.fullmatch(text):
        return "'" + text
    return text


def _cells(report: Report, language: Language | None) -> Iterable[tuple[str, ...]]:
    head = _head(report)
    sheet = report.sheet
    for name, cell in report.cells.items():
        value = "" if cell.value is None else figure(cell.value)
        place = place_words(cell.place, language) if cell.place else ""
        form = report.form_by_table.get(name.partition(".")[0]) or ""
        yield (*head, form, name, safe(cell_name(sheet, name)), value, cell.kind, safe(cell.raw), place)


def _findings(report: Report, language: Language | None) -> Iterable[tuple[str, ...]]:
    head = _head(report)
    for finding in report.findings:
        yield (
            *head,
            finding.code,
            finding.severity,
            safe(sentence(finding, language)),
            " ".join(finding.cells),
            " ".join(map(figure, finding.values)),
            safe("；".join(place_words(place, language) for place in finding.places)),
            safe(source_words(finding, language)),
            safe(finding.waived or ""),
        )


def _head(report: Report) -> tuple[str, str, str, str]:
    year = "" if report.year is None else str(report.year)
    return safe(report.path), safe(report.agency or ""), year, report.scope


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]], bom: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return (BOM if bom else "") + out.getvalue()
