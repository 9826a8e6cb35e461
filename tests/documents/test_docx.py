"""Word files: what Word shows is what is read."""

from __future__ import annotations

import random
from typing import Any

import pytest

from gongkai.documents.docx import read
from gongkai.documents.docx import story as story_module
from gongkai.documents.limits import Limits
from gongkai.documents.model import Cell, Document, Paragraph, Table
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument
from tests.documents.docx_made import Given, Raw, docx, paragraph, table
from tests.documents.official import official_tables


def reading(*blocks: Given, **more: Any) -> Document:
    return read(Source(docx(blocks, **more), "made.docx"), Limits())


def texts(*blocks: Given, **more: Any) -> list[str]:
    return [one.text for one in reading(*blocks, **more).paragraphs]


def p(inner: str, properties: str = "") -> Raw:
    return Raw(f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>")


def r(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def t(text: str) -> str:
    return r(f'<w:t xml:space="preserve">{text}</w:t>')


def grid(*rows: str) -> Raw:
    return Raw(f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("more", [{}, {"noise": True}, {"strict": True}, {"strict": True, "noise": True}])
def test_the_official_tables_come_back_cell_by_cell(form: str, more: dict[str, Any]) -> None:
    given = official_tables({"requests.new.total": 17, "remedies.litigation_direct.other": 3}, form)
    document = reading("标题", Paragraph("一、总体情况", level=1), *given, "落款", title="某县报告", **more)
    assert document.tables == given
    assert sum(len(one.cells) for one in document.tables) > 250
    assert document.format == "docx"
    assert document.title == "某县报告"
    assert [(one.text, one.level) for one in document.paragraphs] == [("标题", 0), ("一、总体情况", 1), ("落款", 0)]


def test_reading_at_once_and_reading_by_element_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = Table(1, (Cell("甲\n乙", 1, 1, 2, 1), Cell("12\n34", 1, 2, 1, 2), Cell("", 2, 2), Cell("５", 2, 3)), 2, 3)
    blocks: list[Given] = [*official_tables(), odd, *official_tables(form="2019")]
    fast = reading(*blocks, noise=True).tables
    calls = []
    monkeypatch.setattr(story_module, "plain_rows", lambda *given: calls.append(given))
    assert reading(*blocks, noise=True).tables == fast
    assert len(calls) == len(fast) == 7


def test_cells_join_their_lines_but_keep_figures_apart() -> None:
    many = "<w:tc>{}</w:tc>"
    document = reading(
        grid(
            many.format(paragraph("三、本年度") + paragraph("") + paragraph("办理结果")),
            many.format(paragraph("12") + paragraph("34")),
            many.format(paragraph("1\n2")),
            many.format(paragraph("自然人\n")),
        )
    )
    first, second, third, fourth = document.tables[0].cells
    assert (first.text, first.raw) == ("三、本年度办理结果", "三、本年度\n办理结果")
    assert second.text == "12 34"
    assert third.text == "1 2"
    assert fourth.text == "自然人"


def test_gaps_and_both_kinds_of_merging_keep_their_columns() -> None:
    document = reading(
        grid(
            '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + tc("右", '<w:gridSpan w:val="2"/>'),
            tc("左", '<w:hMerge w:val="restart"/>') + tc("不见", "<w:hMerge/>") + tc("三") + tc("四"),
            tc("上", '<w:vMerge w:val="restart"/>') + tc("二") + tc("三") + tc("四"),
            tc("藏", "<w:vMerge/>") + tc("二", "<w:vMerge/>") + tc("三") + tc("四"),
        )
    )
    found = {(c.row, c.column): (c.text, c.row_span, c.column_span) for c in document.tables[0].cells}
    assert found[1, 3] == ("右", 1, 2)
    assert (1, 1) not in found
    assert found[2, 1] == ("左", 1, 2)
    assert found[2, 3][0] == "三"
    assert found[3, 1] == ("上", 2, 1)
    assert (4, 1) not in found
    # Goes on with nothing: a cell of its own.
    assert found[4, 2] == ("二", 1, 1)
    assert (document.tables[0].rows, document.tables[0].columns) == (4, 4)


def test_a_cell_goes_on_only_below_one_of_the_same_width() -> None:
    document = reading(
        grid(
            tc("宽", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>') + tc("右"),
            tc("窄", "<w:vMerge/>") + tc("中") + tc("右"),
        )
    )
    assert [(c.text, c.row, c.column, c.row_span) for c in document.tables[0].cells] == [
        ("宽", 1, 1, 1),
        ("右", 1, 3, 1),
        ("窄", 2, 1, 1),
        ("中", 2, 2, 1),
        ("右", 2, 3, 1),
    ]


def test_columns_too_narrow_for_a_character_are_no_columns() -> None:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in (600, 599, 1, 600))
    two, wide = '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="3"/>'
    rows = [tc("甲") + tc("乙") + tc("丙", two), tc("丁") + tc("戊", two) + tc("己"), tc("庚") + tc("辛", wide)]
    inner = "".join(f"<w:tr>{row}</w:tr>" for row in rows)

    def cells(last: str = "") -> list[tuple[str, int, int]]:
        table = reading(Raw(f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{inner}{last}</w:tbl>")).tables[0]
        return [(c.text, c.column, c.column_span) for c in table.cells]

    assert cells() == [
        ("甲", 1, 1), ("乙", 2, 1), ("丙", 3, 1), ("丁", 1, 1), ("戊", 2, 1), ("己", 3, 1), ("庚", 1, 1), ("辛", 2, 2),
    ]  # fmt: skip
    # A cell that stands in the narrow column would vanish, so that all columns count.
    assert ("子", 3, 1) in cells(f"<w:tr>{tc('')}{tc('')}{tc('子')}{tc('')}</w:tr>")


def test_a_table_that_holds_tables_only_arranges_the_page() -> None:
    inner = official_tables()[0]
    outer = grid(f"<w:tc><w:tcPr/>{paragraph('前')}{table(inner)}{paragraph('后')}</w:tc>" + tc("旁"))
    document = reading(outer, *official_tables()[1:])
    assert [one.text for one in document.paragraphs] == ["前", "后", "旁"]
    assert document.tables == official_tables()


def test_tracked_changes_are_read_as_accepted() -> None:
    delete = '<w:del w:id="1" w:author="x">' + r("<w:delText>旧</w:delText>") + "</w:del>"
    row = '<w:trPr><w:del w:id="5" w:author="x"/></w:trPr>' + tc("删去的行")
    document = reading(
        p(t("收到") + delete + '<w:ins w:id="2" w:author="x">' + t("3") + "</w:ins>" + t("件")),
        p('<w:moveFrom w:id="3" w:author="x">' + t("走") + "</w:moveFrom>" + t("留")),
        p('<w:moveTo w:id="4" w:author="x">' + t("来") + "</w:moveTo>"),
        p(t("前半"), '<w:rPr><w:del w:id="6" w:author="x"/></w:rPr>'),
        p(t("后半")),
        grid(tc("甲") + tc("乙", '<w:cellDel w:id="7" w:author="x"/>') + tc("丙"), row, tc("丁") + tc("戊")),
    )
    assert [one.text for one in document.paragraphs] == ["收到3件", "留", "来", "前半后半"]
    assert [(c.text, c.row, c.column) for c in document.tables[0].cells] == [
        ("甲", 1, 1),
        ("丙", 1, 2),
        ("丁", 2, 1),
        ("戊", 2, 2),
    ]
    assert document.doubts == ("document.tracked_changes",)


def test_old_properties_kept_by_tracking_do_not_count() -> None:
    changed = '<w:tcPrChange w:id="1" w:author="x"><w:tcPr><w:gridSpan w:val="4"/></w:tcPr></w:tcPrChange>'
    document = reading(grid(tc("甲", changed) + tc("乙")))
    assert [(c.column, c.column_span) for c in document.tables[0].cells] == [(1, 1), (2, 1)]


BOX = "<w:txbxContent>{}</w:txbxContent>"


def test_a_text_box_is_read_once() -> None:
    inner = BOX.format(paragraph("框内"))
    drawing = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    old = f"<w:pict><v:textbox>{BOX.format(paragraph('旧框'))}</v:textbox></w:pict>"
    picture_only = (
        '<mc:AlternateContent><mc:Choice Requires="wpc"><w:drawing/></mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )
    document = reading(p(t("外") + r(drawing)), p(r(old)), p(r(picture_only)))
    assert [(one.text, one.part) for one in document.paragraphs] == [
        ("外", "body"),
        ("框内", "box"),
        ("旧框", "box"),
        ("旧框", "box"),
    ]


def test_a_text_box_anchored_in_a_cell_is_not_lost() -> None:
    box = f"<w:pict><v:textbox>{BOX.format(paragraph('注意'))}</v:textbox></w:pict>"
    document = reading(grid(f"<w:tc>{p(t('3') + r(box)).xml}</w:tc>"))
    assert document.tables[0].cells[0].text == "3"
    assert [(one.text, one.part) for one in document.paragraphs] == [("注意", "box")]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (t("甲") + r("<w:tab/>") + t("乙"), ["甲 乙"]),
        (t("甲") + r("<w:br/>") + t("乙"), ["甲", "乙"]),
        (t("10") + r("<w:noBreakHyphen/>") + t("2"), ["10-2"]),
        (r('<w:sym w:font="Wingdings" w:char="F0FE"/>') + t("公开"), ["☑公开"]),
        (r('<w:sym w:font="宋体" w:char="2460"/>'), ["①"]),
        ('<w:hyperlink r:id="rId9">' + t("网址") + "</w:hyperlink>", ["网址"]),
        ('<w:smartTag w:element="x"><w:smartTagPr/>' + t("某镇") + "</w:smartTag>", ["某镇"]),
        ('<w:fldSimple w:instr="DATE">' + t("2024年") + "</w:fldSimple>", ["2024年"]),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + t("填写") + "</w:sdtContent></w:sdt>", ["填写"]),
        (t("见") + r("<w:rPr><w:vanish/></w:rPr><w:t>不见</w:t>"), ["见"]),
        (r('<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t>'), ["可见"]),
        (r("<w:ruby><w:rt>" + t("gōng") + "</w:rt><w:rubyBase>" + t("公") + "</w:rubyBase></w:ruby>"), ["公"]),
        ("<m:oMath><m:r><m:t>1+2</m:t></m:r></m:oMath>", ["1+2"]),
        (
            r("<w:pict/><mc:AlternateContent><mc:Choice Requires='w14'><w:t>新</w:t></mc:Choice>"
              "<mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent>"),
            ["新"],
        ),
    ],
)  # fmt: skip
def test_inline_content_reads_as_word_shows_it(inner: str, expected: list[str]) -> None:
    assert texts(p(inner)) == expected


def field(kind: str) -> str:
    return r(f'<w:fldChar w:fldCharType="{kind}"/>')


def test_fields_show_their_results_only() -> None:
    code = r("<w:instrText> PAGE </w:instrText>")
    nested = field("begin") + code + field("separate") + t("藏") + field("end")
    whole = field("begin") + r("<w:instrText>IF </w:instrText>") + nested + field("separate") + t("7") + field("end")
    assert texts(p(t("第") + field("begin") + code + field("separate") + t("1") + field("end") + t("页"))) == [
        "第1页"
    ]
    assert texts(p(whole + t("件"))) == ["7件"]
    # A field that never ends must not swallow the paragraphs after it.
    assert texts(p(field("begin") + code), p(t("后文"))) == ["后文"]


def test_content_controls_around_blocks_rows_and_cells_are_read_through() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    rows = control.format(f"<w:tr>{tc('甲')}{control.format(tc('乙'))}</w:tr>")
    document = reading(
        Raw(control.format(paragraph("块"))), Raw(f"<w:tbl><w:tr>{tc('头')}{tc('头')}</w:tr>{rows}</w:tbl>")
    )
    assert document.blocks[0].text == "块"  # type: ignore[union-attr]
    assert [c.text for c in document.tables[0].cells] == ["头", "头", "甲", "乙"]


def level(n: int, style: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%2.%4", "<w:isLgl/>")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">' + level(0, "bullet", "\uf06c") + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def numbered(text: str, number: int = 1, at: int = 0) -> Raw:
    return p(t(text), f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_written_out() -> None:
    assert texts(
        numbered("总体情况"),
        numbered("主动公开", at=1),
        numbered("条", at=2),
        numbered("条", at=2),
        numbered("平台建设", at=1),
        numbered("条", at=2),
        numbered("法", at=3),
        numbered("申请情况"),
        numbered("监督", at=1),
        numbered("点", number=2),
        numbered("重新开始", number=3),
        numbered("接着", number=3),
        numbered("没有这个列表", number=9),
        numbered("取消", number=0),
        numbering=NUMBERING,
    ) == [
        "一、总体情况",
        "（一）主动公开",
        "1.条",
        "2.条",
        "（二）平台建设",
        "1.条",
        "1.2.1 法",
        "二、申请情况",
        "（一）监督",
        "点",
        "一、重新开始",
        "二、接着",
        "没有这个列表",
        "取消",
    ]


def test_a_mark_lost_after_a_chinese_numeral_is_set_again() -> None:
    lost = NUMBERING.replace('w:val="%1、"', 'w:val="%1?"')
    assert lost != NUMBERING
    assert texts(numbered("总体情况"), numbering=lost) == ["一、总体情况"]


def test_numbers_come_from_the_style_too_and_stand_in_cells() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="章"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    cell = grid("<w:tc>" + p(t("新收"), '<w:pStyle w:val="A"/>').xml + "</w:tc>")
    document = reading(p(t("概述"), '<w:pStyle w:val="A"/>'), cell, styles=style, numbering=NUMBERING)
    assert [(one.text, one.level) for one in document.paragraphs] == [("一、概述", 2)]
    assert document.tables[0].cells[0].text == "二、新收"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("chineseCounting", ["一", "十", "十一", "二十", "一百〇一", "一百一十"]),
        ("chineseCountingThousand", ["一", "十", "十一", "二十", "一百零一", "一百一十"]),
        ("ideographDigital", ["一", "一〇", "一一", "二〇", "一〇一", "一一〇"]),
        ("chineseLegalSimplified", ["壹", "壹拾", "壹拾壹", "贰拾", "壹佰零壹", "壹佰壹拾"]),
        ("upperRoman", ["I", "X", "XI", "XX", "CI", "CX"]),
        ("lowerLetter", ["a", "j", "k", "t", "wwww", "fffff"]),
        ("decimalEnclosedCircle", ["①", "⑩", "⑪", "⑳", "101", "110"]),
        ("ideographTraditional", ["甲", "癸", "甲甲", "癸癸", "甲" * 11, "癸" * 11]),
        ("decimalFullWidth", ["１", "１０", "１１", "２０", "１０１", "１１０"]),
        ("somethingNew", ["1", "10", "11", "20", "101", "110"]),
    ],
)
def test_number_formats(style: str, expected: list[str]) -> None:
    from gongkai.documents.docx.numerals import numeral

    assert [numeral(n, style) for n in (1, 10, 11, 20, 101, 110)] == expected


def test_headers_footers_and_notes_follow_the_body_once() -> None:
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:id="2">{paragraph("注：含上年结转")}</w:footnote><w:footnote w:id="3">{paragraph("没有引用")}'
        "</w:footnote></w:footnotes>"
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://x/footnotes" Target="footnotes.xml"/>'
        '<Relationship Id="rId3" Type="http://x/header" Target="/word/header1.xml"/>'
        '<Relationship Id="rId4" Type="http://x/footer" Target="footer1.xml"/></Relationships>'
    )
    section = '<w:sectPr><w:headerReference w:type="first" r:id="rId3"/></w:sectPr>'
    document = reading(
        p(t("正文") + r('<w:footnoteReference w:id="2"/>'), section),
        header="某县人民政府",
        footer="— 1 —",
        parts={"word/footnotes.xml": notes, "word/_rels/document.xml.rels": rels},
    )
    assert [(one.text, one.part) for one in document.paragraphs] == [
        ("正文", "body"),
        ("注：含上年结转", "footnote"),
        ("某县人民政府", "header"),
        ("— 1 —", "footer"),
    ]


def test_an_embedded_document_raises_a_doubt() -> None:
    document = reading("正文", Raw('<w:altChunk r:id="rId9"/>'))
    assert document.doubts == ("document.alt_chunk",)


def test_hidden_text_raises_a_doubt() -> None:
    assert reading(p(r("<w:rPr><w:vanish/></w:rPr><w:t>藏</w:t>"))).doubts == ("document.hidden_text",)


def refused(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(Source(data, "made.docx"), limits or Limits())
    return caught.value.code


def test_a_million_paragraphs_in_a_small_file_are_refused_before_the_tree_is_built() -> None:
    draw = random.Random(1)
    data = docx([Raw("".join(draw.choices(("<w:p/>", "<w:p ></w:p>"), (9, 1), k=1_500_000)))])
    assert len(data) < 244 * 1024
    assert refused(data) == "document.too_many_paragraphs"
    assert refused(docx([Raw("<w:p/>" * 1_500_000)])) == "document.bomb"


@pytest.mark.parametrize(
    ("block", "limits", "code"),
    [
        (Raw("<w:x>" * 300 + "</w:x>" * 300), Limits(), "document.too_deep"),
        (Raw("<w:p><w:r><w:t>字</w:t></w:r></w:p>" * 21), Limits(paragraphs=20), "document.too_many_paragraphs"),
        (
            Raw('<x:p xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>' * 21),
            Limits(paragraphs=20),
            "document.too_many_paragraphs",
        ),
        (grid(*["<w:tc/>" * 9] * 5), Limits(cells=40), "document.too_many_cells"),
        (grid(tc("宽", '<w:gridSpan w:val="99999999"/>')), Limits(), "document.span"),
        (grid(tc("宽", '<w:gridSpan w:val="900"/>') * 2), Limits(), "document.span"),
        (Raw("<w:p>" + '<w:r a="" b="" c="" d=""/>' * 400_000 + "</w:p>"), Limits(), "document.bomb"),
        (Raw("<w:p>"), Limits(), "document.damaged.package"),
    ],
)
def test_what_no_report_holds_is_refused(block: Raw, limits: Limits, code: str) -> None:
    assert refused(docx([block]), limits) == code


def test_a_package_without_a_body_is_damaged() -> None:
    empty = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    assert refused(docx([], parts={"word/document.xml": empty})) == "document.damaged.package"
    assert refused(docx([], parts={"word/document.xml": "<!DOCTYPE a []><a/>"})) == "document.entities"
