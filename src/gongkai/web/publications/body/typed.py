"""Typed text: lines are paragraphs, official numbers are headings, lines with tabs are a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from gongkai.web.publications.body.nodes import Block, Cell, Leaf, Run, Table
from gongkai.web.publications.body.signs import BLANK, tidy
from gongkai.web.publications.body.tables import finished

LONGEST_HEADING = 60
"""A line with an official number that is longer is a paragraph that begins with one."""

_NUMERALS = "[〇零一二三四五六七八九十百]{1,5}"
_FIRST = re.compile(rf"(?:{_NUMERALS}、|第{_NUMERALS}[章编]\s)")
_SECOND = re.compile(rf"(?:[（(]{_NUMERALS}[）)]、?|第{_NUMERALS}节\s)")
_SENTENCE = re.compile(r"[。；！？]|[，：:、,]$")
_FIGURE = re.compile(r"[-+]?[\d,.，．]+[%％]?$")


def level_of(line: str) -> str:
    """What a line is by its official number: `h2` for 一、, `h3` for （一）, else `p`.

    A number that begins a sentence makes no heading: headings have no full stop, and do not break off.
    """
    line = line.replace("\u3000", " ")
    if len(line) > LONGEST_HEADING or _SENTENCE.search(line):
        return "p"
    return "h2" if _FIRST.match(line) else "h3" if _SECOND.match(line) else "p"


def blocks_of_lines(text: str) -> list[Block]:
    """Typed text as blocks; never raises."""
    blocks: list[Block] = []
    for tabbed, group in groupby(_told(text.splitlines()), lambda told: told[0]):
        lines = [line for _, line in group]
        if tabbed and len(lines) > 1:
            blocks += table_of([line.split("\t") for line in lines])
            continue
        for line in lines:
            content = tidy([Run(line)])
            if content:
                blocks.append(Leaf(level_of(Leaf("p", content).text), content))
    return blocks


def _told(lines: list[str]) -> Iterator[tuple[bool, str]]:
    """Each line, and whether it is of a table: it has a tab inside, or goes on with an empty cell."""
    tabbed = False
    for line in lines:
        bare = line.strip(BLANK + "\t\v\f")
        tabbed = "\t" in bare or (tabbed and bool(bare) and line.startswith("\t"))
        yield tabbed, line


def table_of(rows: list[list[str]]) -> list[Block]:
    """Rows of typed cells as a table, short rows filled up. A first row of words alone is the head."""
    width = max(len(row) for row in rows)
    made = [[_cell(text) for text in (*row, *[""] * (width - len(row)))] for row in rows]
    words = [text.strip(BLANK) for text in rows[0]]
    is_head = len(words) == width and all(words) and not any(map(is_figure, words))
    return finished(Table(None, made[:1] if is_head else [], made[is_head:]))


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure and nothing else."""
    return _FIGURE.match(text.strip(BLANK)) is not None


def _cell(text: str) -> Cell:
    content = tidy([Run(text)])
    return Cell(blocks=[Leaf("p", content)] if content else [])
