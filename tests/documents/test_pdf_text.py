"""Running text in PDFs: lines, furniture, what is drawn twice, hidden or off the page."""

from __future__ import annotations

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from gongkai.documents import Document, Limits, Source
from gongkai.documents.pdf import read
from gongkai.documents.pdf.lines import lines_of
from gongkai.documents.pdf.words import Word
from tests.documents import pdf_made as made


def read_bytes(data: bytes) -> Document:
    return read(Source(data, "made.pdf"), Limits())


def body(document: Document) -> list[str]:
    return [p.text for p in document.paragraphs if p.part == "body"]


def numbered(style: str, pages: int = 3, header: str = "") -> Document:
    """Pages with text in the middle, a page number below, perhaps a running header."""

    def draw(canvas: Canvas) -> None:
        for page in range(1, pages + 1):
            canvas.setFont(made.font(), 10.5)
            canvas.drawString(90, 600, f"第{page}项工作按要求完成")
            canvas.drawCentredString(A4[0] / 2, 40, style.format(page=page, pages=pages))
            if header:
                canvas.drawString(90, 800, header.format(page=page))
            if page < pages:
                canvas.showPage()

    return read_bytes(made.drawn(draw))


def test_page_numbers_in_every_style_are_footers() -> None:
    styles = [
        "— {page} —",
        "- {page} -",
        "{page}",
        "第{page}页",
        "第{page}页 共{pages}页",
        "{page}/{pages}",
        "－{page}－",
    ]
    for style in styles:
        document = numbered(style)
        parts = [(p.part, p.page) for p in document.paragraphs]
        assert parts == [("body", 1), ("footer", 1), ("body", 2), ("footer", 2), ("body", 3), ("footer", 3)], style


def test_a_running_header_is_marked_on_every_page() -> None:
    document = numbered("{page}", header="样例镇年度报告 第{page}部分")
    assert [p.part for p in document.paragraphs] == ["header", "body", "footer"] * 3


def test_a_bare_figure_that_is_not_the_page_number_stays_in_the_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(90, 600, "收到申请数量如下所列：")
        canvas.drawString(90, 60, "479")

    assert body(read_bytes(made.drawn(draw))) == ["收到申请数量如下所列：", "479"]


def test_lines_that_the_layout_broke_are_told_from_lines_that_end() -> None:
    document = read_bytes(made.flowed([made.prose(), made.prose()]))
    wrapped = [p.wrapped for p in document.paragraphs]
    text = "".join(p.text + ("" if p.wrapped else "\n") for p in document.paragraphs)
    assert text == f"{made.PROSE}\n{made.PROSE}\n"
    assert wrapped.count(False) == 2
    assert wrapped.count(True) >= 4


def test_every_line_of_text_has_its_place() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(made.font(), 10)
        canvas.drawString(100, 700, "样例文字共有十个字吗是")

    (paragraph,) = read_bytes(made.drawn(draw)).paragraphs
    assert paragraph.page == 1
    assert paragraph.box is not None
    left, top, right, bottom = paragraph.box
    assert abs(left - 100) < 1
    assert abs(right - 210) < 1
    assert top < made.HEIGHT - 700 < bottom < top + 16


def test_text_drawn_twice_to_look_bold_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for offset in (0, 0.4):
            canvas.drawString(90 + offset, 700, "一、总体情况")
        x = 90.0
        for character in "二、主动公开479条":
            for offset in (0, 0.3):
                canvas.drawString(x + offset, 660, character)
            x += canvas.stringWidth(character, made.font(), 10.5)

    assert body(read_bytes(made.drawn(draw))) == ["一、总体情况", "二、主动公开479条"]


def test_equal_figures_side_by_side_are_all_kept() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(90, 700, "11 11 0 00 222")

    assert body(read_bytes(made.drawn(draw, FEW))) == ["11 11 0 00 222"]


FEW = (300.0, 800.0)


def test_text_outside_the_visible_part_of_the_page_is_not_there() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 50, 500, 750))
        canvas.setFont(made.font(), 10.5)
        canvas.drawString(90, 700, "看得见的文字在这里")
        canvas.drawString(90, 780, "裁掉的文字不应当出现")
        canvas.drawString(-200, 300, "页外的文字")

    document = read_bytes(made.drawn(draw))
    assert body(document) == ["看得见的文字在这里"]
    (paragraph,) = document.paragraphs
    assert paragraph.box is not None
    assert abs(paragraph.box[0] - 40) < 1
    assert abs(paragraph.box[3] - (750 - 700)) < 5


def test_words_of_a_line_follow_from_left_to_right_however_they_were_written() -> None:
    def draw(canvas: Canvas) -> None:
        for x, text in ((300, "公开"), (90, "政府"), (200, "信息")):
            canvas.drawString(x, 700, text)

    assert body(read_bytes(made.drawn(draw))) == ["政府 信息 公开"]


def test_western_words_keep_their_spaces_and_chinese_gets_none() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(90, 700, "Annual report 2023")
        canvas.drawString(90, 680, "2023年政府信息公开工作年度报告")

    assert body(read_bytes(made.drawn(draw))) == ["Annual report 2023", "2023年政府信息公开工作年度报告"]


def test_the_title_in_the_properties_is_the_document_s() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("样例镇2023年报告")
        canvas.drawString(90, 700, "正文有一些文字可以读")

    document = read_bytes(made.drawn(draw))
    assert document.title == "样例镇2023年报告"
    assert (document.format, document.pages) == ("pdf", 1)
    assert len(document.sha256) == 64


def test_characters_of_fonts_without_a_height_stand_on_the_line_of_their_feet() -> None:
    ink = {"一": (4, 5), "、": (7.5, 10), "总": (0, 10), "况": (0.2, 10.1), "。": (7, 10)}
    upper: list[Word] = [
        (10.0 * n, 100 + ink[c][0], 10.0 * n + 10, 100 + ink[c][1], c, n) for n, c in enumerate("总、况。")
    ]
    lower: list[Word] = [
        (left, top + 14, right, bottom + 14, text, at) for left, top, right, bottom, text, at in upper
    ]
    assert [line.text for line in lines_of([*upper, *lower])] == ["总、况。", "总、况。"]
