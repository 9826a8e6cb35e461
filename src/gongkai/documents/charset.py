"""Finds out in which character set a file is written: by its bytes first, by its label only where the bytes agree."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

from gongkai.errors import UnreadableDocument

BAD_SHARE = 0.005
"""More broken characters than this share make a text garbled; fewer, and they are stray bytes."""
COMMON = frozenset(
    "的一不在有人是年月日中大上下和为為与與及等对對本第其他国國政府信息公开開行情况況机關关法规規项項申请請"
    "工作主动動数數量件处處理结結果要求部门門管会會县縣市区區镇鎮我们們加进進"
)
"""Characters of which every Chinese text of offices is full, in both scripts; a wrong set hits them rarely."""

_SAMPLE = 20_000
_LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.+-]{2,30})""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# One name a family: GB18030 reads all of GB2312 and GBK, which is what such labels mean in practice.
_FAMILIES = {
    "utf8": "utf-8",
    "unicode11utf8": "utf-8",
    "gb2312": "gb18030",
    "gb231280": "gb18030",
    "gbk": "gb18030",
    "xgbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "xxbig5": "big5hkscs",
    "utf16": "utf-16",
    "utf16le": "utf-16",
    "utf16be": "utf-16",
}


class Decoded(NamedTuple):
    """A file's text, the character set it was in, and the doubts about that (codes under `document.`)."""

    text: str
    charset: str
    doubts: tuple[str, ...] = ()


def decode(data: bytes, name: str = "", labelled: bool = False) -> Decoded:
    """Decode a whole file. `labelled` says that the format writes its character set into its first lines (HTML).

    A label that the bytes contradict is a doubt, `document.charset_label`; a few broken characters become U+FFFD with
    the doubt `document.bad_bytes`. Raises UnreadableDocument `document.garbled` where no set gives readable text.
    """
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _mended(data[len(bom) :], charset, name, ())
    label = _declared(data) if labelled else None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if b"\0" not in data:
            wrong = label not in (None, "utf-8") and not text.isascii()
            return _checked(text, "utf-8", name, ("document.charset_label",) if wrong else ())
    charset = _wide(data) or _likeliest(data)
    family = "utf-16" if charset.startswith("utf-16") else charset
    return _mended(data, charset, name, ("document.charset_label",) if label not in (None, family) else ())


def _declared(data: bytes) -> str | None:
    """The character set that the first bytes name, as one of our families; None for none or one not known here."""
    found = _LABEL.search(data[:4096].lower())
    return _family(found[1]) if found else None


@lru_cache(maxsize=64)
def _family(label: bytes) -> str | None:
    return _FAMILIES.get(re.sub(r"[^a-z0-9]", "", label.decode("ascii")))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: where figures and line ends leave zeros on one side only."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd) or max(even, odd) * 200 < len(sample):
        return None
    charset = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(charset, "replace")
    return charset if _plausible(text) else None


def _plausible(text: str) -> bool:
    """Whether most characters are such as a Chinese text is made of."""
    usual = sum(1 for sign in text if sign in "\t\r\n" or " " <= sign <= "~" or "\u2e80" <= sign <= "\uffee")
    return usual * 10 > len(text) * 9


def _likeliest(data: bytes) -> str:
    """The set in which the text has most common characters and fewest broken ones."""
    sample = data[:_SAMPLE]

    def worth(charset: str) -> float:
        text = sample.decode(charset, "replace")
        # A character cut by the end of the sample is no fault.
        broken = text.count("\ufffd", 0, max(len(text) - 4, 0))
        return (sum(1 for sign in text if sign in COMMON) - 4 * broken) / max(len(text), 1)

    return max(("utf-8", "gb18030", "big5hkscs"), key=worth)


def _mended(data: bytes, charset: str, name: str, doubts: tuple[str, ...]) -> Decoded:
    return _checked(data.decode(charset, "replace"), charset, name, doubts)


def _checked(text: str, charset: str, name: str, doubts: tuple[str, ...]) -> Decoded:
    broken = text.count("\ufffd") if "\ufffd" in text else 0  # the search takes a tenth of the count
    if broken > max(len(text) * BAD_SHARE, 3) or (broken and broken * 4 > len(text)):
        raise UnreadableDocument("document.garbled", name=name, odd=broken, characters=len(text))
    return Decoded(text, charset, (*doubts, "document.bad_bytes") if broken else doubts)
