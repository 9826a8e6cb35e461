"""One worksheet's XML: what stands in each cell, which cells are merged."""

from __future__ import annotations

import re

from gongkai.documents.limits import Limits
from gongkai.documents.package import Element
from gongkai.documents.xlsx.blocks import Merge, Sheet
from gongkai.documents.xlsx.numbers import Formats
from gongkai.errors import UnreadableDocument

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
ROWS, COLUMNS = 1_048_576, 16_384


def shared_strings(root: Element) -> list[str]:
    """The texts that cells refer to by number; phonetic readings are left out."""
    return [_string(one) for one in root.iterchildren("{*}si")]


def read_sheet(root: Element, name: str, strings: list[str], formats: Formats, limits: Limits) -> Sheet:
    """Read a worksheet. Cells without a text are left out, whatever their style."""
    cells: dict[tuple[int, int], tuple[str, str | None]] = {}
    row = 0
    for line in root.iterfind("{*}sheetData/{*}row"):
        given = line.get("r", "")
        row = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else row + 1
        column = 0
        for cell in line:
            address = _ADDRESS.fullmatch(cell.get("r", ""))
            column = _column(address[1]) if address else column + 1
            text, raw = _value(cell, strings, formats)
            if text and row <= ROWS and column <= COLUMNS:
                cells[row, column] = (text, raw)
        if len(cells) > limits.cells:
            raise UnreadableDocument("document.too_many_cells", limit=limits.cells)
    merges = [
        merge
        for one in root.iterfind("{*}mergeCells/{*}mergeCell")
        if (merge := _merge(one.get("ref", ""))) is not None
    ]
    return Sheet(name, cells, merges)


def _value(cell: Element, strings: list[str], formats: Formats) -> tuple[str, str | None]:
    """A cell's text as shown, and the stored figure where the format shows another."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return ("" if inline is None else _string(inline)), None
    stored = cell.findtext("{*}v") or ""
    if kind == "s":
        at = int(stored) if stored.isascii() and stored.isdigit() and len(stored) < 9 else -1
        return (strings[at] if 0 <= at < len(strings) else ""), None
    if kind == "b":
        return ("TRUE" if stored == "1" else "FALSE"), None
    if kind == "n" and stored:
        style = cell.get("s", "0")
        return formats.shown(stored, int(style) if style.isascii() and style.isdigit() else 0)
    return stored, None


def _string(element: Element) -> str:
    """The text of rich or plain text: its own w:t and those of its runs."""
    return "".join(
        one.text or ""
        for child in element
        for one in ([child] if str(child.tag).endswith("}t") else child.iterchildren("{*}t"))
        if not str(child.tag).endswith("}rPh")
    )


def _merge(reference: str) -> Merge | None:
    first, _, last = reference.partition(":")
    a, b = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last)
    if a is None or b is None:
        return None
    return int(a[2]), _column(a[1]), int(b[2]), _column(b[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
