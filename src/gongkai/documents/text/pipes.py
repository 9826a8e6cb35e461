"""Tables drawn with pipes: Markdown's, with or without outer pipes, and boxes of line characters."""

from __future__ import annotations

import re
from itertools import pairwise

from gongkai.documents.joining import join_lines
from gongkai.documents.text.rows import Rows, TextCell, is_blank, is_heading

MOST_JOINED = 4
"""A row broken by line ends inside a cell goes on over at most so many lines."""
OPENED_SHARE = 0.5
"""Of the lines of a table with outer pipes at least so many begin with one."""
BORDERS_OF_GRID = 4
"""With fewer borders only the head of the table is parted from its rows, and each line is a row."""

_PIPE = re.compile(r"(?<!\\)[|｜│┃║]")
_BORDER = re.compile(r"[\s|｜│┃║:=+\-─━═┄┈┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╟╢╤╧╪╫]{3,}")
_DRAWN = re.compile(r"[-─━═=]{2,}")
_SHORT_DASHES = re.compile(r"(?:[\s|｜]|(?<!-)--?(?!-))+")
"""Below the headings of a table such a line is a row of cells that do not apply."""
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def piped_table(lines: list[str], start: int) -> tuple[Rows | None, int]:
    """Read the table that begins at `lines[start]`: its rows, or None, and the index of the line after it.

    The index equals `start` where no such table begins. Lines between two drawn borders of a grid make one row.
    """
    if not (_PIPE.search(lines[start]) or (is_border(lines[start]) and _next_has_pipe(lines, start))):
        return None, start
    rows: Rows = []
    borders: list[int] = []
    outer = _has_outer_pipes(lines, start)
    at = start
    while at < len(lines):
        line = lines[at]
        if is_blank(line) and at + 1 < len(lines) and _PIPE.search(lines[at + 1]):
            at += 1
        elif is_border(line) and not (len(rows) > 1 and _SHORT_DASHES.fullmatch(line)):
            borders.append(len(rows))
            at += 1
        elif _PIPE.search(line):
            whole, at = _whole_row(lines, at, outer=outer)
            rows.append(whole)
        else:
            break
    parted = sorted({*borders, len(rows)})
    if is_border(lines[start]) and len(parted) >= BORDERS_OF_GRID:
        rows = _merged(rows, parted)
    return (rows if len(rows) > 1 else None), at


def is_border(line: str) -> bool:
    """Whether the line only draws."""
    return _BORDER.fullmatch(line) is not None and _DRAWN.search(line) is not None


def _next_has_pipe(lines: list[str], at: int) -> bool:
    return at + 1 < len(lines) and _PIPE.search(lines[at + 1]) is not None


def _has_outer_pipes(lines: list[str], start: int) -> bool:
    """Whether the rows begin with a pipe of their own, so that it opens no empty cell.

    The first row tells, for its first cell is hardly ever empty; what goes on in a broken cell begins without a pipe.
    """
    opened = rows = 0
    unfinished = False
    for at in range(start, len(lines)):
        line = lines[at].strip()
        if is_border(line) or not line:
            continue
        if not _PIPE.search(line):
            if unfinished:
                continue
            break
        begins, closed = _PIPE.match(line) is not None, _closed(line)
        if not rows and not begins:
            return False
        if not (unfinished and closed and not begins):  # else the rest of a row broken inside a cell
            rows += 1
            opened += begins
        unfinished = begins and not closed
    return opened > OPENED_SHARE * rows


def _whole_row(lines: list[str], at: int, *, outer: bool) -> tuple[list[TextCell], int]:
    """The cells of the row at `at`, put together where its cells hold line ends, and the index after it."""
    parts = [lines[at].strip()]
    end = at + 1
    if outer and _PIPE.match(parts[0]) and not _closed(parts[0]):
        for ahead in range(at + 1, min(at + MOST_JOINED, len(lines))):
            line = lines[ahead].strip()
            if is_blank(line) or _PIPE.match(line) or is_heading(line):
                break
            parts.append(line)
            if _closed(line):
                end = ahead + 1
                break
    return _cells(join_lines(parts[: end - at]), at + 1, outer=outer), end


def _closed(line: str) -> bool:
    return line[-1:] in "|｜│┃║" and not line.endswith("\\|")


def _cells(line: str, number: int, *, outer: bool) -> list[TextCell]:
    texts = _PIPE.split(line)
    if outer and len(texts) > 1 and not texts[0].strip():
        texts = texts[1:]
    if len(texts) > 1 and not texts[-1].strip():
        texts = texts[:-1]
    return [TextCell(_BREAK.sub("", text.replace("\\|", "|")), number) for text in texts]


def _merged(rows: Rows, parted: list[int]) -> Rows:
    """A drawn grid's rows: the lines between two borders put together cell by cell."""
    merged: Rows = []
    for first, last in pairwise(parted):
        lines = rows[first:last]
        widest = max(map(len, lines))
        texts = (join_lines(line[n].text for line in lines if n < len(line)) for n in range(widest))
        merged.append([TextCell(text, lines[0][0].line) for text in texts])
    return merged
