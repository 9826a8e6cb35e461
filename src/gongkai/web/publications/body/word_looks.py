"""What styles and lists say about a paragraph of a Word file: its level, the number before it, whether it is shown."""

from __future__ import annotations

from gongkai.documents.docx.names import NUM_PR, OFF, P_PR, R_PR, STYLE, VAL, VANISH, W
from gongkai.documents.docx.numbering import Numbering
from gongkai.documents.docx.styles import CHAIN, PLAIN, Styles, list_of, outline
from gongkai.documents.package import Element

_STRUCK = (W + "strike", W + "dstrike")


class Looks:
    """The styles and lists of one file. Numbers are counted: ask for each paragraph once, in reading order."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles = Styles(styles)
        self._numbering = Numbering(numbering, self._styles.lists)
        named = () if styles is None else styles.iter(W + "style")
        self._elements = {one.get(W + "styleId", ""): one for one in named}
        self._known: dict[tuple[str, tuple[str, ...]], bool] = {}

    def marks(self, paragraph: Element) -> tuple[int, str, bool]:
        """The heading level of a paragraph (0 none), the number that Word prints before it, whether it is in a list."""
        properties = paragraph.find(P_PR)
        if properties is None:
            return 0, "", False
        named = properties.find(STYLE)
        style = PLAIN if named is None else self._styles.get(named.get(VAL, ""))
        level = outline(properties)
        number, at = list_of(properties)
        if number is None and style.number is not None:
            number, at = style.number[0], style.number[1] if at is None else at
        text = self._numbering.next(number, at or 0) if number is not None else ""
        return (
            style.level if level is None else level,
            text,
            number is not None and properties.find(NUM_PR) is not None,
        )

    def hides(self, run: Element, paragraph_style: str) -> bool:
        """Whether a run is hidden text, by itself or by a style."""
        return self._has(run, paragraph_style, (VANISH,))

    def strikes(self, run: Element, paragraph_style: str) -> bool:
        """Whether a run is struck through."""
        return self._has(run, paragraph_style, _STRUCK)

    def _has(self, run: Element, paragraph_style: str, tags: tuple[str, ...]) -> bool:
        properties = run.find(R_PR)
        if properties is not None:
            own = _said(properties, tags)
            if own is not None:
                return own
            named = properties.find(W + "rStyle")
            if named is not None and self._style_has(named.get(VAL, ""), tags):
                return True
        return bool(paragraph_style) and self._style_has(paragraph_style, tags)

    def _style_has(self, style_id: str, tags: tuple[str, ...]) -> bool:
        key = style_id, tags
        if key not in self._known:
            self._known[key] = self._inherited(style_id, tags)
        return self._known[key]

    def _inherited(self, style_id: str, tags: tuple[str, ...]) -> bool:
        for _ in range(CHAIN):
            element = self._elements.get(style_id)
            if element is None:
                return False
            properties = element.find(R_PR)
            own = None if properties is None else _said(properties, tags)
            if own is not None:
                return own
            based = element.find(W + "basedOn")
            style_id = "" if based is None else based.get(VAL, "")
        return False


def _said(properties: Element, tags: tuple[str, ...]) -> bool | None:
    """Whether one of the on/off properties is on; None where none of them stands there."""
    found = [one for one in map(properties.find, tags) if one is not None]
    return any(one.get(VAL) not in OFF for one in found) if found else None
