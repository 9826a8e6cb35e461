"""Published annual reports for everybody: lists, one report, its cells as rows, and the same cells of many reports."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from gongkai.errors import InvalidInput
from gongkai.messages import Listing
from gongkai.report.form import form_ids, sheet
from gongkai.report.write.json import report_object
from gongkai.web.agencies import queries as agencies
from gongkai.web.api import doors, records, shapes
from gongkai.web.api.agencies import existing
from gongkai.web.api.answers import answer, from_basis
from gongkai.web.api.language import asked
from gongkai.web.api.pages import Turn, page
from gongkai.web.api.parameters import After, Before, Key, Limit, Name, Scope, Year
from gongkai.web.reports import queries
from gongkai.web.reports.frozen import thaw_cells
from gongkai.web.reports.models import Report
from gongkai.web.reports.views.answers import export

router = Router(tags=["reports"])
MOST_CELLS = 20
_LONG = ("assembled",)


@doors.public(router, "/reports", shapes.Reports)
def reports(
    request: HttpRequest,
    agency: Annotated[Key, Query("")],
    under: Annotated[Key, Query("")],
    year: Annotated[Year | None, Query(None)],
    scope: Annotated[Scope | None, Query(None)],
    after: After,
    before: Before,
    limit: Limit,
) -> HttpResponseBase:
    """The published reports, the last uploaded first."""
    found = _published(agency, under, year, scope).defer(*_LONG)
    turned = page(found, Turn(after, before, limit), newest_first=True)
    return answer(request, {**turned.around(request), "items": [records.row(record) for record in turned.records]})


@doors.public(router, "/reports/{slug:key}", shapes.Report)
def report(request: HttpRequest, key: str) -> HttpResponseBase:
    """One published report: the line of `gongkai read --json`, with corrections, findings and waivers."""
    record = get_object_or_404(queries.published().defer(*_LONG), key=key)
    row = records.row(record)
    return from_basis(request, row, lambda: {**row, "report": report_object(_whole(record), asked(request))})


@doors.public(router, "/reports/{slug:key}/cells", shapes.Cells)
def report_cells(request: HttpRequest, key: str, table: Annotated[Name, Query("")]) -> HttpResponseBase:
    """The cells of a published report as rows, of all tables or of one."""
    record = get_object_or_404(queries.published().defer(*_LONG), key=key)

    def make() -> dict[str, Any]:
        cells = _whole(record).cells
        names = [name for name in cells if not table or name.partition(".")[0] == table]
        rows = records.cell_rows(cells, names)
        return {"report": record.key, "version": record.version, "year": record.year, "items": rows}

    return from_basis(request, [record.key, record.version], make, modified=record.published_at)


@doors.public(router, "/reports/{slug:key}/figures.{slug:ending}", None, media="*/*")
def report_file(request: HttpRequest, key: str, ending: str) -> HttpResponseBase:  # noqa: ARG001
    """The figures of a published report as a file: xlsx, csv or json."""
    return export(get_object_or_404(queries.published(), key=key), ending)


@doors.public(router, "/figures", shapes.Figures)
def figures(
    request: HttpRequest,
    cell: Annotated[list[Name], Query(..., min_length=1, max_length=MOST_CELLS)],
    agency: Annotated[Key, Query("")],
    under: Annotated[Key, Query("")],
    year: Annotated[Year | None, Query(None)],
    scope: Annotated[Scope | None, Query(None)],
    after: After,
    before: Before,
    limit: Limit,
) -> HttpResponseBase:
    """The same cells of many published reports; a report whose sheet has none of them has no cells."""
    check_cells(cell)
    found = _published(agency, under, year, scope).defer(*_LONG)
    turned = page(found, Turn(after, before, limit), newest_first=True)
    rows = [{name: value for name, value in records.row(record).items() if name in _OF} for record in turned.records]
    around = turned.around(request)

    def make() -> dict[str, Any]:
        keys = [record.pk for record in turned.records]
        texts = dict(Report.objects.filter(pk__in=keys).values_list("pk", "assembled"))
        items = [
            {"report": record.key, **row, "cells": records.cell_rows(thaw_cells(texts[record.pk], set(cell)), cell)}
            for record, row in zip(turned.records, rows, strict=True)
        ]
        return {**around, "items": items}

    basis = [around, *([record.key, record.version, row] for record, row in zip(turned.records, rows, strict=True))]
    return from_basis(request, basis, make)


_OF = ("agency", "printed_agency", "year", "scope")


def check_cells(names: list[str]) -> None:
    """Raise InvalidInput for an identifier that no form has."""
    known = {name for form in form_ids() for name in sheet(form, form, form).cells}
    wrong = [name for name in names if name not in known]
    if wrong:
        raise InvalidInput("api.no_cell", given=Listing(tuple(wrong)))


def _published(agency: str, under: str, year: int | None, scope: str | None) -> Any:
    below = agencies.subtree(existing(under), agencies.today()) if under else None
    whose = existing(agency) if agency else None
    return queries.published(agency=whose, year=year, scope=scope or "", under=below)


def _whole(record: Report) -> Any:
    """The report as it stands; what the list left out is fetched now."""
    return queries.assembled(record)
