"""Sums over many reports as JSON, CSV and a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from gongkai import messages
from gongkai.messages import Language
from gongkai.report.aggregate import Aggregate, CellSum, Duplicate, Group
from gongkai.report.model import Report
from gongkai.report.write.csv import BOM, safe
from gongkai.report.write.json import Json, plain_number
from gongkai.report.write.provenance import doubts
from gongkai.report.write.wording import figure

COUNTED = ("figures", "blank", "not_applicable", "text", "unreadable", "absent")
COLUMNS = ("year", "scope", "cell", "label", "sum", "reports", *COUNTED, "partial")


def counts(of: CellSum) -> dict[str, int]:
    """How many reports gave a figure, and how many gave what else."""
    kinds: dict[str, int] = {kind: of.kinds.get(kind, 0) for kind in ("blank", "not_applicable", "text")}
    return {
        "figures": of.figures,
        **kinds,
        "unreadable": of.kinds.get("unreadable", 0),
        "absent": of.kinds.get("absent", 0),
    }


def aggregate_object(of: Aggregate) -> Json:
    """The sums for JSON, group by group."""
    return {"schema": 1, "groups": [_group(group, of.expected) for group in of.groups]}


def aggregate_csv(of: Aggregate, *, bom: bool = False) -> str:
    """The sums in long form, one row a cell of a group, with the columns `COLUMNS`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for group in of.groups:
        for total in group.cells.values():
            writer.writerow([group.year or "", group.scope, *_row(total)])
    return (BOM if bom else "") + out.getvalue()


def aggregate_workbook(of: Aggregate, language: Language | None = None) -> bytes:
    """The sums as an XLSX file: a sheet a group, then what is missing, duplicate or unclear."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#F4F6F9", "text_wrap": True, "valign": "vcenter"})
    for group in of.groups:
        _group_sheet(book, group, head, language)
    page = book.add_worksheet(messages.text("write.aggregate.missing", language))
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 90)
    for row, (name, said) in enumerate(_remarks(of, language)):
        page.write_string(row, 0, name, head)
        page.write_string(row, 1, said)
    book.close()
    return out.getvalue()


def group_name(group: Group, language: Language | None = None) -> str:
    """Year and scope of a group in words."""
    scope = messages.text(f"write.scope.{group.scope}", language)
    return messages.text("write.aggregate.group", language, year=group.year or "—", scope=scope)


def duplicate_sentence(duplicate: Duplicate, language: Language | None = None) -> str:
    """Which file was left out, and whether its figures are the same."""
    figures = messages.text(f"write.aggregate.{'same' if duplicate.same else 'other'}_figures", language)
    return messages.text(
        "write.aggregate.duplicate_of",
        language,
        path=duplicate.report.path,
        first=duplicate.first.path,
        figures=figures,
    )


def _group(group: Group, expected: bool) -> Json:
    said: Json = {
        "year": group.year,
        "scope": group.scope,
        "reports": [{"path": report.path, "agency": report.agency} for report in group.reports],
        "cells": {
            cell: {"sum": total.value, "reports": total.reports, **counts(total), "partial": total.partial}
            for cell, total in group.cells.items()
        },
        "duplicates": [{"path": d.report.path, "of": d.first.path, "same_figures": d.same} for d in group.duplicates],
        "agency_unclear": [report.path for report in group.unclear],
    }
    if expected:
        said |= {"missing": list(group.missing), "not_expected": list(group.unmatched)}
    return said


def _row(total: CellSum) -> list[str]:
    value = "" if total.value is None else figure(total.value)
    numbers = [str(number) for number in counts(total).values()]
    return [total.cell, safe(total.label), value, str(total.reports), *numbers, "yes" if total.partial else ""]


def _group_sheet(book: Any, group: Group, head: Any, language: Language | None) -> None:
    page = book.add_worksheet(group_name(group, language)[:31])
    names = ("field.label", "aggregate.sum", *(f"aggregate.{name}" for name in COUNTED if name != "text"))
    heads = [messages.text(f"write.{name}", language) for name in names]
    page.write_row(0, 0, [*heads, messages.text("write.aggregate.partial", language)], head)
    page.set_column(0, 0, 60)
    page.set_column(1, 8, 12)
    page.freeze_panes(1, 1)
    for row, total in enumerate(group.cells.values(), 1):
        page.write_string(row, 0, total.label)
        if total.value is not None:
            page.write_number(row, 1, plain_number(total.value))
        given = counts(total)
        for column, name in enumerate((name for name in COUNTED if name != "text"), 2):
            page.write_number(row, column, given[name])
        page.write_string(row, 7, "✓" if total.partial else "")


def _remarks(of: Aggregate, language: Language | None) -> Iterable[tuple[str, str]]:
    for group in of.groups:
        yield (
            group_name(group, language),
            messages.text("write.aggregate.counted", language, number=len(group.reports)),
        )
        for agency in group.missing:
            yield messages.text("write.aggregate.missing", language), agency
        for agency in group.unmatched:
            yield messages.text("write.aggregate.unmatched", language), agency
        for duplicate in group.duplicates:
            yield messages.text("write.aggregate.duplicates", language), duplicate_sentence(duplicate, language)
        for report in group.reports:
            for doubt in doubts(report, language):
                yield messages.text("write.doubt.label", language), _about(report, doubt.sentence, language)
        for report in group.unclear:
            yield messages.text("write.aggregate.unclear", language), report.path


def _about(report: Report, doubt: str, language: Language | None) -> str:
    return messages.text("write.doubt.about", language, name=report.path, doubt=doubt)
