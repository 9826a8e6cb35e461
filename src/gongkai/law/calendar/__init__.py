"""The calendar of working days, from 2004 on, with a version that can be named."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path

from gongkai.law.calendar.calendar import Calendar, Span, Week, build
from gongkai.law.calendar.day import Day, DayKind, Notice
from gongkai.law.calendar.office import OfficeCalendar
from gongkai.law.calendar.official import OfficialCalendar
from gongkai.law.calendar.source import CalendarSource

__all__ = [
    "Calendar",
    "CalendarSource",
    "Day",
    "DayKind",
    "Notice",
    "OfficeCalendar",
    "OfficialCalendar",
    "Span",
    "Week",
    "build",
    "calendar",
    "week",
]


def calendar(files: Sequence[Path] = ()) -> Calendar:
    """Return the official calendar, under the notices of an office's own files."""
    return _official() if not files else build((OfficialCalendar(), *map(OfficeCalendar, files)), week())


@lru_cache(maxsize=1)
def week() -> Week:
    """How days count where no notice says otherwise."""
    given = tomllib.loads(resources.files(__package__).joinpath("week.toml").read_text(encoding="utf-8"))
    return Week(frozenset(given["working"]), given["unsettled_from"], given["foreseen_years"])


@lru_cache(maxsize=1)
def _official() -> Calendar:
    return build((OfficialCalendar(),), week())
