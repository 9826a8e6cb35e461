"""Cleans text of what only looks like Chinese: radicals, compatibility forms, full-width digits, odd spaces.

Not NFKC: that would turn （） into (), ① into 1 and ㎡ into m2, which are what the office wrote.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources
from itertools import chain

PREFERRED = {
    # Fonts for simplified characters show these radicals in the simplified shape, and reports mean that.
    0x2F3E: "户",  # Unicode: 戶
    0x2FA7: "长",  # Unicode: 長
    0x2FAD: "青",  # Unicode: 靑
    0x2FC8: "黄",  # Unicode: 黃
}
"""Where this project departs from Unicode's table of equivalents."""

WITHOUT_EQUIVALENT = frozenset({0x2E80})
"""Radicals that stand for no character; they are left as they are."""

COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
SPACES = (
    *(range(0x85, 0x86), range(0xA0, 0xA1), range(0x1680, 0x1681), range(0x2000, 0x200B), range(0x2028, 0x202A)),
    *(range(0x202F, 0x2030), range(0x205F, 0x2060), range(0x2800, 0x2801), range(0x3000, 0x3001)),
)
INVISIBLE = (
    *(range(0x20), range(0x7F, 0x85), range(0x86, 0xA0), range(0xAD, 0xAE), range(0x034F, 0x0350)),
    *(range(0x061C, 0x061D), range(0x180E, 0x180F), range(0x200B, 0x2010), range(0x202A, 0x202F)),
    *(range(0x2060, 0x2070), range(0xFE00, 0xFE10), range(0xFEFF, 0xFF00), range(0xFFF9, 0xFFFC)),
    *(range(0xFFFE, 0x10000), range(0xE0100, 0xE01F0)),
)
RADICALS = range(0x2E80, 0x2FE0)
SURROGATES = range(0xD800, 0xE000)
FULL_WIDTH = (range(0xFF10, 0xFF1A), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B))
"""Digits and letters; each stands 0xFEE0 above its ASCII form."""
FULL_WIDTH_SIGNS = "％．－＋／"
"""Signs of figures. Punctuation of sentences （，：；！？ and brackets) is Chinese and stays."""

REMEMBERED_LENGTH = 200
"""Longer texts hardly come twice; keeping them would only cost memory."""

_LAYOUT = " \t\n\r\f\v"


def clean(text: str) -> tuple[str, str | None]:
    """Return `text` in ordinary characters, and the original where that is not the same.

    Spaces of every kind become one plain space, none stays at the ends; tabs and line ends count as spaces; the
    invisible is dropped. Plain white space at the ends is layout, its loss is no change. Spaces between Chinese
    characters stay: whether they part words is for the recogniser to say.
    """
    return _remembered(text) if len(text) <= REMEMBERED_LENGTH else _clean(text)


def _clean(text: str) -> tuple[str, str | None]:
    bare = text.strip(_LAYOUT)
    if bare.isascii() and not _ODD_ASCII.search(bare):
        return bare, None
    cleaned = bare
    if _ODD.search(cleaned):
        cleaned = cleaned.translate(_table()).strip(" ")
    if "  " in cleaned:
        cleaned = _SPACES.sub(" ", cleaned)
    if "，" in cleaned:
        cleaned = _THOUSANDS.sub(",", cleaned)
    return cleaned, None if cleaned == bare else bare


_remembered = lru_cache(maxsize=8_192)(_clean)


def radicals() -> dict[int, str]:
    """Return every radical's ordinary character, by code point: Unicode's table with `PREFERRED` on top."""
    file = resources.files("gongkai.documents").joinpath("radicals.toml")
    table: dict[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))["equivalent"]
    return {**{int(point, 16): character for point, character in table.items()}, **PREFERRED}


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """The translation table, made when the first text needs it."""
    table = radicals()
    for block in COMPATIBILITY:
        for point in block:
            canonical = unicodedata.normalize("NFC", chr(point))
            if canonical != chr(point) and len(canonical) == 1:
                table[point] = canonical
    for point in (*chain(*FULL_WIDTH), *map(ord, FULL_WIDTH_SIGNS)):
        table[point] = chr(point - 0xFEE0)
    table.update(dict.fromkeys(chain(*INVISIBLE), ""))
    table.update(dict.fromkeys((*chain(*SPACES), *map(ord, _LAYOUT)), " "))
    # Half of a surrogate pair cannot be written as UTF-8; it stands for a character that is lost.
    table.update(dict.fromkeys(SURROGATES, "\ufffd"))
    return table


def _class_of(*blocks: range) -> str:
    """A regular expression's class; ascending ranges, which the engine searches thirty times as fast as single points."""
    ends = sorted((block[0], block[-1]) for block in blocks)
    spans = (f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ends)
    return f"[{''.join(spans)}]"


_SPACES = re.compile(" {2,}")
_ODD_ASCII = re.compile(r"[\x00-\x1f\x7f]|  ")
_SIGNS = tuple(range(ord(sign), ord(sign) + 1) for sign in FULL_WIDTH_SIGNS)
_ODD = re.compile(_class_of(RADICALS, SURROGATES, *COMPATIBILITY, *FULL_WIDTH, *_SIGNS, *SPACES, *INVISIBLE))
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))(?<![\d.]\d{3}，)")
