"""What the cells of a workbook look like: only whether their text can be seen."""

from __future__ import annotations

from typing import TypeVar

from gongkai.documents.package import Element

T = TypeVar("T")
WHITE = frozenset({"FFFFFFFF", "00FFFFFF", "FFFFFF"})


class CellLooks:
    """The cell styles of a workbook."""

    def __init__(self, root: Element | None) -> None:
        """`root` is that of styles.xml."""
        self._hiding: set[int] = set()
        if root is None:
            return
        fonts = [_unseen(one) for one in root.iterfind("{*}fonts/{*}font")]
        bare = [_bare(one) for one in root.iterfind("{*}fills/{*}fill")]
        empty = {
            one.get("numFmtId")
            for one in root.iterfind("{*}numFmts/{*}numFmt")
            if set(one.get("formatCode", " ")) == {";"}
        }
        for number, one in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
            white, tiny = _at(fonts, one.get("fontId"), (False, False))
            if tiny or (white and _at(bare, one.get("fillId"), True)) or one.get("numFmtId") in empty:
                self._hiding.add(number)

    def hides(self, style: int) -> bool:
        """Whether text in cells of this style cannot be seen: white on white, a point high, a format of nothing."""
        return style in self._hiding


def _unseen(font: Element) -> tuple[bool, bool]:
    colour, size = font.find("{*}color"), font.find("{*}sz")
    white = (
        colour is not None
        and (colour.get("rgb", "").upper() in WHITE or colour.get("theme") == "0")
        and not colour.get("tint")
    )
    try:
        tiny = size is not None and float(size.get("val", "11")) <= 1
    except ValueError:
        tiny = False
    return white, tiny


def _bare(fill: Element) -> bool:
    pattern = fill.find("{*}patternFill")
    if pattern is None or pattern.get("patternType", "none") == "none":
        return pattern is not None
    colour = pattern.find("{*}fgColor")
    return colour is not None and (
        colour.get("rgb", "").upper() in WHITE or (colour.get("theme") == "0" and not colour.get("tint"))
    )


def _at(given: list[T], number: str | None, other: T) -> T:
    return (
        given[int(number)] if number and number.isdigit() and len(number) < 7 and int(number) < len(given) else other
    )
