"""The State Council's arrangements from 2004 on: days from the library chinesecalendar, notices from our own table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from gongkai.law.calendar.day import Notice
from gongkai.law.status import status


class OfficialCalendar:
    """The published years: every day that departs from Monday to Friday, with the notice that arranged it last."""

    def notices(self) -> Sequence[Notice]:
        """Return the notices of all published years in order: that of the whole year, then those that amend it."""
        import chinese_calendar  # only where a date is counted: what merely cites the law does without it

        holidays = _by_year(chinese_calendar.holidays, chinese_calendar.Holiday)
        make_up = _by_year(chinese_calendar.workdays, chinese_calendar.Holiday)
        return tuple(
            notice for year in sorted(holidays) for notice in _notices(year, holidays[year], make_up.get(year, {}))
        )


@cache
def data() -> Mapping[str, Any]:
    """The table of notices as it stands in the file."""
    return tomllib.loads(resources.files(__package__).joinpath("notices.toml").read_text(encoding="utf-8"))


def _notices(year: int, holidays: Mapping[date, str], make_up: Mapping[date, str]) -> Iterator[Notice]:
    """The notices of a year, that of the whole year first, each with the days that none after it arranges anew."""
    entries = [entry for entry in data()["notice"] if year in entry["years"]] or [{}]
    entries.sort(key=lambda entry: entry.get("amends", False))
    last = {day: entry for entry in entries for day in entry.get("days", (*holidays, *make_up))}
    for entry in entries:
        yield Notice(
            year,
            entry.get("number", ""),
            entry.get("issued"),
            {day: name for day, name in holidays.items() if last[day] is entry},
            {day: name for day, name in make_up.items() if last[day] is entry},
            entry.get("amends", False),
            status(entry.get("status", "unverified")),
        )


def _by_year(days: Mapping[date, str], names: Any) -> dict[int, dict[date, str]]:
    """Days with the Chinese names of their holidays, by the year whose notice arranges them.

    The last days of a December that belong to New Year's Day are arranged with the year that begins then.
    """
    new_year = names.new_years_day.value
    chinese = {holiday.value: holiday.chinese for holiday in names}
    found: dict[int, dict[date, str]] = {}
    for day, name in sorted(days.items()):
        year = day.year if name != new_year or day.month == 1 else day.year + 1
        found.setdefault(year, {})[day] = chinese[name]
    return found
