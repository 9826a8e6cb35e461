"""A text in the signs that detectors know, sign for sign of the same length, so that positions stay."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

NOTHING = "\u200b"
"""Stands for every sign that takes no room."""

_DIGITS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6)
_LOOKS_LIKE_X = "ⅩⅹХхΧχ×✕✖╳ｘＸ"
_DASHES = "‐‑‒–—―−－﹣ー﹘─━"
_SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2800\u2028\u2029\x85\r\f\x0b"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\xad\u034f\u061c\u180e\u202a\u202b\u202c\u202d\u202e"
_NUMERALS = str.maketrans("〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖两幺", "00012345678912345678921")
_SPELT = re.compile(r"[〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖两幺]{11,}[xX]?")


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    table = {first + value: str(value) for first in _DIGITS for value in range(10)}
    for point in (*range(0x2070, 0x208A), 0xB2, 0xB3, 0xB9):
        value = unicodedata.digit(chr(point), None)
        if value is not None:
            table[point] = str(value)
    for number in range(26):
        table[0xFF21 + number] = chr(65 + number)
        table[0xFF41 + number] = chr(97 + number)
    table.update({ord(sign): "X" for sign in _LOOKS_LIKE_X})
    table.update({ord(sign): "-" for sign in _DASHES})
    table.update({ord(sign): " " for sign in _SPACES})
    table.update({ord(sign): NOTHING for sign in _INVISIBLE})
    table.update(
        {
            ord("．"): ".",
            ord("＋"): "+",
            ord("："): ":",
            ord("（"): "(",
            ord("）"): ")",
            ord("／"): "/",
            ord("＝"): "=",
        }
    )
    table.update({ord("﹒"): ".", ord("•"): ".", ord("·"): ".", ord("＿"): "_", ord("，"): ","})
    return table


def fold(text: str) -> str:
    """Return `text` with figures, letters, dashes and spaces of every kind as ASCII, position by position.

    Figures written in Chinese numerals, eleven and more on end, become ASCII figures as well.
    """
    if text.isascii():
        return text.replace("\r", " ").replace("\f", " ").replace("\x0b", " ")
    folded = text.translate(_table())
    return _SPELT.sub(lambda run: run[0].translate(_NUMERALS), folded)
