"""Reports as Word, Excel and OFD files."""

from __future__ import annotations

import re
from random import Random
from xml.sax.saxutils import escape

from gongkai.documents.model import Cell, Paragraph, Table
from tests.documents.docx_made import Given, Raw, docx, paragraph, table
from tests.documents.ofd_made import ofd
from tests.documents.xlsx_made import xlsx
from tests.generator.made import Grid, Made, Para

_NUMERALS = "一二三四五六"


def as_table(grid: Grid, index: int = 1) -> Table:
    """A grid as the builders' neutral table."""
    return Table(
        index,
        tuple(Cell(slot.text, slot.row, slot.column, slot.rows, slot.columns) for slot in grid.slots),
        grid.rows,
        grid.columns,
    )


def _block(block: Para | Grid, *, styled: bool) -> Given:
    if isinstance(block, Grid):
        return as_table(block)
    if styled and block.role in ("title", "heading"):
        return Paragraph(block.text, level=1 if block.role == "title" else 2)
    return block.text


def word(made: Made, rng: Random) -> bytes:
    """A Word file: headings styled or not, with the noise of real files or clean, transitional or strict."""
    styled = rng.random() < 0.5
    return docx(
        [_block(block, styled=styled) for block in made.body],
        noise=rng.random() < 0.6,
        strict=rng.random() < 0.1,
        footer="- 1 -" if rng.random() < 0.3 else None,
    )


def word_split(made: Made, rng: Random) -> bytes:
    """A Word file whose requests table is two tables, cut between two rows, the group's label only in the first."""
    blocks: list[Given] = []
    for block in made.body:
        if isinstance(block, Grid) and block.name == "requests":
            blocks += _split(block, rng.randint(8, block.rows - 4), between=rng.random() < 0.5)
        else:
            blocks.append(_block(block, styled=False))
    return docx(blocks, noise=rng.random() < 0.5)


def _split(grid: Grid, after: int, *, between: bool) -> list[Given]:
    upper, lower = [], []
    for slot in grid.slots:
        end = slot.row + slot.rows - 1
        if slot.row > after:
            lower.append(Cell(slot.text, slot.row - after, slot.column, slot.rows, slot.columns))
            continue
        upper.append(Cell(slot.text, slot.row, slot.column, min(end, after) - slot.row + 1, slot.columns))
        if end > after:
            lower.append(Cell("", 1, slot.column, end - after, slot.columns))
    lower.sort(key=lambda cell: (cell.row, cell.column))
    tables: list[Given] = [
        Table(1, tuple(upper), after, grid.columns),
        Table(2, tuple(lower), grid.rows - after, grid.columns),
    ]
    return [tables[0], "", tables[1]] if between else [tables[0], Paragraph(""), tables[1]]


def word_tracked(made: Made, rng: Random) -> bytes:
    """A Word file with tracked changes: old figures deleted, new ones inserted; a deleted paragraph."""
    blocks: list[Given] = []
    for block in made.body:
        if isinstance(block, Para):
            blocks.append(block.text)
            continue
        xml = table(as_table(block))
        figures = [slot.text for slot in block.slots if slot.id and slot.text]
        for text in rng.sample(figures, min(3, len(figures))):
            run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
            xml = _in_one_place(xml, run, _tracked(str(rng.randint(1, 99)), run, rng), rng)
        blocks.append(Raw(xml))
    gone = '<w:p><w:del w:id="901" w:author="甲" w:date="2024-01-05T09:00:00Z"><w:r><w:delText>本年度收到政府信息公开申请99件。</w:delText></w:r></w:del></w:p>'
    blocks.insert(min(4, len(blocks)), Raw(gone))
    return docx(blocks)


def _tracked(old: str, run: str, rng: Random) -> str:
    mark = f'w:id="{rng.randint(1, 900)}" w:author="甲" w:date="2024-01-05T09:00:00Z"'
    return f"<w:del {mark}><w:r><w:delText>{old}</w:delText></w:r></w:del><w:ins {mark}>{run}</w:ins>"


def _in_one_place(xml: str, old: str, new: str, rng: Random) -> str:
    places = [match.start() for match in re.finditer(re.escape(old), xml)]
    at = rng.choice(places)
    return xml[:at] + new + xml[at + len(old) :]


def word_boxed(made: Made, rng: Random) -> bytes:
    """A Word file whose title stands in a text box, written twice as Word does for old readers."""
    blocks: list[Given] = []
    titles = [block.text for block in made.body if isinstance(block, Para) and block.role == "title"]
    for block in made.body:
        if isinstance(block, Para) and block.role == "title":
            if block.text == titles[0]:
                blocks.append(Raw(_box(titles)))
            continue
        blocks.append(_block(block, styled=rng.random() < 0.2))
    return docx(blocks)


def _box(lines: list[str]) -> str:
    inner = "".join(paragraph(line) for line in lines)
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent cx="5000000" cy="900000"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )


_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def word_numbered(made: Made, rng: Random) -> bytes:
    """A Word file whose section headings are numbered automatically: their text holds no number.

    Only where the numbers printed are one to six in order; other reports are written as usual.
    """
    headings = [block for block in made.body if isinstance(block, Para) and block.role == "heading"]
    if [heading.text[0] for heading in headings] != list(_NUMERALS):
        return word(made, rng)
    blocks: list[Given] = []
    for block in made.body:
        if isinstance(block, Para) and block.role == "heading":
            text = re.sub(r"^[一二三四五六]\s*[、．.]\s*", "", block.text)
            blocks.append(
                Raw(paragraph(text, properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))
            )
        else:
            blocks.append(_block(block, styled=False))
    return docx(blocks, numbering=_NUMBERING)


def excel(made: Made, rng: Random) -> bytes:
    """An Excel file: everything below one another on one sheet, or a sheet for the text and one for each table."""
    blocks = [block.text if isinstance(block, Para) else as_table(block) for block in made.body]
    if rng.random() < 0.6:
        return xlsx({"年报": blocks})
    sheets: dict[str, list[str | Table]] = {"年度报告": []}
    for block in blocks:
        if isinstance(block, Table):
            sheets[f"表{len(sheets)}"] = [block]
        else:
            sheets["年度报告"].append(block)
    return xlsx(sheets)


def fixed(made: Made, rng: Random) -> bytes:
    """An OFD file in one of the ways that writers put text and rules down."""
    return ofd(
        [block.text if isinstance(block, Para) else as_table(block) for block in made.body],
        page_numbers=rng.random() < 0.7,
        writing=rng.choice(("lines", "runs", "characters")),
        scaled=rng.random() < 0.3,
        rules=rng.choice(("lines", "rectangles")),
    )
