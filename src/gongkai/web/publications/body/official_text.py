"""The text of an official document in a Word file: levels by their fonts, tables with rulings, pictures within the text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from gongkai.web.publications.body.nodes import Block, Cell, Inline, Items, Leaf, Picture, Quote, Run, Table

FANGSONG, KAI, HEI, TITLE, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
FONTS = {"h2": HEI, "h3": KAI, "h4": FANGSONG, "p": FANGSONG}
SIZE, LINE = 16, 28.95
"""The text's size and the height of its lines in points."""
WIDTH = 156
"""Millimetres of the text's width."""
_NO_PICTURE = (
    *(InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError),
    *(ValueError, KeyError, ZeroDivisionError, OSError),
)
"""What reading a broken picture raises."""


def styled(paragraph: Paragraph, text: str, font: str, size: float, colour: RGBColor | None = None) -> Paragraph:
    """The paragraph with a run of a font (for Latin signs too) and a size in points added."""
    dressed(paragraph.add_run(storable(text)), font, size)
    if colour is not None:
        paragraph.runs[-1].font.color.rgb = colour
    return paragraph


def dressed(run: WordRun, font: str, size: float) -> WordRun:
    """The run in a font and a size in points."""
    run.font.name, run.font.size = font, Pt(size)
    properties = run._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    height = properties.find(qn("w:sz"))
    if size == SIZE and height is not None:
        # 28 characters of 16 points are a little wider than a line of 156 mm.
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), "-5")
        height.addprevious(closer)
    return run


class Writer:
    """Writes blocks at the end of a file."""

    def __init__(self, file: Document, images: Mapping[str, bytes]) -> None:
        self._file = file
        self._images = images

    def write_all(self, blocks: Sequence[Block]) -> None:
        """Write a whole text; a first paragraph that ends in a colon names who is addressed, and stands at the margin."""
        self.write(blocks)
        first = blocks[0] if blocks else None
        if isinstance(first, Leaf) and first.kind == "p" and first.text.endswith(("：", ":")):
            written = next(one for one in self._file.paragraphs if one.text == first.text)
            written.paragraph_format.first_line_indent = Pt(0)
            written._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "0")

    def write(self, blocks: Iterable[Block], lead: str = "", depth: int = 0) -> None:
        """Write blocks; `lead` is the mark of a list's item before the first one."""
        for block in blocks:
            if isinstance(block, Leaf):
                self._leaf(self._file.add_paragraph(), block, lead, depth)
            elif isinstance(block, Items):
                self._items(block, depth)
            elif isinstance(block, Quote):
                self.write(block.blocks, lead, depth + 1)
            else:
                self._table(block)
            lead = ""

    def _items(self, block: Items, depth: int) -> None:
        for at, item in enumerate(block.items, block.start):
            self.write(item, f"{at}. " if block.ordered else "• ", depth + (depth > 0))

    def _leaf(self, paragraph: Paragraph, leaf: Leaf, lead: str, depth: int) -> None:
        form = paragraph.paragraph_format
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        _indented(paragraph)
        form.left_indent = Pt(32 * depth) if depth else None
        form.keep_with_next = leaf.kind != "p"
        if not any(isinstance(one, Picture) for one in leaf.content):
            # With an exact height a picture would be cut to the height of a line.
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
        if leaf.kind != "p":
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), str(int(leaf.kind[1]) - 2))
            paragraph._p.get_or_add_pPr().append(level)
        if lead:
            styled(paragraph, lead, FANGSONG, SIZE)
        self._content(paragraph, leaf.content, FONTS.get(leaf.kind, FANGSONG), SIZE, WIDTH)

    def _content(self, paragraph: Paragraph, content: Iterable[Inline], font: str, size: float, width: float) -> None:
        for one in content:
            if isinstance(one, Picture):
                self._picture(paragraph, one, font, size, width)
                continue
            run = dressed(paragraph.add_run(storable(one.text)), font, size)
            marks = one.marks
            run.bold, run.italic, run.underline = (
                "strong" in marks or None,
                "em" in marks or None,
                "u" in marks or None,
            )
            if "sub" in marks:
                run.font.subscript = True
            elif "sup" in marks:
                run.font.superscript = True
            if one.href:
                _linked(paragraph, run, one)

    def _picture(self, paragraph: Paragraph, picture: Picture, font: str, size: float, width: float) -> None:
        content = self._images.get(picture.digest)
        try:
            shape = paragraph.add_run().add_picture(io.BytesIO(content or b""))
        except _NO_PICTURE:
            styled(paragraph, f"［图：{picture.alt or '无说明'}］", font, size)
            return
        most = Mm(width - 12)
        if shape.width > most:
            shape.height = Length(max(1, round(shape.height * most / shape.width)))
            shape.width = most
        shape._inline.docPr.set("descr", storable(picture.alt))

    def _table(self, block: Table) -> None:
        if block.caption is not None:
            caption = self._file.add_paragraph()
            caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
            caption.paragraph_format.keep_with_next = True
            self._content(caption, block.caption.content, HEI, 14, WIDTH)
        rows = [*block.head, *block.rows]
        placed, columns = _placed(rows)
        table = self._file.add_table(len(rows), columns, "Table Grid")
        for row in table.rows[: len(block.head)]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in table.rows:
            row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        for cell, at, column in placed:
            self._cell(_merged(table, cell, at, column), cell, WIDTH / columns * cell.column_span)

    def _cell(self, into: _Cell, cell: Cell, width: float) -> None:
        leaves = list(_leaves(cell.blocks))
        for at, (leaf, lead) in enumerate(leaves):
            paragraph = into.paragraphs[0] if at == 0 else into.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if cell.head else WD_ALIGN_PARAGRAPH.LEFT
            if lead:
                styled(paragraph, lead, FANGSONG, 12)
            self._content(paragraph, leaf.content, HEI if cell.head else FANGSONG, 12, max(width, 20))


def _placed(rows: list[list[Cell]]) -> tuple[list[tuple[Cell, int, int]], int]:
    """Each cell with its row and column from 0, and how many columns there are."""
    taken: set[tuple[int, int]] = set()
    placed: list[tuple[Cell, int, int]] = []
    columns = 1
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            width = min(cell.column_span, 63)
            taken |= {(at + down, column + right) for down in range(cell.row_span) for right in range(width)}
            placed.append((cell, at, column))
            column += width
            columns = max(columns, column)
    return placed, columns


def _merged(table: WordTable, cell: Cell, at: int, column: int) -> _Cell:
    first = table.cell(at, column)
    last = table.cell(at + cell.row_span - 1, min(column + min(cell.column_span, 63), len(table.columns)) - 1)
    return first if first._tc is last._tc else first.merge(last)


def _leaves(blocks: Iterable[Block], lead: str = "") -> Iterable[tuple[Leaf, str]]:
    """The leaves of a cell, each with the mark of its item."""
    for block in blocks:
        if isinstance(block, Leaf):
            yield block, lead
        elif isinstance(block, Items):
            for at, item in enumerate(block.items, block.start):
                yield from _leaves(item, f"{at}. " if block.ordered else "• ")
        elif isinstance(block, Quote):
            yield from _leaves(block.blocks, lead)
        lead = ""


def _indented(paragraph: Paragraph) -> None:
    """Begin the paragraph two characters inside."""
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


def _linked(paragraph: Paragraph, run: WordRun, given: Run) -> None:
    """Set the run into a link."""
    link = OxmlElement("w:hyperlink")
    link.set(
        qn("r:id"), paragraph.part.relate_to(storable(given.href), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    )
    run._r.addprevious(link)
    link.append(run._r)


def storable(text: str) -> str:
    """The text without signs that XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " and sign not in "\ufffe\uffff")
