"""A file of notices that an office adds: TOML or CSV, each day with the number of its notice.

TOML has a table a notice:

    [[notice]]
    year = 2027
    number = "…"
    issued = 2026-11-10
    holidays = [{ name = "元旦", from = 2027-01-01, to = 2027-01-03 }]
    make_up = [{ name = "春节", on = 2027-02-07 }]

and `amends = true` where the notice only changes single days of its year. CSV has a line a day under the headings year,
number, issued, date, kind (holiday or make_up), name, amends; issued and amends may be left out.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gongkai.errors import InvalidData
from gongkai.law.calendar.day import Notice
from gongkai.messages import Listing

_DATE = re.compile(r"\s*(\d+)[-/](\d+)[-/](\d+)\s*")
_KINDS = {"holiday": "holidays", "放假": "holidays", "make_up": "make_up", "上班": "make_up"}
_YES = ("yes", "true", "1", "是")
_NO = ("", "no", "false", "0", "否")
_NEEDED = ("year", "number", "date", "kind", "name")
_HEADINGS = (*_NEEDED, "issued", "amends")
_KEYS = ("year", "number", "issued", "amends", "holidays", "make_up")
_LAST_MONTH = date.max.month


@dataclass(frozen=True)
class OfficeCalendar:
    """The notices of one file."""

    path: Path

    def notices(self) -> Sequence[Notice]:
        """Return the notices in the order of the file. Raises InvalidData that names the entry that is wrong."""
        path = str(self.path)
        try:
            text = self.path.read_text(encoding="utf-8-sig")
            given = _from_csv(text, path) if path.lower().endswith(".csv") else _from_toml(text, path)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as error:
            raise InvalidData("law.calendar.file", path=path, reason=str(error)) from error
        if not given:
            raise InvalidData("law.calendar.file_empty", path=path)
        return tuple(_notice(entry, path) for entry in given)


def _from_toml(text: str, path: str) -> list[dict[str, Any]]:
    given = tomllib.loads(text).get("notice", [])
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        raise InvalidData("law.calendar.entry", path=path, entry="notice")
    return given


def _from_csv(text: str, path: str) -> list[dict[str, Any]]:
    """The notices that the lines make up; what one line says of its notice holds for the whole of it."""
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    headings = reader.fieldnames or ()
    missing = tuple(heading for heading in _NEEDED if heading not in headings)
    if missing:
        raise InvalidData("law.calendar.headings", path=path, missing=Listing(missing))
    unknown = tuple(heading for heading in headings if heading not in _HEADINGS)
    if unknown:
        raise InvalidData("law.calendar.headings_unknown", path=path, unknown=Listing(unknown))
    notices: dict[tuple[int, str], dict[str, Any]] = {}
    for line in reader:
        try:
            year, number, kind = int(line["year"]), line["number"].strip(), _KINDS[line["kind"].strip()]
            day = {"name": line["name"], "on": _date(line["date"])}
            issued = _date(line["issued"]) if line.get("issued") else None
            amends = _truth(line.get("amends", ""))
        except (KeyError, ValueError) as error:
            raise InvalidData("law.calendar.line", path=path, line=reader.line_num) from error
        notice = notices.setdefault((year, number), {"year": year, "number": number, "holidays": [], "make_up": []})
        notice["issued"] = notice.get("issued") or issued
        notice["amends"] = notice.get("amends") or amends
        notice[kind].append(day)
    return list(notices.values())


def _date(text: str) -> date:
    """A date as 2027-01-01 or, as spreadsheets write it, 2027/1/1. Raises ValueError."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return date(*map(int, found.groups()))


def _truth(text: str) -> bool:
    given = text.strip().lower()
    if given not in _YES + _NO:
        raise ValueError(text)
    return given in _YES


def _notice(given: Mapping[str, Any], path: str) -> Notice:
    """One notice, refused where it lacks something, arranges days of another year, or one day in two ways."""
    year, number, issued = given.get("year"), given.get("number") or "", given.get("issued")
    entry, amends = str(number or year or "notice"), given.get("amends", False)
    unknown = tuple(key for key in given if key not in _KEYS)
    if unknown:
        raise InvalidData("law.calendar.keys", path=path, entry=entry, unknown=Listing(unknown))
    try:
        holidays = dict(_days(given.get("holidays", ())))
        make_up = dict(_days(given.get("make_up", ())))
    except (AttributeError, KeyError, TypeError) as error:
        raise InvalidData("law.calendar.entry", path=path, entry=entry) from error
    dated = issued is None or type(issued) is date
    if type(year) is not int or not dated or type(amends) is not bool or not _is_text(number):
        raise InvalidData("law.calendar.entry", path=path, entry=entry)
    _check_days(holidays, make_up, year, path, entry)
    return Notice(year, number.strip(), issued, holidays, make_up, amends)


def _check_days(holidays: Mapping[date, str], make_up: Mapping[date, str], year: int, path: str, entry: str) -> None:
    """Refuse days of another year, one day in two ways, and no day at all."""
    foreign = tuple(day for day in (*holidays, *make_up) if not _belongs(day, year))
    if foreign:
        raise InvalidData("law.calendar.foreign", path=path, entry=entry, days=Listing(foreign))
    both = tuple(sorted(holidays.keys() & make_up.keys()))
    if both:
        raise InvalidData("law.calendar.both", path=path, entry=entry, days=Listing(both))
    if not holidays and not make_up:
        raise InvalidData("law.calendar.no_days", path=path, entry=entry)


def _days(given: Iterable[Mapping[str, Any]]) -> Iterator[tuple[date, str]]:
    """Each day of entries that name one day (`on`) or several (`from`, `to`). Raises TypeError for other entries."""
    for entry in given:
        first, last, name = entry.get("on", entry.get("from")), entry.get("on", entry.get("to")), entry["name"]
        if type(first) is not date or type(last) is not date or not _is_text(name):
            raise TypeError(entry)
        if last < first or last.year > first.year + 1:
            raise TypeError(entry)
        for offset in range((last - first).days + 1):
            yield first + timedelta(offset), name.strip()


def _is_text(given: object) -> bool:
    return isinstance(given, str) and bool(given.strip())


def _belongs(day: date, year: int) -> bool:
    """A notice arranges days of its own year and the last days of the year before."""
    return day.year == year or (day.year + 1 == year and day.month == _LAST_MONTH)
