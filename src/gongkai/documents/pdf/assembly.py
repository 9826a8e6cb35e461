"""Pages into the blocks of a document: furniture marked, tables joined over pages, lines that the layout broke told."""

from __future__ import annotations

import itertools

from gongkai.documents.characters import clean
from gongkai.documents.limits import Limits
from gongkai.documents.model import Block, Cell, Paragraph, Table
from gongkai.documents.pdf.continuation import goes_on, join
from gongkai.documents.pdf.furniture import furniture
from gongkai.documents.pdf.layout import GridCell, GridTable, Item, PageLayout
from gongkai.documents.pdf.lines import Line, joined_text
from gongkai.errors import UnreadableDocument

NEAR = 1.6
"""A line reaches the right margin where no more than this is free, in heights of the line."""

ALIKE = 12.0
"""Two lines end at the same margin where they differ by no more, in points."""

INDENT = 1.5
"""A line begins a paragraph where it stands this far inside the left margin, in heights of the line."""

ENDS = "。！？；：”"
"""What a paragraph ends with."""

NARROW = 0.55
"""A right margin is believed where the text is at least this share of the page's width."""


def blocks_of(pages: list[PageLayout], name: str, limits: Limits) -> tuple[Block, ...]:
    """The blocks of all pages in reading order."""
    parts = furniture(pages)
    kept = _joined(pages, parts)
    margins = _margins(pages, parts)
    blocks: list[Block] = []
    tables = cells = 0
    for (page, item), following in zip(kept, [*kept[1:], None], strict=True):
        if isinstance(item, GridTable) and len(item.xs) > 2:
            tables += 1
            cells += len(item.cells)
            if cells > limits.cells:
                raise UnreadableDocument("document.too_complex", name=name, page=page.number, limit=limits.cells)
            blocks.append(_table(item, tables))
        elif isinstance(item, GridTable):
            for cell in item.cells:
                blocks += [_paragraph(line, cell.page, "body", False) for line in cell.lines]
        else:
            part = parts.get(id(item), "body")
            wrapped = part == "body" and _is_wrapped(
                item, following[1] if following else None, margins.get(round(page.width))
            )
            blocks.append(_paragraph(item, page.number, part, wrapped))
        if len(blocks) > limits.paragraphs:
            raise UnreadableDocument("document.too_complex", name=name, page=page.number, limit=limits.paragraphs)
    return tuple(blocks)


def _joined(pages: list[PageLayout], parts: dict[int, str]) -> list[tuple[PageLayout, Item]]:
    """All items, tables that go on joined into their first part; slanted text stands at the end of its page."""
    kept: list[tuple[PageLayout, Item]] = []
    last: Item | None = None
    for page in pages:
        for item in page.items:
            if id(item) in parts:
                kept.append((page, item))
                continue
            if isinstance(item, GridTable) and isinstance(last, GridTable) and goes_on(last, item):
                join(last, item)
                continue
            kept.append((page, item))
            last = item
        for line in page.slanted:
            parts[id(line)] = "header"
            kept.append((page, line))
    return kept


def _margins(pages: list[PageLayout], parts: dict[int, str]) -> dict[int, tuple[float, float]]:
    """Left and right margin of the running text, by the width of the page: pages turned sideways have their own."""
    edges: dict[int, list[Line]] = {}
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line) and id(item) not in parts]
        edges.setdefault(round(page.width), []).extend(lines)
    margins: dict[int, tuple[float, float]] = {}
    for width, lines in edges.items():
        if not lines:
            continue
        rights = sorted([line.box[2] for line in lines], reverse=True)
        # a single line that hangs out is no margin
        right = next((a for a, b in itertools.pairwise(rights) if a - b <= ALIKE), rights[0])
        left = min([line.box[0] for line in lines])
        if right - left >= NARROW * width:
            margins[width] = left, right
    return margins


def _is_wrapped(line: Line, following: Item | None, margin: tuple[float, float] | None) -> bool:
    """Whether the layout broke the line: it reaches the right margin and does not visibly end a paragraph there."""
    if margin is None or line.is_spread:
        return False
    left, right = margin
    height = line.box[3] - line.box[1]
    if right - line.box[2] > NEAR * height:
        return False
    if line.text[-1] not in ENDS:
        return True
    return isinstance(following, Line) and following.box[0] - left < INDENT * height


def _paragraph(line: Line, page: int, part: str, wrapped: bool) -> Paragraph:
    text, raw = clean(line.text)
    return Paragraph(text, raw, page=page, box=line.box, part=part, wrapped=wrapped)


def _table(table: GridTable, index: int) -> Table:
    return Table(
        index=index,
        cells=tuple([_cell(cell) for cell in table.cells]),
        rows=table.rows,
        columns=len(table.xs) - 1,
        page=table.page,
    )


def _cell(cell: GridCell) -> Cell:
    lines = cell.lines
    raw: str | None = None
    if not lines:
        text = ""
    elif len(lines) == 1:
        text, raw = clean(lines[0].text)
    else:
        text, raw = clean(joined_text(lines, cell.box[0], cell.box[2]))
    return Cell(text, cell.row + 1, cell.column + 1, cell.row_span, cell.column_span, raw, None, cell.page, cell.box)
