"""A query whose words are made once: for an agency and a year that change, what the database is asked stays the same.

Making the words of an aggregate with many conditions takes longer than the database takes to answer it from an index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from gongkai.web.agencies.models import Agency

_AGENCY, _YEAR = -7_777_777, 1900
"""Stand in for an agency and a year while the words are made; no row has either."""


class Compiled(NamedTuple):
    """The words of a query, and its values with marks where the agency and the days of the year belong."""

    words: str
    values: tuple[Any, ...]

    def answer(self, agency: Agency, year: int) -> Sequence[Any]:
        """Ask for an agency and a year; return the one row of the answer."""
        with connection.cursor() as cursor:
            cursor.execute(self.words, [_filled(value, agency, year) for value in self.values])
            return tuple(cursor.fetchone())


class _Caught(Exception):
    def __init__(self, words: str, values: Sequence[Any]) -> None:
        super().__init__()
        self.found = Compiled(words, tuple(values))


def compiled(ask: Callable[[Agency, int], object]) -> Compiled:
    """Return what `ask` asks the database, which must be one question; it is not asked."""

    def catch(_execute: Any, words: str, values: Sequence[Any], _many: bool, _context: Any) -> None:
        raise _Caught(words, values)

    with connection.execute_wrapper(catch):
        try:
            ask(Agency(pk=_AGENCY), _YEAR)
        except _Caught as caught:
            return caught.found
    raise AssertionError


def _filled(value: Any, agency: Agency, year: int) -> Any:
    if value == _AGENCY:
        return agency.pk
    if isinstance(value, date):
        return value.replace(year=year) if value.year == _YEAR else value
    # SQLite is given days as text.
    if isinstance(value, str) and value.startswith(f"{_YEAR}-"):
        return f"{year:04d}{value[4:]}"
    return value
