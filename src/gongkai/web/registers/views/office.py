"""The office's pages of the registers: Table 2 with what is behind every figure, lists, one row."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.report.form import form_ids, load, sheet
from gongkai.web.accounts.access import member, signed_in
from gongkai.web.agencies import policies as agencies
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import Standing, named, standing_as
from gongkai.web.agencies.tree import BELONGING
from gongkai.web.registers import enforcement, forms, policies, queries
from gongkai.web.registers.declared.fields import head_of
from gongkai.web.registers.files import FORMATS
from gongkai.web.registers.filters import Filters
from gongkai.web.registers.models import AmountField, Correction, Decision, Row, Rule
from gongkai.web.registers.row_form import given_form
from gongkai.web.registers.shown import FIGURES, LISTS, Register
from gongkai.web.registers.views import answers

_FIRST_YEAR = 2019
_MOST_AGENCIES = 200


class Asked(NamedTuple):
    """What a page of figures was asked for: agencies to choose from, which one, the year, and whether with all below."""

    choices: list[Standing]
    agency: Agency | None
    year: int
    may_sum: bool
    below: tuple[str, ...]

    def context(self) -> dict[str, Any]:
        """What the form above the figures shows."""
        years = range(timezone.localdate().year, _FIRST_YEAR - 1, -1)
        return {**self._asdict(), "below": bool(self.below), "years": years}


@member("read")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Table 2 of an agency and a year, out of the registers; every figure leads to its records."""
    asked = _asked(request)
    agency, year = asked.agency, asked.year
    found = queries.table_two(agency, year, asked.below) if agency else {}
    slugs = {of.model: of.slug for of in FIGURES}
    figures = [
        (_label(year, cell), value, slugs[queries.figures()[cell].register], cell) for cell, value in found.items()
    ]
    context = asked.context() | {
        "lists": LISTS, "registers": FIGURES, "figures": figures, "gaps": _gaps(agency, year) if agency else [],
    }  # fmt: skip
    return render(request, "registers/home.html", context)


@member("read")
@require_safe
def enforcement_figures(request: HttpRequest, ending: str = "") -> HttpResponseBase:
    """The year's enforcement figures of an agency, each leading to its decisions; the same as a file."""
    asked = _asked(request)
    if asked.agency is None or ending not in ("", "csv", "xlsx"):
        raise Http404
    lines = enforcement.figures(asked.agency, asked.year, asked.below)
    columns = enforcement.columns()
    if ending:
        heads = ["种类", *(f"{one.group}：{one.head}" if one.group else one.head for one in columns)]
        rows = [[line.label, *(str(line.figures[one.code]) for one in columns)] for line in lines]
        return answers.written_table(heads, rows, ending, f"enforcement-{asked.year}")
    # A line of the page is a figure, with a column for each of the three kinds: so it fits a window and a sheet of paper.
    table = [
        (
            f"{one.group}：{one.head}" if one.group else one.head,
            [(line.label, line.figures[one.code], enforcement.cell(line.kind, one.code)) for line in lines],
        )
        for one in columns
    ]
    table_two = queries.table_two(asked.agency, asked.year, asked.below)
    same = all(
        table_two.get(f"proactive.{queries.DECISIONS[line.kind]}.decisions", 0) == line.figures["decisions"]
        for line in lines
    )
    context = asked.context() | {
        "kinds": [line.label for line in lines], "table": table, "same": same, "unknown": enforcement.UNKNOWN,
        "due": enforcement.due(asked.agency, asked.year),
    }  # fmt: skip
    return render(request, "registers/enforcement.html", context)


@member("read")
@require_safe
def listing(request: HttpRequest, register: str) -> HttpResponse:
    """The rows of a register that the person may read; those behind a figure where one is named."""
    of = answers.register(register)
    form = _filters(request, of)
    page = answers.page(request, of, _rows(request, of, form))
    context = {
        "of": of, "form": form, "page": page, "formats": sorted(FORMATS), "cell": request.GET.get("cell", ""),
        "may_enter": policies.keepers(signed_in(request)).exists(),
    }  # fmt: skip
    return render(request, "registers/list.html", context | answers.table(of, list(page), office=True))


@member("read")
@require_safe
def export(request: HttpRequest, register: str, ending: str) -> HttpResponseBase:
    """The same rows as a file."""
    of = answers.register(register)
    return answers.export(of, _rows(request, of, _filters(request, of)), ending, office=True)


@member("read")
@require_safe
def one(request: HttpRequest, register: str, key: str) -> HttpResponse:
    """One row, with what may be done with it."""
    of = answers.register(register)
    row = get_object_or_404(policies.visible(signed_in(request), of.model), key=key)
    return show(request, of, row, {})


def show(request: HttpRequest, of: Register, row: Row, more: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a row with the forms of what the person may do; `more` are forms that came back with errors."""
    seen = {"seen": row.version}
    acts: list[tuple[str, str, Any]] = []
    if policies.may(signed_in(request), row) and row.struck_at is None:
        acts.append(("correct", "更正", given_form(of.model, row=row, auto_id="correct_%s")))
        if isinstance(row, Rule) and row.repealed_on is None and row.lapsed_on is None:
            acts.append(("repeal", "登记废止", forms.Ended(initial=seen, auto_id="repeal_%s")))
            acts.append(("lapse", "登记宣布失效", forms.Ended(initial=seen, auto_id="lapse_%s")))
        if isinstance(row, Decision) and not row.overturned:
            acts.append(("overturn", "登记决定被改变", forms.Overturned(initial=seen, auto_id="overturn_%s")))
        if row.publicity == "open":
            acts.append(("withdraw", "撤下公开", forms.Reason(initial=seen, auto_id="withdraw_%s")))
        acts.append(("strike", "作废（录入错误）", forms.Reason(initial=seen, auto_id="strike_%s")))
    context = {
        "of": of, "row": row, "cells": answers.cells(of.seen(office=True), row), "lacks": answers.lacks(of, row),
        "hidden": [(_head(row, name), getattr(row, name)) for name in of.hides],
        "counts": of in FIGURES,
        "acts": [(act, says, more.get(act, form)) for act, says, form in acts],
        "corrections": [(one, _before(row, one)) for one in Correction.objects.filter(row=row.key).order_by("-pk")],
        "refused": more.get("refused"),
    }  # fmt: skip
    return render(request, "registers/one.html", context, status=status)


def _head(row: Row, name: str) -> str:
    field: Any = row._meta.get_field(name)
    return head_of(field)


def _before(row: Row, correction: Correction) -> list[tuple[str, str]]:
    """What stood in a row before a correction, under the names of its fields and in the words of their codes."""
    found = []
    for name, value in correction.before.items():
        field: Any = row._meta.get_field(name)
        said = dict(field.choices or ()).get(value, value)
        if isinstance(field, AmountField) and value is not None:
            said = field.told(value)
        if field.is_relation and value is not None:
            said = field.related_model._default_manager.get(key=value)
        if name != "number_key":
            found.append((head_of(field), str(said or "—")))
    return found


def _filters(request: HttpRequest, of: Register) -> Filters:
    return Filters(of, request.GET, policies.visible(signed_in(request), of.model), office=True)


def _rows(request: HttpRequest, of: Register, form: Filters) -> Any:
    rows = policies.visible(signed_in(request), of.model)
    cell = request.GET.get("cell", "")
    table_two = cell in queries.figures() and queries.figures()[cell].register is of.model
    if table_two or (of.model is Decision and cell in set(enforcement.cells())):
        readable = agencies.visible(signed_in(request), timezone.localdate(), "read")
        agency = get_object_or_404(readable, key=request.GET.get("agency", ""))
        below = BELONGING if request.GET.get("below") == "on" else ()
        if below and not policies.reads_below(signed_in(request), agency, queries.last_day(_year(request))):
            raise Http404
        # The year of the figure stands in its own conditions; the filter by year would ask for something else.
        found: Any = queries.behind if table_two else enforcement.behind
        return found(cell, agency, _year(request), below).filter(pk__in=rows.values("pk"))
    return form.applied(rows)


def _asked(request: HttpRequest) -> Asked:
    readable = agencies.visible(signed_in(request), timezone.localdate(), "read")
    choices = [standing_as(row.agency, row) for row in named(readable, timezone.localdate())[:_MOST_AGENCIES]]
    agency, year = _agency(request, [one.agency for one in choices]), _year(request)
    may_sum = agency is not None and policies.reads_below(signed_in(request), agency, queries.last_day(year))
    below = BELONGING if may_sum and request.GET.get("below") == "on" else ()
    return Asked(choices, agency, year, may_sum, below)


def _agency(request: HttpRequest, choices: list[Agency]) -> Agency | None:
    asked = request.GET.get("agency", "")
    return next((one for one in choices if one.key == asked), choices[0] if choices else None)


def _year(request: HttpRequest) -> int:
    asked, this = request.GET.get("year", ""), timezone.localdate().year
    return int(asked) if asked.isascii() and asked.isdecimal() and _FIRST_YEAR <= int(asked[:5]) <= this else this


def _gaps(agency: Agency, year: int) -> list[tuple[str, str, str]]:
    """What is wrong in the numbers of a year: whose series, which are missing, which are there twice."""
    found = [gap for model in (Rule, Decision) for gap in queries.number_gaps(agency, model, year)]
    return [
        (
            f"{gap.series.kind.partition(' ')[2]}〔{gap.series.year}〕",
            "、".join(str(first) if first == last else f"{first}至{last}" for first, last in gap.missing),
            "、".join(map(str, gap.doubled)),
        )
        for gap in found
    ]


def _label(year: int, cell: str) -> str:
    """What the form of a year calls a cell."""
    known = max(
        (form for form in form_ids() if load(form).first_year <= year), key=lambda form: load(form).first_year
    )
    return sheet(known, known, known).label(cell)
