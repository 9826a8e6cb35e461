"""What stands in a cell as a month: every usual spelling, and nothing that could mean two things."""

from __future__ import annotations

import re
from datetime import date

from gongkai.errors import InvalidInput
from gongkai.web.files.sheets.days import day, plain

__all__ = ["day", "month"]
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?|(\d{2}))")


def month(given: str) -> date:
    """Return the first day of the month that a cell names: 2026-01, 2026年1月, 202601, or any day of it."""
    found = _MONTH.fullmatch(plain(given))
    if found is None:
        try:
            return day(given).replace(day=1)
        except InvalidInput:
            raise InvalidInput("registers.bulk.month", given=given[:40]) from None
    year, of_year = (int(part) for part in found.groups() if part)
    try:
        return date(year, of_year, 1)
    except ValueError:
        raise InvalidInput("registers.bulk.month", given=given[:40]) from None
