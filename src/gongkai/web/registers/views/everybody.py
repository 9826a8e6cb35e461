"""What everybody sees of the registers: the open rows, with citizens' names masked, and the same as open data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.web.accounts.access import public
from gongkai.web.registers import policies
from gongkai.web.registers.files import FORMATS
from gongkai.web.registers.filters import Filters
from gongkai.web.registers.shown import FIGURES, LISTS
from gongkai.web.registers.views import answers

HOME = "清单和台账"


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The lists and registers that there are, with how many open rows each has."""
    found = [
        (title, [(of, policies.public(of.model).count()) for of in registers])
        for title, registers in (("清单和公示", LISTS), ("台账", FIGURES))
    ]
    return render(request, "registers/public_home.html", {"groups": found, "crumbs": [(HOME, "")]})


@public
@require_safe
def listing(request: HttpRequest, register: str) -> HttpResponse:
    """The open rows of a register, the latest first."""
    of = answers.register(register)
    rows = policies.public(of.model)
    form = Filters(of, request.GET, rows, office=False)
    page = answers.page(request, of, form.applied(rows))
    crumbs = [(HOME, reverse("registers:public_home")), (of.title, "")]
    context = {
        "of": of, "form": form, "page": page, "formats": sorted(FORMATS), "crumbs": crumbs,
        "columns_said": [one.described() for one in of.seen(office=False)],
    }  # fmt: skip
    return render(request, "registers/public_list.html", context | answers.table(of, list(page), office=False))


@public
@require_safe
def one(request: HttpRequest, register: str, key: str) -> HttpResponse:
    """One open row."""
    of = answers.register(register)
    row = get_object_or_404(policies.public(of.model), key=key)
    crumbs = [
        (HOME, reverse("registers:public_home")),
        (of.title, reverse("registers:public_list", args=[register])),
        (str(row), ""),
    ]
    context = {"of": of, "row": row, "cells": answers.cells(of.seen(office=False), row), "crumbs": crumbs}
    return render(request, "registers/public_one.html", context)


@public
@require_safe
def export(request: HttpRequest, register: str, ending: str) -> HttpResponseBase:
    """The open rows of a register as a file."""
    of = answers.register(register)
    del request
    return answers.export(of, policies.public(of.model).order_by("pk"), ending, office=False)
