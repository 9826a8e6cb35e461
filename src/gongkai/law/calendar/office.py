"""A file of notices that an office adds: TOML or CSV, each day with the number of its notice.

TOML has a table a notice:

    [[notice]]
    year = 2027
    number = "…"
    issued = 2026-11-10
    holidays = [{ name = "元旦", from = 2027-01-01, to = 2027-01-03 }]
    make_up = [{ name = "春节", on = 2027-02-07 }]

CSV has a line a day under the headings year, number, issued, date, kind (holiday or make_up), name, amends.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gongkai.errors import InvalidData
from gongkai.law.calendar.day import Notice

_YES = {"yes", "true", "1", "是"}
_KINDS = {"holiday": "holidays", "放假": "holidays", "make_up": "make_up", "上班": "make_up"}
_HEADINGS = ("year", "number", "date", "kind", "name")
_LAST_MONTH = date.max.month


@dataclass(frozen=True)
class OfficeCalendar:
    """The notices of one file."""

    path: Path

    def notices(self) -> Sequence[Notice]:
        """Return the notices in the order of the file. Raises InvalidData that names the entry that is wrong."""
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidData("law.calendar.file", path=str(self.path), reason=str(error)) from error
        found = _from_csv(text, self.path) if self.path.suffix.lower() == ".csv" else _from_toml(text, self.path)
        if not found:
            raise InvalidData("law.calendar.file_empty", path=str(self.path))
        return tuple(found)


def _from_toml(text: str, path: Path) -> list[Notice]:
    try:
        given = tomllib.loads(text).get("notice", [])
    except tomllib.TOMLDecodeError as error:
        raise InvalidData("law.calendar.file", path=str(path), reason=str(error)) from error
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        raise InvalidData("law.calendar.entry", path=str(path), entry="notice")
    return [_checked(entry, path) for entry in given]


def _from_csv(text: str, path: Path) -> list[Notice]:
    reader = csv.DictReader(io.StringIO(text))
    missing = [heading for heading in _HEADINGS if heading not in (reader.fieldnames or ())]
    if missing:
        raise InvalidData("law.calendar.headings", path=str(path), missing=", ".join(missing))
    notices: dict[tuple[str, str], dict[str, Any]] = {}
    for number, line in enumerate(reader, reader.line_num + 1):
        kind = _KINDS.get((line["kind"] or "").strip())
        day = _date(line["date"])
        if kind is None or day is None or not (line["year"] or "").strip().isdecimal():
            raise InvalidData("law.calendar.line", path=str(path), line=number)
        new: dict[str, Any] = {
            "year": int(line["year"]),
            "number": line["number"].strip(),
            "holidays": [],
            "make_up": [],
        }
        notice = notices.setdefault((line["year"].strip(), line["number"].strip()), new)
        notice["issued"] = notice.get("issued") or _date(line.get("issued") or "")
        notice["amends"] = notice.get("amends", False) or (line.get("amends") or "").strip().lower() in _YES
        notice[kind].append({"name": line["name"], "on": day})
    return [_checked(given, path) for given in notices.values()]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _checked(given: Mapping[str, Any], path: Path) -> Notice:
    """One notice, refused where it lacks something, arranges days of another year, or one day in two ways."""
    number, year = given.get("number"), given.get("year")
    entry = str(number or year or "notice")
    if not isinstance(number, str) or not number.strip() or not isinstance(year, int) or isinstance(year, bool):
        raise InvalidData("law.calendar.entry", path=str(path), entry=entry)
    try:
        holidays = dict(_days(given.get("holidays", ())))
        make_up = dict(_days(given.get("make_up", ())))
    except (KeyError, TypeError, AttributeError) as error:
        raise InvalidData("law.calendar.entry", path=str(path), entry=entry) from error
    foreign = [day for day in (*holidays, *make_up) if not _belongs(day, year)]
    if foreign or holidays.keys() & make_up.keys() or not (holidays or make_up):
        raise InvalidData("law.calendar.days", path=str(path), entry=entry, days=", ".join(map(str, foreign)) or "—")
    issued = given.get("issued")
    amends = bool(given.get("amends", False))
    return Notice(year, number.strip(), issued if isinstance(issued, date) else None, holidays, make_up, amends)


def _days(given: Iterable[Mapping[str, Any]]) -> Iterator[tuple[date, str]]:
    """Each day of entries that name one day (`on`) or several (`from`, `to`)."""
    for entry in given:
        first, last = entry.get("on", entry.get("from")), entry.get("on", entry.get("to"))
        if type(first) is not date or type(last) is not date or last < first:
            raise TypeError(entry)
        for offset in range((last - first).days + 1):
            yield first + timedelta(offset), str(entry["name"])


def _belongs(day: date, year: int) -> bool:
    """A notice arranges days of its own year and the last days of the year before."""
    return day.year == year or (day.year + 1 == year and day.month == _LAST_MONTH)
