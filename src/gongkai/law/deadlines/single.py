"""Single periods by the name of their rule: every rule that counts one from a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from inspect import Parameter as Argument
from inspect import signature
from typing import TYPE_CHECKING, Any, cast, get_type_hints

from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.due import Due
from gongkai.law.parameters import InForce, Jurisdiction, in_force
from gongkai.law.rules import Rule, rules

if TYPE_CHECKING:
    Supply = Callable[[date, Calendar, Jurisdiction], Any]

SUPPLIED: Mapping[Any, Supply] = {
    Calendar: lambda _start, calendar, _where: calendar,
    Jurisdiction: lambda _start, _calendar, where: where,
    InForce: lambda start, _calendar, where: in_force(start, where),
}
"""What a rule can ask for besides the day, by its type."""


def countable() -> dict[str, Rule]:
    """The rules that give a due day from one day: all else that they must be given is known here."""
    return {name: rule for name, rule in rules().items() if _counts_one_period(rule.function)}


def count(rule: Rule, start: date, calendar: Calendar, jurisdiction: Jurisdiction) -> Due:
    """Return the due day of a countable rule from a day, in its ordinary case."""
    hints = get_type_hints(rule.function)
    names = list(signature(rule.function).parameters)[1:]
    given = {name: SUPPLIED[hints[name]](start, calendar, jurisdiction) for name in names if hints[name] in SUPPLIED}
    return cast(Due, rule.function(start, **given))


def _counts_one_period(function: Callable[..., Any]) -> bool:
    hints = get_type_hints(function)
    first, *others = signature(function).parameters.values()
    return (
        hints.get("return") is Due
        and hints.get(first.name) is date
        and all(hints[other.name] in SUPPLIED or other.default is not Argument.empty for other in others)
    )
