"""What both the office's and the public's pages answer with: the register named, rows looked for, tables, files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from gongkai.web.registers.bulk.workbooks import table as table_of
from gongkai.web.registers.files import FORMATS, MOST_IN_WORKBOOK, plain_csv
from gongkai.web.registers.forms import Filters
from gongkai.web.registers.models import Row
from gongkai.web.registers.shown import REGISTERS, Column, Register, written

_PAGE = 50
_SEARCHED = ("title", "number", "matter", "item")
_SHORT = 7
"""How many columns a list shows; the page of the row has all."""


def register(slug: str) -> Register:
    """Return the register of an address. Raises Http404."""
    if slug not in REGISTERS:
        raise Http404
    return REGISTERS[slug]


def looked_for(of: Register, rows: QuerySet[Any], form: Filters) -> QuerySet[Any]:
    """Return the rows that fit the filters, the latest first."""
    wanted = form.cleaned_data if form.is_valid() else {}
    if words := wanted.get("words"):
        names = {field.name for field in of.model._meta.concrete_fields}
        fitting = Q()
        for name in (name for name in _SEARCHED if name in names):
            fitting |= Q(**{f"{name}__icontains": words})
        rows = rows.filter(fitting)
    if year := wanted.get("year"):
        rows = rows.filter(**{f"{of.dated}__year": year})
    return rows.order_by(f"-{of.dated}", "-pk")


def page(request: HttpRequest, of: Register, rows: QuerySet[Any]) -> Page[Any]:
    """Return the page of a list that was asked for."""
    return Paginator(with_agencies(of, rows), _PAGE).get_page(request.GET.get("page"))


def table(of: Register, rows: list[Row], *, office: bool) -> dict[str, Any]:
    """Return what the page of a list shows."""
    columns = of.seen(office=office)[:_SHORT]
    return {"heads": [one.head for one in columns], "rows": [(row, cells(columns, row)) for row in rows]}


def cells(columns: tuple[Column, ...], row: Row) -> list[tuple[str, str]]:
    """Return the heads and the cells of a row."""
    return [(column.head, written(column.cell(row))) for column in columns]


def with_agencies(of: Register, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Read the agencies and their names along with the rows."""
    linked = ["agency", "in_name_of"] if of.slug == "decisions" else ["agency"]
    return rows.select_related(*linked).prefetch_related(*(f"{name}__names" for name in linked))


def export(of: Register, rows: QuerySet[Any], ending: str, *, office: bool) -> HttpResponseBase:
    """Answer with rows as a file, read piece by piece; more rows than a workbook is good for come as CSV."""
    if ending not in FORMATS:
        raise Http404
    if ending == "xlsx" and rows.count() > MOST_IN_WORKBOOK:
        ending = "csv"
    media, write = FORMATS[ending]
    parts = write(of, with_agencies(of, rows).iterator(chunk_size=2000), office=office)
    return _file(StreamingHttpResponse(parts, content_type=media), f"{of.slug}.{ending}")


def written_table(heads: list[str], rows: list[list[str]], ending: str, name: str) -> HttpResponseBase:
    """Answer with a small table of text as CSV or XLSX."""
    media = FORMATS[ending][0]
    content = plain_csv(heads, rows) if ending == "csv" else table_of(heads, rows, name)
    return _file(HttpResponse(content, content_type=media), f"{name}.{ending}")


def _file(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
