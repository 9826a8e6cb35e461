"""What a cell of the sheet prints: a figure, a zero, nothing, not applicable, or text."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gongkai.report.model import Kind, Value


class Figure(NamedTuple):
    """The value and kind of a printed cell; `unit` is the unit printed with it, None where there is none."""

    value: Value | None
    kind: Kind
    unit: str | None = None


BLANK = Figure(None, "blank")
_ZERO = Figure(0, "zero")
_TEXT = Figure(None, "text")
_NOT_APPLICABLE = Figure(None, "not_applicable")

_ZEROS = frozenset({"0", "无", "零", "〇", "○"})
_DASHES = frozenset("-－—–―─/／\\＼")
_UNITS = "件|起|宗|份|条|项|例|次|个|件次|元|万元|亿元|万|亿"
_NUMBER = re.compile(
    rf"([-－—–+]?)\s*(\d{{1,3}}(?:[,， ]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*({_UNITS})?\s*(?:[（(【\[].*[)）】\]])?[。.]?",
    re.DOTALL,
)
_FACTORS_TO_TEN_THOUSAND = {"元": Decimal("0.0001"), "亿元": Decimal(10_000), "亿": Decimal(10_000)}
_FACTORS_TO_ONE = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_LONGEST = 18


@lru_cache(maxsize=4096)
def parse(text: str, unit: str = "件") -> Figure:
    """Read the printed text of a cell in a column of `unit` (件 or 万元).

    The value is the leading number in the column's unit: 251000元 in 万元 is 25.1, 22（其中修订16件） is 22. A number of
    more than 18 digits is no figure of a report and is text.
    """
    if text == "0":
        return _ZERO
    stripped = text.strip()
    if not stripped:
        return BLANK
    if stripped in _ZEROS:
        return _ZERO
    if len(stripped) <= 4 and all(character in _DASHES for character in stripped):
        return _NOT_APPLICABLE
    match = _NUMBER.fullmatch(stripped)
    if not match or len(match[2]) > _LONGEST:
        return _TEXT
    number = Decimal(re.sub("[,， ]", "", match[2]))
    if match[1] and match[1] != "+":
        number = -number
    printed_unit = match[3]
    factor = _factor(printed_unit, unit)
    if factor is not None:
        number *= factor
    elif printed_unit in ("元", "万元", "亿元") and unit != "万元":
        return _TEXT
    value: Value = int(number) if number == number.to_integral_value() else number.normalize()
    return Figure(value, "number" if value else "zero", printed_unit if factor is not None else None)


def is_figure(text: str) -> bool:
    """Whether the text prints a figure, a zero or a sign for not applicable."""
    return parse(text).kind != "text" or parse(text, "万元").kind != "text"


def _factor(printed: str | None, column: str) -> Decimal | None:
    """What a printed unit multiplies the number with, None where it is the column's own unit or none."""
    if printed is None:
        return None
    return (_FACTORS_TO_TEN_THOUSAND if column == "万元" else _FACTORS_TO_ONE).get(printed)
