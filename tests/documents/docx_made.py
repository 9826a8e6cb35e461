"""Word packages made by code: real parts, merged cells as Word and WPS write them, the noise of real files on demand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias
from xml.sax.saxutils import escape

from gongkai.documents.model import Cell, Paragraph, Table

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


class Raw(NamedTuple):
    """WordprocessingML put into the body (or a cell) as it stands; prefixes w, r, mc, wps, wp, v, a, m are declared."""

    xml: str


Given: TypeAlias = str | Paragraph | Table | Raw
"""A block: a paragraph's text, a Paragraph (its `level` becomes the style Heading N), a Table, or raw XML."""

_RUN_NOISE = (
    '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:cs="仿宋_GB2312"/>'
    '<w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar"/></w:rPr>'
)
_PARAGRAPH_NOISE = (
    '<w:pPr><w:keepNext w:val="0"/><w:widowControl/><w:spacing w:line="560" w:lineRule="exact"/>'
    '<w:ind w:firstLine="640" w:firstLineChars="200"/><w:jc w:val="both"/>' + _RUN_NOISE + "</w:pPr>"
)
_CELL_NOISE = (
    '<w:tcBorders><w:top w:val="single" w:color="000000" w:sz="4" w:space="0"/>'
    '<w:left w:val="single" w:color="000000" w:sz="4" w:space="0"/></w:tcBorders>'
    '<w:shd w:val="clear" w:color="auto" w:fill="auto"/><w:vAlign w:val="center"/>'
)


def docx(
    blocks: Iterable[Given],
    *,
    title: str | None = None,
    noise: bool = False,
    strict: bool = False,
    styles: str = "",
    numbering: str | None = None,
    header: str | None = None,
    footer: str | None = None,
    parts: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """A .docx with `blocks` in the body.

    `noise` adds the run, paragraph and cell properties that Word writes and splits text into several runs; `strict`
    uses the namespaces of Strict Open XML; `styles` and `numbering` are the insides of `w:styles` and `w:numbering`;
    `header` and `footer` are texts; `parts` adds or replaces parts by name.
    """
    body = "".join(_block(block, noise) for block in blocks)
    references = "".join(
        f'<w:{kind}Reference w:type="default" r:id="rId{number}"/>'
        for kind, number, text in (("header", 3, header), ("footer", 4, footer))
        if text is not None
    )
    section = f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    w, r = (STRICT, STRICT_RELATIONS) if strict else (TRANSITIONAL, RELATIONS)
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relationships(
            ("rId1", f"{r}/officeDocument", "word/document.xml"),
            (
                "rId2",
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
        ),
        "docProps/core.xml": _CORE.format(title=escape(title or "")),
        "word/document.xml": _root("document", f"<w:body>{body}{section}</w:body>", w, r),
        "word/styles.xml": _root("styles", _STYLES + styles, w, r),
        "word/_rels/document.xml.rels": _relationships(
            ("rId1", f"{r}/styles", "styles.xml"),
            *([("rId2", f"{r}/numbering", "numbering.xml")] if numbering is not None else []),
            *([("rId3", f"{r}/header", "header1.xml")] if header is not None else []),
            *([("rId4", f"{r}/footer", "footer1.xml")] if footer is not None else []),
        ),
    }
    if numbering is not None:
        files["word/numbering.xml"] = _root("numbering", numbering, w, r)
    if header is not None:
        files["word/header1.xml"] = _root("hdr", paragraph(header), w, r)
    if footer is not None:
        files["word/footer1.xml"] = _root("ftr", paragraph(footer), w, r)
    return pack({**files, **(parts or {})})


def pack(files: Mapping[str, bytes | str]) -> bytes:
    """A zip of named parts, the same bytes for the same parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 15, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def paragraph(text: str, *, level: int = 0, noise: bool = False, properties: str = "") -> str:
    """The XML of a paragraph; \\t and \\n become tab and break."""
    if level:
        properties = f'<w:pStyle w:val="Heading{level}"/>{properties}'
    if noise:
        p_pr = _PARAGRAPH_NOISE.replace("<w:pPr>", f"<w:pPr>{properties}", 1)
        middle = max(1, len(text) // 2)
        runs = [_run(part, _RUN_NOISE) for part in (text[:middle], text[middle:]) if part]
        return (
            f'<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E">{p_pr}<w:bookmarkStart w:id="0" w:name="_GoBack"/>'
            f'<w:bookmarkEnd w:id="0"/>{"".join(runs)}</w:p>'
        )
    p_pr = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{p_pr}{_run(text) if text else ''}</w:p>"


def _run(text: str, properties: str = "") -> str:
    inner = escape(text).replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
    return f'<w:r>{properties}<w:t xml:space="preserve">{inner}</w:t></w:r>'


def _block(block: Given, noise: bool) -> str:
    if isinstance(block, Raw):
        return block.xml
    if isinstance(block, Table):
        # Word joins tables that nothing parts.
        return table(block, noise=noise) + "<w:p/>"
    if isinstance(block, Paragraph):
        return paragraph(block.text, level=block.level, noise=noise)
    return paragraph(block, noise=noise)


def table(given: Table, *, noise: bool = False) -> str:
    """The XML of a table: spans over columns by gridSpan, over rows by vMerge with empty continuation cells."""
    at: dict[tuple[int, int], tuple[Cell, bool]] = {}
    for cell in given.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            at[row, cell.column] = (cell, row == cell.row)
    rows = []
    width = 9000 // given.columns
    for row in range(1, given.rows + 1):
        cells = "".join(
            _cell(*at[row, column], width, noise=noise)
            for column in range(1, given.columns + 1)
            if (row, column) in at
        )
        properties = (
            '<w:trPr><w:trHeight w:val="567" w:hRule="atLeast"/><w:jc w:val="center"/></w:trPr>' if noise else ""
        )
        rows.append(f"<w:tr>{properties}{cells}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _ in range(given.columns))
    return f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


def _cell(cell: Cell, starts: bool, width: int, *, noise: bool) -> str:
    properties = f'<w:tcW w:w="{width * cell.column_span}" w:type="dxa"/>'
    if cell.column_span > 1:
        properties += f'<w:gridSpan w:val="{cell.column_span}"/>'
    if cell.row_span > 1:
        properties += '<w:vMerge w:val="restart"/>' if starts else "<w:vMerge/>"
    if noise:
        properties += _CELL_NOISE
    text = cell.text if starts else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text, noise=noise)}</w:tc>"


def _root(name: str, inner: str, w: str, r: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{name} xmlns:w="{w}" xmlns:r="{r}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        f'xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="wps">{inner}</w:{name}>'
    )


def _relationships(*given: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in given)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


_STYLES = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>' + "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:basedOn w:val="Normal"/>'
    f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
    for n in range(1, 5)
)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
)
_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
