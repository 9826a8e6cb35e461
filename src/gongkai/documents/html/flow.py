"""The page's content in reading order: paragraphs, and the tables that hold data."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from gongkai.documents.characters import clean
from gongkai.documents.html.furniture import is_furniture, is_furniture_line
from gongkai.documents.html.grid import read_table
from gongkai.documents.html.unusual import Unusual
from gongkai.documents.joining import join_lines
from gongkai.documents.limits import Limits
from gongkai.documents.model import Block, Paragraph, Table
from gongkai.documents.text import blocks_of_text
from gongkai.errors import UnreadableDocument

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NAMED = frozenset(
    {
        "article",
        "aside",
        "div",
        "dl",
        "fieldset",
        "footer",
        "form",
        "header",
        "main",
        "menu",
        "ol",
        "section",
        "table",
        "ul",
    }
)
"""Blocks that sites give names to."""
FEW_CELLS, LONG_CELL = 8, 200
"""A table of few cells with long text in one is there for the layout."""


class Flow:
    """A sink for `walking.walk` that makes blocks."""

    def __init__(self, limits: Limits, unusual: Unusual) -> None:
        self.blocks: list[Block] = []
        self._limits = limits
        self._unusual = unusual
        self._parts: list[str] = []
        self._level = 0
        self._tables = 0
        self._cells = 0

    def text(self, text: str) -> None:
        """Add to the paragraph."""
        self._parts.append(text)

    def open(self, node: LexborNode, tag: str) -> bool:
        """Begin a paragraph, take a table, or pass over furniture."""
        if self._parts:
            self._end_paragraph()
        if tag == "p" and node.mem_id not in self._unusual.mixed:
            self._parts.append(node.text_lexbor())
            return False
        if tag in _NAMED:
            if tag == "footer" or is_furniture(node):
                return False
            return tag != "table" or not self._take_table(node)
        if tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag in ("pre", "xmp"):
            return not self._take_lines(node)
        return True

    def close(self, tag: str) -> None:
        """End the paragraph."""
        if self._parts:
            self._end_paragraph()
        if tag in _HEADINGS:
            self._level = 0

    def _end_paragraph(self) -> None:
        text = "".join(self._parts)
        self._parts.clear()
        if "\n" in text or "\r" in text:
            text = join_lines(text.splitlines())
        cleaned, raw = clean(text)
        if cleaned and not is_furniture_line(cleaned):
            self._add(Paragraph(cleaned, raw, level=self._level))

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        if len(self.blocks) > self._limits.paragraphs:
            raise UnreadableDocument("document.too_many_paragraphs", limit=self._limits.paragraphs)

    def _take_table(self, node: LexborNode) -> bool:
        """Read a table of data; False where its content is to be read like any other."""
        if node.mem_id in self._unusual.layout:
            return False
        table = read_table(node, self._tables + 1, self._limits, self._unusual.mixed)
        if table is None or _is_layout(table):
            return False
        self._cells += len(table.cells)
        if self._cells > self._limits.cells:
            raise UnreadableDocument("document.too_many_cells", limit=self._limits.cells)
        for child in node.iter():
            if child.tag == "caption":
                self._parts.append(child.text_lexbor() or "")
                self._end_paragraph()
        self._tables += 1
        self._add(table)
        return True

    def _take_lines(self, node: LexborNode) -> bool:
        """Read text that the page shows line by line as a text file would be."""
        text = node.text_lexbor() or ""
        if "\n" not in text.strip():
            return False
        # The lines of one element are no lines of the file.
        for block in blocks_of_text(text, self._limits, self._tables + 1):
            if isinstance(block, Table):
                self._tables += 1
            self._add(block)
        return True


def _is_layout(table: Table) -> bool:
    if table.columns == 1 or len(table.cells) == 1:
        return True
    return len(table.cells) <= FEW_CELLS and any(len(cell.text) > LONG_CELL for cell in table.cells)
