"""Figures and dates as their number format shows them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from gongkai.documents.package import Element

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|(\[[^\]]*\])|([_*].)|(y+|m+|d+|h+|s+|[0#?.,]+|%|E[+-]|@)|(.)', re.I | re.S
)
"""Literal in quotes, escaped literal, currency sign, condition or colour, padding, placeholder, literal."""


class Formats:
    """The number formats of a workbook's cell styles."""

    def __init__(self, styles: Element | None, *, since_1904: bool = False) -> None:
        """`styles` is the root of styles.xml; `since_1904` the workbook's day count."""
        self._epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
        codes = dict(_BUILT_IN)
        self._codes: list[str] = []
        if styles is None:
            return
        for one in styles.iterfind("{*}numFmts/{*}numFmt"):
            codes[_int(one.get("numFmtId"))] = one.get("formatCode", "")
        for one in styles.iterfind("{*}cellXfs/{*}xf"):
            self._codes.append(codes.get(_int(one.get("numFmtId")), ""))

    def shown(self, stored: str, style: int) -> tuple[str, str | None]:
        """A stored figure as shown by cell style number `style`, and the stored one where the two say different things."""
        try:
            value = Decimal(stored)
        except InvalidOperation:
            return stored, None
        if not value.is_finite() or abs(value.adjusted()) > 30:
            return stored, None
        code = self._codes[style] if 0 <= style < len(self._codes) else ""
        exact = plain(float(value))
        if code in ("", "@") or code.lower() == "general":
            return exact, None
        shown = self._format(value, code)
        return shown, None if shown == exact else exact

    def _format(self, value: Decimal, code: str) -> str:
        sections = _sections(code)
        section, signed = sections[0], value < 0
        if value < 0 and len(sections) > 1 and sections[1]:
            section, signed, value = sections[1], False, -value
        elif value == 0 and len(sections) > 2:
            section = sections[2]
        kinds = {token[0].lower() for kind, token in section if kind == "place"}
        if kinds & set("ymdhs"):
            return _moment(float(value), section, self._epoch)
        return ("-" if signed else "") + _figure(abs(value), section)


def plain(value: object) -> str:
    """A value without a format: 12.0 as 12, at most ten decimals, dates in ISO form."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        text = f"{value:.10f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)


@lru_cache(maxsize=512)
def _sections(code: str) -> list[list[tuple[str, str]]]:
    """A format code's sections (positive, negative, zero, text) as (kind, text) tokens: `place` or `text`."""
    sections: list[list[tuple[str, str]]] = [[]]
    for quoted, escaped, currency, _, _, place, other in _TOKEN.findall(code[:255]):
        if other == ";":
            sections.append([])
        elif place:
            sections[-1].append(("place", place))
        elif text := quoted or escaped or currency or other:
            sections[-1].append(("text", text))
    return sections


def _figure(value: Decimal, section: list[tuple[str, str]]) -> str:
    places = "".join(text for kind, text in section if kind == "place" and text[0] in "0#?.,")
    if any(text == "%" for _, text in section):
        value *= 100
    # Commas at the end show thousands or millions.
    shift = len(places) - len(places.rstrip(","))
    whole, _, fraction = places.rstrip(",").partition(".")
    value = (value / 1000**shift).quantize(Decimal(1).scaleb(-sum(c in "0#?" for c in fraction)), ROUND_HALF_UP)
    figure = f"{value:,f}" if "," in whole else f"{value:f}"
    optional = len(fraction) - len(fraction.rstrip("#"))
    for _ in range(optional):
        figure = figure[:-1] if figure.endswith("0") and "." in figure else figure
    figure = figure.rstrip(".")
    if value == 0 and "0" not in places:
        figure = ""
    out, done = "", False
    for kind, text in section:
        if kind == "text" or text == "%":
            out += text
        elif text[0] in "0#?.," and not done:
            out, done = out + figure, True
    return out.strip()


def _moment(value: float, section: list[tuple[str, str]], epoch: datetime) -> str:
    try:
        moment = epoch + timedelta(days=value) + timedelta(microseconds=500_000)
    except OverflowError:
        return plain(value)
    out, after_hour = "", False
    for n, (kind, text) in enumerate(section):
        letter, wide = text[0].lower(), len(text) > 1
        if kind == "text":
            out += text
            continue
        before_second = any(k == "place" and x[0].lower() == "s" for k, x in section[n + 1 : n + 3])
        if letter == "m" and (after_hour or before_second):
            out += f"{moment.minute:02d}" if wide else str(moment.minute)
        elif letter == "y":
            out += f"{moment.year:04d}" if len(text) > 2 else f"{moment.year % 100:02d}"
        elif letter in "mdhs":
            number = {"m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}[letter]
            out += f"{number:02d}" if wide else str(number)
        after_hour = letter == "h"
    return out.strip()


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
