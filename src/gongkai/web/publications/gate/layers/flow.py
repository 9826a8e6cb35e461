"""The text of any XML part in reading order, with cells, rows and paragraphs where the names of elements say so."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from gongkai.documents.package import Element
from gongkai.web.publications.gate.piece import IN_CELL, Setter, Story

INLINE = frozenset(
    [
        "t",
        "span",
        "s",
        "tab",
        "line-break",
        "a",
        "r",
        "rPr",
        "pPr",
        "fld",
        "br",
        "bookmark",
        "soft-page-break",
        "endParaRPr",
        "CGTransform",
        "latin",
        "ea",
    ]
)
"""Elements that end no line."""
_BLANK = frozenset(["s", "tab", "line-break", "br"])
_CELLS = frozenset(["tc", "table-cell"])
_ROWS = frozenset(["tr", "table-row"])


def read_flow(tree: Element, story: Story, touched: Callable[[], None]) -> None:
    """Add all text of a part to `story`; `touched` is called when any of it is written anew."""
    cells = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        if event == "start":
            cells += name in _CELLS
            if element.text and element.text.strip():
                story.add(element.text, _text(element, touched))
            continue
        if name in _CELLS:
            cells -= 1
            story.add("\t")
        elif name in _BLANK:
            story.add(" ")
        elif name not in INLINE:
            if cells and name not in _ROWS:
                story.add(IN_CELL if name in ("p", "h") else "")
            else:
                story.end_line()
        if element.tail and element.tail.strip():
            story.add(element.tail, _tail(element, touched))


def _text(element: Element, touched: Callable[[], None]) -> Setter:
    def write(text: str) -> None:
        element.text = text
        touched()

    return write


def _tail(element: Element, touched: Callable[[], None]) -> Setter:
    def write(text: str) -> None:
        element.tail = text
        touched()

    return write
