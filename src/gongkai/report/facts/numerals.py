"""Numbers as Chinese prose writes them: 1,234 · 3.5万 · 十二 · 两."""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.report.model import Value

COUNT_UNITS = frozenset({"件", "件次", "条", "条次", "起", "宗", "份", "项", "例", "篇", "个", "次"})
REQUEST_UNITS = frozenset({"件", "件次", "起", "宗", "份", "例", "条", "次", "项", "个", ""})
MONEY_UNITS = frozenset({"元", "万元", "亿元"})

# What was taken is not given back, and a number is not tried again from its second digit: no shorter piece could fit.
ARABIC = re.compile(
    r"([0-9](?<![0-9]{2})[0-9]*+(?:,[0-9]{3})*+(?:\.[0-9]++)?+)\s*+(余|多|来)?+\s*+([万亿]?+)\s*+"
    r"(件次?|条次?|[元起宗份项例篇个次%％])"
)
CHINESE = re.compile(r"([一二两三四五六七八九十百零〇]{1,7})(件次?|[起宗份例])")
UNITLESS = re.compile(r"[为：:]\s*([0-9]+|零|无)(?=\s*(?:[，。；、）)]|$))")

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100}


def arabic(digits: str, power: str = "") -> Value:
    """Return the number of `digits`, with its 万 or 亿 multiplied in; a whole number is an int."""
    if not power and digits.isdigit():
        return int(digits)
    number = Decimal(digits.replace(",", ""))
    if power:
        number *= 10_000 if power == "万" else 100_000_000
    return int(number) if number == number.to_integral_value() else number


def measure(digits: str, power: str, unit: str) -> tuple[Value, str]:
    """Return a figure and its unit: counts with 万 and 亿 multiplied in, money from 万元 upwards in 万元."""
    if unit == "元" and power:
        return arabic(digits) if power == "万" else arabic(digits, "万"), "万元"
    return arabic(digits, power), "%" if unit == "％" else unit


def chinese(numeral: str) -> int:
    """Return the number a Chinese numeral below a thousand says (二十三, 一百零五, 一二)."""
    if not any(power in numeral for power in _POWERS):
        return int("".join(str(_DIGITS[digit]) for digit in numeral))
    total, digit = 0, None
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total += (1 if digit is None else digit) * _POWERS[sign]
            digit = None
    return total + (digit or 0)
