"""A document as a Word file in the official format for documents of offices (GB/T 9704-2012): page, parts and their order."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from gongkai.web.publications.body.cleaning import blocks_of
from gongkai.web.publications.body.official_text import FANGSONG, LINE, SONG, TITLE, Writer, storable, styled

RED = RGBColor(0xE6, 0x00, 0x12)


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands around a text: title, issuing agency, document number, date, names of attachments.

    What is empty is left out. The seal is never drawn: the agency's name and the date leave the space for it.
    """

    title: str
    issuer: str = ""
    number: str = ""
    dated: date | None = None
    attachments: tuple[str, ...] = ()


def to_docx(facts: Facts, html: str, images: Mapping[str, bytes] | None = None) -> bytes:
    """The document as .docx. `images` is the content of pictures by digest; one that is missing is named in its place.

    The text is cleaned first; raises as `clean`. Fonts are named as offices have them and are not in the file.
    """
    file = docx.Document()
    _page(file)
    _properties(file, facts)
    if facts.issuer and facts.number:
        _head(file, facts)
    title = styled(file.add_paragraph(), facts.title, TITLE, 22)
    _spaced(title, WD_ALIGN_PARAGRAPH.CENTER, before=LINE if facts.number else 0, after=LINE, line=32)
    Writer(file, images or {}).write_all(blocks_of(html))
    _foot(file, facts)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _page(file: Document) -> None:
    section = file.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The number stands seven millimetres below the text.
    section.footer_distance = Mm(23)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE * 20)))
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = FANGSONG, Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANGSONG)
    normal.paragraph_format.space_after = Pt(0)
    file.settings.odd_and_even_pages_header_footer = True
    _numbered(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _numbered(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _numbered(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    """The number of the page between dashes, one character away from the edge of the text."""
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    styled(paragraph, "— ", SONG, 14)
    run = paragraph.add_run()
    styled(paragraph, " —", SONG, 14)
    run.font.name, run.font.size = SONG, Pt(14)
    for kind in ("begin", None, "end"):
        sign = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            sign.set(qn("w:fldCharType"), kind)
        else:
            sign.text = "PAGE"
        run._r.append(sign)


def _properties(file: Document, facts: Facts) -> None:
    """Name the document and the office, and nothing of the machine or the library that wrote the file."""
    said = file.core_properties
    said.title, said.author, said.last_modified_by = storable(facts.title)[:255], storable(facts.issuer)[:255], ""
    said.comments = said.keywords = said.subject = said.category = ""
    made = facts.dated or date(2000, 1, 1)
    said.created = said.modified = datetime(made.year, made.month, made.day, tzinfo=UTC)
    said.revision = 1


def _head(file: Document, facts: Facts) -> None:
    """The agency in red, the number below it, and the red line."""
    issuer = styled(file.add_paragraph(), f"{facts.issuer}文件", TITLE, _fitting(f"{facts.issuer}文件"), colour=RED)
    _spaced(issuer, WD_ALIGN_PARAGRAPH.CENTER, before=LINE, after=LINE, line=None)
    number = styled(file.add_paragraph(), facts.number, FANGSONG, 16)
    _spaced(number, WD_ALIGN_PARAGRAPH.CENTER, after=4)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", str(RED))):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    # The order of the properties is fixed: borders stand before the spacing.
    spacing = number._p.get_or_add_pPr().find(qn("w:spacing"))
    if spacing is not None:
        spacing.addprevious(borders)


def _foot(file: Document, facts: Facts) -> None:
    """The attachments a line below the text; the agency and the date at the right."""
    for at, name in enumerate(facts.attachments):
        words = f"附件：{at + 1}. {name}" if len(facts.attachments) > 1 else f"附件：{name}"
        line = styled(file.add_paragraph(), words if at == 0 else f"{at + 1}. {name}", FANGSONG, 16)
        _spaced(line, WD_ALIGN_PARAGRAPH.LEFT, before=LINE if at == 0 else 0)
        hanging = 80 if len(facts.attachments) > 1 else 48
        line.paragraph_format.left_indent = Pt(32 + hanging)
        line.paragraph_format.first_line_indent = Pt(-hanging if at == 0 else -32)
    if not facts.issuer or facts.dated is None:
        return
    day = f"{facts.dated.year}年{facts.dated.month}月{facts.dated.day}日"
    # The date stands four characters from the right, the agency over its middle; both stay on one page.
    width, of_day = 16 * len(facts.issuer), 8 * sum(1 + (sign > "\xff") for sign in day)
    for at, (words, right) in enumerate(((facts.issuer, 64 + (of_day - width) / 2), (day, 64.0))):
        line = styled(file.add_paragraph(), words, FANGSONG, 16)
        _spaced(line, WD_ALIGN_PARAGRAPH.RIGHT, before=LINE * 2 if at == 0 else 0)
        line.paragraph_format.right_indent = Pt(max(right, 32))
        line.paragraph_format.keep_with_next = at == 0


def _fitting(words: str) -> float:
    """The largest size up to 40 points in which the words fit a line of 156 mm."""
    return min(40.0, 156 / 25.4 * 72 / max(len(words), 1))


def _spaced(
    paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH, before: float = 0, after: float = 0, line: float | None = LINE
) -> None:
    paragraph.alignment = side
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if line is not None:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
