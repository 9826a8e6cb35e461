"""OFD packages (GB/T 33190) made by code: text objects, ruling lines, a template page, in the ways that writers differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal
from xml.sax.saxutils import escape

from gongkai.documents.model import Paragraph, Table
from tests.documents.docx_made import pack
from tests.documents.page_layout import HEIGHT, PROSE, WIDTH, Page, Rule, Text, advance, lay_out

NAMESPACE = "http://www.ofdspec.org/2016"
Writing = Literal["lines", "runs", "characters"]


def ofd(
    blocks: Iterable[str | Paragraph | Table],
    *,
    title: str | None = None,
    page_numbers: bool = True,
    template: str | None = None,
    writing: Writing = "lines",
    scaled: bool = False,
    rules: Literal["lines", "rectangles"] = "lines",
    parts: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """An .ofd with `blocks` laid out on A4 pages.

    `writing`: one text object a line with DeltaX as plain numbers, the same with runs ("g 5 3.2"), or one object a
    character. `scaled` writes text through a CTM (size 1, scaled up), as converters from PDF do. `rules`: tables as
    stroked lines or as thin filled rectangles. `template` is a text on a template page under every page.
    """
    pages = lay_out(blocks, page_numbers=page_numbers)
    files: dict[str, bytes | str] = {
        "OFD.xml": _xml(
            '<ofd:OFD xmlns:ofd="{ns}" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>'
            f"{'0' * 32}</ofd:DocID><ofd:Title>{escape(title or '')}</ofd:Title></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": _document(len(pages), template is not None),
        "Doc_0/PublicRes.xml": _xml(
            '<ofd:Res xmlns:ofd="{ns}" BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体"/></ofd:Fonts></ofd:Res>'
        ),
    }
    for number, page in enumerate(pages):
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(page, template is not None, writing, scaled, rules)
    if template is not None:
        only = Page(texts=[Text(27.0, 18.0, PROSE, template)])
        files["Doc_0/Tpls/Tpl_0/Content.xml"] = _page(only, False, writing, scaled, rules)
    return pack({**files, **(parts or {})})


def _document(pages: int, template: bool) -> str:
    listed = "".join(f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages))
    a_template = '<ofd:TemplatePage ID="3" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    return _xml(
        '<ofd:Document xmlns:ofd="{ns}"><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea>'
        f"<ofd:PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{a_template}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )


def _page(page: Page, template: bool, writing: Writing, scaled: bool, rules: str) -> str:
    objects = [_rule(rule, rules) for rule in page.rules]
    for text in page.texts:
        objects += [_text(piece, writing, scaled) for piece in _pieces(text, writing)]
    numbered = "".join(one.replace("ID=''", f'ID="{100 + n}"', 1) for n, one in enumerate(objects))
    under = '<ofd:Template TemplateID="3" ZOrder="Background"/>' if template else ""
    return _xml(
        '<ofd:Page xmlns:ofd="{ns}">'
        f'{under}<ofd:Content><ofd:Layer ID="50" Type="Body">{numbered}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def _pieces(text: Text, writing: Writing) -> list[Text]:
    if writing != "characters":
        return [text]
    pieces, x = [], text.x
    for character in text.text:
        pieces.append(Text(x, text.baseline, text.size, character))
        x += advance(character, text.size)
    return pieces


def _text(text: Text, writing: Writing, scaled: bool) -> str:
    steps = [advance(character, text.size) for character in text.text]
    scale = text.size if scaled else 1.0
    x, y, width, height = text.x, text.baseline - text.size, sum(steps), text.size * 1.2
    matrix = f' CTM="{scale:g} 0 0 {scale:g} 0 0"' if scaled else ""
    delta = _delta([step / scale for step in steps[:-1]], runs=writing == "runs")
    return (
        f'<ofd:TextObject ID=\'\' Boundary="{x:.3f} {y:.3f} {width:.3f} {height:.3f}" Font="2" '
        f'Size="{text.size / scale:g}"{matrix}><ofd:TextCode X="0" Y="{text.size / scale:g}"{delta}>'
        f"{escape(text.text)}</ofd:TextCode></ofd:TextObject>"
    )


def _delta(steps: list[float], *, runs: bool) -> str:
    """Offsets between characters, equal neighbours folded into `g count value` where `runs`."""
    if not steps:
        return ""
    out: list[str] = []
    at = 0
    while at < len(steps):
        end = at
        while runs and end + 1 < len(steps) and abs(steps[end + 1] - steps[at]) < 1e-9:
            end += 1
        out += ["g", str(end - at + 1), f"{steps[at]:g}"] if end > at else [f"{steps[at]:g}"]
        at = end + 1
    return f' DeltaX="{" ".join(out)}"'


def _rule(rule: Rule, rules: str) -> str:
    x, y, width, height = rule.x0, rule.y0, rule.x1 - rule.x0, rule.y1 - rule.y0
    thick = 0.2
    if rules == "rectangles":
        w, h = max(width, thick), max(height, thick)
        return (
            f'<ofd:PathObject ID=\'\' Boundary="{x:.3f} {y:.3f} {w:.3f} {h:.3f}" Stroke="false" Fill="true">'
            f"<ofd:AbbreviatedData>M 0 0 L {w:.3f} 0 L {w:.3f} {h:.3f} L 0 {h:.3f} C</ofd:AbbreviatedData></ofd:PathObject>"
        )
    return (
        f"<ofd:PathObject ID='' Boundary=\"{x:.3f} {y:.3f} {max(width, thick):.3f} {max(height, thick):.3f}\" "
        f'LineWidth="{thick}"><ofd:AbbreviatedData>M 0 0 L {width:.3f} {height:.3f}</ofd:AbbreviatedData></ofd:PathObject>'
    )


def _xml(text: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + text.replace("{ns}", NAMESPACE)
