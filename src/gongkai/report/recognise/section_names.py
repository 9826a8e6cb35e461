"""The headings of the six sections, in all the wordings met."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from gongkai.report.form import form_ids, load
from gongkai.report.recognise.labels import fold, known

NUMERALS = "一二三四五六七八九十"
_PRINTED = re.compile(
    r"\s*(?:第?([一二三四五六七八九十])(?:部分)?\s*[、.．，,:：]|(\d)\s*[、.．]|第([一二三四五六七八九十])部分)?\s*(.*)",
    re.DOTALL,
)
_KEYWORDS = {
    1: ("总体", "概述", "概况"),
    2: ("主动公开",),
    3: ("申请",),
    4: ("复议", "诉讼"),
    5: ("问题", "改进"),
    6: ("其他", "其它"),
}
"""Words of which a short heading with the section's own number has one."""
_LONGEST_SHORT = 14
_CONTENTS = re.compile(r"[.…·．]{3,}\s*\d*$|\t\d+$")
LONGEST_HEADING = 48
_LEAST_LIKENESS = 0.7


@lru_cache(maxsize=4096)
def section_heading(text: str) -> tuple[int, str, str]:
    """The number of the section whose heading `text` is or begins with, the number printed, the text after it.

    The number is 0 where there is no heading. Wordings known from published reports count with any printed number or
    none; a wording that is merely like the official one counts only with that section's own number before it.
    """
    if len(text) > 4 * LONGEST_HEADING and text.lstrip()[:1] not in NUMERALS:
        return 0, "", ""
    match = _PRINTED.match(text)
    if match is None or _CONTENTS.search(text):
        return 0, "", ""
    printed = match[1] or match[2] or match[3] or ""
    words = match[4]
    exact = _exact(words, bool(printed), style_is_chinese=bool(match[1] or match[3]))
    if exact:
        return exact[0], printed, exact[1]
    if not (match[1] or match[3]) or len(text) > LONGEST_HEADING or known(text).row:
        return 0, "", ""
    number = NUMERALS.index(match[1] or match[3]) + 1
    folded = fold(words)
    short = len(folded) <= _LONGEST_SHORT and any(word in folded for word in _KEYWORDS.get(number, ()))
    return (number, printed, "") if short or _like(folded, number) else (0, "", "")


def _exact(words: str, numbered: bool, *, style_is_chinese: bool) -> tuple[int, str] | None:
    """Match a known wording; short wordings need a number before them, and prose after it needs a full stop between."""
    for wording, number, official in _wordings():
        end = _match_spaced(words, wording)
        if end < 0:
            continue
        rest = words[end:].strip()
        if not rest:
            return (number, "") if style_is_chinese or official else None
        if not numbered or not style_is_chinese or rest[0] not in "。：:；;. （(\t　":
            continue
        rest = rest.lstrip("。：:；;. \t　")
        if any(other in rest[:60] for other, of, _ in _wordings() if of != number and len(other) > 4):
            return None
        return number, rest
    return None


def _match_spaced(text: str, wording: str) -> int:
    """The offset after `wording` at the start of `text`, spaces in `text` ignored; -1 where it does not stand there."""
    if text.startswith(wording):
        return len(wording)
    if text[:1] != wording[0]:
        return -1
    at = 0
    for character in wording:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != character:
            return -1
        at += 1
    return at


def _like(words: str, number: int) -> bool:
    """Whether folded words are close to one of the wordings of section `number`, characters lost or mistyped."""
    for wording, of, _ in _wordings():
        if of != number or abs(len(wording) - len(words)) > max(3, len(wording) // 2):
            continue
        target = fold(wording)
        common = sum(min(words.count(character), target.count(character)) for character in set(target))
        if common / max(len(target), len(words)) >= _LEAST_LIKENESS:
            return True
    return False


@cache
def _wordings() -> tuple[tuple[str, int, bool], ...]:
    """All wordings of section headings, longest first: wording, number, whether it stands alone without a number."""
    found: dict[str, tuple[int, bool]] = {}
    for form_id in form_ids():
        for section in load(form_id).sections:
            for wording in (section.label, *section.spellings):
                found[wording] = (section.number, wording == section.label or len(wording) > 9)
    ordered = sorted(found.items(), key=lambda entry: -len(entry[0]))
    return tuple((wording, number, alone) for wording, (number, alone) in ordered)
