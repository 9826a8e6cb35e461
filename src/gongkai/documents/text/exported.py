"""Tables as Word writes them when a document is saved as text: one cell a line, each after a tab.

A blank line ends a row. What follows without a tab goes on in the cell, also after a blank line when the cell held
several paragraphs. Empty cells are lines of a tab alone.
"""

from __future__ import annotations

from gongkai.documents.joining import join_lines
from gongkai.documents.text.rows import Rows, TextCell, is_blank, is_figure, is_heading

LONGEST_CELL = 60
SHORTEST_SENTENCE = 15
LEAST_CELLS = 4
FIGURES_SHARE = 0.2


def exported_table(lines: list[str], start: int) -> tuple[Rows | None, int]:
    """Read the table that begins at `lines[start]`: its rows, or None, and the index of the line after it.

    The index equals `start` where no such region begins; a region that is no table (indented prose) gives None with
    its end.
    """
    if not _begins_cell(lines[start]):
        return None, start
    rows: list[list[tuple[list[str], int]]] = []
    at, blanks = start, 1
    while at < len(lines):
        line = lines[at]
        if is_blank(line):
            blanks += 1
        elif _begins_cell(line):
            if _is_sentence(line):
                break
            if blanks:
                rows.append([])
            rows[-1].append(([line], at + 1))
            blanks = 0
        elif "\t" in line:
            if not blanks:
                return None, start  # A row of several cells: this table has a row a line.
            break
        elif not _goes_on(lines, at, blanks):
            break
        else:
            rows[-1][-1][0].append(line)
            blanks = 0
        at += 1
    table = [[TextCell(join_lines(parts), line) for parts, line in row] for row in rows]
    return (table if _is_table(table) else None), at


def _begins_cell(line: str) -> bool:
    return line.startswith("\t") and line.count("\t") == 1


def _is_sentence(line: str) -> bool:
    """Whether the cell would hold a sentence: indented prose that follows the table."""
    text = line.strip()
    return len(text) >= SHORTEST_SENTENCE and text.endswith("。")


def _goes_on(lines: list[str], at: int, blanks: int) -> bool:
    """Whether the line without a tab belongs to the cell before it."""
    line = lines[at]
    if is_heading(line) or len(line) > LONGEST_CELL or line.rstrip().endswith("。"):
        return False
    if not blanks:
        return True
    # After a blank line only what leads straight to the next cell.
    following = lines[at + 1 : at + 4]
    return blanks == 1 and any(_begins_cell(line) for line in following[: _before_blank(following)])


def _before_blank(lines: list[str]) -> int:
    return next((n for n, line in enumerate(lines) if is_blank(line)), len(lines))


def _is_table(rows: Rows) -> bool:
    """Prose indented by tabs looks alike, but holds sentences and hardly a figure or nothing alone on its line."""
    cells = [cell.text for row in rows for cell in row]
    filled = [text for text in cells if text]
    if len(cells) < LEAST_CELLS or max(map(len, rows)) < 2 or (len(rows) == 1 and len(cells) > 20):
        return False
    if any(len(text) > LONGEST_CELL and text.endswith("。") for text in filled):
        return False
    empty = len(cells) - len(filled)
    return sum(map(is_figure, filled)) + empty >= FIGURES_SHARE * len(cells)
