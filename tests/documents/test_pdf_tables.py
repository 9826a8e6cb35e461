"""Tables in PDFs: ruling lines into cells."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus import Spacer

from gongkai.documents import Document, Limits, Paragraph, Source, Table
from gongkai.documents.pdf import read
from tests.documents import pdf_made as made

Draw = Callable[[Canvas], None]
Expected = dict[tuple[int, int], tuple[str, int, int]]


def read_bytes(data: bytes) -> Document:
    return read(Source(data, "made.pdf"), Limits())


def read_drawn(draw: Draw) -> Document:
    return read_bytes(made.drawn(draw))


def texts(table: Table) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row - 1].append(cell.text)
    return rows


def expected(layout: made.Layout) -> Expected:
    rows, spans = layout
    by_place = {(row, column): (down, across) for row, column, down, across in spans}
    covered = {
        (i, j)
        for row, column, down, across in spans
        for i in range(row, row + down)
        for j in range(column, column + across)
        if (i, j) != (row, column)
    }
    return {
        (i + 1, j + 1): (text, *by_place.get((i, j), (1, 1)))
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
        if (i, j) not in covered
    }


def found(table: Table) -> Expected:
    return {(cell.row, cell.column): (cell.text, cell.row_span, cell.column_span) for cell in table.cells}


def write(canvas: Canvas, rows: list[list[str]], x: float, y: float, step: tuple[float, float] = (80, 24)) -> None:
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            canvas.drawString(x + j * step[0] + 5, y - (i + 1) * step[1] + 8, text)


ROWS = [["信息内容", "本年制发件数", "本年废止件数"], ["规章", "0", "12"], ["行政规范性文件", "3", "7"]]


def test_the_three_official_tables_are_read_cell_by_cell_wherever_the_pages_break() -> None:
    checked = 0
    joined = 0
    for paragraphs in range(1, 13):
        chance = random.Random(paragraphs)
        figures: dict[str, str] = {}

        def figure(cell: str, chance: random.Random = chance, figures: dict[str, str] = figures) -> str:
            return figures.setdefault(cell, chance.choice(["0", "0", "", "-", "3", "12", "1,234"]))

        document = read_bytes(made.report_pdf(figure, paragraphs=paragraphs, repeat_header=bool(paragraphs % 2)))
        layouts = [made.proactive_layout(figure), made.requests_layout(figure), made.remedies_layout(figure)]
        assert len(document.tables) == 3
        for table, layout in zip(document.tables, layouts, strict=True):
            assert found(table) == expected(layout)
            checked += len(table.cells)
            joined += len({cell.page for cell in table.cells}) > 1
        assert [p.text for p in document.paragraphs if p.part == "footer"] == [
            f"— {page} —" for page in range(1, (document.pages or 0) + 1)
        ]
    assert checked > 3000
    assert joined > 3


def lines_as_rectangles(canvas: Canvas) -> None:
    for i in range(4):
        canvas.rect(72, 700 - 24 * i, 240, 0.6, stroke=0, fill=1)
        canvas.rect(72 + 80 * i, 628, 0.6, 72, stroke=0, fill=1)


def lines_as_many_segments(canvas: Canvas) -> None:
    for i in range(4):
        for k in range(24):
            canvas.line(72 + 10 * k, 700 - 24 * i, 72 + 10 * k + 10, 700 - 24 * i)
        for k in range(9):
            canvas.line(72 + 80 * i, 628 + 8 * k, 72 + 80 * i, 628 + 8 * k + 8)


def lines_in_one_path(canvas: Canvas) -> None:
    canvas.grid([72, 152, 232, 312], [628, 652, 676, 700])


def lines_of_dashes(canvas: Canvas) -> None:
    canvas.setDash(3, 2)
    lines_in_one_path(canvas)


def lines_of_dots(canvas: Canvas) -> None:
    for i in range(4):
        for k in range(80):
            canvas.rect(72 + 3 * k, 700 - 24 * i, 1, 1, stroke=0, fill=1)
        for k in range(24):
            canvas.rect(72 + 80 * i, 628 + 3 * k, 1, 1, stroke=0, fill=1)


def cells_as_rectangles(canvas: Canvas) -> None:
    for i in range(3):
        for j in range(3):
            canvas.rect(72 + 80 * j, 628 + 24 * i, 80, 24)


def cells_with_a_gap(canvas: Canvas) -> None:
    canvas.rect(70, 626, 244, 76)
    for i in range(3):
        for j in range(3):
            canvas.rect(73 + 80 * j, 629 + 24 * i, 78, 22)


def double_lines(canvas: Canvas) -> None:
    for offset in (0, 2.5):
        canvas.grid([x + offset for x in (72, 152, 232, 312)], [y + offset for y in (626, 650, 674, 698)])


def no_outer_border(canvas: Canvas) -> None:
    for i in (1, 2):
        canvas.line(72, 700 - 24 * i, 312, 700 - 24 * i)
        canvas.line(72 + 80 * i, 628, 72 + 80 * i, 700)


def shaded_cells(canvas: Canvas) -> None:
    canvas.setFillColor(colors.lightblue)
    for i in range(3):
        for j in range(3):
            canvas.rect(73 + 80 * j, 629 + 24 * i, 78, 22, stroke=0, fill=1)
    canvas.setFillColor(colors.black)


def lines_in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("lines")
    canvas.grid([0, 80, 160, 240], [0, 24, 48, 72])
    canvas.endForm()
    canvas.translate(72, 628)
    canvas.doForm("lines")
    canvas.translate(-72, -628)


@pytest.mark.parametrize(
    "border",
    [
        lines_as_rectangles,
        lines_as_many_segments,
        lines_in_one_path,
        lines_of_dashes,
        lines_of_dots,
        cells_as_rectangles,
        cells_with_a_gap,
        double_lines,
        no_outer_border,
        shaded_cells,
        lines_in_a_form,
    ],
)
def test_however_the_lines_are_drawn_the_cells_are_the_same(border: Draw) -> None:
    def draw(canvas: Canvas) -> None:
        border(canvas)
        canvas.setFont(made.font(), 10.5)
        write(canvas, ROWS, 72, 700)

    document = read_drawn(draw)
    (table,) = document.tables
    assert (table.rows, table.columns) == (3, 3)
    assert texts(table) == ROWS
    assert not document.paragraphs


def test_cells_have_their_place_on_the_page_from_its_upper_left_corner() -> None:
    def draw(canvas: Canvas) -> None:
        lines_in_one_path(canvas)
        write(canvas, ROWS, 72, 700)

    (table,) = read_drawn(draw).tables
    cell = table.cells[4]
    assert cell.text == "0"
    assert cell.page == 1
    assert cell.box == pytest.approx((152, made.HEIGHT - 676, 232, made.HEIGHT - 652), abs=1)


def test_a_three_line_table_without_upright_lines_stays_text_with_the_figures_of_a_row_in_order() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (700, 676, 628):
            canvas.line(72, y, 312, y)
        write(canvas, ROWS, 72, 700)

    document = read_drawn(draw)
    assert not document.tables
    assert [p.text for p in document.paragraphs] == [" ".join(row) for row in ROWS]


def test_figures_without_lines_keep_their_row_and_their_order() -> None:
    rows = [["（一）予以公开", "12", "0", "0", "1,234"], ["（二）部分公开", "5", "0", "-", "5"]]
    document = read_drawn(lambda canvas: write(canvas, rows, 72, 700, (90, 18)))
    assert [p.text for p in document.paragraphs] == ["（一）予以公开 12 0 0 1,234", "（二）部分公开 5 0 - 5"]
    assert not any(p.wrapped for p in document.paragraphs)


def test_text_broken_in_a_cell_is_joined_without_a_space_and_figures_only_where_the_cell_was_full() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 110, 200], [600, 650, 700])
        for n, text in enumerate(["商业", "企业"]):
            canvas.drawString(77, 685 - 14 * n, text)
        for n, text in enumerate(["Report", "of 2023"]):
            canvas.drawString(120, 685 - 14 * n, text)
        for n, text in enumerate(["12345", "6"]):
            canvas.drawString(77, 635 - 14 * n, text)
        for n, text in enumerate(["12", "6"]):
            canvas.drawString(120, 635 - 14 * n, text)

    (table,) = read_drawn(draw).tables
    assert texts(table) == [["商业企业", "Report of 2023"], ["123456", "12 6"]]


def test_a_vertical_label_of_one_character_a_line_is_one_word() -> None:
    label = "三本年度办理结果"

    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 92, 200, 260], [500, 640])
        for x0, x1, y in [(92, 260, 570)]:
            canvas.line(x0, y, x1, y)
        for n, character in enumerate(label):
            canvas.drawString(77, 622 - 15 * n, character)
        for n, (text, figure) in enumerate([("予以公开", "1"), ("部分公开", "2")]):
            canvas.drawString(97, 600 - 70 * n, text)
            canvas.drawString(220, 600 - 70 * n, figure)

    (table,) = read_drawn(draw).tables
    assert texts(table) == [[label, "予以公开", "1"], ["部分公开", "2"]]
    assert table.cells[0].row_span == 2


def test_a_label_turned_by_a_quarter_is_read_from_the_bottom_up() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 92, 200], [500, 570, 640])
        canvas.drawString(97, 600, "予以公开")
        canvas.drawString(97, 530, "部分公开")
        canvas.rotate(90)
        canvas.drawString(585, -87, "结果")

    (table,) = read_drawn(draw).tables
    assert texts(table) == [["结果", "予以公开"], ["", "部分公开"]]


def test_a_word_written_over_two_cells_is_cut_at_the_border() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 92, 112, 132], [600, 620, 640])
        canvas.setFont("Helvetica", 10)
        canvas.drawString(81.5, 606, "1")
        text = canvas.beginText(75, 626)
        text.setFont("Helvetica", 10)
        text.setCharSpace(14.44)
        text.textOut("123")
        canvas.drawText(text)

    (table,) = read_drawn(draw).tables
    assert texts(table) == [["1", "2", "3"], ["1", "", ""]]


def test_a_text_that_overflows_its_cell_is_not_cut_inside_a_character() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 120, 180, 240], [600, 620, 640])
        canvas.drawString(74, 626, "行政规范性文件")
        canvas.drawString(74, 606, "规章")
        canvas.drawString(200, 626, "3")

    (table,) = read_drawn(draw).tables
    assert ["3" in row for row in texts(table)] == [True, False]
    assert "行政规范性文件" in texts(table)[0]


def test_two_tables_on_a_page_and_the_text_between_them_keep_their_order() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 152, 232], [700, 724, 748])
        write(canvas, [["甲", "1"], ["乙", "2"]], 72, 748)
        canvas.drawString(72, 670, "四、行政复议情况")
        canvas.grid([72, 152, 232], [600, 624, 648])
        write(canvas, [["丙", "3"], ["丁", "4"]], 72, 648)

    blocks = read_drawn(draw).blocks
    assert [type(block).__name__ for block in blocks] == ["Table", "Paragraph", "Table"]
    assert [texts(table) for table in (blocks[0], blocks[2]) if isinstance(table, Table)] == [
        [["甲", "1"], ["乙", "2"]],
        [["丙", "3"], ["丁", "4"]],
    ]


def test_a_frame_around_the_page_is_no_table_and_hides_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(40, 40, 500, 760)
        canvas.drawString(72, 740, "标题在框内")
        lines_in_one_path(canvas)
        write(canvas, ROWS, 72, 700)

    document = read_drawn(draw)
    assert [texts(table) for table in document.tables] == [ROWS]
    assert [p.text for p in document.paragraphs] == ["标题在框内"]


def test_a_table_inside_a_cell_keeps_its_text_to_itself() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 400, 500], [600, 720])
        canvas.drawString(420, 650, "外")
        lines_in_one_path(canvas)
        write(canvas, ROWS, 72, 700)

    tables = {table.columns: texts(table) for table in read_drawn(draw).tables}
    assert tables == {2: [["", "外"]], 3: ROWS}


def split_table(
    first: list[list[str]], second: list[list[str]], between: str = "", close: bool = True, shift: float = 0
) -> Document:
    """A table whose rows stand at the end of one page and the start of the next."""

    def draw(canvas: Canvas) -> None:
        for rows, top, left in ((first, 72 + 24 * len(first), 72), (second, 760, 72 + shift)):
            bottom = top - 24 * len(rows)
            ys = [top - 24 * n for n in range(len(rows) + 1)]
            for x in range(len(rows[0]) + 1):
                canvas.line(left + 80 * x, top, left + 80 * x, bottom)
            for y in ys:
                is_cut = y == (ys[-1] if rows is first else ys[0])
                if close or not is_cut:
                    canvas.line(left, y, left + 80 * len(rows[0]), y)
            write(canvas, rows, left, top)
            canvas.drawCentredString(300, 40, f"- {canvas.getPageNumber()} -")
            if rows is first:
                canvas.showPage()
                canvas.setFont(made.font(), 10.5)
                if between:
                    canvas.drawString(72, 790, between)

    return read_drawn(draw)


HEADER = ["类别", "甲", "乙"]


def test_a_table_that_goes_on_on_the_next_page_is_one_table() -> None:
    document = split_table([HEADER, ["一、新收", "1", "2"]], [["二、结转", "3", "4"], ["三、总计", "4", "6"]])
    (table,) = document.tables
    assert texts(table) == [HEADER, ["一、新收", "1", "2"], ["二、结转", "3", "4"], ["三、总计", "4", "6"]]
    assert [cell.page for cell in table.cells] == [1] * 6 + [2] * 6
    assert [(p.text, p.part) for p in document.paragraphs] == [("- 1 -", "footer"), ("- 2 -", "footer")]


def test_a_table_may_stand_farther_to_the_side_on_the_next_page() -> None:
    (table,) = split_table([HEADER, ["一、新收", "1", "2"]], [["二、结转", "3", "4"]], shift=20).tables
    assert table.rows == 3


def test_a_repeated_header_is_dropped_but_equal_rows_of_figures_are_kept() -> None:
    (table,) = split_table([HEADER, ["一、新收", "0", "0"]], [HEADER, ["二、结转", "0", "0"]]).tables
    assert texts(table) == [HEADER, ["一、新收", "0", "0"], ["二、结转", "0", "0"]]
    (table,) = split_table([["0", "0", "0"], ["1", "1", "1"]], [["0", "0", "0"], ["2", "2", "2"]]).tables
    assert texts(table) == [["0"] * 3, ["1"] * 3, ["0"] * 3, ["2"] * 3]


def test_text_between_two_tables_keeps_them_apart() -> None:
    document = split_table([HEADER, ["一、新收", "1", "2"]], [["二、结转", "3", "4"]], between="另一张表")
    assert [table.rows for table in document.tables] == [2, 1]


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    parts = [[HEADER, ["一、本年新收", "1", "2"]], [["申请数量", "", ""], ["二、结转", "3", "4"]]]
    (table,) = split_table(*parts, close=False).tables
    assert texts(table) == [HEADER, ["一、本年新收申请数量", "1", "2"], ["二、结转", "3", "4"]]
    (table,) = split_table(*parts, close=True).tables
    assert texts(table) == [HEADER, ["一、本年新收申请数量", "1", "2"], ["二、结转", "3", "4"]]


def test_a_row_left_blank_after_the_page_break_is_not_taken_for_the_rest_of_the_row_before() -> None:
    (table,) = split_table(
        [HEADER, ["一、新收", "1", "2"], ["二、结转", "", ""]], [["三、总计", "", ""], ["四、其他", "3", "4"]]
    ).tables
    assert table.rows == 5
    (table,) = split_table([HEADER, ["新收", "1", ""]], [["结转", "", ""], ["总计", "3", "4"]]).tables
    assert table.rows == 4


def test_blank_figures_after_the_page_break_are_not_taken_for_the_rest_of_a_tall_heading() -> None:
    def draw(canvas: Canvas) -> None:
        for x in (72, 152, 232, 312):
            canvas.line(x, 72, x, 120 if x != 152 else 96)
        canvas.line(232, 72, 232, 120)
        for y, x in ((120, 72), (96, 72), (72, 72)):
            canvas.line(x, y, 312 if y != 96 else 232, y)
        canvas.drawString(90, 104, "行政复议")
        for n, text in enumerate(["维持", "纠正"]):
            canvas.drawString(80 + 80 * n, 80, text)
        canvas.drawString(240, 92, "总计")
        canvas.showPage()
        canvas.setFont(made.font(), 10.5)
        canvas.grid([72, 152, 232, 312], [736, 760])
        canvas.drawString(170, 744, "1")

    (table,) = read_drawn(draw).tables
    assert texts(table) == [["行政复议", "总计"], ["维持", "纠正"], ["", "1", ""]]


def test_a_line_that_hangs_out_of_a_cut_cell_belongs_to_it() -> None:
    def draw(canvas: Canvas) -> None:
        for part, (top, bottom) in enumerate(((120, 72), (760, 712))):
            for x in (72, 152, 312, 392):
                canvas.line(x, top, x, bottom)
            middle = (top + bottom) / 2
            canvas.line(152, middle, 392, middle)
            canvas.line(72 if part == 0 else 152, top, 392, top)
            canvas.line(152 if part == 0 else 72, bottom, 392, bottom)
            for row in (0, 1):
                canvas.drawString(160, top - 16 - 24 * row, f"{2 * part + row + 1}.属于第某种情形")
                canvas.drawString(340, top - 16 - 24 * row, str(5 + row))
            if part == 0:
                canvas.drawString(77, 78, "（三）不予")
                canvas.drawString(77, 62, "公开")
                canvas.drawCentredString(300, 30, "- 1 -")
                canvas.showPage()
                canvas.setFont(made.font(), 10.5)

    (table,) = read_drawn(draw).tables
    assert table.cells[0].text == "（三）不予公开"
    assert table.cells[0].row_span == 4
    assert [cell.text for cell in table.cells if cell.column == 3] == ["5", "6", "5", "6"]


def test_a_header_cut_by_the_page_break_is_one_header() -> None:
    (table,) = split_table([["类别", "结果", "尚未"]], [["（起）", "维持", "审结"], ["复议", "1", "2"]]).tables
    assert texts(table) == [["类别（起）", "结果维持", "尚未审结"], ["复议", "1", "2"]]


def test_a_row_cut_through_its_figures_is_one_row_whose_figures_are_no_numbers() -> None:
    rows = [
        [HEADER, ["一、新收", "1", "2"], ["二、结转", "0", "0"], ["（三", "2", "4"]],
        [["）总计", "2", ""], ["四、其他", "3", "4"]],
    ]
    (table,) = split_table(*rows).tables
    assert texts(table)[3:] == [["（三）总计", "2 2", "4"], ["四、其他", "3", "4"]]


# reportlab exchanges width and height of a page that it turns by a quarter
def test_a_sheet_turned_sideways_is_read_as_it_is_seen() -> None:
    turned = 0
    for rotation, matrix in (
        (90, (0, 1, -1, 0, made.HEIGHT, 0)),
        (180, (-1, 0, 0, -1, made.WIDTH, made.HEIGHT)),
        (270, (0, -1, 1, 0, 0, made.WIDTH)),
    ):

        def draw(canvas: Canvas, rotation: int = rotation, matrix: tuple[float, ...] = matrix) -> None:
            canvas.setPageRotation(rotation)
            canvas.transform(*matrix)
            canvas.grid([72, 152, 232, 312], [428, 452, 476, 500])
            write(canvas, ROWS, 72, 500)
            canvas.drawString(72, 520, "表头之上")

        document = read_drawn(draw)
        (table,) = document.tables
        assert texts(table) == ROWS
        assert table.cells[0].box == pytest.approx((72, made.HEIGHT - 500, 152, made.HEIGHT - 476), abs=1)
        assert [p.text for p in document.blocks if isinstance(p, Paragraph)] == ["表头之上"]
        turned += 1
    assert turned == 3


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_that_is_seen_sideways_is_read_as_it_is_written(rotation: int, quarters: int) -> None:
    side = made.WIDTH
    matrix = [
        (1, 0, 0, 1, 0, 0), (0, 1, -1, 0, side, 0), (-1, 0, 0, -1, side, side), (0, -1, 1, 0, 0, side),
    ][quarters]  # fmt: skip

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.transform(*matrix)
        canvas.grid([72, 152, 232, 312], [428, 452, 476, 500])
        write(canvas, ROWS, 72, 500)
        canvas.drawString(72, 520, "表头之上")

    document = read_bytes(made.drawn(draw, (side, side)))
    (table,) = document.tables
    assert texts(table) == ROWS
    assert table.cells[0].box == pytest.approx((72, side - 500, 152, side - 476), abs=1)
    assert [p.text for p in document.blocks if isinstance(p, Paragraph)] == ["表头之上"]


def test_a_figure_that_an_indent_pushes_over_the_border_stays_in_its_cell() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 117, 162, 207], [640, 680, 700])
        for column, (label, figure) in enumerate((("甲", "65"), ("乙", "0"), ("丙", "13"))):
            canvas.drawString(72 + 45 * column + 5, 686, label)
            canvas.drawString(72 + 45 * column + 41, 665, figure[0])
            canvas.drawString(72 + 45 * column + 5, 650, figure[1:])

    (table,) = read_drawn(draw).tables
    assert texts(table) == [["甲", "乙", "丙"], ["65", "0", "13"]]


def test_figures_struck_through_are_gone_and_underlined_ones_stay() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 152, 232, 312], [652, 676, 700])
        write(canvas, [HEADER, ["一、新收", "", "35"]], 72, 700)
        canvas.drawString(160, 660, "5912")
        canvas.line(160, 664, 160 + 2 * 5.25, 664)
        canvas.line(232 + 5, 658, 232 + 40, 658)
        canvas.drawString(72, 600, "收到申请99件12件。")
        canvas.line(72 + 4 * 10.5, 604, 72 + 4 * 10.5 + 2 * 5.25 + 10.5, 604)

    document = read_drawn(draw)
    (table,) = document.tables
    assert texts(table) == [HEADER, ["一、新收", "12", "35"]]
    assert [p.text for p in document.paragraphs] == ["收到申请 12件。"]


def test_a_watermark_at_an_angle_stays_out_of_the_cells() -> None:
    def draw(canvas: Canvas) -> None:
        lines_in_one_path(canvas)
        write(canvas, ROWS, 72, 700)
        canvas.translate(110, 630)
        canvas.rotate(35)
        canvas.setFont(made.font(), 16)
        canvas.drawString(0, 0, "样例水印文字")

    document = read_drawn(draw)
    assert [texts(table) for table in document.tables] == [ROWS]
    assert [(p.text, p.part) for p in document.paragraphs] == [("样例水印文字", "header")]


def test_spacers_do_not_part_a_table_from_its_rest() -> None:
    rows, spans = made.requests_layout(lambda _: "0")
    story = [
        Flow("三、收到和处理政府信息公开申请情况", made.style(14)),
        Spacer(1, 300),
        made.grid(rows, made.REQUESTS_WIDTHS, spans),
    ]
    (table,) = read_bytes(made.flowed(story)).tables
    assert found(table) == expected((rows, spans))
    assert {cell.page for cell in table.cells} == {1, 2}
