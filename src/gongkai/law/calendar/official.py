"""The State Council's arrangements from 2004 on: days from the library chinesecalendar, notices from our own table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import chinese_calendar

from gongkai.law.calendar.day import Notice
from gongkai.law.status import status


class OfficialCalendar:
    """The published years: one notice a year, with every day that departs from Monday to Friday."""

    def notices(self) -> Sequence[Notice]:
        """Return the notices of all published years in order."""
        holidays = _by_year(chinese_calendar.holidays)
        make_up = _by_year(chinese_calendar.workdays)
        table = {year: given for given in data()["notice"] if not given.get("amends") for year in given["years"]}
        return tuple(
            _notice(year, table.get(year, {}), holidays[year], make_up.get(year, {})) for year in sorted(holidays)
        )


@cache
def data() -> Mapping[str, Any]:
    """The table of notices as it stands in the file."""
    return tomllib.loads(resources.files(__package__).joinpath("notices.toml").read_text(encoding="utf-8"))


def _notice(year: int, given: Mapping[str, Any], holidays: dict[date, str], make_up: dict[date, str]) -> Notice:
    certain = status(given.get("status", "unverified"))
    return Notice(year, given.get("number", ""), given.get("issued"), holidays, make_up, status=certain)


def _by_year(days: Mapping[date, str]) -> dict[int, dict[date, str]]:
    """Days with the Chinese names of their holidays, by the year whose notice arranges them.

    The last days of a December that belong to New Year's Day are arranged with the year that begins then.
    """
    new_year = chinese_calendar.Holiday.new_years_day.value
    chinese = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
    found: dict[int, dict[date, str]] = {}
    for day, name in sorted(days.items()):
        year = day.year if name != new_year or day.month == 1 else day.year + 1
        found.setdefault(year, {})[day] = chinese[name]
    return found
