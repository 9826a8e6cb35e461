"""The year's enforcement figures out of the same decisions as Table 2: by kind, power and person, and what was overturned.

They are what the registers know: how many decisions there were. Applications, inspections and money they do not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from gongkai.errors import InvalidInput
from gongkai.law.calendar import calendar
from gongkai.law.duties import duty
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.remedies import jurisdiction_of
from gongkai.web.registers import queries
from gongkai.web.registers.models import STANDING, Decision
from gongkai.web.registers.models.words import DECISION_KINDS, OVERTURNINGS, POWERS, SUBJECTS

_PREFIX = "enforcement"
UNKNOWN = (
    "许可申请的收到、受理和不予许可件数",
    "行政检查、行政征收征用、行政确认等其他执法行为",
    "罚没金额和强制执行金额",
    "处罚的种类（警告、罚款、没收等）",
)
"""What the statistics of some places ask for besides, and the registers do not hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its code, its heading, which decisions it counts in a year, and the group it stands in."""

    code: str
    head: str
    rows: Callable[[int], Q]
    group: str


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of decision with its figures by the codes of the columns."""

    kind: str
    label: str
    figures: Mapping[str, int]


def _decided(year: int) -> Q:
    return Q(decided_on__range=(date(year, 1, 1), queries.last_day(year)))


def _of(field: str, code: str) -> Callable[[int], Q]:
    return lambda year: _decided(year) & Q(**{field: code})


def _overturned(how: str) -> Callable[[int], Q]:
    return lambda year: Q(overturned=how, overturned_on__range=(date(year, 1, 1), queries.last_day(year)))


@cache
def columns() -> tuple[Column, ...]:
    """Return the columns: all decisions of the year, by power, by whom they concern; what was overturned in the year."""
    return (
        Column("decisions", "作出决定", _decided, ""),
        *(Column(code, said, _of("power", code), "按职权来源") for code, said in POWERS),
        *(Column(code, said, _of("subject_kind", code), "按相对人") for code, said in SUBJECTS),
        *(Column(code, said, _overturned(code), "当年被改变的决定") for code, said in OVERTURNINGS),
    )


def figures(agency: Agency, year: int, below: Sequence[str] = ()) -> list[Line]:
    """Return the figures of a year, a line for each kind of decision, in one query; `below` as for Table 2."""
    counted = {f"n_{column.code}": Count(Value(1), filter=column.rows(year)) for column in columns()}
    rows = _counted(agency, year, below).order_by().values("kind").annotate(**counted)
    found: dict[str, dict[str, Any]] = {row["kind"]: dict(row) for row in rows}
    return [
        Line(kind, said, {one.code: found.get(kind, {}).get(f"n_{one.code}", 0) for one in columns()})
        for kind, said in DECISION_KINDS
    ]


def cells() -> Iterator[str]:
    """Give the identifier of every figure, by which it leads to its decisions."""
    for kind, _ in DECISION_KINDS:
        yield from (cell(kind, column.code) for column in columns())


def cell(kind: str, column: str) -> str:
    """Return the identifier of a figure."""
    return f"{_PREFIX}.{kind}.{column}"


def behind(wanted: str, agency: Agency, year: int, below: Sequence[str] = ()) -> QuerySet[Decision]:
    """Return the decisions that make a figure. Raises InvalidInput for one that there is not."""
    if wanted not in set(cells()):
        raise InvalidInput("registers.no_figure", given=wanted)
    _, kind, code = wanted.split(".")
    rows = next(column.rows for column in columns() if column.code == code)(year)
    return _counted(agency, year, below).filter(rows, kind=kind).order_by("pk")


def due(agency: Agency, year: int) -> date:
    """Return the last day on which the figures of a year are published in time."""
    ended = queries.last_day(year)
    day: date = duty("enforcement_figures").due(ended, calendar(), jurisdiction_of(agency, ended)).due
    return day


def _counted(agency: Agency, year: int, below: Sequence[str]) -> QuerySet[Decision]:
    """The decisions that count for an agency and were made or overturned in a year."""
    year_of = (date(year, 1, 1), queries.last_day(year))
    whose = queries.whose(Decision, agency, queries.last_day(year), below)
    return Decision.objects.filter(STANDING, whose, _decided(year) | Q(overturned_on__range=year_of))
