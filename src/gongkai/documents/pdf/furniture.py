"""Page numbers, running headers and footers: what stands on a page without belonging to the text."""

from __future__ import annotations

import re
from collections import Counter

from gongkai.documents.pdf.layout import PageLayout
from gongkai.documents.pdf.lines import Line

EDGE = 0.105
"""Page numbers and running lines stand within this share of the page's height from its edge."""

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
    edges = [(page, line, part) for page in pages for line, part in _edge_lines(page)]
    running = _running(edges)
    offsets = Counter(
        int(line.text) - page.number for page, line, _ in edges if _BARE.fullmatch(line.text) and len(line.text) < 4
    )
    for page, line, part in edges:
        text = line.text
        if (
            _NUMBERED.fullmatch(text)
            or (_BARE.fullmatch(text) and _counts_pages(int(text), page.number, offsets))
            or _key(line) in running
        ):
            found[id(line)] = part
    return found


def _edge_lines(page: PageLayout) -> list[tuple[Line, str]]:
    """The lines of a page that stand in its upper and lower margin, before the first and after the last other thing."""
    above, below = EDGE * page.height, (1 - EDGE) * page.height
    lines: list[tuple[Line, str]] = []
    for item in page.items:
        if not isinstance(item, Line) or (item.box[1] + item.box[3]) / 2 > above:
            break
        lines.append((item, "header"))
    for item in reversed(page.items):
        if not isinstance(item, Line) or (item.box[1] + item.box[3]) / 2 < below:
            break
        lines.append((item, "footer"))
    return lines


def _counts_pages(number: int, page: int, offsets: Counter[int]) -> bool:
    """Whether a bare number is the page's number: it is that number, or it rises with the pages."""
    return number == page or offsets[number - page] > 1


def _key(line: Line) -> tuple[str, int]:
    """What makes two lines the same running line: their words, digits aside, and their height on the page."""
    return _DIGITS.sub("#", line.text), round(line.box[1] / 3)


def _running(edges: list[tuple[PageLayout, Line, str]]) -> set[tuple[str, int]]:
    """The keys of lines that stand at the same place on several pages and are not only figures."""
    counts = Counter(_key(line) for _, line, _ in edges)
    return {key for key, count in counts.items() if count > 1 and re.search(r"[^\W\d_]", key[0])}
