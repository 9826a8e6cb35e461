"""What the law's answers say on the terminal and in JSON: days, parameters, provisions, the calendar, what is provisional."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from gongkai import messages
from gongkai.cli.terminal import ICONS
from gongkai.errors import InvalidInput
from gongkai.law.articles import article, instrument, written
from gongkai.law.citation import citation
from gongkai.law.deadlines.words import answers, day_of, folded
from gongkai.law.parameters import Jurisdiction, Parameter, Value, jurisdiction, parameters
from gongkai.messages import phrase

if TYPE_CHECKING:
    from gongkai.law.calendar import Calendar

CHINA = timedelta(hours=8)
DIGEST_SHOWN = 12
MARKS = {"stated": ICONS["good"], "unverified": ICONS["warning"], "ours": ICONS["notice"]}
"""How certain a value is, as a mark before it."""


def today() -> date:
    """The day that it is in China."""
    return (datetime.now(UTC) + CHINA).date()


def given_day(text: str, option: str) -> date:
    """The date given with an option. Raises InvalidInput."""
    return day_of(text.strip(), phrase("cli.law_words.option", name=option))


def own_jurisdiction(region: str, settings: Iterable[str]) -> Jurisdiction:
    """The region and the settings `NAME=VALUE`. Raises InvalidInput for what the law does not leave to an office."""
    own = {}
    for given in settings:
        name, sign, value = given.partition("=")
        if not sign:
            raise InvalidInput("cli.law_words.setting", given=given)
        own[name.strip()] = _value(name.strip(), value.strip())
    return jurisdiction(region, own)


def day_words(day: date) -> str:
    """A date with its day of the week."""
    return _said("day", day=day, weekday=_said(f"weekday.{day.isoweekday()}"))


def provisions(cited: Iterable[str]) -> str:
    """Citations for people in a list, those of one instrument together."""
    held: dict[str, list[str]] = {}
    for one in dict.fromkeys(cited):
        found = citation(one)
        several = held.setdefault(f"{found.instrument}." if found.article else one, [])
        further = found.provision if messages.default_language() == "zh" else one.partition(".")[2]
        several.append(further if several else written(found))
    return messages.text("list.semicolon").join(map(messages.text("list.comma").join, held.values()))


def summaries(cited: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each article, in words, with what it says in one line; an instrument without articles with its title."""
    language = messages.default_language()
    for found in dict.fromkeys(map(_whole_article, cited)):
        held = citation(found)
        said = article(held).summary[language] if held.article else instrument(held.instrument).title
        yield written(found), said


def parameter_name(name: str) -> str:
    """What people call a parameter; its code where nobody has named it yet."""
    return messages.catalogue(messages.default_language()).get(f"law.parameter_name.{name}", name)


def parameter_value(given: Parameter, value: Value | None = None) -> str:
    """A parameter's value, or another one it could have, with its unit, as people say it."""
    value = given.value if value is None else value
    if given.unit in ("flag", "choice"):
        code = str(value).lower() if given.unit == "flag" else f"{given.name}.{value}"
        return messages.catalogue(messages.default_language()).get(f"law.parameter_value.{code}", str(value))
    if given.unit == "month_day":
        return str(value)
    return quantity(int(value), given.unit)


def quantity(number: int, unit: str) -> str:
    """A number of days, months or other units."""
    if number == 1:
        return _said(f"one.{unit}")
    return _said("quantity", number=number, unit=messages.text(f"law.unit.{unit}"))


def setting_words(given: Parameter) -> str:
    """A parameter on one line: its mark, name, value, provision, and what makes it uncertain or the office's own."""
    marks = [] if given.status == "stated" else [messages.text(f"law.status.{given.status}")]
    if given.region:
        marks.append(_said("region", region=given.region))
    if given.set_here:
        marks.append(_said("set_here"))
    if given.settable:
        marks.append(_said("settable", setting=given.name))
    remarks = messages.text("list.comma").join([written(given.article), *marks])
    mark = MARKS[given.status]
    return _said(
        "parameter", mark=mark, label=parameter_name(given.name), value=parameter_value(given), remarks=remarks
    )


def parameter_words(given: Parameter) -> str:
    """A parameter with since when it holds, and what an office may choose where it is left to it."""
    dates = [_said("since", since=given.since), *([_said("until", until=given.until)] if given.until else [])]
    region = [_said("region", region=given.region)] if given.region else []
    certain = [] if given.status == "stated" else [messages.text(f"law.status.{given.status}")]
    left = [_said("left")] if given.settable else []
    remarks = messages.text("list.comma").join([written(given.article), *dates, *region, *certain, *left])
    name, value = parameter_name(given.name), parameter_value(given)
    said = _said("parameter", mark=MARKS[given.status], label=name, value=value, remarks=remarks)
    choices = [_said("choice", choice=choice, means=parameter_value(given, choice)) for choice in given.choices]
    return "\n".join([said, *choices])


def missing_years(due: date, calendar: Calendar) -> list[int]:
    """The years whose notices on holidays are not published and may change a due day."""
    settled = calendar.span.settled
    return list(range(settled.year + 1, max(due.year, settled.year + 1) + 1)) if due > settled else []


def provisional_words(due: date, calendar: Calendar) -> str:
    """Why a due day is provisional; empty when it is not."""
    years = missing_years(due, calendar)
    return _said("provisional", years=messages.text("list.comma").join(map(str, years))) if years else ""


def calendar_words(calendar: Calendar) -> str:
    """The version of a calendar: its last notice, and the digest of all that it says."""
    last = calendar.notices[-1]
    return _said("calendar", number=last.number or "—", year=last.year, digest=calendar.digest[:DIGEST_SHOWN])


def calendar_object(calendar: Calendar) -> dict[str, Any]:
    """The version of a calendar, for programs."""
    last = calendar.notices[-1]
    return {
        "notice": last.number,
        "year": last.year,
        "settled": calendar.span.settled.isoformat(),
        "digest": calendar.digest,
    }


def parameter_object(given: Parameter) -> dict[str, Any]:
    """A parameter, for programs."""
    return {
        "name": given.name,
        "label": parameter_name(given.name),
        "value": given.value,
        "unit": given.unit,
        "article": given.article,
        "from": given.since.isoformat(),
        "until": given.until.isoformat() if given.until else None,
        "region": given.region,
        "status": given.status,
        "settable": given.settable,
        "choices": list(given.choices),
        "set_here": given.set_here,
    }


def cited_objects(cited: Iterable[str]) -> list[dict[str, str]]:
    """Citations, for programs, with the words for them."""
    return [{"cited": one, "written": written(one)} for one in cited]


def _value(name: str, value: str) -> Value:
    """A text as the kind of value that a parameter has; the law refuses what does not become one."""
    units = {given.unit for given in parameters() if given.name == name}
    if "flag" in units:
        return answers().get(folded(value), value) if value else value
    if units & {"choice", "month_day"} or not value.isdecimal():
        return value
    return int(value)


def _whole_article(cited: str) -> str:
    """An article without its paragraph and item."""
    found = citation(cited)
    return f"{found.instrument}.{found.article}" if found.article else found.instrument


def _said(name: str, **facts: object) -> str:
    return messages.text(f"cli.law_words.{name}", None, **facts)
