"""What stands in a cell as a day, a month, a count: every usual spelling, and nothing that could mean two things."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from gongkai.errors import InvalidInput

_DAY = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]0?0:00(?::00)?)?"
)
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?|(\d{2}))")
_COUNT = re.compile(r"(\d{1,9})(?:\s?个?工作日|人|名|年|年度)?", re.ASCII)
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TENS = re.compile(r"(?<=[年月])([一二三])?十([一二三四五六七八九])?(?=[月日])")


def day(given: str) -> date:
    """Return the day that a cell names: 2026-01-05, 2026/1/5, 2026.1.5, 20260105, 2026年1月5日, 二〇二六年一月五日.

    Raises InvalidInput for all else: for a number that counts days, and where day and month could change places.
    """
    try:
        # As most sheets have it.
        if len(given) == 10:
            return date.fromisoformat(given)
    except ValueError:
        pass
    found = _DAY.fullmatch(_plain(given))
    parts = [part for part in found.groups() if part] if found else []
    try:
        year, month, of_month = map(int, parts)
        return date(year, month, of_month)
    except ValueError:
        raise InvalidInput("registers.bulk.day", given=given[:40]) from None


def month(given: str) -> date:
    """Return the first day of the month that a cell names: 2026-01, 2026年1月, 202601, or any day of it."""
    found = _MONTH.fullmatch(_plain(given))
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
    found = _COUNT.fullmatch(_plain(given).replace(",", ""))
    if found is None:
        raise InvalidInput("registers.bulk.count", given=given[:40])
    return int(found[1])


def _plain(given: str) -> str:
    """In half width, with Chinese numerals of dates as digits."""
    text = unicodedata.normalize("NFKC", given).strip()
    if "年" in text:
        text = _TENS.sub(_tens, text).translate(_DIGITS).replace(" ", "")
    return text


def _tens(found: re.Match[str]) -> str:
    tens, ones = (str((part or "").translate(_DIGITS)) for part in found.groups())
    return f"{tens or '1'}{ones or '0'}"
