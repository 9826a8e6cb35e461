"""What a paragraph style means for reading: its heading level and the list that it belongs to."""

from __future__ import annotations

import re
from typing import NamedTuple

from gongkai.documents.docx.names import NUM_PR, OUTLINE, P_PR, VAL, W
from gongkai.documents.package import Element

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
CHAIN = 12
"""How many styles may be based on one another; Word allows no more either."""


class Style(NamedTuple):
    """Heading level (0 none) and list (numId, level; None without)."""

    level: int = 0
    number: tuple[str, int] | None = None


PLAIN = Style()


class Styles:
    """The paragraph styles of a document by id, looked up when a paragraph names one."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self.lists: dict[str, str] = {}
        for one in () if root is None else root.iterchildren(W + "style"):
            self._elements[one.get(W + "styleId", "")] = one
            if one.get(W + "type") == "numbering":
                number = next(one.iter(W + "numId"), None)
                if number is not None:
                    self.lists[one.get(W + "styleId", "")] = number.get(VAL, "")

    def get(self, style_id: str) -> Style:
        """The style of that id with what it inherits; a plain one where there is none."""
        if style_id not in self._known:
            self._known[style_id] = self._inherit(style_id)
        return self._known[style_id]

    def _inherit(self, style_id: str) -> Style:
        level: int | None = None
        number: tuple[str, int] | None = None
        for _ in range(CHAIN):
            element = self._elements.get(style_id)
            if element is None:
                break
            properties = element.find(P_PR)
            if properties is not None:
                level = outline(properties) if level is None else level
                number = number or _number(properties)
            name = element.find(W + "name")
            heading = _HEADING.fullmatch(name.get(VAL, "")) if name is not None else None
            if level is None and heading:
                level = int(heading[1])
            based = element.find(W + "basedOn")
            style_id = "" if based is None else based.get(VAL, "")
        return Style(level or 0, number)


def outline(properties: Element) -> int | None:
    """The heading level in paragraph properties: 1 to 9, 0 for body text, None where they say nothing."""
    element = properties.find(OUTLINE)
    if element is None:
        return None
    text = element.get(VAL, "")
    return int(text) + 1 if text in set("012345678") else 0


def list_of(properties: Element) -> tuple[str | None, int | None]:
    """The list (numId) and level that w:numPr in paragraph properties names, None for what it leaves open."""
    element = properties.find(NUM_PR)
    if element is None:
        return None, None
    number, level = element.find(W + "numId"), element.find(W + "ilvl")
    at = "" if level is None else level.get(VAL, "")
    return (
        None if number is None else number.get(VAL, ""),
        int(at) if at in set("012345678") else None,
    )


def _number(properties: Element) -> tuple[str, int] | None:
    number, level = list_of(properties)
    return None if number is None else (number, level or 0)
