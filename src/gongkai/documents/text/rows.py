"""Rows of cells as the text's lines give them, and the Table made of them."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from gongkai.documents.characters import clean
from gongkai.documents.limits import Limits
from gongkai.documents.model import Cell, Table
from gongkai.errors import UnreadableDocument


class TextCell(NamedTuple):
    """A cell's text as written and the line on which it begins, from 1."""

    text: str
    line: int


Rows: TypeAlias = list[list[TextCell]]

LONGEST_FIGURE = 40

_SECTION = re.compile(r"\s*[一二三四五六七八九][、.．]")
_SIGNS_OF_FIGURES = re.compile(r"\s*(?:[-—–/\d０-９.．,，%％ ]+|无|零)(?:件|个|项|万元|元)?\s*")


def is_blank(line: str) -> bool:
    """Whether nothing is to be seen on the line; tabs alone count as seen, they are empty cells."""
    return not line.strip(" \u3000\xa0\u200b\ufeff\r\f\v")


def is_heading(line: str) -> bool:
    """Whether the line is numbered like one of the report's sections and holds no cells."""
    return "\t" not in line and _SECTION.match(line) is not None and len(line) < 60


def is_figure(text: str) -> bool:
    """Whether a cell holds nothing but a figure, or what stands for none."""
    return len(text) <= LONGEST_FIGURE and _SIGNS_OF_FIGURES.fullmatch(text) is not None


def table_of(rows: Rows, index: int, limits: Limits) -> Table:
    """The table of `rows`, a cell's column its ordinal in the row. Raises UnreadableDocument `document.span`."""
    columns = max(map(len, rows))
    if columns > limits.span:
        raise UnreadableDocument("document.span", given=columns, limit=limits.span)
    cells: list[Cell] = []
    for row, texts in enumerate(rows, 1):
        for column, (text, line) in enumerate(texts, 1):
            cleaned, raw = clean(text)
            cells.append(Cell(cleaned, row, column, raw=raw, line=line))
    return Table(index, tuple(cells), len(rows), columns, line=rows[0][0].line)
