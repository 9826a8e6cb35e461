"""What stands in a cell as a month or a count: every usual spelling, and nothing that could mean two things."""

from __future__ import annotations

import re
from datetime import date

from gongkai.errors import InvalidInput
from gongkai.web.files.sheets.days import day, plain

__all__ = ["count", "day", "month"]
_COUNT = re.compile(r"(\d{1,9})(?:\s?个?工作日|人|名|年|年度)?", re.ASCII)
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


def count(given: str) -> int:
    """Return the whole number that a cell gives, with or without what is counted. Raises InvalidInput for anything else."""
    found = _COUNT.fullmatch(plain(given).replace(",", ""))
    if found is None:
        raise InvalidInput("registers.bulk.count", given=given[:40])
    return int(found[1])
