"""Whole reports from a seed: who writes, which year and forms, which slips; body and truth together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.generator import agencies
from tests.generator.agencies import Agency
from tests.generator.figures import make_figures
from tests.generator.layout import grids
from tests.generator.made import Block, Expected, Level, Made, Para, Value
from tests.generator.printing import Habit, habit, print_all
from tests.generator.prose import Teller


@dataclass
class Plan:
    """What is settled before a report is written; a fault changes the plan and says what must be found.

    `said` are figures as the text gives them where they differ from the tables; `must` names sentences that may not be
    left out; `order` is the sections in the order written; `area` makes it a report on all offices of an area; `plain`
    prints zeros as 0 and every figure bare.
    """

    seed: int
    rng: Random
    agency: Agency
    year: int
    forms: tuple[str, str, str]
    figures: dict[str, Value]
    blanks: bool
    said: dict[str, Value] = field(default_factory=dict)
    must: set[str] = field(default_factory=set)
    order: list[int] = field(default_factory=lambda: [1, 2, 3, 4, 5, 6])
    title_year: int | None = None
    opening_year: int | None = None
    period_year: int | None = None
    preamble_name: str | None = None
    signature_name: str | None = None
    title: str | None = None
    area: bool = False
    plain: bool = False
    printed: dict[str, str] = field(default_factory=dict)
    expected: list[Expected] = field(default_factory=list)
    allowed: set[str] = field(default_factory=set)
    planted: str = ""
    facts: dict[str, Value] = field(default_factory=dict)


Fault = Callable[[Plan], None]


def plan(
    seed: int,
    *,
    blanks: bool = False,
    level: Level | None = None,
    forms: tuple[str, str, str] | None = None,
    busy: bool = False,
    year: int | None = None,
    agency: Agency | None = None,
    previous: Plan | None = None,
) -> Plan:
    """Settle a consistent report. `previous` is the plan of the year before, whose carry-over is taken up."""
    rng = Random(seed)
    agency = agency or (previous.agency if previous else agencies.pick(rng, level))
    year = year or (previous.year + 1 if previous else rng.randint(2019, 2025))
    forms = forms or _forms(rng, year)
    figures = make_figures(rng, forms, agency.level, busy=busy, previous=previous.figures if previous else None)
    made = Plan(seed, rng, agency, year, forms, figures, blanks)
    if year >= 2021 and forms[0] == "2019":
        made.expected.append(Expected("form.year"))
    if forms[0] != forms[1]:
        made.expected.append(Expected("form.mixed"))
    return made


def _forms(rng: Random, year: int) -> tuple[str, str, str]:
    if year < 2021:
        return ("2019", "2019", "2019")
    return rng.choices(
        (("2021", "2021", "2021"), ("2021", "2019", "2021"), ("2019", "2019", "2019"), ("2019", "2021", "2019")),
        (82, 13, 4, 1),
    )[0]


def make(seed: int, *, blanks: bool = False, fault: Fault | None = None, **settled: object) -> Made:
    """A report from a seed, with a fault planted where given."""
    settings = plan(seed, blanks=blanks, **settled)  # type: ignore[arg-type]
    if fault is not None:
        fault(settings)
    return write(settings)


def write(plan: Plan) -> Made:
    """Write the planned report: print its figures, tell its text, lay out its tables."""
    rng, agency = plan.rng, plan.agency
    made = Made(
        seed=plan.seed,
        level=agency.level,
        agency=agency.full,
        names=agency.names,
        years=(plan.year, plan.title_year or plan.year),
        year=plan.year,
        forms=plan.forms,
        scope="area" if plan.area else "own",
        figures=plan.figures,
        expected=plan.expected,
        allowed=plan.allowed,
        planted=plan.planted,
    )
    way = Habit() if plan.plain else habit(rng, blanks=plan.blanks)
    made.printed = print_all(rng, made.sheet, plan.figures, way)
    for cell, raw in plan.printed.items():
        made.printed[cell] = made.printed[cell]._replace(raw=raw, value=None, kind="text")
    teller = Teller(rng, agency, plan.year, plan.forms, {**plan.figures, **plan.said})
    teller.area = plan.area
    teller.must = plan.must
    tables = grids(made, rng)
    made.body = _body(plan, teller, {2: tables["proactive"], 3: tables["requests"], 4: tables["remedies"]})
    if len(set(plan.order)) == len(plan.order):  # of a section written twice only one telling counts
        made.facts = teller.facts
    if not any(isinstance(block, Para) and block.role == "title" for block in made.body):
        made.expected.append(Expected("title.missing"))
    return made


def _body(plan: Plan, teller: Teller, tables: dict[int, Block]) -> list[Block]:
    rng = plan.rng
    short = rng.random() < 0.3 and plan.agency.level == "township"
    name = plan.title or (plan.agency.short if short else plan.agency.full)
    where = (
        "top" if plan.title or plan.title_year or plan.area else rng.choices(("top", "late", "none"), (93, 3, 4))[0]
    )
    signed = where == "none" or short or plan.signature_name is not None or rng.random() < 0.5
    titles: list[Block] = (
        [Para(line, "title") for line in teller.title(name, plan.title_year)] if where != "none" else []
    )
    body: list[Block] = list(titles) if where == "top" else []
    preamble = plan.area or plan.period_year or plan.preamble_name or (where == "top" and rng.random() < 0.6)
    if preamble:
        if plan.area:
            body.append(Para(teller.gathered(), "preamble"))
        notice = "国办公开办函〔2019〕60号" if plan.year == 2022 and rng.random() < 0.15 else None
        told = teller.preamble(name=plan.preamble_name, period=plan.period_year, notice=notice)
        body += [Para(text, "preamble") for text in told]
    for number in plan.order:
        body.append(Para(teller.heading(number), "heading"))
        if where == "late" and number == 1:
            body += titles
        texts = teller.section(number)
        if number == 1 and plan.opening_year:
            texts[0] = texts[0].replace(teller.years(), teller.years(plan.opening_year), 1)
        before = number != 4 or rng.random() < 0.5
        paras: list[Block] = [Para(text) for text in texts]
        if number in tables:
            body += [*paras, tables[number]] if before else [tables[number], *paras]
        else:
            body += paras
    if signed:
        body += [Para(text, "signature") for text in teller.signature(plan.signature_name)]
    return body
