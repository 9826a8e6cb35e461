"""Web pages: spans, layout tables, furniture, character sets, depth."""

from __future__ import annotations

import base64
import quopri

import pytest

from gongkai.documents import Document, Limits, Paragraph, Source, Table, read
from gongkai.errors import UnreadableDocument
from tests.documents.html_made import HEADINGS, TITLE, framed, markup, page
from tests.documents.official import official_tables


def document(markup: str | bytes, **limits: int) -> Document:
    data = markup if isinstance(markup, bytes) else markup.encode()
    return read(Source(data, "page.html"), Limits(**limits))  # type: ignore[arg-type]


def texts(given: Document) -> list[str]:
    return [paragraph.text for paragraph in given.paragraphs]


def grid(table: Table) -> list[tuple[str, int, int, int, int]]:
    return [cell[:5] for cell in table.cells]


@pytest.mark.parametrize("styled", [True, False])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_official_tables_come_back_cell_by_cell(form: str, styled: bool) -> None:
    values = {"requests.new.natural_person": 12, "proactive.charges.amount": "1.5"} if form == "2021" else {}
    read_back = document(page(values, form, styled=styled))
    expected = official_tables(values, form)
    assert len(read_back.tables) == 3
    for table, made in zip(read_back.tables, expected, strict=True):
        assert grid(table) == grid(made)
        assert (table.rows, table.columns) == (made.rows, made.columns)
    assert [table.index for table in read_back.tables] == [1, 2, 3]
    assert read_back.title == f"{TITLE}-样例县人民政府"


def test_the_sites_furniture_is_left_out_and_the_report_is_kept_whole() -> None:
    found = texts(document(page()))
    assert found[0] == TITLE
    assert [text for text in found if text in HEADINGS] == list(HEADINGS)
    whole = "".join(found)
    for word in ("栏目", "当前位置", "上一篇", "网站标识码", "document.write", "share"):
        assert word not in whole


def test_a_report_inside_something_named_like_furniture_is_kept() -> None:
    given = '<div class="header"><p>一、总体情况</p><p>全年公开12条。</p></div><div class="nav"><p>栏目</p></div>'
    assert texts(document(given)) == ["一、总体情况", "全年公开12条。"]


def test_the_articles_own_title_is_preferred_to_the_pages() -> None:
    given = '<head><meta name="ArticleTitle" content="某镇2021年报告"><title>门户</title></head><p>文</p>'
    assert document(given).title == "某镇2021年报告"


@pytest.mark.parametrize(
    "given",
    [
        '<div style="display: none">旧稿</div>',
        '<p style="DISPLAY:none">旧稿</p>',
        "<div hidden>旧稿</div>",
        '<div aria-hidden="true">旧稿</div>',
        "<!-- 旧稿 -->",
        "<!--[if gte mso 9]><p>旧稿</p><![endif]-->",
        "<script>旧稿</script>",
        "<noscript>旧稿</noscript>",
        "<template><p>旧稿</p></template>",
        "<select><option>旧稿</option></select>",
    ],
)
def test_what_the_page_does_not_show_is_not_read(given: str) -> None:
    assert texts(document(f"<p>前</p>{given}<p>后</p>")) == ["前", "后"]
    cell = document(f"<table><tr><td>{given}12</td><td>0</td></tr></table>").tables[0].cells[0]
    assert cell.text == "12"


def test_a_report_that_unfolds_by_script_is_read() -> None:
    assert texts(document('<div style="display:none"><p>一、总体情况</p></div>')) == ["一、总体情况"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<p>一<br>二</p>", ["一", "二"]),
        ("<div>一<p>二</p>三<span>四</span></div>五", ["一", "二", "三四", "五"]),
        ("<p>公开<b>12</b>条</p>", ["公开12条"]),
        ("<p>政府信息\n      公开</p>", ["政府信息公开"]),
        ("<p>two\nwords</p>", ["two words"]),
        ("<p>&nbsp;&nbsp;一&amp;二&#12290;</p>", ["一&二。"]),
        ("<ul><li>一<li>二</ul>", ["一", "二"]),
        ("<p>一<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>二", ["一", "二"]),
        ("<div><div><div>一</div></div><div>二</div></div>", ["一", "二"]),
        ("<h1>⼀、总体</h1>", ["一、总体"]),
    ],
)
def test_blocks_and_breaks_part_paragraphs(given: str, expected: list[str]) -> None:
    assert texts(document(given)) == expected


def test_headings_have_their_level_and_cleaned_text_its_original() -> None:
    paragraphs = document("<h2>⼀、总体</h2><p>文").paragraphs
    assert paragraphs == (Paragraph("一、总体", "⼀、总体", level=2), Paragraph("文"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<p>信息</p><p>公开</p>", "信息公开"),
        ("10<br>20", "10 20"),
        ("10<p>20</p>", "10 20"),
        ("<!--12-->1<p>2</p>", "1 2"),
        ("<span>1</span>.属于", "1.属于"),
        ("<p><span>甲</span> <b>乙</b></p>", "甲 乙"),
        ("<p>10</p>20", "10 20"),
        ("<span>1</span><span>2</span>", "12"),
        ("<p>\n 商业\n 企业</p>", "商业企业"),
        ("<p><span>（一）</span><span>予以\n公开</span></p>", "（一）予以公开"),
        ("&nbsp;", ""),
        ("", ""),
        ("<font>１２</font>", "12"),
        ("(四) 无法提供", "(四) 无法提供"),
    ],
)
def test_a_cells_lines_are_joined(given: str, expected: str) -> None:
    table = document(f"<table><tr><td>{given}</td><td>0</td></tr></table>").tables[0]
    assert [cell.text for cell in table.cells] == [expected, "0"]


def test_the_same_pieces_of_text_are_joined_as_each_cell_sets_them() -> None:
    inline, lines, broken, hidden = "<p>1<b>2</b></p>", "1<p>2</p>", "<p>1<br><b>2</b></p>", "<p>1</p><p hidden>2</p>"
    given = f"<tr><td>{inline}<td>{lines}<td>{inline}<td>{broken}<td>{hidden}<td>{lines}"
    table = document(f"<table>{given}{given}</table>").tables[0]
    assert [cell.text for cell in table.cells] == ["12", "1 2", "12", "1 2", "1", "1 2"] * 2


@pytest.mark.parametrize(
    "between", ["<!--[if x]>y<![endif]-->", "<!--注-->", "<script>f(1)</script>", "<template><td>t</template>"]
)
def test_what_stands_between_cells_is_no_cell(between: str) -> None:
    row = f"<tr>{between}<td>a</td>{between}<td></td>{between}<td>b</td>{between}</tr>"
    assert grid(document(f"<table>{row}{between}{row}</table>").tables[0]) == [
        (text, row, column, 1, 1) for row in (1, 2) for column, text in enumerate(["a", "", "b"], 1)
    ]


def test_spans_put_the_cells_that_follow_in_their_places() -> None:
    given = "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d<tr><td>e<td>f<td>g</table>"
    assert grid(document(given).tables[0]) == [
        ("a", 1, 1, 2, 1),
        ("b", 1, 2, 1, 2),
        ("c", 2, 2, 1, 1),
        ("d", 2, 3, 1, 1),
        ("e", 3, 1, 1, 1),
        ("f", 3, 2, 1, 1),
        ("g", 3, 3, 1, 1),
    ]


@pytest.mark.parametrize("span", ["99999999", "0", "1e9", "-3", "９", "", "2abc"])
def test_absurd_spans_reach_to_the_tables_end_at_most(span: str) -> None:
    given = f"<table><tr><td rowspan='{span}' colspan='{span}'>a<td>b<tr><td>c<td>d<td>e</table>"
    table = document(given).tables[0]
    assert {cell.text for cell in table.cells} == set("abcde")
    for cell in table.cells:
        assert cell.row + cell.row_span - 1 <= table.rows
        assert cell.column + cell.column_span - 1 <= table.columns


def test_a_row_of_more_cells_than_columns_are_allowed_is_refused() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        document("<table><tr>" + "<td>0" * 50 + "</table>", span=40)
    assert caught.value.code == "document.span"


def test_too_many_cells_and_paragraphs_are_refused() -> None:
    for given, code in (("<table><tr><td>1<td>2</table>" * 6, "cells"), ("<p>a</p>" * 11, "paragraphs")):
        with pytest.raises(UnreadableDocument) as caught:
            document(given, cells=10, paragraphs=10)
        assert caught.value.code == f"document.too_many_{code}"


def test_layout_tables_are_flattened_in_reading_order() -> None:
    inner = markup(official_tables()[2])
    given = f"<table><tr><td>路径</td></tr><tr><td><p>四、行政复议</p>{inner}<p>五、问题</p></td></tr></table>"
    blocks = document(given).blocks
    assert [block if isinstance(block, Table) else block.text for block in blocks] == [
        "路径",
        "四、行政复议",
        document(given).tables[0],
        "五、问题",
    ]
    assert grid(document(given).tables[0]) == grid(official_tables()[2])


def test_a_table_of_one_column_is_running_text() -> None:
    assert texts(document("<table><tr><td><p>一</p><p>二</p></td></tr><tr><td>三</td></tr></table>")) == [
        "一",
        "二",
        "三",
    ]


def test_a_caption_stands_before_its_table() -> None:
    blocks = document("<table><caption>表一</caption><tr><td>a<td>b</table>").blocks
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].text == "表一"


def test_lines_in_pre_are_read_like_a_text_file() -> None:
    given = document("<table><tr><td>a<td>b</table><pre>一、总体情况\n规章\t0\t0\n许可\t1\t2\n完</pre>")
    assert [table.index for table in given.tables] == [1, 2]
    assert [cell.text for cell in given.tables[1].cells] == ["规章", "0", "0", "许可", "1", "2"]
    assert texts(given) == ["一、总体情况", "完"]


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "big5", "utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_pages_in_every_usual_character_set_are_read(charset: str) -> None:
    text = (
        "政府資訊公開年度報告，本年收到申請12件。"
        if charset == "big5"
        else "政府信息公开年度报告，本年收到申请12件。"
    )
    given = f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'
    found = document(given.encode(charset))
    assert texts(found) == [text]
    assert found.doubts == ()


def test_a_wrong_label_is_found_out_and_said() -> None:
    for label, real in (("gb2312", "utf-8"), ("utf-8", "gbk"), ("big5", "gbk")):
        given = f'<meta http-equiv="Content-Type" content="text/html; charset={label}"><p>政府信息公开年度报告，收到申请12件。</p>'
        found = document(given.encode(real))
        assert texts(found) == ["政府信息公开年度报告，收到申请12件。"]
        assert found.doubts == ("document.charset_label",)


@pytest.mark.parametrize("coded", ["base64", "quoted-printable"])
def test_a_page_saved_in_one_file_is_read(coded: str) -> None:
    html = page()
    body = base64.encodebytes(html) if coded == "base64" else quopri.encodestring(html)
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_X"\r\n\r\n------=_X\r\n'
    part = (
        b"Content-Location: a.htm\r\nContent-Transfer-Encoding: "
        + coded.encode()
        + b"\r\nContent-Type: text/html\r\n\r\n"
    )
    found = document(head + part + body + b"\r\n------=_X--\r\n")
    assert grid(found.tables[1]) == grid(official_tables()[1])


@pytest.mark.parametrize("attribute", [b"a%d=1", b"a%d", b'a%d="x y z"'])
def test_an_element_of_ten_thousand_attributes_is_refused_before_it_costs_time(attribute: bytes) -> None:
    given = b"<p>0</p><div " + b" ".join(attribute % n for n in range(10_000)) + b">x</div>"
    with pytest.raises(UnreadableDocument) as caught:
        document(given)
    assert caught.value.code == "document.too_many_attributes"


def test_pictures_and_scripts_inside_a_page_are_no_attributes() -> None:
    lines = b"\n".join([b"QUJD" * 19] * 9_000)
    picture = b'<p><img alt="" src="data:image/png;base64,' + lines + b'">0</p>'
    script = b"<script>if (a<b) { x = '" + b"y " * 9_000 + b"' }</script>"
    assert texts(document(picture + script + b"<p>" + b"1 " * 9_000 + b"</p>"))[0] == "0"


def test_a_page_without_text_is_called_empty() -> None:
    for given in ("<html><body></body></html>", "<frameset><frame src=a></frameset>", framed("")[:200]):
        with pytest.raises(UnreadableDocument) as caught:
            document(given)
        assert caught.value.code == "document.empty"


def test_a_page_that_was_cut_off_is_read_with_a_doubt() -> None:
    whole = page()
    assert document(whole).doubts == ()
    assert document(whole[: len(whole) // 2]).doubts == ("document.page_cut",)
    assert document(b"<p>a piece of a page").doubts == ()


def test_deep_nesting_is_refused_before_it_costs_time_and_sloppy_pages_are_read() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        document("<div>" * 200_000)
    assert caught.value.code == "document.too_deep"
    assert len(texts(document("<p>一<p>二" * 6_000))) == 12_000
    assert texts(document("<div>" * 2_000 + "一")) == ["一"]
    assert texts(document("<font>一" * 300)) == ["一" * 300]
