"""Files of every format, made for the labelled corpus: packages as XML, PDF by reportlab, pictures by Pillow.

Shares nothing with the package.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FONT = "STSong-Light"


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip with a fixed date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), content)
    return out.getvalue()


def _relations(entries: Sequence[tuple[str, str, bool]]) -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{kind}" Target={quoteattr(target)}{" TargetMode=" + chr(34) + "External" + chr(34) if outside else ""}/>'
        for n, (kind, target, outside) in enumerate(entries, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _properties(author: str, title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator></cp:coreProperties>"
    )


def run(text: str, properties: str = "") -> str:
    """A run of a Word paragraph."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    """A Word paragraph of runs."""
    return f"<w:p>{''.join(runs)}</w:p>"


def word_table(rows: Sequence[Sequence[str]]) -> str:
    """A Word table."""
    lines = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(run(cell))}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{lines}</w:tbl>"


def word(
    body: Sequence[str],
    *,
    header: str = "",
    footnote: str = "",
    comment: str = "",
    author: str = "",
    title: str = "",
    link: str = "",
    parts: dict[str, bytes | str] | None = None,
) -> bytes:
    """A .docx from paragraphs and tables that are XML already."""
    relations = [("styles", "styles.xml", False)]
    files: dict[str, str | bytes] = {}
    space = f'xmlns:w="{W}" xmlns:r="{R}"'
    for kind, text, element in (
        ("header", header, "hdr"),
        ("footnotes", footnote, "footnotes"),
        ("comments", comment, "comments"),
    ):
        if text:
            inner = paragraph(run(text))
            if kind == "footnotes":
                inner = f'<w:footnote w:id="2">{inner}</w:footnote>'
            if kind == "comments":
                inner = f'<w:comment w:id="0" w:author="甲">{inner}</w:comment>'
            part = "header1.xml" if kind == "header" else f"{kind}.xml"
            files[f"word/{part}"] = f"<w:{element} {space}>{inner}</w:{element}>"
            relations.append((kind, part, False))
    if link:
        relations.append(("hyperlink", link, True))
    files |= {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": _relations([("officeDocument", "word/document.xml", False)]),
        "word/document.xml": f'<w:document {space} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>',
        "word/styles.xml": f"<w:styles {space}/>",
        "word/_rels/document.xml.rels": _relations(relations),
        "docProps/core.xml": _properties(author, title),
        **(parts or {}),
    }
    return zipped(files)


def workbook(
    sheets: dict[str, Sequence[Sequence[str]]],
    *,
    hidden: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    comment: str = "",
    title: str = "",
    leftover: str = "",
    name_text: str = "",
) -> bytes:
    """A .xlsx; figures of at most 15 digits without a leading zero are stored as numbers, all else as shared strings."""
    strings: list[str] = [leftover] if leftover else []
    files: dict[str, str | bytes] = {}
    entries, tags = [("sharedStrings", "sharedStrings.xml", False)], []
    for n, (name, rows) in enumerate(sheets.items(), 1):
        lines = []
        for r, row in enumerate(rows, 1):
            cells = []
            for c, text in enumerate(row):
                at = f"{chr(65 + c)}{r}"
                if text.isascii() and text.isdigit() and len(text) <= 15 and text[0] != "0":
                    cells.append(f'<c r="{at}"><v>{text}</v></c>')
                elif text:
                    strings.append(text)
                    cells.append(f'<c r="{at}" t="s"><v>{len(strings) - 1}</v></c>')
            lines.append(
                f'<row r="{r}"{" hidden=" + chr(34) + "1" + chr(34) if r in hidden_rows else ""}>{"".join(cells)}</row>'
            )
        files[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{S}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
        )
        entries.append(("worksheet", f"worksheets/sheet{n}.xml", False))
        state = ' state="hidden"' if name in hidden else ""
        tags.append(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n + 1}"{state}/>')
    if comment:
        files["xl/comments1.xml"] = (
            f'<comments xmlns="{S}"><authors><author>甲</author></authors><commentList><comment ref="A1" authorId="0"><text><r><t>{escape(comment)}</t></r></text></comment></commentList></comments>'
        )
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    names = (
        f'<definedNames><definedName name="旧">"{escape(name_text)}"</definedName></definedNames>'
        if name_text
        else ""
    )
    files |= {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml", False)]),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{"".join(tags)}</sheets>{names}</workbook>',
        "xl/_rels/workbook.xml.rels": _relations(entries),
        "xl/sharedStrings.xml": f'<sst xmlns="{S}">{items}</sst>',
        "docProps/core.xml": _properties("", title),
    }
    return zipped(files)


def portable(
    pages: Sequence[Sequence[str]],
    *,
    invisible: str = "",
    white: str = "",
    covered: str = "",
    outside: str = "",
    note: str = "",
    title: str = "",
    bookmark: str = "",
    columns: Sequence[Sequence[str]] = (),
) -> bytes:
    """A PDF; `columns` are rows of a table without lines."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    sheet = canvas.Canvas(out, invariant=1)
    if title:
        sheet.setTitle(title)
    for number, lines in enumerate(pages):
        sheet.setFont(FONT, 11)
        y = 780
        for line in lines:
            for start in range(0, max(len(line), 1), 44):
                sheet.drawString(60, y, line[start : start + 44])
                y -= 16
        if number == 0:
            for row in columns:
                for place, cell in enumerate(row):
                    sheet.drawString(60 + 160 * place, y, cell)
                y -= 16
            if invisible:
                text = sheet.beginText(60, 60)
                text.setTextRenderMode(3)
                text.textLine(invisible)
                sheet.drawText(text)
            if white:
                sheet.setFillColorRGB(1, 1, 1)
                sheet.drawString(60, 80, white)
                sheet.setFillColorRGB(0, 0, 0)
            if covered:
                sheet.drawString(60, 100, covered)
                sheet.rect(55, 95, 480, 18, fill=1)
            if outside:
                sheet.drawString(-900, 100, outside)
            if note:
                sheet.textAnnotation(note, Rect=[10, 10, 30, 30])
            if bookmark:
                sheet.bookmarkPage("a")
                sheet.addOutlineEntry(bookmark, "a")
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def picture(*, description: str = "", position: bool = False, form: str = "JPEG") -> bytes:
    """A small picture with what a camera writes into it."""
    tags = Image.Exif()
    if description:
        tags[0x010E] = description.encode()
    if position:
        place = tags.get_ifd(0x8825)
        place[1], place[2], place[3], place[4] = "N", (30.0, 1.0, 2.0), "E", (104.0, 3.0, 4.0)
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (200, 40, 40)).save(out, form, exif=tags)
    return out.getvalue()


def page(body: str, *, head: str = "") -> bytes:
    """A web page."""
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>示范县公开栏</title>{head}</head><body>{body}</body></html>'.encode()


def data_address(content: bytes, kind: str = "image/jpeg") -> str:
    """A file as an address."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
