"""Tables that go on over a page break, made one."""

from __future__ import annotations

import re
import sys
from collections import Counter

from gongkai.documents.pdf.grid import CLOSE
from gongkai.documents.pdf.layout import GridCell, GridTable

SHIFT = 60.0
"""How far a table may stand to the side on the next page (margins that change sides), in points."""

_FIGURE = re.compile(r"[-+]?[0-9０-９][0-9０-９,，.．]*%?|[-—–－―─/／＼]{1,4}|[无零]|")

_CLOSING = "）)」』】〕”’、，。；：．.,"
"""What no label begins with: it stands in the middle of a phrase."""

_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]+|[0-9０-９]+)[)）.、．:：]|第[一二三四五六七八九十]+")


def goes_on(table: GridTable, after: GridTable) -> bool:
    """Whether `after`, the first thing on a page, continues `table`, the last thing on the page before."""
    if after.page != table.page_end + 1 or abs(after.xs[0] - table.xs[0]) > SHIFT:
        return False
    here, there = _relative(table.xs), _relative(after.xs)
    if abs(here[-1] - there[-1]) > CLOSE:
        return False
    inner, outer = (there, here) if len(there) <= len(here) else (here, there)
    shared = sum(1 for x in inner[1:-1] if any(abs(x - other) <= CLOSE for other in outer))
    return len(inner) == 2 or shared >= 1


def join(table: GridTable, after: GridTable) -> None:
    """Make `after` a part of `table`: columns aligned, repeated header dropped, split cells joined."""
    _align(table, after)
    header = _repeated_rows(table, after)
    _drop_rows(after, header)
    split = not header and _row_is_split(table, after)
    _append(table, after, split)


def _relative(xs: list[float]) -> list[float]:
    return [x - xs[0] for x in xs]


def _align(table: GridTable, after: GridTable) -> None:
    """Give both tables the borders of either."""
    ours, theirs = _relative(table.xs), _relative(after.xs)
    borders = list(ours)
    for x in theirs:
        if not any(abs(x - border) <= CLOSE for border in borders):
            borders.append(x)
    borders.sort()
    start = table.xs[0]
    _stretch(table, ours, borders)
    _stretch(after, theirs, borders)
    table.xs = after.xs = [start + border for border in borders]


def _stretch(table: GridTable, own: list[float], borders: list[float]) -> None:
    if len(own) == len(borders):
        return
    places = [min(range(len(borders)), key=lambda at, x=x: abs(borders[at] - x)) for x in own]  # type: ignore[misc]
    for cell in table.cells:
        start, end = places[cell.column], places[cell.column + cell.column_span]
        cell.column, cell.column_span = start, end - start
    table.open_top = _spread(table.open_top, places)
    table.open_bottom = _spread(table.open_bottom, places)


def _spread(columns: set[int], places: list[int]) -> set[int]:
    return {new for old in columns for new in range(places[old], places[old + 1])}


def _row(table: GridTable, row: int) -> list[tuple[int, int, str]]:
    """What starts in a row: column, span, text."""
    return [(cell.column, cell.column_span, cell.text) for cell in table.cells if cell.row == row]


def _repeated_rows(table: GridTable, after: GridTable) -> int:
    """How many rows at the start of `after` repeat the start of `table`: words only, whole cells only."""
    count = 0
    has_words = False
    while count < min(table.rows, after.rows - 1):
        row = _row(after, count)
        texts = [text for _, _, text in row if text]
        if row != _row(table, count) or any(_FIGURE.fullmatch(text) for text in texts):
            break
        has_words = has_words or bool(texts)
        count += 1
    while count and any(cell.row < count < cell.row + cell.row_span for cell in after.cells):
        count -= 1
    return count if has_words else 0


def _drop_rows(table: GridTable, count: int) -> None:
    if not count:
        return
    table.cells = [cell for cell in table.cells if cell.row >= count]
    for cell in table.cells:
        cell.row -= count
    table.rows -= count


def _row_is_split(table: GridTable, after: GridTable) -> bool:
    """Whether the page break runs through a row.

    It does where neither page closes the row with a line, where it cuts a header, and where the label below begins in the
    middle of a phrase. Else two things must be true: the figures of the row all stand on one page, the other holding only
    words; and either the words below do not begin as the other labels do, with a
    number, or the table leaves no figure blank elsewhere.
    """
    if len(table.open_bottom & after.open_top) == len(table.xs) - 1:
        return True
    columns = _figure_columns([*table.cells, *after.cells])
    last = {c.column: c for c in table.cells if c.row + c.row_span == table.rows}
    first = {c.column: c for c in after.cells if c.row == 0}
    if _header_is_split(table, after):
        return {(c.column, c.end) for c in last.values()} == {(c.column, c.end) for c in first.values()}
    if len(columns) < 2 or not columns <= last.keys() or not columns <= first.keys():
        return False
    above, below = any(last[c].lines for c in columns), any(first[c].lines for c in columns)
    label = _label(first, columns)
    if label is None or not label.lines:
        return False
    if _NUMBERED.match(label.text):
        return False
    if above and below:
        return label.text[0] in _CLOSING
    labels = [
        c for part in (table, after) for c in part.cells if c.column == label.column and c.lines and c is not label
    ]
    numbered = sum(1 for cell in labels if _NUMBERED.match(cell.text))
    if numbered >= 3 and numbered >= 0.7 * sum(1 for cell in labels if cell.row_span == 1):
        return True
    blank = first if above else last
    return above != below and not any(
        not cell.lines and cell is not blank.get(cell.column)
        for part in (table, after)
        for cell in part.cells
        if cell.column in columns and cell.row_span == cell.column_span == 1
    )


def _header_is_split(table: GridTable, after: GridTable) -> bool:
    """Whether the page break runs through a header: words on both sides of it, no figure in the rows that it touches.

    A row of labels whose figures are all blank has words in a single column, the rest of a header has them in several.
    """
    last = [cell for cell in table.cells if cell.row + cell.row_span == table.rows]
    first = [cell for cell in after.cells if cell.row == 0]
    if after.rows < 2 or any(_FIGURE.fullmatch(cell.text) for cell in [*last, *first] if cell.lines):
        return False
    above = {(cell.column, cell.end) for cell in last if cell.lines}
    cut = [cell for cell in first if cell.lines and (cell.column, cell.end) in above]
    return len(cut) >= 3 and not any(_NUMBERED.match(cell.text) for cell in cut)


def _lacks_number(label: GridCell, cells: list[GridCell]) -> bool:
    """Whether a label does not begin with a number as nearly all others in its column do."""
    labels = [cell for cell in cells if cell.column == label.column and cell.lines and cell is not label]
    numbered = sum(1 for cell in labels if _NUMBERED.match(cell.text))
    return numbered >= 3 and numbered >= 0.7 * len(labels) and not _NUMBERED.match(label.text)


def _label(row: dict[int, GridCell], columns: set[int]) -> GridCell | None:
    """The label next to a row's figures."""
    left = [column for column in row if column < min(columns)]
    return row[max(left)] if left else None


def _figure_columns(cells: list[GridCell]) -> set[int]:
    """The columns in which most filled cells are figures."""
    figures: Counter[int] = Counter()
    words: Counter[int] = Counter()
    for cell in cells:
        if cell.lines and cell.row_span == cell.column_span == 1:
            is_figure = len(cell.lines) == 1 and _FIGURE.fullmatch(cell.lines[0].text)
            (figures if is_figure else words)[cell.column] += 1
    return {column for column, count in figures.items() if count > words[column]}


def _append(table: GridTable, after: GridTable, split: bool) -> None:
    offset = table.rows - 1 if split else table.rows
    ends = {(cell.column, cell.column_span): cell for cell in table.cells if cell.row + cell.row_span == table.rows}
    both_open = table.open_bottom & after.open_top

    def is_open(cell: GridCell) -> bool:
        return both_open.issuperset(range(cell.column, cell.end))

    everything = [*table.cells, *after.cells]
    labels = _label_columns(table.cells) | _label_columns(after.cells)
    header = not split and _header_is_split(table, after)
    for cell in after.cells:
        above = ends.get((cell.column, cell.column_span)) if cell.row == 0 else None
        if above is not None and (
            split or header or is_open(cell) or (cell.column in labels and _is_rest(above, cell, everything))
        ):
            above.lines = [*above.lines, *cell.lines]
            above.row_span = offset + cell.row_span - above.row
            continue
        cell.row += offset
        table.cells.append(cell)
    table.rows = offset + after.rows
    table.page_end = after.page_end
    table.open_bottom = after.open_bottom
    table.cells.sort(key=lambda cell: (cell.row, cell.column))


def _label_columns(cells: list[GridCell]) -> set[int]:
    """The columns left of all figures in which a cell covers several rows of figures or of numbered labels."""
    first_figure = min(_figure_columns(cells), default=sys.maxsize)
    merged = [cell for cell in cells if cell.row_span > 1 and cell.column < first_figure]
    if not merged:
        return set()
    told = [(c.row, c.column) for c in cells if c.lines and (_FIGURE.fullmatch(c.text) or _NUMBERED.match(c.text))]
    return {
        cell.column
        for cell in merged
        if any(cell.row <= row < cell.row + cell.row_span and cell.column < column for row, column in told)
    }


def _is_rest(above: GridCell, cell: GridCell, cells: list[GridCell]) -> bool:
    """Whether `cell`, below a label that may cover several rows, is what the page break cut off it.

    One of the two has no text, or the text below does not begin with a number as all other labels of the column do.
    """
    if bool(above.lines) != bool(cell.lines):
        return True
    return above.row_span + cell.row_span > 2 and bool(cell.lines) and _lacks_number(cell, cells)
