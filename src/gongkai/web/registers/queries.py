"""The figures of Table 2 out of the registers, the records behind each figure, and gaps in document numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from gongkai.errors import InvalidInput
from gongkai.law.numbers.document_numbers import read_document_number
from gongkai.law.numbers.series import Gap, Series, gaps
from gongkai.report.form import form_ids, load
from gongkai.web.agencies import tree
from gongkai.web.agencies.models import Agency
from gongkai.web.registers.compiled import Compiled, compiled
from gongkai.web.registers.models import STANDING, Charge, Decision, Procurement, Row, Rule, ten_thousands
from gongkai.web.registers.models.words import DECISION_KINDS, RULE_KINDS

Amount = int | Decimal
Condition = Callable[[int], Q]
DECISIONS = {"licence": "licences", "penalty": "penalties", "compulsion": "compulsion"}
"""How the identifiers of the form call the kinds of decision."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of Table 2: its register, which rows of a year make it, and whether they are counted or their money added."""

    register: type[Row]
    rows: Condition
    money: bool = False


@cache
def figures() -> Mapping[str, Figure]:
    """Return every figure that the registers give, by its identifier."""
    found = {}
    for kind, _ in RULE_KINDS:
        for column, rows in (
            ("issued", _issued),
            ("made", _issued),
            ("repealed", _repealed),
            ("in_force", _standing),
        ):
            found[f"proactive.{kind}s.{column}"] = Figure(Rule, _of_kind(kind, rows))
    for kind, _ in DECISION_KINDS:
        called = DECISIONS[kind]
        found[f"proactive.{called}.decisions"] = Figure(Decision, _of_kind(kind, _within("decided_on")))
    found["proactive.charges.amount"] = Figure(Charge, _within("month"), money=True)
    found["proactive.centralised_procurement.items"] = Figure(Procurement, _within("concluded_on"))
    found["proactive.centralised_procurement.amount"] = Figure(Procurement, _within("concluded_on"), money=True)
    return MappingProxyType(found)


def table_two(agency: Agency, year: int, below: Sequence[str] = ()) -> dict[str, Amount]:
    """Return what the registers give for Table 2 of a year, by the identifiers of the form of that year.

    Counts are whole numbers, amounts 万元 with four decimals. `below` names the kinds of edge by which the agencies below
    count with it, as the tree stood on 31 December; without it the agency alone counts. One query a register. What a
    form asks for besides, the registers do not know, and it is not in the answer.
    """
    found: dict[str, Amount] = {}
    for register in (Rule, Decision, Charge, Procurement):
        if its := _figures_of(register, year):
            answer = _question(connection.vendor, register, tuple(its), tuple(below)).answer(agency, year)
            for (cell, figure), value in zip(its.items(), answer, strict=True):
                found[cell] = ten_thousands(int(value)) if figure.money else int(value)
    return found


def behind(cell: str, agency: Agency, year: int, below: Sequence[str] = ()) -> QuerySet[Row]:
    """Return the records that make a figure, in the order of their entry. Raises InvalidInput for one that has none."""
    figure = figures().get(cell)
    if figure is None:
        raise InvalidInput("registers.no_figure", given=cell)
    return _counted(figure.register, agency, year, below).filter(figure.rows(year)).order_by("pk")


def in_force(agency: Agency, on: date, below: Sequence[str] = ()) -> QuerySet[Rule]:
    """Return the rules and normative documents that are in force on a day."""
    return Rule.objects.filter(STANDING, whose(Rule, agency, on, below), _force(on)).order_by("-effective_on", "pk")


def last_day(year: int) -> date:
    """Return the day as of which the figures of a year stand."""
    return date(year, 12, 31)


def number_gaps(agency: Agency, register: type[Rule] | type[Decision], year: int) -> tuple[Gap, ...]:
    """Return what is missing or doubled among an agency's document numbers of a year, by kind and character code.

    Numbers that have not the form of a document number belong to no series; `unnumbered` gives them.
    """
    return gaps(_serials(agency, register, year))


def unnumbered(agency: Agency, register: type[Rule] | type[Decision], year: int) -> list[str]:
    """Return the numbers of a year that have not the form of a document number."""
    return [number for number, _ in _numbers(agency, register, year) if _series(agency, number, "") is None]


def _serials(agency: Agency, register: type[Rule] | type[Decision], year: int) -> Iterator[tuple[Series, int]]:
    for number, kind in _numbers(agency, register, year):
        read = _series(agency, number, kind)
        if read is not None:
            yield read


def _series(agency: Agency, number: str, kind: str) -> tuple[Series, int] | None:
    try:
        read = read_document_number(number)
    except InvalidInput:
        return None
    return Series(agency.key, f"{kind} {read.prefix}", read.year), read.serial


def _numbers(agency: Agency, register: type[Rule] | type[Decision], year: int) -> Iterator[tuple[str, str]]:
    field = "decided_on" if register is Decision else "issued_on"
    whose = "in_name_of" if register is Decision else "agency"
    found = register._default_manager.filter(STANDING, _within(field)(year), **{whose: agency})
    yield from found.order_by("pk").values_list("number", "kind").iterator()


def _figures_of(register: type[Row], year: int) -> dict[str, Figure]:
    return {
        cell: figure for cell, figure in figures().items() if figure.register is register and cell in _cells(year)
    }


@cache
def _question(_vendor: str, register: type[Row], cells: tuple[str, ...], below: tuple[str, ...]) -> Compiled:
    """What one register is asked for some of its figures."""

    def ask(agency: Agency, year: int) -> object:
        measured = {}
        for number, figure in enumerate(figures()[cell] for cell in cells):
            rows = figure.rows(year)
            counted = Coalesce(Sum("yuan", filter=rows), 0) if figure.money else Count(Value(1), filter=rows)
            measured[f"n{number}"] = counted
        return _counted(register, agency, year, below).aggregate(**measured)

    return compiled(ask)


@cache
def _cells(year: int) -> frozenset[str]:
    """The cells of Table 2 in the form that is used for a year."""
    known = [form for form in form_ids() if load(form).first_year <= year]
    latest = max(known or form_ids(), key=lambda form: load(form).first_year if known else -load(form).first_year)
    return frozenset(load(latest).cell_ids("proactive"))


def _counted(register: type[Row], agency: Agency, year: int, below: Sequence[str]) -> QuerySet[Row]:
    """The rows that may count in a year; of registers with one date only those of the year are looked at."""
    found = register._default_manager.filter(STANDING, whose(register, agency, last_day(year), below))
    dated: dict[type[Row], str] = {Decision: "decided_on", Charge: "month", Procurement: "concluded_on"}
    return found.filter(_within(dated[register])(year)) if register in dated else found


def whose(register: type[Row], agency: Agency, on: date, below: Sequence[str]) -> Q:
    """Return which rows count for an agency, or for it and all that were below it on a day."""
    owner = "in_name_of" if register is Decision else "agency"
    return Q(**{f"{owner}__in": tree.below(agency.pk, on, below)}) if below else Q(**{owner: agency.pk})


def _within(field: str) -> Condition:
    return lambda year: Q(**{f"{field}__range": (date(year, 1, 1), last_day(year))})


def _of_kind(kind: str, rows: Condition) -> Condition:
    return lambda year: Q(kind=kind) & rows(year)


def _issued(year: int) -> Q:
    return _within("issued_on")(year)


def _repealed(year: int) -> Q:
    return _within("repealed_on")(year)


def _standing(year: int) -> Q:
    return _force(last_day(year))


def _force(on: date) -> Q:
    """What is in force on a day: begun, not yet expired, neither repealed nor declared lapsed."""
    return (
        Q(effective_on__lte=on)
        & (Q(expires_on__isnull=True) | Q(expires_on__gte=on))
        & (Q(repealed_on__isnull=True) | Q(repealed_on__gt=on))
        & (Q(lapsed_on__isnull=True) | Q(lapsed_on__gt=on))
    )
