"""A document as a Word file in the official format: measured by reading it back, and by having it laid out."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.documents import Source, read
from gongkai.web.publications.body import Facts, clean, from_plain, from_upload, paragraphs, plain, to_docx
from tests.web.body.payloads import payloads

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
DIGEST = hashlib.sha256(PNG).hexdigest()
FACTS = Facts(
    "样例县青石镇人民政府关于做好政府信息公开工作的通知", "样例县青石镇人民政府", "样青府发〔2024〕12号", date(2024, 3, 15), ("目录", "分工表")
)  # fmt: skip
SENTENCE = "为进一步做好政府信息公开工作，保障公民、法人和其他组织依法获取政府信息，现就有关事项通知如下。"
HTML = from_plain(
    "各村民委员会：\n" + SENTENCE + "\n一、总体要求\n（一）责任\n1.第一项。" + SENTENCE + "\n（1）第二项。"
) + clean(
    "<table><caption>一览表</caption><tr><th>序号<th>事项<th colspan=2>时限<tr><td rowspan=2>1<td>甲<td>20日<td>办公室"
    "<tr><td>乙<td>10日<td>财政所</table><ol start=3><li>其三<li>其四</ol><ul><li>其一</ul>"
    f"<p>见<a href='https://example.com/'>网站</a>H<sub>2</sub>O<strong>重点</strong><img src=sha256:{DIGEST} alt=章></p>"
)


def test_what_was_written_is_read_back():
    file = docx.Document(io.BytesIO(to_docx(FACTS, HTML, {DIGEST: PNG})))
    section = file.sections[0]
    near = [
        (section.page_width, Mm(210)), (section.page_height, Mm(297)), (section.top_margin, Mm(37)),
        (section.left_margin, Mm(28)), (section.right_margin, Mm(26)), (section.bottom_margin, Mm(35)),
    ]  # fmt: skip
    assert [pair for pair in near if abs(pair[0] - pair[1]) > Mm(0.1)] == []
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    fonts = {one.text: one.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) for one in file.paragraphs if one.runs}
    assert fonts["一、总体要求"] == "黑体"
    assert fonts["（一）责任"] == "楷体_GB2312"
    assert fonts["（1）第二项。"] == "仿宋_GB2312"
    assert fonts[FACTS.title] == "方正小标宋简体"
    lines = [one.text for one in file.paragraphs]
    assert lines[:3] == ["样例县青石镇人民政府文件", "样青府发〔2024〕12号", FACTS.title]
    assert lines[-4:] == ["附件：1. 目录", "2. 分工表", "样例县青石镇人民政府", "2024年3月15日"]
    body = next(one for one in file.paragraphs if one.text == SENTENCE)
    assert body.paragraph_format.line_spacing == Pt(28.95)
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml
    (table,) = file.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "事项", "时限", "时限"], ["1", "甲", "20日", "办公室"], ["1", "乙", "10日", "财政所"]
    ]  # fmt: skip
    assert file.core_properties.author == FACTS.issuer


def test_the_text_comes_back_through_both_readers():
    content = to_docx(FACTS, HTML, {DIGEST: PNG})
    again = from_upload("通知.docx", content)
    lines = plain(again.html).split("\n")
    wanted = [one.text for one in paragraphs(HTML) if one.kind in ("h2", "h3", "p", "caption", "row")]
    assert [line for line in wanted if line not in lines] == []
    assert {one.kind for one in paragraphs(again.html)} >= {"h2", "h3", "p", "row"}
    assert [image.content for image in again.images] == [PNG]
    assert '<a href="https://example.com/">网站</a>H<sub>2</sub>O<strong>重点</strong>' in again.html
    document = read(Source(content, "通知.docx"))
    assert len(document.tables) == 1
    assert "3. 其三" in document.text
    print(f"{len(wanted)} paragraphs and rows read back")
    assert len(wanted) >= 10


def test_missing_parts_are_left_out_and_missing_pictures_are_named():
    file = docx.Document(io.BytesIO(to_docx(Facts("题"), clean(f"<p>图<img src=sha256:{DIGEST} alt=示意></p>"))))
    assert [one.text for one in file.paragraphs] == ["题", "图［图：示意］"]
    assert docx.Document(io.BytesIO(to_docx(Facts("题"), ""))).paragraphs[0].text == "题"


def test_nothing_of_the_machine_or_the_template_is_in_the_file():
    content = to_docx(FACTS, HTML, {DIGEST: PNG})
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        said = b"".join(package.read(name) for name in package.namelist() if name.startswith("docProps/"))
    assert b"python-docx" not in said


def test_hostile_text_is_written_as_text():
    """Every payload as typed text and as a cleaned page: the package stays well formed and links to nothing else."""
    for one in payloads()[::12]:
        content = to_docx(Facts(one, one, one, None, (one,)), from_plain(one) + clean(one))
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            relations = package.read("word/_rels/document.xml.rels").decode()
        outside = re.findall(r'Target="([^"]*)"[^>]*TargetMode="External"', relations)
        assert [target for target in outside if not target.startswith(("http://", "https://", "mailto:"))] == []
        assert docx.Document(io.BytesIO(content)).paragraphs


@pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None, reason="needs LibreOffice and poppler"
)
def test_a_page_has_22_lines_of_28_characters(tmp_path):
    from gongkai.documents.limits import DEFAULT
    from gongkai.documents.pdf import read as read_pdf

    (tmp_path / "a.docx").write_bytes(to_docx(Facts("题"), from_plain("\n".join(["公" * 200] * 12))))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    document = read_pdf(Source((tmp_path / "a.pdf").read_bytes(), "a.pdf"), DEFAULT)
    second = [one.text for one in document.paragraphs if one.page == 2 and one.part == "body"]
    print(f"{len(second)} lines on the second page, {max(map(len, second))} characters in the longest")
    assert len(second) == 22
    assert max(map(len, second)) == 28
