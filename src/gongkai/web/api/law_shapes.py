"""The shapes of the law's answers."""

from __future__ import annotations

from datetime import date

from gongkai.web.api.shapes import Shape


class Cited(Shape):
    """A provision: its citation, and how it is written in words."""

    cited: str
    written: str


class Outcome(Shape):
    """An outcome of a request; `rows` is its row by form, `rows_by_setting` where an office decides it."""

    code: str
    label: str
    articles: list[Cited]
    letter: str
    requires: list[str]
    remedies: str
    rows: dict[str, str]
    row_setting: str | None
    rows_by_setting: dict[str, dict[str, str]]
    counts: bool
    whole: bool
    status: str


class Outcomes(Shape):
    """Every outcome, in the order of the table."""

    items: list[Outcome]


class Parameter(Shape):
    """One value of the law, from a day until another, on which it no longer holds."""

    name: str
    label: str
    value: int | str | bool
    unit: str
    article: str
    written: str
    since: date
    until: date | None
    region: str
    status: str
    settable: bool
    choices: list[str]


class Parameters(Shape):
    """The parameters in force on a day in a region."""

    on: date
    region: str
    items: list[Parameter]


class Rule(Shape):
    """A rule that counts a single period from a day."""

    name: str
    does: str
    articles: list[Cited]


class Rules(Shape):
    """Every rule that `/law/deadline` knows."""

    items: list[Rule]


class Calendar(Shape):
    """Which calendar was used: the last day that no later notice is expected to change, and its digest."""

    settled: date
    digest: str


class RestDay(Shape):
    """A day that is not counted, and the holiday that it belongs to, if any."""

    day: date
    name: str


class Deadline(Shape):
    """By when a period ends, and how it was found."""

    rule: str
    on: date
    due: date
    left: int
    counted_from: date
    period: int | None
    unit: str | None
    rolled_from: date | None
    provisional: bool
    articles: list[Cited]
    settings: list[Parameter]
    calendar: Calendar
    not_counted: list[RestDay]
