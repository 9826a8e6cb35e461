"""The registers for everybody: which there are and what their columns mean, their open rows, one row."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router

from gongkai.web.agencies import queries as agencies
from gongkai.web.api import doors, publication_shapes
from gongkai.web.api.agencies import existing
from gongkai.web.api.answers import answer, day
from gongkai.web.api.pages import Turn, page
from gongkai.web.api.parameters import After, Before, Key, Limit, Year
from gongkai.web.registers import policies
from gongkai.web.registers.files import FORMATS, plain
from gongkai.web.registers.models import Row
from gongkai.web.registers.shown import REGISTERS, Register
from gongkai.web.registers.views.answers import with_agencies

router = Router(tags=["registers"])


@doors.public(router, "/registers", publication_shapes.Registers)
def registers(request: HttpRequest) -> HttpResponseBase:
    """The registers with their columns, and where the open rows of each are to be had as a file."""
    return answer(request, {"items": [_register(request, of) for of in REGISTERS.values()]})


@doors.public(router, "/registers/{slug:code}", publication_shapes.Rows)
def rows(
    request: HttpRequest,
    code: str,
    agency: Annotated[Key, Query("")],
    under: Annotated[Key, Query("")],
    year: Annotated[Year | None, Query(None)],
    after: After,
    before: Before,
    limit: Limit,
) -> HttpResponseBase:
    """The open rows of a register, the last recorded first."""
    of = _known(code)
    found = with_agencies(of, policies.public(of.model))
    if agency:
        found = found.filter(**{_owner(of): existing(agency)})
    if under:
        found = found.filter(**{f"{_owner(of)}__in": agencies.subtree(existing(under), agencies.today())})
    if year:
        found = found.filter(**{f"{of.dated}__year": year})
    turned = page(found, Turn(after, before, limit), newest_first=True)
    items = [_row(request, of, row) for row in turned.records]
    return answer(request, {**turned.around(request), "items": items})


@doors.public(router, "/registers/{slug:code}/{slug:key}", publication_shapes.Row)
def row(request: HttpRequest, code: str, key: str) -> HttpResponseBase:
    """One open row."""
    of = _known(code)
    found = with_agencies(of, policies.public(of.model))
    return answer(request, _row(request, of, get_object_or_404(found, key=key)))


def _known(code: str) -> Register:
    if code not in REGISTERS:
        raise Http404
    return REGISTERS[code]


def _owner(of: Register) -> str:
    """The field of the agency whose act a row is."""
    names = {field.name for field in of.model._meta.concrete_fields}
    return "in_name_of" if "in_name_of" in names else "agency"


def _register(request: HttpRequest, of: Register) -> dict[str, Any]:
    return {
        "code": of.slug, "title": of.title, "says": of.says,
        "cells": {column.code: column.head for column in of.seen(office=False)},
        "files": {
            ending: request.build_absolute_uri(reverse("registers:public_export", args=[of.slug, ending]))
            for ending in sorted(FORMATS)
        },
    }  # fmt: skip


def _row(request: HttpRequest, of: Register, row: Row) -> dict[str, Any]:
    whose = agencies.standing(getattr(row, _owner(of)), agencies.today())
    return {
        "key": row.key, "version": row.version, "agency": {"key": whose.key, "name": whose.name},
        "on": day(getattr(row, of.dated)),
        "cells": {column.code: plain(column.cell(row)) for column in of.seen(office=False)},
        "address": request.build_absolute_uri(reverse("registers:public_one", args=[of.slug, row.key])),
    }  # fmt: skip
