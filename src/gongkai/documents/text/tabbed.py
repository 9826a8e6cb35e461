"""Tables with a row a line, the cells parted by tabs."""

from __future__ import annotations

from gongkai.documents.text.rows import Rows, TextCell, is_blank, is_heading

MOST_BLANKS = 2
LONGEST_LONE_CELL = 40


def tabbed_table(lines: list[str], start: int) -> tuple[Rows | None, int]:
    """Read the table that begins at `lines[start]`: its rows, or None, and the index of the line after it.

    The index equals `start` where the line has no tab. A line without tabs right between two rows is a row of one
    cell, since editors drop trailing tabs.
    """
    if "\t" not in lines[start]:
        return None, start
    rows: Rows = []
    at = start
    while at < len(lines):
        line = lines[at]
        if is_blank(line):
            after = at
            while after < len(lines) and is_blank(lines[after]):
                after += 1
            if after - at > MOST_BLANKS or after == len(lines) or "\t" not in lines[after]:
                break
            at = after
            continue
        if "\t" not in line and not _is_lone_cell(lines, at):
            break
        rows.append([TextCell(text, at + 1) for text in line.split("\t")])
        at += 1
    return (rows if _is_table(rows) else None), at


def _is_lone_cell(lines: list[str], at: int) -> bool:
    line = lines[at]
    if is_heading(line) or len(line) > LONGEST_LONE_CELL or at + 1 == len(lines):
        return False
    return "\t" in lines[at - 1] and "\t" in lines[at + 1]


def _is_table(rows: Rows) -> bool:
    """A tab that only indents makes no table."""
    return len(rows) > 1 and any(sum(1 for cell in row if cell.text.strip()) > 1 for row in rows)
