"""A file becomes a text: each format, each thing that is left out or moved, and nothing lost without a word."""

from __future__ import annotations

import base64
import os
import random
import time
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai import messages
from gongkai.documents import Document, Paragraph, Source, Table, read
from gongkai.documents.model import Cell
from gongkai.errors import GongkaiError, InvalidInput, UnreadableDocument
from gongkai.web.publications.body import (
    Body,
    clean,
    digests,
    from_plain,
    from_upload,
    from_upload_in_child,
    paragraphs,
    plain,
)
from gongkai.web.publications.body.cleaning import LIMITS
from tests.documents.bombs import SECRET, bombs
from tests.documents.docx_made import Raw, docx
from tests.documents.mutating import mutant, seeds
from tests.documents.pdf_made import flowed, prose
from tests.web.body.judging import faults, words

SAMPLES = Path(__file__).parents[3] / "src" / "gongkai" / "cli" / "samples"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
NUMBERS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def numbered(level: int, text: str) -> Raw:
    return Raw(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def codes(body: Body) -> dict[str, int]:
    return {note.code.removeprefix("body.note."): note.times for note in body.notes}


def said(body: Body) -> str:
    return "\n".join(text for note in body.notes for text in note.said)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("关于公开的通知\n\n各科室：\n　　按照要求办理。", "<p>关于公开的通知</p>\n<p>各科室：</p>\n<p>按照要求办理。</p>"),
        ("一、总体要求\n（一）指导思想\n1.第一点\n（1）第二点", "<h2>一、总体要求</h2>\n<h3>（一）指导思想</h3>\n<p>1.第一点</p>\n<p>（1）第二点</p>"),
        ("一、加强领导。各科室要落实责任。", "<p>一、加强领导。各科室要落实责任。</p>"),
        ("十二、附则\n(三)时限", "<h2>十二、附则</h2>\n<h3>(三)时限</h3>"),
        (
            "项目\t件数\n公开\t12\n\t3",
            '<table><thead><tr><th scope="col">项目</th><th scope="col">件数</th></tr></thead>'
            "<tbody><tr><td>公开</td><td>12</td></tr><tr><td></td><td>3</td></tr></tbody></table>",
        ),
        ("1\t2\n3\t4", "<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>"),
        ("只有一行\t不是表", "<p>只有一行 不是表</p>"),
        ("<b>&amp;", "<p>&lt;b&gt;&amp;amp;</p>"),
        ("", ""),
        ("\r\n\t\r\n", ""),
    ],
)  # fmt: skip
def test_typed_lines_become_paragraphs_headings_and_tables(typed, expected):
    assert from_plain(typed) == expected
    if typed.strip() and "<" not in typed:
        assert from_upload("a.txt", typed.encode()).html == expected


def test_a_word_file_keeps_what_it_means():
    linked = (
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>粗</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>斜</w:t></w:r>"
        '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>线</w:t></w:r><w:r><w:t>m</w:t></w:r>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>'
    )
    table = Table(
        1, (Cell("项目", 1, 1), Cell("件数", 1, 2), Cell("合计", 2, 1, 2, 1), Cell("1", 2, 2), Cell("2", 3, 2)), 3, 2
    )
    content = docx(
        [
            Paragraph("总则", level=1), Paragraph("细目", level=2), Paragraph("再细", level=3),
            numbered(0, "自动编号"), numbered(1, "下一级"), numbered(1, "又一个"), numbered(0, "第二"), Raw(linked), table,
        ],
        numbering=NUMBERS,
    )  # fmt: skip
    body = from_upload("文件.docx", content)
    assert body.html == (
        "<h2>总则</h2>\n<h3>细目</h3>\n<h4>再细</h4>\n<h2>一、自动编号</h2>\n<h3>（一）下一级</h3>\n"
        "<h3>（二）又一个</h3>\n<h2>二、第二</h2>\n<p><strong>粗</strong><em>斜</em><u>线</u>m<sup>2</sup></p>\n"
        "<table><tbody><tr><td>项目</td><td>件数</td></tr>"
        '<tr><td rowspan="2">合计</td><td>1</td></tr><tr><td>2</td></tr></tbody></table>'
    )
    assert body.notes == ()


LEFT_OUT = {
    "hidden": (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏着</w:t></w:r><w:r><w:t>显着</w:t></w:r></w:p>",
        "显着",
        "藏着",
    ),
    "struck": (
        "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>划去</w:t></w:r><w:r><w:t>留下</w:t></w:r></w:p>",
        "留下",
        "划去",
    ),
    "change": (
        "<w:p><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>加上</w:t></w:r></w:ins></w:p>",
        "加上",
        "删去",
    ),
    "text_box": (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent><w:p><w:r>"
        "<w:t>框内</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>框外</w:t></w:r></w:p>",
        "框外框内",
        "",
    ),
    "formula": ("<w:p><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath><w:r><w:t>式</w:t></w:r></w:p>", "a+b式", ""),
    "drawing": ("<w:p><w:r><w:t>前</w:t></w:r><w:r><w:object><v:shape/></w:object></w:r></w:p>", "前", ""),
    "chunk": ('<w:p><w:r><w:t>前</w:t></w:r></w:p><w:altChunk r:id="rId77"/>', "前", ""),
    "link": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "javascript:x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>去</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        "去",
        "javascript:x",
    ),
}


@pytest.mark.parametrize("code", LEFT_OUT)
def test_what_a_word_file_holds_besides_its_text_is_said(code):
    xml, shown, left_out = LEFT_OUT[code]
    body = from_upload("a.docx", docx(["首段", Raw(xml), "末段"]))
    assert words(body.html) == "首段" + shown + "末段"
    assert code in codes(body)
    assert left_out in said(body)
    for note in body.notes:
        for language in messages.LANGUAGES:
            assert str(note.times) in messages.text(note.code, language, times=note.times)


def test_headers_footers_comments_and_pictures_of_a_word_file():
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(
                [
                    ("header", "header1.xml"),
                    ("comments", "comments.xml"),
                    ("image", "media/a.png"),
                    ("image", "media/b.emf"),
                ],
                5,
            )
        )
        + "</Relationships>"
    )
    declared = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "word/_rels/document.xml.rels": relations,
        "word/header1.xml": f"<w:hdr {declared}><w:p><w:r><w:t>内部页眉</w:t></w:r></w:p></w:hdr>",
        "word/comments.xml": f'<w:comments {declared}><w:comment w:id="0"><w:p><w:r><w:t>领导批注</w:t></w:r></w:p></w:comment></w:comments>',
        "word/media/a.png": PNG,
        "word/media/b.emf": b"\x01\0\0\0",
    }

    def picture(number: int, alt: str) -> str:
        return (
            f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:graphicData>'
            '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
            f'<a:blip r:embed="rId{number}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
        )

    body = from_upload(
        "a.docx", docx(["正文", Raw(picture(7, "示意图")), Raw(picture(7, "")), Raw(picture(8, "旧图"))], parts=parts)
    )
    assert codes(body) == {"header": 1, "comment": 1, "picture": 1}
    assert "内部页眉" in said(body)
    assert "领导批注" in said(body)
    (image,) = body.images
    assert (image.content, image.kind, image.alt) == (PNG, "image/png", "示意图")
    assert digests(body.html) == (image.digest,)
    assert body.html.count(f'<img src="sha256:{image.digest}"') == 2


def test_a_web_page_keeps_its_text_and_pictures_and_says_what_it_dropped():
    data = base64.b64encode(PNG).decode()
    page = (
        "<html><head><title>题名</title><style>p{}</style><script>x()</script></head><body><nav>首页 栏目</nav>"
        "<h1>通知</h1><p>正文<span style='display:none'>藏</span></p>"
        f"<p><img src='data:image/png;base64,{data}' alt='章程图'><img src='http://example.com/a.png' alt='外图'></p>"
        "<video>放不了</video><footer>版权</footer></body></html>"
    )
    body = from_upload("a.html", page.encode())
    assert body.html == (
        f'<h2>通知</h2>\n<p>正文</p>\n<p><img src="sha256:{body.images[0].digest}" alt="章程图"></p>'
    )
    assert codes(body) == {"element": 1, "furniture": 2, "hidden": 1, "picture": 1}
    assert body.images[0].content == PNG
    for left_out in ("首页 栏目", "藏", "外图", "放不了", "版权"):
        assert left_out in said(body)


def test_a_page_cannot_name_a_picture_that_it_does_not_bring():
    body = from_upload("a.html", f"<p>x<img src='sha256:{'0' * 64}' alt='别处'></p>".encode())
    assert body.html == "<p>x</p>"
    assert codes(body) == {"picture": 1}


def test_a_pdf_gives_whole_paragraphs_and_tables():
    body = from_upload("a.pdf", (SAMPLES / "2024-sample.pdf").read_bytes())
    lines = paragraphs(body.html)
    assert body.html.count("<table>") == 3
    assert [one.text for one in lines if one.kind == "h2"][:2] == ["一、总体情况", "二、主动公开政府信息情况"]
    assert codes(body)["header"] >= 2
    assert all(not one.text.startswith("— ") for one in lines)


def test_every_paragraph_of_a_file_stands_in_the_text_or_in_the_notes():
    """What the readers of files find, which share nothing with the way in of Word files but their numbers."""
    counted = 0
    files = {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir())}
    files |= {f"seed.{name}": data for name, data in seeds().items() if name in GOOD}
    files |= {
        f"left out {code}.docx": docx(["首段", Raw(xml), "末段"], header="页眉", footer="第1页")
        for code, (xml, _, _) in LEFT_OUT.items()
        if code != "struck"  # The reader of files reads on over the line.
    }
    files["prose.pdf"] = flowed([prose()])
    for name, content in files.items():
        document = read(Source(content, name))
        body = from_upload(name, content)
        assert faults(body.html) == []
        assert clean(body.html) == body.html
        held = _folded(plain(body.html) + said(body))
        for text in _texts(document):
            assert _folded(text) in held, (name, text)
            counted += 1
    print(f"{counted} paragraphs and cells of {len(files)} files")
    assert len(files) >= 15
    assert counted >= 1_500


def _texts(document: Document) -> list[str]:
    cells = [cell.text for table in document.tables for cell in table.cells if cell.text]
    return [*(one.text for one in document.paragraphs), *cells]


def _folded(text: str) -> str:
    from gongkai.documents.characters import clean as folded

    return "".join(folded(text)[0].split())


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("表.xlsx", seeds()["xlsx"], "body.format"),
        ("图.png", PNG, "body.format"),
        ("空.html", b"<html><body><p> </p></body></html>", "body.nothing"),
        ("空.txt", b"", "document.empty"),
        ("假.docx", b"PK\x03\x04", "document.damaged"),
        ("乱", bytes(range(256)) * 9, "document.format_unknown"),
        ("大.txt", b"x" * (LIMITS.file_bytes + 1), "document.too_large"),
    ],
)
def test_a_file_that_gives_no_text_is_refused_with_a_reason(name, content, code):
    for way in (from_upload, from_upload_in_child):
        with pytest.raises(GongkaiError) as refused:
            way(name, content)
        assert refused.value.code == code
        assert messages.text(refused.value.code, "zh", **refused.value.facts)


def test_the_child_gives_the_same():
    content = docx(["首段", *(Raw(xml) for xml, _, _ in LEFT_OUT.values())])
    assert from_upload_in_child("a.docx", content) == from_upload("a.docx", content)
    page = f"<p>x<img src='data:image/png;base64,{base64.b64encode(PNG).decode()}'></p>".encode()
    body = from_upload_in_child("a.html", page)
    assert body == from_upload("a.html", page)
    assert codes(body) == {"no_alt": 1}


def _processes() -> set[str]:
    return {entry.name for entry in Path("/proc").glob("[0-9]*") if b"publications.body.child" in _line(entry)}


def _line(entry: Path) -> bytes:
    try:
        parent = (entry / "stat").read_text().rpartition(") ")[2].split()[1]
        return (entry / "cmdline").read_bytes() if parent == str(os.getpid()) else b""
    except OSError:
        return b""


GOOD = ("docx", "html", "html-gbk", "text-tabs", "pdf")
EVERYDAY = (
    *("docx: one part of a gigabyte", "docx: 1.5 million paragraphs", "docx: 1.5 million paragraphs of text"),
    *("docx: tables in tables", "docx: external entity", "html: a megabyte of nested div"),
)
HTML_BOMBS = {
    "html: a megabyte of nested div": b"<div>" * 200_000,
    "html: 1.5 million paragraphs": b"<p>x" * 1_500_000,
    "html: a million cells": b"<table>" + (b"<tr>" + b"<td>x" * 500) * 2_000,
    "text: three million lines": "行\n".encode() * 3_000_000,
    "text: a table of a million cells": (b"1\t" * 500 + b"\n") * 2_000,
}


WHOLE = pytest.mark.skipif("GONGKAI_WHOLE" not in os.environ, reason="every bomb: set GONGKAI_WHOLE")


@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=(pytest.mark.whole, WHOLE))])
def test_bombs_are_refused_in_the_child_and_nothing_is_left(tmp_path, monkeypatch, whole):
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    wanted = {name: make for name, make in bombs(str(secret)).items() if name.startswith(("docx", "pdf", "html"))}
    makers = {**wanted, **{name: (lambda content=content: content) for name, content in HTML_BOMBS.items()}}
    files = {name: make() for name, make in makers.items() if whole or name in EVERYDAY}
    outcomes = {}
    for name, content in files.items():
        begun = time.monotonic()
        try:
            body = from_upload_in_child(name, content, replace(LIMITS, seconds=8.0))
            assert SECRET not in body.html
            outcomes[name] = f"taken, {len(body.html)} signs"
        except (UnreadableDocument, InvalidInput) as error:
            outcomes[name] = str(error)
        assert SECRET not in outcomes[name]
        assert time.monotonic() - begun < 60, name
        assert list(folder.iterdir()) == [], name
    assert _processes() == set()
    for name, outcome in outcomes.items():
        print(f"{name}: {outcome[:60]}")
    assert len(files) >= (20 if whole else len(EVERYDAY))
    for name in (
        "docx: 1.5 million paragraphs",
        "docx: 1.5 million paragraphs of text",
        "docx: one part of a gigabyte",
    ):
        assert outcomes[name].startswith("document."), name
    assert not any("reader_crashed" in outcome for outcome in outcomes.values())


def test_mutants_of_good_files_are_taken_or_refused_in_time():
    dice = random.Random(20260401)
    good = {name: data for name, data in seeds().items() if name in GOOD}
    for name, data in good.items():
        assert from_upload(f"a.{name[:4]}", data).html
    taken = refused = 0
    for number in range(100):
        name = sorted(good)[number % len(good)]
        changed = mutant(good[name], list(good.values()), dice)
        try:
            body = from_upload(f"a.{name[:4]}", changed)
            assert faults(body.html) == []
            assert clean(body.html) == body.html
            taken += 1
        except (UnreadableDocument, InvalidInput):
            refused += 1
    print(f"{taken} mutants taken, {refused} refused")
    assert taken >= 15
    assert refused >= 10
