"""How a report was read, in words: which form its tables follow, how many figures there are, what to be wary of."""

from __future__ import annotations

from typing import NamedTuple

from gongkai import messages
from gongkai.messages import Language
from gongkai.report.check.rules import OWN
from gongkai.report.form import TABLES, TableName, load
from gongkai.report.model import VALUED, Finding, Report


class Doubt(NamedTuple):
    """Something the reader of the file could not settle: its code and its sentence."""

    code: str
    sentence: str


def doubts(report: Report, language: Language | None = None) -> tuple[Doubt, ...]:
    """What a person should know about the reading of this file; the code itself where it has no sentence."""
    catalogue = messages.catalogue(language or messages.default_language())
    return tuple(Doubt(code, catalogue.get(code, code).format()) for code in report.doubts)


def cells_read(report: Report) -> tuple[int, int]:
    """How many cells of the sheet hold a figure, and how many cells it has."""
    return sum(cell.kind in VALUED for cell in report.cells.values()), len(report.sheet.cells)


def form_parts(report: Report, language: Language | None = None) -> tuple[str, str]:
    """The main form's year, a dash where there is none; and the tables that follow another one, in words."""
    main, others = _forms(report)
    return main or "—", _differing(others, language)


def form_short(report: Report, language: Language | None = None) -> str:
    """The form's year, and behind it the tables that follow another one: 2021（依申请公开表：2019）."""
    main, others = form_parts(report, language)
    return messages.text("write.field.form_mixed", language, form=main, others=others) if others else main


def form_long(report: Report, language: Language | None = None) -> str:
    """The form with the notice that gives it, and the tables that follow another one."""
    main, others = _forms(report)
    if main is None:
        return "—"
    said = messages.text("write.field.form_value", language, form=main, instrument=load(main).instrument)
    if not others:
        return said
    return messages.text("write.field.form_mixed", language, form=said, others=_differing(others, language))


def source_words(finding: Finding, language: Language | None = None) -> str:
    """The origin of a finding's rule: the notice by its number, or that it is a rule of this software."""
    return messages.text("write.source.own", language) if finding.source == OWN else finding.source


def _forms(report: Report) -> tuple[str | None, dict[TableName, str]]:
    """The main form, and the form of every table that has another one."""
    by_table = {table: form for table in TABLES if (form := report.form_by_table.get(table))}
    if not by_table:
        return None, {}
    used = list(by_table.values())
    main = report.form if report.form in used else max(used, key=used.count)
    return main, {table: form for table, form in by_table.items() if form != main}


def _differing(others: dict[TableName, str], language: Language | None) -> str:
    return messages.text("list.comma", language).join(
        messages.text(
            "write.field.form_of", language, table=messages.text(f"write.table.{table}", language), form=form
        )
        for table, form in others.items()
    )
