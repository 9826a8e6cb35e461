"""Write the sample reports of the demo: `python -m tools.samples`.

Needs the font of the Debian package fonts-wqy-microhei, of which the PDFs carry the characters that they use.
"""

from __future__ import annotations

import re
import sys
import tomllib
from decimal import Decimal
from html import escape
from pathlib import Path
from random import Random
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from gongkai.report.form import sheet
from tests.documents.docx_made import Given, Raw, docx, table
from tests.generator.layout import grids
from tests.generator.made import Block, Grid, Made, Para, Printed
from tests.generator.office_kinds import as_table
from tests.generator.pdf_kinds import WEIGHTS, Look, lay_out

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "src" / "gongkai" / "cli" / "samples"
SKELETONS = {"001_pingchangguan.txt": "2022-pingchangguan.txt", "004_huangjin.txt": "2019-huangjin.txt"}
FONT_FILE = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
_TABLES = {2: "proactive", 3: "requests", 4: "remedies"}


def main() -> None:
    """Write all samples and print their sizes."""
    if not FONT_FILE.exists():
        sys.exit(f"{FONT_FILE} is missing: install fonts-wqy-microhei")
    SAMPLES.mkdir(exist_ok=True)
    for given in tomllib.loads((ROOT / "tools" / "samples.toml").read_text(encoding="utf-8"))["reports"]:
        body = _body(given)
        writer = {"pdf": _pdf, "docx": _docx, "html": _html}[given["file"].rpartition(".")[2]]
        (SAMPLES / given["file"]).write_bytes(writer(body))
    for skeleton, name in SKELETONS.items():
        (SAMPLES / name).write_bytes((ROOT / "tests" / "data" / "skeletons" / skeleton).read_bytes())
    for file in sorted(SAMPLES.iterdir()):
        print(f"{file.stat().st_size:>8} {file.name}")


def _body(given: dict[str, Any]) -> list[Block]:
    """The report's blocks: title, sections with their tables, signature."""
    forms = tuple(given["forms"])
    cells = sheet(*forms).cells
    figures = {cell: Decimal(given.get("cells", {}).get(cell, "0")) for cell in cells}
    unknown = set(given.get("cells", {})) - set(cells)
    if unknown:
        sys.exit(f"{given['file']}: no such cells on the sheet: {', '.join(sorted(unknown))}")
    made = Made(0, "township", "", (), (), 0, forms, "own", dict(figures))
    made.printed = {cell: Printed(str(value), value, "number") for cell, value in figures.items()}
    tables = grids(made, Random(3))  # noqa: S311 - a layout, not a secret
    body: list[Block] = [Para(line, "title") for line in given["title"]]
    body += [Para(text, "preamble") for text in given["preamble"]]
    for number, heading in enumerate(given["headings"], 1):
        body.append(Para(heading, "heading"))
        body += [Para(text) for text in given["sections"].get(str(number), [])]
        if number in _TABLES:
            body.append(tables[_TABLES[number]])
    return body + [Para(line, "signature") for line in given["signature"]]


def _pdf(body: list[Block]) -> bytes:
    if "sample" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("sample", str(FONT_FILE), subfontIndex=0))
    look = Look(13, 9, ruled=True, repeat=True, numbers="— {} —", aligned="centre", thin=True, font="sample")
    return lay_out(body, look)


def _docx(body: list[Block]) -> bytes:
    blocks: list[Given] = [
        Raw(_docx_table(block) if isinstance(block, Grid) else _docx_line(block)) for block in body
    ]
    return docx(blocks, title=body[0].text if isinstance(body[0], Para) else None, styles=_FONT_STYLE)


def _docx_line(block: Para) -> str:
    """A paragraph: the title large and in the middle, headings bold, text indented by two characters."""
    if block.role == "title":
        properties, run = '<w:spacing w:after="240"/><w:jc w:val="center"/>', '<w:b/><w:sz w:val="36"/>'
    elif block.role == "signature":
        properties, run = '<w:jc w:val="right"/>', '<w:sz w:val="28"/>'
    else:
        properties = '<w:spacing w:line="480" w:lineRule="auto"/><w:ind w:firstLineChars="200" w:firstLine="560"/>'
        run = f'{"<w:b/>" if block.role == "heading" else ""}<w:sz w:val="28"/>'
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escape(block.text)}</w:t></w:r></w:p>'


def _docx_table(grid: Grid) -> str:
    """A ruled table with columns as wide as their labels need, everything in the middle of its cell."""
    weights = WEIGHTS[grid.name]
    widths = [round(9000 * weight / sum(weights)) for weight in weights]
    xml = table(as_table(grid))
    xml = re.sub(r'<w:tcW w:w="\d+" w:type="dxa"/>', "", xml).replace(
        "</w:tcPr>", '<w:vAlign w:val="center"/></w:tcPr>'
    )
    xml = re.sub(
        r"<w:tblGrid>.*?</w:tblGrid>",
        f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{w}{chr(34)}/>' for w in widths)}</w:tblGrid>",
        xml,
    )
    xml = xml.replace("<w:p><w:r>", '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>')
    return xml.replace("</w:tblPr>", f'{_BORDERS}<w:tblLayout w:type="fixed"/></w:tblPr>', 1)


_FONT_STYLE = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="21"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
)
_BORDERS = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)
_STYLE = (
    "body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.8 'Noto Serif CJK SC','Source Han Serif SC',SimSun,serif;color:#222}"
    "h1{text-align:center;font-size:1.5rem}h2{font-size:1.15rem}p{text-indent:2em;margin:.5em 0}"
    "table{border-collapse:collapse;width:100%;margin:1em 0;font-size:.85rem}td{border:1px solid #666;padding:.3em;text-align:center}"
)


def _html(body: list[Block]) -> bytes:
    title = "".join(block.text for block in body if isinstance(block, Para) and block.role == "title")
    lines = [f"<h1>{'<br>'.join(escape(b.text) for b in body if isinstance(b, Para) and b.role == 'title')}</h1>"]
    for block in body:
        if isinstance(block, Grid):
            lines.append(_html_table(block))
        elif block.role != "title":
            tag = "h2" if block.role == "heading" else "p"
            lines.append(f"<{tag}>{escape(block.text)}</{tag}>")
    inner = "\n".join(lines)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n{inner}\n</body>\n</html>\n"
    ).encode()


def _html_table(grid: Grid) -> str:
    rows = []
    for row in range(1, grid.rows + 1):
        cells = "".join(
            f"<td{f' rowspan={slot.rows}' if slot.rows > 1 else ''}{f' colspan={slot.columns}' if slot.columns > 1 else ''}>"
            f"{escape(slot.text)}</td>"
            for slot in grid.row(row)
        )
        rows.append(f"<tr>{cells}</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


if __name__ == "__main__":
    main()
