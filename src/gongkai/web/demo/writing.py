"""A made-up report as the file that an office would publish: a web page or a Word file with the tables of the official form."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal, NamedTuple, TypeAlias

from gongkai.report.write.layout import Grid, Slot

Role = Literal["title", "heading", "text", "signature"]


class Line(NamedTuple):
    """A paragraph and what it is."""

    text: str
    role: Role = "text"


class Sheet(NamedTuple):
    """A table of the official form, with what is printed in its figures."""

    grid: Grid
    printed: Mapping[str, str]


Block: TypeAlias = Line | Sheet

_STYLE = (
    "body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.8 FangSong,serif;color:#222}h1{text-align:center}"
    "p{text-indent:2em;margin:.5em 0}p.signature{text-align:right}table{border-collapse:collapse;width:100%;margin:1em 0}"
    "td{border:1px solid #666;padding:.3em;text-align:center}"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WIDTH = 9000
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_LOOKS: dict[Role, tuple[str, str]] = {
    "title": ('<w:jc w:val="center"/>', '<w:b/><w:sz w:val="36"/>'),
    "heading": ("", '<w:b/><w:sz w:val="32"/>'),
    "text": ('<w:ind w:firstLineChars="200" w:firstLine="560"/>', '<w:sz w:val="28"/>'),
    "signature": ('<w:jc w:val="right"/>', '<w:sz w:val="28"/>'),
}


def web_page(blocks: Sequence[Block]) -> bytes:
    """Return the report as a web page."""
    tags = {"title": "<h1>{}</h1>", "heading": "<h2>{}</h2>", "text": "<p>{}</p>"}
    lines = [
        _html_table(block)
        if isinstance(block, Sheet)
        else tags.get(block.role, '<p class="signature">{}</p>').format(escape(block.text))
        for block in blocks
    ]
    title = next(block.text for block in blocks if isinstance(block, Line))
    head = f'<head><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style></head>'
    return f'<!DOCTYPE html>\n<html lang="zh-CN">\n{head}\n<body>\n{"".join(lines)}\n</body>\n</html>\n'.encode()


def word_file(blocks: Sequence[Block]) -> bytes:
    """Return the report as a Word file; the same blocks give the same bytes."""
    body = "".join(_word_table(block) if isinstance(block, Sheet) else _word_line(block) for block in blocks)
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}{page}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            written = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + content
            archive.writestr(zipfile.ZipInfo(name), written.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _text(slot: Slot, sheet: Sheet) -> str:
    return sheet.printed[slot.cell] if slot.cell else slot.text


def _rows(grid: Grid) -> list[list[Slot]]:
    rows: list[list[Slot]] = [[] for _ in range(grid.rows)]
    for slot in sorted(grid.slots):
        rows[slot.row].append(slot)
    return rows


def _html_table(sheet: Sheet) -> str:
    rows = "".join(
        f"<tr>{''.join(_html_cell(slot, _text(slot, sheet)) for slot in row)}</tr>" for row in _rows(sheet.grid)
    )
    return f"<table>{rows}</table>"


def _html_cell(slot: Slot, text: str) -> str:
    spans = {"rowspan": slot.row_span, "colspan": slot.column_span}
    written = "".join(f' {name}="{span}"' for name, span in spans.items() if span > 1)
    return f"<td{written}>{escape(text)}</td>"


def _word_line(line: Line) -> str:
    paragraph, run = _LOOKS[line.role]
    return f"<w:p><w:pPr>{paragraph}</w:pPr>{_run(line.text, run)}</w:p>"


def _run(text: str, look: str) -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _word_table(sheet: Sheet) -> str:
    """A ruled table. A cell over several rows stands in each of them, marked as begun in the first and going on below."""
    width = _WIDTH // sheet.grid.columns
    standing: list[list[tuple[int, Slot]]] = [[] for _ in range(sheet.grid.rows)]
    for slot in sheet.grid.slots:
        for below in range(slot.row_span):
            standing[slot.row + below].append((below, slot))
    rows = ""
    for row in standing:
        cells = "".join(
            _word_cell(slot, below, "" if below else _text(slot, sheet), width)
            for below, slot in sorted(row, key=lambda held: held[1].column)
        )
        rows += f"<w:tr>{cells}</w:tr>"
    columns = f'<w:gridCol w:w="{width}"/>' * sheet.grid.columns
    look = f'<w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _word_cell(slot: Slot, below: int, text: str, width: int) -> str:
    merged = "" if slot.row_span == 1 else "<w:vMerge/>" if below else '<w:vMerge w:val="restart"/>'
    across = f'<w:gridSpan w:val="{slot.column_span}"/>' if slot.column_span > 1 else ""
    look = f'<w:tcW w:w="{width * slot.column_span}" w:type="dxa"/>{across}{merged}<w:vAlign w:val="center"/>'
    paragraph = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{_run(text, "<w:sz w:val=" + chr(34) + "21" + chr(34) + "/>")}</w:p>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{paragraph}</w:tc>"
