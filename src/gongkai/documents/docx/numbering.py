"""Automatic numbering: the number that Word prints before a paragraph, which stands nowhere in the paragraph's text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.documents.docx.names import OFF, VAL, W
from gongkai.documents.docx.numerals import numeral
from gongkai.documents.package import Element

LEVELS = 9
_TIGHT = "、．.）)：:。】］〕"
"""After these the text follows at once; after other numbers a blank keeps number and text apart."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: first number, number format, pattern (`%1、`), the level that starts it over."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    legal: bool = False


class Numbering:
    """Counts the numbered paragraphs of one document in reading order."""

    def __init__(self, root: Element | None, style_lists: Mapping[str, str] | None = None) -> None:
        """`root` is w:numbering; `style_lists` maps a list style to the list (numId) that it uses."""
        self._abstract: dict[str, dict[int, Level]] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        for one in () if root is None else root.iterchildren(W + "abstractNum"):
            key = one.get(W + "abstractNumId", "")
            self._abstract[key] = dict(map(_level, one.iterchildren(W + "lvl")))
            link = one.find(W + "numStyleLink")
            if link is not None:
                self._linked[key] = (style_lists or {}).get(link.get(VAL, ""), "")
        for one in () if root is None else root.iterchildren(W + "num"):
            self._lists[one.get(W + "numId", "")] = _list(one)

    def next(self, number_id: str, level: int) -> str:
        """Count one paragraph of a list and return its printed number, "" for bullets and unknown lists."""
        if number_id not in self._lists or not 0 <= level < LEVELS:
            return ""
        abstract, levels, starts = self._resolve(number_id)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        if level in starts and (number_id, level) not in self._started:
            self._started.add((number_id, level))
            counts[level] = starts[level]
        else:
            here = counts[level]
            counts[level] = levels[level].start if here is None else here + 1
        for deeper in range(level + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            # Without lvlRestart any higher level starts a level over; 0 means that nothing does.
            if restart is None or level < restart:
                counts[deeper] = None
        return _printed(levels, counts, level)

    def _resolve(self, number_id: str) -> tuple[str, dict[int, Level], dict[int, int]]:
        abstract, own, starts = self._lists[number_id]
        if self._linked.get(abstract) in self._lists:
            abstract = self._lists[self._linked[abstract]][0]
        return abstract, {**self._abstract.get(abstract, {}), **own}, starts


def _printed(levels: Mapping[int, Level], counts: list[int | None], level: int) -> str:
    """Fill the level's pattern; a level that has not been counted yet shows its first number."""
    here = levels[level]
    if here.style in ("bullet", "none") and "%" not in here.pattern:
        return ""

    def fill(match: re.Match[str]) -> str:
        n = int(match[1]) - 1
        of = levels.get(n, Level())
        count = counts[n]
        return numeral(of.start if count is None else count, "decimal" if here.legal else of.style)

    text = re.sub("%([1-9])", fill, here.pattern)
    return text if not text or text[-1] in _TIGHT else text + " "


def _level(element: Element) -> tuple[int, Level]:
    def value(name: str) -> str | None:
        child = element.find(W + name)
        return None if child is None else child.get(VAL)

    legal = element.find(W + "isLgl")
    restart = value("lvlRestart")
    # Word keeps newer formats in AlternateContent with a decimal fallback.
    style = value("numFmt") or next((one.get(VAL, "") for one in element.iter(W + "numFmt")), "decimal")
    return _int(element.get(W + "ilvl"), 0), Level(
        start=_int(value("start"), 1),
        style=style,
        # On the way through RTF the mark after a Chinese numeral is lost to a question mark.
        pattern=re.sub(r"^(%[1-9])\?$", r"\1、", value("lvlText") or ""),
        restart=None if restart is None else _int(restart, 0),
        legal=legal is not None and legal.get(VAL) not in OFF,
    )


def _list(element: Element) -> tuple[str, dict[int, Level], dict[int, int]]:
    """The abstract list that a list uses, the levels it changes, the levels it starts over."""
    abstract = element.find(W + "abstractNumId")
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in element.iterchildren(W + "lvlOverride"):
        at = _int(override.get(W + "ilvl"), 0)
        own = override.find(W + "lvl")
        if own is not None:
            levels[at] = _level(own)[1]
        start = override.find(W + "startOverride")
        if start is not None:
            starts[at] = _int(start.get(VAL), 1)
    return "" if abstract is None else abstract.get(VAL, ""), levels, starts


def _int(text: str | None, default: int) -> int:
    """A whole number of at most seven digits, `default` for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 7 else default
