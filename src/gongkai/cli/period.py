"""Single periods by command: every rule that counts one from a day, and when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from inspect import Parameter as Argument
from inspect import signature
from typing import Any

from gongkai import messages
from gongkai.cli import days, law_words
from gongkai.cli.sheet import hanging, rows
from gongkai.cli.terminal import mark, say
from gongkai.errors import InvalidInput
from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.due import Due
from gongkai.law.deadlines.single import count, countable
from gongkai.law.parameters import Jurisdiction
from gongkai.law.rules import Rule
from gongkai.messages import Listing
from gongkai.report.write.json import dumps


def tell_rules(*, as_json: bool) -> None:
    """List the countable rules with what they count and their articles."""
    listed = countable()
    if as_json:
        objects = [
            {"name": name, "does": _does(name), "articles": law_words.cited_objects(rule.articles)}
            for name, rule in listed.items()
        ]
        say(dumps({"rules": objects}))
        return
    for name, rule in listed.items():
        say(name)
        say(hanging("    ", _said("rule", does=_does(name), articles=law_words.provisions(rule.articles))))


def tell_period(
    name: str,
    start: date,
    today: date,
    calendar: Calendar,
    jurisdiction: Jurisdiction,
    *,
    explain: bool,
    as_json: bool,
) -> None:
    """Count one period and print it. Raises InvalidInput for a rule that is not countable."""
    listed = countable()
    if name not in listed:
        near = get_close_matches(name, listed) or list(listed)
        raise InvalidInput("cli.deadline.no_rule", given=name, near=Listing(tuple(near)))
    due = count(listed[name], start, calendar, jurisdiction)
    if as_json:
        say(dumps(_object(due, listed[name], today, calendar, explain)))
        return
    left = law_words.quantity(
        abs(due.left(today, calendar)), "working_day" if due.unit == "working_day" else "calendar_day"
    )
    code = "period_last" if today == due.due else "period_over" if today > due.due else "period_due"
    said = _said(code, due=law_words.day_words(due.due), left=left)
    say(mark("warning" if today >= due.due else "good", said))
    say("")
    say(rows(list(_rows(due, listed[name], today, calendar))))
    if explain:
        _explain(due, calendar)


def _rows(due: Due, rule: Rule, today: date, calendar: Calendar) -> Iterator[tuple[str, str]]:
    yield _label("rule"), _said("rule_named", rule=rule.name, does=_does(rule.name))
    yield _label("today"), law_words.day_words(today)
    yield _label("counted"), _counted(due)
    yield _label("assumed"), messages.text("list.comma").join(_assumed(rule))
    yield _label("provisional"), law_words.provisional_words(due.due, calendar) if due.period is not None else ""
    yield _label("basis"), law_words.provisions(due.articles)
    yield _label("settings"), "\n".join(map(law_words.setting_words, due.settings))
    yield _label("calendar"), law_words.calendar_words(calendar)


def _counted(due: Due) -> str:
    if due.period is None:
        return _said("period_fixed", start=law_words.day_words(due.counted_from))
    if due.period == 0:
        return _said("period_same_day", start=law_words.day_words(due.counted_from))
    said = _said(
        "period",
        start=law_words.day_words(due.counted_from),
        length=law_words.quantity(due.period, due.unit or "calendar_day"),
    )
    if due.rolled_from is None:
        return said
    return f"{said}\n{_said('rolled', last=law_words.day_words(due.rolled_from))}"


def _assumed(rule: Rule) -> Iterator[str]:
    """The ordinary case that is counted, where a rule knows others."""
    for name, argument in signature(rule.function).parameters.items():
        if argument.kind is Argument.KEYWORD_ONLY and argument.default is not None:
            value = messages.text(f"law.rule_option.value.{str(argument.default).lower()}")
            yield _said("option", label=messages.text(f"law.rule_option.{name}"), value=value)


def _explain(due: Due, calendar: Calendar) -> None:
    for heading, listed in (
        ("days", list(days.lines(days.of_period(due, calendar)))),
        ("articles", list(law_words.summaries(due.articles))),
    ):
        if listed:
            say(f"\n{_label(heading)}")
            say(rows(listed, indent="  "))


def _object(due: Due, rule: Rule, today: date, calendar: Calendar, explain: bool) -> dict[str, Any]:
    """The answer for programs, its keys in the order of the reference."""
    said: dict[str, Any] = {
        "rule": rule.name,
        "today": today.isoformat(),
        "due": due.due.isoformat(),
        "left": due.left(today, calendar),
        "counted_from": due.counted_from.isoformat(),
        "period": due.period,
        "unit": due.unit,
        "rolled_from": due.rolled_from.isoformat() if due.rolled_from else None,
        "provisional": due.provisional,
        "missing_years": law_words.missing_years(due.due, calendar) if due.period is not None else [],
        "articles": law_words.cited_objects(due.articles),
        "settings": list(map(law_words.parameter_object, due.settings)),
        "calendar": law_words.calendar_object(calendar),
    }
    return {**said, "days": days.objects(days.of_period(due, calendar))} if explain else said


def _does(name: str) -> str:
    return messages.text(f"law.rule.{name}")


def _label(name: str) -> str:
    return _said(f"label.{name}")


def _said(name: str, **facts: object) -> str:
    return messages.text(f"cli.deadline.{name}", None, **facts)
