"""Page numbers, running headers and footers: what stands on a page without belonging to the text."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from typing import NamedTuple

from gongkai.documents.pdf.layout import Item, PageLayout
from gongkai.documents.pdf.lines import Line

EDGE = 0.105
"""Page numbers and running lines stand within this share of the page's height from its edge."""

APART = 0.75
"""The gap between a running line and the text, in heights of the line, is wider."""

MOST = 0.6
"""A running line stands on at least this share of the pages."""

_NUMBERED = re.compile(
    r"[—–\-－―一·•~\s]{1,4}(\d{1,4})[—–\-－―一·•~\s]{1,4}"
    r"|第\s*(\d{1,4})\s*页(?:[\s,，/／]*[(（]?\s*共\s*\d{1,4}\s*页\s*[)）]?)?"
    r"|(?:[Pp]age|[Pp]\.?)\s*(\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?"
    r"|(\d{1,4})\s*[/／]\s*\d{1,4}"
)
_BARE = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"\d+")


def furniture(pages: list[PageLayout]) -> dict[int, str]:
    """The lines that are a header or a footer, by `id` of the line: "header" or "footer"."""
    found: dict[int, str] = {}
    edges = [(page, edge) for page in pages for edge in _edges(page)]
    running = _running([line for _, edge in edges for line in edge.lines], len(pages))
    offsets = Counter(
        int(line.text) - page.number for page, edge in edges for line in edge.lines if _BARE.fullmatch(line.text)
    )
    for page, edge in edges:
        taken: list[Line] = []
        for line in edge.lines:
            text = line.text
            if _NUMBERED.fullmatch(text) or (
                _BARE.fullmatch(text)
                and _counts_pages(int(text), page.number, offsets)
                and edge.stands_apart([*taken, line])
            ):
                found[id(line)] = edge.part
            elif _key(line) not in running:
                break
            taken.append(line)
        if taken and (edge.stands_apart(taken) or all(running[_key(line)] for line in taken)):
            found.update((id(line), edge.part) for line in taken)
    return found


class _Edge(NamedTuple):
    """The lines in one margin of a page, the outermost first, and where the next thing inwards begins."""

    part: str
    lines: list[Line]
    inner: list[Item]

    def stands_apart(self, taken: list[Line]) -> bool:
        """Whether a gap parts the lines taken from what follows inwards, as it parts no two lines of a text."""
        last = taken[-1].box
        rest = self.inner[len(taken) : len(taken) + 1]
        if not rest:
            return True
        box = rest[0].box
        gap = box[1] - last[3] if self.part == "header" else last[1] - box[3]
        return gap > APART * (last[3] - last[1])


def _edges(page: PageLayout) -> list[_Edge]:
    """The two margins of a page: lines before the first and after the last other thing."""
    above, below = EDGE * page.height, (1 - EDGE) * page.height
    top = list(takewhile(lambda item: isinstance(item, Line) and _middle(item) <= above, page.items))
    bottom = list(takewhile(lambda item: isinstance(item, Line) and _middle(item) >= below, reversed(page.items)))
    return [
        _Edge("header", [line for line in top if isinstance(line, Line)], page.items),
        _Edge("footer", [line for line in bottom if isinstance(line, Line)], page.items[::-1]),
    ]


def _middle(item: Item) -> float:
    return (item.box[1] + item.box[3]) / 2


def _counts_pages(number: int, page: int, offsets: Counter[int]) -> bool:
    """Whether a bare number is the page's number: it is that number, or it rises with the pages."""
    return number == page or offsets[number - page] > 1


def _key(line: Line) -> tuple[str, int]:
    """What makes two lines the same running line: their words, digits aside, and their height on the page."""
    return _DIGITS.sub("#", line.text), round(line.box[1] / 3)


def _running(lines: list[Line], pages: int) -> Counter[tuple[str, int]]:
    """The keys of lines that stand at the same place on most pages and are not only figures.

    The count is 1 for those on every page, the first perhaps left out, which need no gap; else 0.
    """
    counts = Counter(_key(line) for line in lines)
    return Counter(
        {
            key: int(count >= max(pages - 1, 2))
            for key, count in counts.items()
            if count > 1 and count >= MOST * pages and re.search(r"[^\W\d_]", key[0])
        }
    )
