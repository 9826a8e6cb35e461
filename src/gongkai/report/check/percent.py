"""Percentages of the prose: shares and growth, where both figures are given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.report.check.rules import found, unit
from gongkai.report.facts.numerals import arabic
from gongkai.report.model import Finding, Prose, Report, Value

_NUMBER = r"([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)"
_UNIT = r"\s*(件|起|宗|份|条|项|例|篇|万元|元)"
_PERCENT = r"([0-9]+(?:\.[0-9]+)?)\s*[%％]"
_COUNT = re.compile(_NUMBER + _UNIT)
_SHARE = re.compile(
    _NUMBER
    + _UNIT
    + rf"[^，。；（）0-9]{{0,8}}[，（]?[^，。；（）0-9]{{0,6}}占(?!全[区市县省])[^，。；0-9%％]{{0,16}}?{_PERCENT}"
)
_GROWTH = re.compile(
    _NUMBER + _UNIT + r"[^，。；0-9]{0,12}[，（]?[^，。；0-9]{0,8}(较|比|同比)([^，。；0-9]{0,12}(?:20[0-9]{2}\s*年)?[^，。；0-9]{0,12})"
    + _NUMBER + _UNIT + rf"[^，。；0-9]{{0,8}}[）]?[，、]?[^，。；0-9]{{0,8}}(增长|增加|上升|提高|增幅|下降|减少|降低|降幅)[^，。；0-9]{{0,4}}{_PERCENT}"
)  # fmt: skip
_MORE, _LESS = re.compile("增加|增长|多|上升|新增"), re.compile("减少|下降|少|降低")
_DOWN = ("下降", "减少", "降低", "降幅")


def check_percent(report: Report) -> Iterator[Finding]:
    """Yield a finding for each share or growth whose printed percentage is not that of the two figures beside it.

    The tolerance is one unit of the last printed decimal, so that rounding and cutting off both pass.
    """
    for part in report.prose.values():
        if "%" in part.text or "％" in part.text:
            yield from _shares(report, part)
            yield from _growth(report, part)


def _shares(report: Report, part: Prose) -> Iterator[Finding]:
    for match in _SHARE.finditer(part.text):
        value, printed = arabic(match[1]), match[3]
        wholes = [whole for whole in _wholes(part.text, match.start(), match[2]) if whole >= value and whole > 0]
        if not wholes or "分别" in match.group() or any(_near(value, whole, printed) for whole in wholes):
            continue
        actual = _rounded(value, wholes[-1], printed)
        facts: dict[str, object] = {"part": value, "whole": wholes[-1], "printed": printed, "actual": actual}
        yield found(
            report,
            "prose.percent",
            facts,
            variant="share",
            values=(value, wholes[-1], Decimal(printed)),
            places=[part.place(match.start(3))],
        )


def _wholes(text: str, at: int, unit: str) -> list[Value]:
    """The figures that the part at `at` can be a share of: those before its 其中, or the only one of its sentence."""
    begin = max(text.rfind("。", 0, at), text.rfind("\n", 0, at)) + 1
    inside = text.find("其中", begin, at)
    if inside < 0:
        only = [arabic(m[1]) for m in _COUNT.finditer(text, begin, at) if m[2] == unit]
        return only if len(only) == 1 else []
    if not _COUNT.search(text, begin, inside) and begin and text[begin - 1] == "。":
        begin = max(text.rfind("。", 0, begin - 1), text.rfind("\n", 0, begin - 1)) + 1
    return [arabic(m[1]) for m in _COUNT.finditer(text, begin, inside) if m[2] == unit]


def _growth(report: Report, part: Prose) -> Iterator[Finding]:
    for match in _GROWTH.finditer(part.text):
        now, unit, _, between, other, other_unit, direction, printed = match.groups()
        if unit != other_unit:
            continue
        value, second = arabic(now), arabic(other)
        if _LESS.search(between):
            before = value + second
        elif _MORE.search(between):
            before = value - second
        else:
            before = second
        change = before - value if direction in _DOWN else value - before
        if before <= 0 or _near(change, before, printed):
            continue
        facts: dict[str, object] = {
            "now": value,
            "before": before,
            "direction": direction,
            "printed": printed,
            "actual": _rounded(change, before, printed),
        }
        yield found(
            report,
            "prose.percent",
            facts,
            variant="growth",
            values=(value, before, Decimal(printed)),
            places=[part.place(match.start(8))],
        )


def _near(part: Value, whole: Value, printed: str) -> bool:
    decimals = len(printed.partition(".")[2])
    return abs(Decimal(part) * unit("percent") / Decimal(whole) - Decimal(printed)) < Decimal(1).scaleb(-decimals)


def _rounded(part: Value, whole: Value, printed: str) -> Decimal:
    decimals = max(1, len(printed.partition(".")[2]))
    return round(Decimal(part) * unit("percent") / Decimal(whole), decimals)
