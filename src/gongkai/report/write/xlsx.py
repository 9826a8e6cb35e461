"""A report as a workbook: one sheet a table, laid out like the official sheet, then the findings and the source."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

import gongkai
from gongkai import messages
from gongkai.messages import Language
from gongkai.report.form import TABLES, TableName
from gongkai.report.model import Finding, Report, SheetCell
from gongkai.report.write.focus import focus
from gongkai.report.write.json import plain_number
from gongkai.report.write.layout import Grid, Slot, grid
from gongkai.report.write.provenance import doubts, form_long, source_words
from gongkai.report.write.verdict import verdict
from gongkai.report.write.wording import (
    cause_sentence,
    cell_name,
    figure,
    heading,
    places_words,
    printed,
    sentence,
    values_words,
)
from gongkai.report.write.xlsx_styles import Styles

WIDTHS: dict[TableName, tuple[tuple[int, int, float], ...]] = {
    "proactive": ((0, 0, 30), (1, 3, 22)),
    "requests": ((0, 0, 6), (1, 1, 12), (2, 2, 34), (3, 9, 9)),
    "remedies": ((0, 14, 8.5),),
}
TOP = 3
"""Rows above the table: the report's name, the section's heading, and a thin blank one that parts them from it."""
COMMENT_LIMIT = 1_500


def workbook(report: Report, language: Language | None = None) -> bytes:
    """The report as an XLSX file. Figures are numbers; what is not a figure stays as it is printed."""
    language = language or messages.default_language()
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": heading(report, language), "comments": f"Gongkai {gongkai.__version__}"})
    writer = _Writer(book, report, language)
    for table in TABLES:
        form = report.form_by_table.get(table)
        if form:
            writer.table(grid(table, form))
    writer.findings()
    writer.source()
    book.close()
    return out.getvalue()


class _Writer:
    """One workbook in the making; knows where each cell of the sheet came to stand."""

    def __init__(self, book: Any, report: Report, language: Language) -> None:
        self.book = book
        self.report = report
        self.language = language
        self.styles = Styles(book)
        self.stands: dict[str, str] = {}
        self.by_cell: dict[str, list[Finding]] = {}
        for finding in report.findings:
            for cell in focus(finding):
                self.by_cell.setdefault(cell, []).append(finding)

    def say(self, code: str, **facts: object) -> str:
        return messages.text(f"write.{code}", self.language, **facts)

    def table(self, of: Grid) -> None:
        """One table on a sheet of its own, ready to print."""
        name = self.say(f"sheet.{of.table}")
        page = self.book.add_worksheet(name)
        _print_setup(page, landscape=of.table == "remedies")
        for first, last, width in WIDTHS[of.table]:
            page.set_column(first, last, width)
        page.merge_range(0, 0, 0, of.columns - 1, heading(self.report, "zh"), self.styles["title"])
        page.merge_range(1, 0, 1, of.columns - 1, of.heading, self.styles["section"])
        page.set_row(0, 34)
        page.set_row(2, 5)
        for row in range(of.rows):
            page.set_row(row + TOP, 24 if of.table == "proactive" else 30)
        if of.head_rows:
            page.repeat_rows(TOP, TOP + of.head_rows - 1)
            page.freeze_panes(TOP + of.head_rows, of.label_columns)
        for slot in of.slots:
            self._slot(page, name, slot)

    def _slot(self, page: Any, name: str, slot: Slot) -> None:
        row, column = slot.row + TOP, slot.column
        if slot.cell is None:
            content: str | int | float = slot.text
            style = self.styles[slot.role]
        else:
            cell = self.report.cells.get(slot.cell) or SheetCell(None, "absent", "", None)
            content = self._content(cell)
            style = self.styles.figure(cell.kind, self._worst(slot.cell))
            self.stands[slot.cell] = f"internal:'{name}'!{_address(row, column)}"
            self._comment(page, row, column, slot.cell, cell)
        if slot.row_span > 1 or slot.column_span > 1:
            bottom, right = row + slot.row_span - 1, column + slot.column_span - 1
            page.merge_range(row, column, bottom, right, "", style)
        _write(page, row, column, content, style)

    def _content(self, cell: SheetCell) -> str | int | float:
        """A number for a figure, else what is printed; what cannot be read never becomes an empty cell."""
        shown = printed(cell)
        if cell.value is not None and shown == figure(cell.value):
            return plain_number(cell.value)
        if cell.kind in ("absent", "unreadable") and not shown:
            return self.say(f"sheet.{cell.kind}")
        return shown

    def _worst(self, cell: str) -> str | None:
        found = {finding.severity for finding in self.by_cell.get(cell, ()) if finding.waived is None}
        return next((severity for severity in ("error", "warning", "notice") if severity in found), None)

    def _comment(self, page: Any, row: int, column: int, name: str, cell: SheetCell) -> None:
        said = [sentence(finding, self.language) for finding in self.by_cell.get(name, ())]
        if cell.kind == "inferred":
            said.append(self.say("sheet.inferred"))
        if cell.value is not None and cell.raw.strip() and cell.raw.strip() != figure(cell.value):
            said.append(self.say("sheet.printed", raw=cell.raw.strip()))
        if said:
            note = "\n".join(dict.fromkeys(said))[:COMMENT_LIMIT]
            page.write_comment(row, column, note, {"x_scale": 2.2, "y_scale": 1 + note.count("\n")})

    def findings(self) -> None:
        """All findings, each with links to its cells."""
        page = self.book.add_worksheet(self.say("sheet.findings"))
        _print_setup(page, landscape=True)
        names = ("severity", "message", "label", "values", "cause", "place", "source", "code")
        for column, width in enumerate((10, 46, 36, 12, 32, 22, 20, 20)):
            page.set_column(column, column, width)
        page.write_row(0, 0, [self.say(f"field.{name}") for name in names], self.styles["head"])
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        row = self._doubts(page, 1)
        for finding in self.report.findings:
            row = self._finding(page, row, finding)
        if not self.report.findings:
            page.write_string(row, 1, self.say("missing.findings"), self.styles["label"])

    def _doubts(self, page: Any, row: int) -> int:
        """Write what to know about the reading, before the findings; returns the row after it."""
        for doubt in doubts(self.report, self.language):
            contents = {0: self.say("doubt.label"), 1: doubt.sentence, 7: doubt.code}
            for column in range(8):
                _write(page, row, column, contents.get(column, ""), self.styles["label"])
            page.set_row(row, max(18, 6 + 15 * _lines(doubt.sentence, 44)))
            row += 1
        return row

    def _finding(self, page: Any, row: int, finding: Finding) -> int:
        """Write a finding, one row a cell that it speaks of; returns the row after it."""
        severity = self.say(f"severity.{finding.severity}")
        if finding.waived is not None:
            severity += "\n" + self.say("sheet.waived", reason=finding.waived)
        places = places_words(finding, self.language)
        cause = cause_sentence(finding.cause, self.report.sheet, self.language) if finding.cause else ""
        shown = self.styles.figure("number", finding.severity if finding.waived is None else None)
        said = sentence(finding, self.language)
        contents = {
            0: severity,
            1: said,
            3: values_words(finding.values),
            4: cause,
            5: places,
            6: source_words(finding, self.language),
            7: finding.code,
        }
        rows = max(1, len(finding.cells))
        for column, content in contents.items():
            style = self.styles["label"] if column else shown
            if rows > 1:
                page.merge_range(row, column, row + rows - 1, column, "", style)
            _write(page, row, column, content, style)
        lines = max(_lines(said, 44), _lines(cause, 30), _lines(places, 20), _lines(severity, 10))
        for n, cell in enumerate(finding.cells or ("",)):
            name = cell_name(self.report.sheet, cell)
            page.set_row(row + n, max(18, (6 + 15 * lines) / rows, 15 * _lines(name, 36)))
            if cell in self.stands:
                page.write_url(row + n, 2, self.stands[cell], self.styles["link"], name)
            else:
                _write(page, row + n, 2, name, self.styles["label"])
        return row + rows

    def source(self) -> None:
        """Where the figures come from: the file, its digest, what was recognised, by which version."""
        page = self.book.add_worksheet(self.say("sheet.source"))
        _print_setup(page, landscape=False)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 80)
        report = self.report
        rows = {
            "title": report.title or "",
            "agency": report.agency or self.say("missing.agency"),
            "year": str(report.year or self.say("missing.year")),
            "scope": self.say(f"scope.{report.scope}"),
            "form": form_long(report, self.language),
            "verdict": verdict(report, self.language),
            "path": report.path,
            "sha256": report.sha256,
            "reader": f"Gongkai {gongkai.__version__}",
        }
        for row, (name, value) in enumerate(rows.items()):
            _write(page, row, 0, self.say(f"field.{name}"), self.styles["head"])
            _write(page, row, 1, value, self.styles["label"])


def _write(page: Any, row: int, column: int, content: str | int | float, style: Any) -> None:
    """Write by type, so that no text is ever taken for a formula, a link or a number."""
    if isinstance(content, str):
        page.write_string(row, column, content, style) if content else page.write_blank(row, column, None, style)
    else:
        page.write_number(row, column, content, style)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column `width` digits wide, a Chinese character being two."""
    return -(-sum(2 if ord(character) > 0x2E7F else 1 for character in text) // width)


def _print_setup(page: Any, *, landscape: bool) -> None:
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    page.center_horizontally()
    page.set_footer("&C— &P —")
    page.hide_gridlines(2)
    if landscape:
        page.set_landscape()


def _address(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row + 1}"
