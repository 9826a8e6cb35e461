"""A story of a Word file (its body, a text box, a header, a note) read into blocks."""

from __future__ import annotations

from typing import Any

from gongkai.documents.cell_text import join_lines
from gongkai.documents.characters import clean
from gongkai.documents.docx.grid import Grid, GridCell
from gongkai.documents.docx.names import (
    ALT_CHUNK,
    ALTERNATE,
    CHOICE,
    FALLBACK,
    SDT,
    SDT_CONTENT,
    SECTION,
    STYLE,
    TBL,
    VAL,
    WRAPPERS,
    P,
)
from gongkai.documents.docx.numbering import Numbering
from gongkai.documents.docx.rows import Rows, column_widths, plain_rows
from gongkai.documents.docx.styles import PLAIN, Styles, list_of, outline
from gongkai.documents.docx.text import TRACKED, ParagraphText, paragraph_text
from gongkai.documents.limits import Limits
from gongkai.documents.model import Block, Cell, Paragraph, Table
from gongkai.documents.package import Element
from gongkai.errors import UnreadableDocument

ALT = "document.alt_chunk"
_FLAT = frozenset({"header", "footer"})
"""Parts whose tables only arrange their text."""


class Story:
    """Collects blocks in reading order; one object reads all stories of a document, since numbers go on."""

    def __init__(self, styles: Styles, numbering: Numbering, limits: Limits) -> None:
        self.blocks: list[Block] = []
        self.doubts: set[str] = set()
        self.notes: list[str] = []
        self.sections: list[Element] = []
        self._styles = styles
        self._numbering = numbering
        self._limits = limits
        self._tables = 0
        self._cells = 0
        self._paragraphs = 0
        self._elements = 0
        # Text of paragraphs whose mark was deleted: it goes on in the next paragraph.
        self._carried: list[str] = []

    def read(self, parent: Element, part: str = "body") -> None:
        """Read the paragraphs and tables in `parent`; paragraphs are marked as of `part`."""
        self._walk(parent, part)
        if self._carried:
            self._emit("".join(self._carried), 0, part)
            self._carried = []

    def _walk(self, parent: Element, part: str) -> None:
        for child in parent:
            tag = child.tag
            if tag == P:
                self._paragraph(child, part)
            elif tag == TBL:
                self._table(child, part)
            elif tag == ALT_CHUNK:
                self.doubts.add(ALT)
            elif tag == SECTION:
                self.sections.append(child)
            else:
                inside = _unwrapped(child)
                if inside is not None:
                    self._walk(inside, part)

    def _paragraph(self, element: Element, part: str) -> None:
        found = paragraph_text(element)
        self._note(found)
        self._elements += 1
        if self._elements > self._limits.paragraphs:
            raise UnreadableDocument("document.too_many_paragraphs", limit=self._limits.paragraphs)
        if found.joins:
            self._carried.append(found.text)
        else:
            text = "".join((*self._carried, found.text)) if self._carried else found.text
            self._carried = []
            level, number = self._marks(found.properties)
            self._emit(number + text, level, part)
        for box in found.boxes:
            self.read(box, "box")

    def _emit(self, text: str, level: int, part: str) -> None:
        # A break in a heading is one of layout; elsewhere it parts lines of their own.
        lines = [text] if level or "\n" not in text else text.split("\n")
        for line in lines:
            if not line or line.isspace():
                continue
            self._paragraphs += 1
            if self._paragraphs > self._limits.paragraphs:
                raise UnreadableDocument("document.too_many_paragraphs", limit=self._limits.paragraphs)
            cleaned, raw = clean(line.replace("\n", ""))
            self.blocks.append(Paragraph(cleaned, raw, level=level, part=part))

    def _marks(self, properties: Element | None) -> tuple[int, str]:
        """The heading level of a paragraph and the number that Word prints before it."""
        if properties is None:
            return 0, ""
        named = properties.find(STYLE)
        style = PLAIN if named is None else self._styles.get(named.get(VAL, ""))
        self.sections += properties.iterchildren(SECTION)
        level = outline(properties)
        number, at = list_of(properties)
        if number is None and style.number is not None:
            number, at = style.number[0], style.number[1] if at is None else at
        text = self._numbering.next(number, at or 0) if number is not None else ""
        return style.level if level is None else level, text

    def _note(self, found: ParagraphText) -> None:
        if found.doubts:
            self.doubts |= found.doubts
        if found.notes:
            self.notes += found.notes

    def _table(self, element: Element, part: str) -> None:
        plain = None if part in _FLAT else plain_rows(element, self._numbered, self._limits)
        if plain is not None:
            grid = Grid(plain, self._limits, column_widths(element))
            self._emit_table(grid.rows, grid.columns, [_cell(one, _text(one.content)) for one in grid.cells])
            return
        rows = Rows(element, self._limits)
        if rows.tracked:
            self.doubts.add(TRACKED)
        careful = Grid(rows.rows, self._limits, column_widths(element))
        if part in _FLAT or next(element.iterdescendants(TBL), None) is not None:
            # A table that holds a table only arranges the page.
            for one in careful.cells:
                self.read(one.content, part)
            return
        boxes: list[Element] = []
        cells = []
        for one in careful.cells:
            lines: list[str] = []
            self._lines(one.content, lines, boxes)
            cells.append(_cell(one, "\n".join(lines)))
        self._emit_table(careful.rows, careful.columns, cells)
        for box in boxes:
            self.read(box, "box")

    def _emit_table(self, rows: int, columns: int, cells: list[Cell]) -> None:
        self._cells += len(cells)
        if self._cells > self._limits.cells:
            raise UnreadableDocument("document.too_many_cells", limit=self._limits.cells)
        if cells:
            self._tables += 1
            self.blocks.append(Table(self._tables, tuple(cells), rows, columns))

    def _numbered(self, style: str) -> bool:
        return self._styles.get(style).number is not None

    def _lines(self, parent: Element, lines: list[str], boxes: list[Element]) -> None:
        carried: list[str] = []
        for child in parent:
            if child.tag == P:
                found = paragraph_text(child)
                self._note(found)
                boxes += found.boxes
                if found.joins:
                    carried.append(found.text)
                    continue
                text = "".join((*carried, found.text))
                carried = []
                if found.properties is not None:
                    text = self._marks(found.properties)[1] + text
                if text:
                    lines.append(text)
            elif (inside := _unwrapped(child)) is not None:
                self._lines(inside, lines, boxes)
        if carried:
            lines.append("".join(carried))


def _text(written: str) -> str:
    """The text of a cell whose paragraphs each begin with a line feed; empty paragraphs left out."""
    text = written[1:]
    return "\n".join(line for line in text.split("\n") if line) if "\n" in text else text


def _cell(at: GridCell[Any], text: str) -> Cell:
    """A cell with its text in one line; the original beside it where they differ."""
    joined = join_lines(text) if "\n" in text or "\t" in text else text
    cleaned, raw = clean(joined)
    return Cell(cleaned, at.row, at.column, at.row_span, at.column_span, text if joined != text else raw)


def _unwrapped(element: Element) -> Element | None:
    """What to read instead of an element that only wraps blocks, None for anything else."""
    tag = element.tag
    if tag == SDT:
        return element.find(SDT_CONTENT)
    if tag == ALTERNATE:
        choice = element.find(CHOICE)
        return element.find(FALLBACK) if choice is None else choice
    return element if tag in WRAPPERS else None
