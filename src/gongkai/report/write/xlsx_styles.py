"""The looks of the workbook: official black on white, cells with findings in the colours of their severity."""

from __future__ import annotations

from functools import cache
from typing import Any

FONT = "宋体"
BASE: dict[str, object] = {
    "font_name": FONT,
    "font_size": 10.5,
    "border": 1,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
}
NAMED: dict[str, dict[str, object]] = {
    "title": {"font_name": "黑体", "font_size": 15, "bold": True, "align": "center", "valign": "vcenter"},
    "section": {"font_name": "黑体", "font_size": 12, "align": "left", "valign": "vcenter"},
    "item": {**BASE, "bold": True, "bg_color": "#F4F6F9"},
    "corner": {**BASE, "align": "left", "font_size": 10},
    "head": {**BASE, "bold": True, "bg_color": "#F4F6F9"},
    "label": {**BASE, "align": "left"},
    "link": {**BASE, "align": "left", "font_color": "#0B4EA2", "underline": 1},
}
COLOURS = {"error": "#FDE3E4", "warning": "#FFE9C2", "notice": "#E8F0FA"}
INKS = {"error": "#8A1017", "warning": "#6B4300", "notice": "#083A79"}


class Styles:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._named = {name: book.add_format(look) for name, look in NAMED.items()}
        self.figure = cache(self._figure)

    def __getitem__(self, name: str) -> Any:
        return self._named[name]

    def _figure(self, kind: str, severity: str | None) -> Any:
        look: dict[str, object] = {**BASE, "num_format": "General"}
        if kind == "inferred":
            look |= {"italic": True, "font_color": "#4E5969"}
        if kind in ("unreadable", "absent"):
            look |= {"italic": True, "bg_color": "#E5E8EE", "font_color": "#3A4450"}
        if severity:
            look |= {"bg_color": COLOURS[severity], "font_color": INKS[severity], "bold": severity == "error"}
        return self._book.add_format(look)
