"""Reports made by hand for tests: a whole sheet of zeros, figures and prose as given."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.documents import Place
from gongkai.report.form import sheet
from gongkai.report.model import Heading, Prose, Report, SheetCell, Value

OFFICIAL_HEADINGS = tuple(Heading(n, "", "", None) for n in range(1, 7))


def make_report(
    cells: Mapping[str, Value | SheetCell] | None = None,
    prose: Mapping[str, str] | None = None,
    *,
    year: int | None = 2023,
    agency: str | None = "某某县样例镇人民政府",
    forms: tuple[str, str, str] = ("2021", "2021", "2021"),
    path: str = "made.txt",
    **more: object,
) -> Report:
    """A consistent report of zeros with `cells` set on top; `prose` is section number ("0", "1", …, "end") to text."""
    the_sheet = sheet(*forms)
    read: dict[str, SheetCell] = {
        cell: SheetCell(0, "zero", "0", Place(table=1, row=n, column=1)) for n, cell in enumerate(the_sheet.cells, 1)
    }
    for cell, given in (cells or {}).items():
        assert cell in read, cell
        read[cell] = (
            given
            if isinstance(given, SheetCell)
            else SheetCell(given, "number" if given else "zero", str(given), read[cell].place)
        )
    fields: dict[str, object] = {
        "path": path,
        "sha256": "0" * 64,
        "format": "text",
        "title": f"{agency}{year}年政府信息公开工作年度报告",
        "agency": agency,
        "agency_from": "title" if agency else None,
        "year": year,
        "year_from": "title" if year else None,
        "scope": "own",
        "form": forms[0],
        "form_by_table": dict(zip(("proactive", "requests", "remedies"), forms, strict=True)),
        "period": (f"{year}-01-01", f"{year}-12-31") if year else None,
        "contact": {},
        "cells": read,
        "headings": OFFICIAL_HEADINGS,
        "prose": {n: Prose(text, (0,), (Place(line=1),)) for n, text in (prose or {}).items()},
    }
    return Report(**{**fields, **more})  # type: ignore[arg-type]
