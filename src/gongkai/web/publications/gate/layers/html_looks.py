"""Whether an element of a web page can be seen, by its own attributes and styles."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|font-size\s*:\s*(?:0|1px|1pt|0?\.\d+(?:px|pt|em|rem))\s*(?:;|!|$)|(?:text-indent|left|top|margin-left|margin-top)\s*:\s*-\d{3,}|mso-hide\s*:\s*all|clip\s*:\s*rect\(\s*0",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?<![-\w])color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = frozenset(
    {"#fff", "#ffffff", "white", "rgb(255,255,255)", "transparent", "rgba(0,0,0,0)", "rgba(255,255,255,0)"}
)
_UNSEEN = frozenset({"template", "noscript", "noframes"})


def ground_of(given: Mapping[str, str], above: str) -> str:
    """The colour behind an element's text: its own, else that of the element above."""
    painted = _GROUND.search(given.get("style", ""))
    if not (painted or given.get("bgcolor")):
        return above
    value = _plain_colour(painted[1] if painted else given["bgcolor"])
    return "white" if value in _WHITE else value


def hides(tag: str, given: Mapping[str, str], ground: str) -> bool:
    """Whether an element hides its text: not displayed, off the page, too small, in the colour of its ground."""
    style = given.get("style", "")
    colour = _COLOUR.search(style)
    shade = _plain_colour(colour[1]) if colour else _plain_colour(given.get("color", "")) if tag == "font" else ""
    same = bool(shade) and (shade == ground or (shade in _WHITE and ground == "white"))
    return same or "hidden" in given or _HIDING.search(style) is not None or tag in _UNSEEN


def _plain_colour(value: str) -> str:
    return re.sub(r"\s", "", value).lower()
