"""The numbers, choices and switches of the law, each dated and with its article.

`in_force` gives those that hold on a date, in a region, with what an office has set itself within what the law leaves to it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law.articles import is_known
from gongkai.law.status import Status, status

Value = int | str | bool
_MONTH_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")
_COMMON_YEAR = "2001"
_REGION = re.compile(r"(?:[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})?")
"""Codes of provinces, cities, counties, townships and villages; none for the whole country."""
_KINDS: Mapping[str, type] = {"choice": str, "flag": bool, "month_day": str}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of the law: its unit, its article, its first day and the first day after its last, its region.

    `settable` ones are left to the office by the law or by this software's reading; `set_here` says that the office did so.
    """

    name: str
    value: Value
    unit: str
    article: str
    since: date
    until: date | None = None
    region: str = ""
    status: Status = "stated"
    settable: bool = False
    choices: tuple[str, ...] = ()
    least: Value | None = None
    most: Value | None = None
    set_here: bool = False


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Whose law is asked for: a region by its code (`510000`; empty for the whole country) and the office's own settings."""

    region: str = ""
    settings: frozenset[tuple[str, Value]] = frozenset()


NATIONAL = Jurisdiction()


@dataclass(frozen=True, slots=True, eq=False)
class InForce:
    """The parameters in force on a date for a jurisdiction."""

    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Parameter:
        """Return a parameter. Raises InvalidInput for one that is not in force on the date."""
        try:
            return self.parameters[name]
        except KeyError:
            known = [given for given in parameters() if given.name == name]
            since = min((given.since for given in known), default=None)
            raise InvalidInput(
                "law.parameter.not_in_force", name=name, since=since, article=known[0].article if known else ""
            ) from None

    def number(self, name: str) -> int:
        """Return the whole number that a parameter is, in its unit."""
        return int(self[name].value)

    def choice(self, name: str) -> str:
        """Return the choice, or the date of the year, that a parameter is."""
        return str(self[name].value)

    def flag(self, name: str) -> bool:
        """Return whether a parameter is switched on."""
        return bool(self[name].value)

    def named(self, *names: str) -> tuple[Parameter, ...]:
        """Return several parameters in the order asked for."""
        return tuple(self[name] for name in names)


@cache
def parameters() -> tuple[Parameter, ...]:
    """Every dated value in the order of the data. Raises InvalidData where the file breaks its own rules."""
    data = tomllib.loads(resources.files(__package__).joinpath("parameters.toml").read_text(encoding="utf-8"))
    return read(data)


def read(data: Mapping[str, dict[str, Any]]) -> tuple[Parameter, ...]:
    """The dated values of a file's entries. Raises InvalidData where an entry is wrong or two hold at the same time."""
    found = tuple(_parameter(key, given) for key, given in data.items())
    places = sorted(found, key=lambda given: (given.name, given.region, given.since))
    for before, after in pairwise(places):
        same = (before.name, before.region) == (after.name, after.region)
        if same and (before.until is None or after.since < before.until):
            raise InvalidData("law.parameter.overlap", name=after.name, region=after.region, on=after.since)
    return found


def settings(given: frozenset[tuple[str, Value]], region: str = "") -> frozenset[tuple[str, Value]]:
    """Return an office's settings, checked. Raises InvalidInput for what the law does not leave to it in its region."""
    for name, value in given:
        known = [held for held in parameters() if held.name == name and region.startswith(held.region)]
        left = [held for held in known if held.settable]
        if not known:
            raise InvalidInput("law.setting.unknown", name=name)
        if not left:
            raise InvalidInput("law.setting.fixed", name=name, article=known[0].article)
        if not any(_fits(held, value) for held in left):
            raise InvalidInput("law.setting.value", name=name, value=value, unit=left[0].unit)
    return given


def jurisdiction(region: str = "", own: Mapping[str, Value] | None = None) -> Jurisdiction:
    """Return a jurisdiction with an office's own settings, checked. Raises InvalidInput for a region that is no code."""
    if not _REGION.fullmatch(region):
        raise InvalidInput("law.region.form", given=region)
    return Jurisdiction(region, settings(frozenset((own or {}).items()), region))


def in_force(on: date, of: Jurisdiction = NATIONAL) -> InForce:
    """Return the parameters in force on a date. The same object is returned for all dates between two changes."""
    return _in_force(bisect_right(changes(), on), of)


@cache
def changes() -> tuple[date, ...]:
    """The dates on which some parameter begins or ceases to hold."""
    return tuple(sorted({day for given in parameters() for day in (given.since, given.until) if day}))


@lru_cache
def _in_force(interval: int, of: Jurisdiction) -> InForce:
    """The parameters between two changes: of a name, that of the narrowest region; where it is open, what the office has set."""
    begins = changes()[interval - 1] if interval else date.min
    held: dict[str, Parameter] = {}
    for given in sorted(parameters(), key=lambda parameter: len(parameter.region)):
        if (
            given.since <= begins
            and (given.until is None or begins < given.until)
            and of.region.startswith(given.region)
        ):
            held[given.name] = given
    for name, value in of.settings:
        if name in held and held[name].settable and _fits(held[name], value):
            held[name] = replace(held[name], value=value, set_here=True)
    return InForce(held)


def _parameter(key: str, given: dict[str, Any]) -> Parameter:
    """One entry of the file. `name@variant` is another dated or regional value of `name`."""
    try:
        found = Parameter(
            name=key.partition("@")[0],
            value=given["value"],
            unit=given["unit"],
            article=given["article"],
            since=given["from"],
            until=given.get("until"),
            region=given.get("region", ""),
            status=status(given.get("status", "stated")),
            settable=given.get("settable", False),
            choices=tuple(given.get("choices", ())),
            least=given.get("least"),
            most=given.get("most"),
        )
    except KeyError as missing:
        raise InvalidData(
            "law.data.missing", file="parameters.toml", entry=key, key=str(missing.args[0])
        ) from missing
    ends = found.until is not None and found.until <= found.since
    if ends or not is_known(found.article) or not _fits(found, found.value) or not _REGION.fullmatch(found.region):
        raise InvalidData("law.parameter.invalid", name=key, article=found.article, value=found.value)
    return found


def _fits(parameter: Parameter, value: object) -> bool:
    """Whether a value is of the parameter's kind: a switch, one of its choices, a date of the year, a number in its bounds."""
    if type(value) is not _KINDS.get(parameter.unit, int):
        return False
    if parameter.unit == "choice":
        return value in parameter.choices
    if isinstance(value, str):
        return _is_month_day(value) and (str(parameter.least or value) <= value <= str(parameter.most or value))
    if not isinstance(value, int):
        return False
    least = 0 if parameter.least is None else int(parameter.least)
    return least <= value and (parameter.most is None or value <= int(parameter.most))


def _is_month_day(value: str) -> bool:
    """Whether every year has the day: 02-29 is none."""
    try:
        return _MONTH_DAY.fullmatch(value) is not None and bool(date.fromisoformat(f"{_COMMON_YEAR}-{value}"))
    except ValueError:
        return False
