"""Small things about the cells of a workbook: figures without exponents, strings of runs, columns by letters."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from gongkai.documents.package import Element
from gongkai.web.publications.gate.layers.parts import local


def plain(stored: str) -> str:
    """A stored figure without an exponent, so that long numbers read as they were typed."""
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return stored
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return stored
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def string_of(element: Element) -> str:
    """The text of a string, runs joined, readings left out."""
    return "".join(text.text or "" for text in _texts(element))


def _texts(element: Element) -> Iterator[Element]:
    for text in element.iter("{*}t"):
        parent = text.getparent()
        if parent is None or local(parent) != "rPh":
            yield text


def hidden_columns(root: Element) -> set[int]:
    """The numbers of the columns that are hidden or have no width."""
    found: set[int] = set()
    for one in root.iterfind("{*}cols/{*}col"):
        if one.get("hidden") in ("1", "true") or one.get("width") in ("0", "0.0"):
            first, last = one.get("min", "0"), one.get("max", "0")
            if first.isdigit() and last.isdigit():
                found.update(range(int(first), min(int(last), 16_384) + 1))
    return found


def column_number(letters: str) -> int:
    """The number of a column from its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
