"""What both the office's and the public's pages answer with: the register named, rows looked for, tables, files."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from gongkai.web.registers.bulk.workbooks import table as table_of
from gongkai.web.registers.files import FORMATS, MOST_IN_WORKBOOK, plain_csv
from gongkai.web.registers.models import Row
from gongkai.web.registers.shown import REGISTERS, Column, Register, written

_PAGE = 50
_SHORT = 7
"""How many columns a list shows that names none; the page of the row has all."""


def register(slug: str) -> Register:
    """Return the register of an address. Raises Http404."""
    if slug not in REGISTERS:
        raise Http404
    return REGISTERS[slug]


def page(request: HttpRequest, of: Register, rows: QuerySet[Any]) -> Page[Any]:
    """Return the page of a list that was asked for."""
    return Paginator(with_agencies(of, rows), _PAGE).get_page(request.GET.get("page"))


class Cell(NamedTuple):
    """What a page shows in a cell: the head, the words, and where they lead to."""

    head: str
    words: str
    leads: str


class Line(NamedTuple):
    """A row of a list: the row, its cells, and what is amiss with it."""

    row: Row
    cells: list[Cell]
    lacks: str


def table(of: Register, rows: list[Row], *, office: bool) -> dict[str, Any]:
    """Return what the page of a list shows."""
    columns = _listed(of, office=office)
    found = [Line(row, cells(columns, row), lacks(of, row) if office else "") for row in rows]
    return {"heads": [one.head for one in columns], "rows": found}


def cells(columns: tuple[Column, ...], row: Row) -> list[Cell]:
    """Return the heads and the cells of a row."""
    return [Cell(one.head, written(one.cell(row)), one.leads(row) if one.leads else "") for one in columns]


def lacks(of: Register, row: Row) -> str:
    """Return what is amiss with a row that still counts, nothing where all is well."""
    return of.lacks(row) if of.lacks is not None and row.struck_at is None else ""


def with_agencies(of: Register, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Read the agencies and their names along with the rows, and what else they name."""
    of_agencies = [name for name in of.linked if name != "document"]
    return rows.select_related(*of.linked).prefetch_related(*(f"{name}__names" for name in of_agencies))


def _listed(of: Register, *, office: bool) -> tuple[Column, ...]:
    seen = {one.code: one for one in of.seen(office=office)}
    return tuple(seen[code] for code in of.listed) or tuple(seen.values())[:_SHORT]


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
