"""Plain text and Markdown into paragraphs, one a line, and the tables that tabs or pipes draw."""

from __future__ import annotations

import re

from gongkai.documents.characters import clean
from gongkai.documents.charset import decode
from gongkai.documents.limits import Limits
from gongkai.documents.model import Block, Document, Paragraph
from gongkai.documents.source import Source
from gongkai.documents.text.exported import exported_table
from gongkai.documents.text.pipes import is_border, piped_table
from gongkai.documents.text.rows import Rows, is_blank, table_of
from gongkai.documents.text.tabbed import tabbed_table
from gongkai.documents.text.wrapping import broken_lines
from gongkai.errors import UnreadableDocument

MOST_LINES = 10
"""So many lines a paragraph or cell are allowed, blank ones counted."""

_HEADING = re.compile(r"#{1,6}(?=\s)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_STRONG = re.compile(r"\*\*(?=\S)(.{1,200}?)(?<=\S)\*\*")
_MARKDOWN = re.compile(r"^#{1,6} \S|^[ \t|]{0,9}:?-{3,}:?[ \t]{0,9}\||\*\*\S", re.MULTILINE)


def read(source: Source, limits: Limits) -> Document:
    """Read a text file. Lines count from 1 over the file's own lines.

    Raises UnreadableDocument: `document.garbled`, `document.empty`, and the codes of the limits.
    """
    decoded = decode(source.data, source.name)
    blocks = blocks_of_text(decoded.text, limits)
    if not blocks:
        raise UnreadableDocument("document.empty", name=source.name)
    return Document("text", source.sha256, len(source.data), tuple(blocks), doubts=decoded.doubts)


def blocks_of_text(text: str, limits: Limits, first_table: int = 1) -> list[Block]:
    """The paragraphs and tables of a text; tables are numbered from `first_table`."""
    if text.count("\n") > limits.paragraphs * MOST_LINES:
        raise UnreadableDocument("document.too_many_paragraphs", limit=limits.paragraphs)
    markdown = _MARKDOWN.search(text) is not None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    pieces = _pieces(lines)
    broken = iter(broken_lines([lines[piece] for piece in pieces if isinstance(piece, int)]))
    blocks: list[Block] = []
    index, cells, paragraphs = first_table, 0, 0
    for piece in pieces:
        if isinstance(piece, int):
            paragraph = _paragraph(lines[piece], piece + 1, next(broken), markdown)
            if paragraph.text:
                blocks.append(paragraph)
                paragraphs += 1
        else:
            cells += sum(map(len, piece))
            if cells > limits.cells:
                raise UnreadableDocument("document.too_many_cells", limit=limits.cells)
            blocks.append(table_of(_plain(piece) if markdown else piece, index, limits))
            index += 1
    if paragraphs > limits.paragraphs:
        raise UnreadableDocument("document.too_many_paragraphs", limit=limits.paragraphs)
    return blocks


def _pieces(lines: list[str]) -> list[int | Rows]:
    """The text in reading order: the index of a line of prose, or the rows of a table."""
    pieces: list[int | Rows] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip() and not lines[at].startswith("\t"):
            at += 1
            continue
        for find in (piped_table, exported_table, tabbed_table):
            rows, end = find(lines, at)
            if rows:
                pieces.append(rows)
            elif end > at:
                pieces.extend(n for n in range(at, end) if not is_blank(lines[n]) and lines[n].strip())
            if end > at:
                at = end
                break
        else:
            pieces.append(at)
            at += 1
    return pieces


def _paragraph(line: str, number: int, wrapped: bool, markdown: bool) -> Paragraph:
    level = 0
    if markdown:
        heading = _HEADING.match(line.strip())
        if heading:
            level, line = len(heading[0]), line.strip().strip("#")
        elif is_border(line):
            line = ""
        line = _unmarked(line)
    text, raw = clean(line)
    return Paragraph(text, raw, line=number, level=level, wrapped=wrapped and not level)


def _plain(rows: Rows) -> Rows:
    return [[cell._replace(text=_unmarked(cell.text)) for cell in row] for row in rows]


def _unmarked(text: str) -> str:
    """Markdown's escapes and emphasis taken away; a figure such as `1\\.` or `\\-` is meant without."""
    return _ESCAPED.sub(r"\1", _STRONG.sub(r"\1", text))
