"""Layer by layer: what is hidden is said to be hidden, what is shown is not, and both are looked at."""

from __future__ import annotations

import io
import random

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from gongkai.web.publications.gate import WordLists, examine, redact
from gongkai.web.publications.gate.links import dead, outward
from tests.web.gate import containers as made
from tests.web.gate import made_up
from tests.web.gate.measuring import TODAY

VALUE = made_up.identity(random.Random("layers"))
MOBILE = made_up.mobile(random.Random("layers"))


def look(content: bytes, name: str = "a"):
    return examine(content, name, today=TODAY)


def at(found, code: str = "person.id_number") -> list[str]:
    return [one.where.layer for one in found.findings if one.code == code]


STYLES = f'<w:styles xmlns:w="{made.W}"><w:style w:styleId="s" w:type="character"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
SHADED = '<w:p><w:pPr><w:shd w:val="clear" w:fill="1F4E79"/></w:pPr>'


@pytest.mark.parametrize(
    ("body", "layer"),
    [
        (made.paragraph(made.run(VALUE, '<w:rStyle w:val="s"/>')), "hidden"),
        (made.paragraph(made.run(VALUE, '<w:vanish w:val="0"/>')), "text"),
        (made.paragraph(made.run(VALUE, '<w:color w:val="FFFFFF"/>')), "hidden"),
        (SHADED + made.run(VALUE, '<w:color w:val="FFFFFF"/>') + "</w:p>", "text"),
        (SHADED + made.run(VALUE, '<w:color w:val="1F4E79"/>') + "</w:p>", "hidden"),
        (made.paragraph(made.run(VALUE, '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>')), "text"),
        (made.paragraph(made.run(VALUE, '<w:sz w:val="1"/>')), "hidden"),
        (made.paragraph(made.run(VALUE, '<w:sz w:val="21"/>')), "text"),
    ],
)
def test_what_word_hides(body: str, layer: str) -> None:
    found = look(made.word([body], parts={"word/styles.xml": STYLES}))
    assert at(found) == [layer]
    assert bool(found.of("hidden.text")) == (layer == "hidden")


def test_changes_are_accepted_and_nobody_is_named_afterwards() -> None:
    change = '<w:ins w:id="1" w:author="赵示例"><w:r><w:t>新</w:t></w:r></w:ins><w:del w:id="2" w:author="赵示例"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    content = made.word([f"<w:p>{made.run('甲')}{change}</w:p>"])
    found = look(content)
    assert [one.count for one in found.of("hidden.change")] == [2]
    new = redact(content, "a", found.findings, today=TODAY).content
    assert look(new).findings == ()
    assert sum(look(new).layers.values()) > 0
    assert "赵示例".encode() not in made_whole(new)
    assert "甲新".encode() in made_whole(new)


def made_whole(content: bytes) -> bytes:
    import re
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return re.sub(rb"<[^>]*>", b"", b"".join(package.read(name) for name in package.namelist())) + b"".join(
            package.read(name) for name in package.namelist()
        )


def test_a_word_file_in_a_word_file_in_a_zip() -> None:
    inner = made.word([made.paragraph(made.run(VALUE))])
    outer = made.zipped(
        {"外.docx": made.word([made.paragraph(made.run("甲"))], parts={"word/embeddings/内.docx": inner})}
    )
    found = look(outer)
    assert [(one.where.inside, one.where.layer) for one in found.of("person")] == [
        (("1:外.docx", "1:内.docx"), "text")
    ]
    new = redact(outer, "a", found.findings, today=TODAY).content
    assert look(new).of("person") == ()


def test_what_a_workbook_hides() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["A4"] = VALUE, VALUE, VALUE, VALUE
    sheet["A1"].font = Font(color="FFFFFFFF")
    sheet["A2"].font, sheet["A2"].fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F4E79")
    sheet["A3"].number_format = ";;;"
    out = io.BytesIO()
    book.save(out)
    found = look(out.getvalue())
    assert sorted(at(found)) == ["hidden", "hidden", "text", "text"]
    assert [one.count for one in found.of("hidden.cells")] == [2]


def page(draw) -> bytes:
    if "STSong-Light" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    sheet.setFont("STSong-Light", 12)
    draw(sheet)
    sheet.save()
    return out.getvalue()


def painted(sheet, *, clear: bool) -> None:
    sheet.drawString(60, 700, VALUE)
    image = Image.new("RGBA" if clear else "RGB", (10, 10), (200, 0, 0, 60) if clear else (200, 0, 0))
    sheet.drawImage(ImageReader(image), 50, 690, 300, 40, mask="auto" if clear else None)


def on_blue(sheet) -> None:
    sheet.setFillColorRGB(0.1, 0.2, 0.6)
    sheet.rect(50, 690, 300, 40, fill=1)
    sheet.setFillColorRGB(1, 1, 1)
    sheet.drawString(60, 700, VALUE)


def cropped(sheet) -> None:
    sheet.setCropBox((0, 0, 400, 400))
    sheet.drawString(60, 700, VALUE)


@pytest.mark.parametrize(
    ("draw", "layer"),
    [
        (lambda sheet: sheet.drawString(60, 700, VALUE), "text"),
        (lambda sheet: painted(sheet, clear=False), "hidden"),
        (lambda sheet: painted(sheet, clear=True), "text"),
        (on_blue, "text"),
        (cropped, "hidden"),
        (lambda sheet: sheet.textAnnotation(VALUE, Rect=[1, 1, 9, 9]), "annotation"),
        (lambda sheet: sheet.acroForm.textfield(name="a", value=VALUE, x=50, y=600), "form"),
        (lambda sheet: sheet.linkURL(f"http://example.gov.cn/?a={VALUE}", (1, 1, 9, 9)), "link"),
        (lambda sheet: sheet.setKeywords(VALUE), "property"),
    ],
)
def test_what_a_pdf_hides(draw, layer: str) -> None:
    content = page(draw)
    found = look(content)
    assert layer in at(found)
    assert bool(found.of("hidden.text")) == (layer == "hidden")
    new = redact(content, "a", found.findings, today=TODAY).content
    assert [one for one in look(new).findings if one.redactable] == []
    assert VALUE.encode() not in new


def test_an_earlier_version_kept_in_a_pdf_is_examined() -> None:
    old = page(lambda sheet: sheet.drawString(60, 700, VALUE))
    contents = int(old[old.index(b"/Contents") + 9 :].split()[0])
    previous = int(old[old.rindex(b"startxref") :].split()[1])
    root = b" ".join(old[old.rindex(b"/Root") + 5 :].split()[:2])
    size = int(old[old.rindex(b"/Size") + 5 :].split()[0])
    body = b"\n%d 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n" % contents
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %s R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    changed = old + body + table % (contents, len(old) + 1, size, root, previous, len(old) + len(body))
    found = look(changed, "a.pdf")
    assert [one.where.inside != () for one in found.of("person")] == [True]
    again = look(redact(changed, "a.pdf", found.findings, today=TODAY).content)
    assert again.of("person") == ()


def test_an_offices_own_words_addresses_and_telephones() -> None:
    words = WordLists(("雪藏",), {"截止目前": "截至目前"}, ("示范省示范县例子路8号2楼201室",), (MOBILE,))
    text = f"截止目前，办事地址：示范县例子路8号2楼201室，电话{MOBILE}。不得雪藏。现居住地：例子路8号2楼202室。"
    found = examine(text.encode(), "a.txt", today=TODAY, words=words)
    assert sorted(one.code for one in found.findings) == ["person.home_address", "words.misspelt", "words.sensitive"]


def test_links_are_collected_and_asked_about_by_the_caller() -> None:
    content = made.page('<a href="http://a.example/1#x">1</a><a href="http://a.example/2">2</a><img src="b.png">')
    asked = []

    def answers(link: str) -> bool:
        asked.append(link)
        return link.endswith("2")

    found = examine(content, "a.html", today=TODAY, answers=answers)
    assert found.links == ("http://a.example/1#x", "http://a.example/2")
    assert len(asked) == 2
    assert [one.severity for one in found.of("link.dead")] == ["warning"]
    assert outward(found.links) == ("http://a.example/1", "http://a.example/2")
    assert dead(found.links, answers) == ("http://a.example/1",)
