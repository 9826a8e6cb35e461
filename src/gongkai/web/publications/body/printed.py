"""Files whose text was set for printing (PDF, OFD): lines joined into paragraphs, running heads and page numbers left out."""

from __future__ import annotations

from itertools import groupby

from gongkai.documents.joining import join_lines
from gongkai.documents.model import Cell as ReadCell
from gongkai.documents.model import Document, Paragraph
from gongkai.documents.model import Table as ReadTable
from gongkai.web.publications.body.nodes import Block, Cell, Leaf, Run, Table
from gongkai.web.publications.body.notes import Notes
from gongkai.web.publications.body.signs import tidy
from gongkai.web.publications.body.tables import finished
from gongkai.web.publications.body.typed import is_figure, level_of

_LEFT_OUT = frozenset({"header", "footer"})


def blocks_of_document(document: Document, notes: Notes) -> list[Block]:
    """The blocks of a document as a reader gives it."""
    blocks: list[Block] = []
    lines: list[str] = []
    level = 0

    def end() -> None:
        content = tidy([Run(join_lines(lines))])
        lines.clear()
        if content:
            text = Leaf("p", content).text
            blocks.append(Leaf(f"h{min(level + 1, 4)}" if level else level_of(text), content))

    for block in document.blocks:
        if isinstance(block, Paragraph) and block.part in _LEFT_OUT:
            notes.add("body.note.header", block.text)
        elif isinstance(block, Paragraph):
            lines.append(block.raw if block.raw is not None else block.text)
            level = block.level
            if not block.wrapped:
                end()
        else:
            end()
            blocks += _table(block)
    end()
    return blocks


def _table(table: ReadTable) -> list[Block]:
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        content = tidy([Run(cell.text)])
        blocks: list[Block] = [Leaf("p", content)] if content else []
        rows[cell.row - 1].append(Cell(column_span=cell.column_span, row_span=cell.row_span, blocks=blocks))
    head = _head(table)
    return finished(Table(None, rows[:head], rows[head:]))


def _head(table: ReadTable) -> int:
    """How many rows are the head: those that the first one's cells reach over, if all they hold is words."""
    first = [cell for cell in table.cells if cell.row == 1]
    count = max((cell.row_span for cell in first), default=0)
    above = [cell for row, cells in groupby(table.cells, lambda cell: cell.row) if row <= count for cell in cells]
    reaches = any(cell.row + cell.row_span - 1 > count for cell in above)
    return 0 if reaches or count >= table.rows or not all(map(_is_words, above)) else count


def _is_words(cell: ReadCell) -> bool:
    return bool(cell.text.strip()) and not is_figure(cell.text)
