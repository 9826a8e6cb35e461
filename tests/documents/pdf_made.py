"""Small PDFs made with reportlab for the tests and the benchmark: prose, official tables, odd pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from gongkai.report.form import Form, load

FONT = "STSong-Light"
WIDTH, HEIGHT = A4

PROSE = (
    "2023年，样例镇认真贯彻落实《中华人民共和国政府信息公开条例》，围绕群众关切，加强政策解读，"
    "全年主动公开政府信息479条，收到政府信息公开申请12件，均按时答复，未发生行政复议和行政诉讼案件。"
    "镇政府严格执行三审三校制度，完善信息发布审查流程，做到公开的内容准确、及时、便于群众查阅。"
)


def font() -> str:
    """Register the CID font of the made PDFs and return its name."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return FONT


def style(size: float = 9, **more: Any) -> ParagraphStyle:
    """A paragraph style that breaks lines as Chinese text does."""
    return ParagraphStyle("made", fontName=font(), fontSize=size, leading=size * 1.35, wordWrap="CJK", **more)


def drawn(draw: Callable[[Canvas], None], size: tuple[float, float] = A4, **options: Any) -> bytes:
    """A PDF whose pages `draw` paints on a canvas; the last page is closed here."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, **options)
    canvas.setFont(font(), 10.5)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def flowed(
    story: Sequence[Flowable], size: tuple[float, float] = A4, on_page: Callable[[Canvas, int], None] | None = None
) -> bytes:
    """A PDF into whose pages `story` flows; `on_page(canvas, number)` paints headers and footers."""
    out = io.BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=size, leftMargin=72, rightMargin=72, topMargin=72, bottomMargin=72, invariant=1
    )

    def paint(canvas: Canvas, _template: object) -> None:
        canvas.setFont(font(), 9)
        if on_page:
            on_page(canvas, canvas.getPageNumber())

    template.build(list(story), onFirstPage=paint, onLaterPages=paint)
    return out.getvalue()


def prose(text: str = PROSE, size: float = 12) -> Paragraph:
    """A paragraph of running text, first line indented by two characters."""
    return Paragraph(text, style(size, firstLineIndent=2 * size))


def grid(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    spans: Sequence[tuple[int, int, int, int]] = (),
    ruled: bool = True,
    size: float = 8,
    commands: Sequence[tuple[Any, ...]] = (),
    **options: Any,
) -> Table:
    """A table; `spans` are (row, column, row span, column span) counted from 0."""
    of = style(size)
    table = Table([[Paragraph(text, of) if text else "" for text in row] for row in rows], list(widths), **options)
    rules: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
    rules.append(("VALIGN", (0, 0), (-1, -1), "MIDDLE"))
    for row, column, down, across in spans:
        rules.append(("SPAN", (column, row), (column + across - 1, row + down - 1)))
    table.setStyle(TableStyle([*rules, *commands]))
    return table


@cache
def form() -> Form:
    """The form whose tables the made reports carry."""
    return load("2021")


Layout = tuple[list[list[str]], list[tuple[int, int, int, int]]]


def proactive_layout(figure: Callable[[str], str]) -> Layout:
    """Rows and spans of the proactive table; `figure` gives the text of a cell by its identifier."""
    rows: list[list[str]] = []
    spans: list[tuple[int, int, int, int]] = []
    block = None
    for row in form().proactive:
        across = 3 // len(row.columns)
        if row.item != block:
            block = row.item
            spans.append((len(rows), 0, 1, 4))
            rows.append([str(row.item), "", "", ""])
            rows.append(_spread("信息内容", [column.label for column in row.columns], across, spans, len(rows)))
        figures = [figure(f"proactive.{row.id}.{column.id}") for column in row.columns]
        rows.append(_spread(row.label, figures, across, spans, len(rows)))
    return rows, spans


def _spread(
    label: str, values: list[str], across: int, spans: list[tuple[int, int, int, int]], row: int
) -> list[str]:
    if across > 1:
        spans.append((row, 1, 1, across))
    return [label, *[text for value in values for text in [value, *[""] * (across - 1)]]]


def requests_layout(figure: Callable[[str], str]) -> Layout:
    """Rows and spans of the requests table: 28 rows, 10 columns."""
    columns = form().request_columns
    rows = [
        [form().requests_rule, "", "", "申请人情况", "", "", "", "", "", ""],
        ["", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"],
        ["", "", "", "", *[column.label for column in columns[1:6]], ""],
    ]
    spans = [(0, 0, 3, 3), (0, 3, 1, 7), (1, 3, 2, 1), (1, 4, 1, 5), (1, 9, 2, 1)]
    group_at = first = len(rows)
    group = None
    for row in form().requests:
        figures = [figure(f"requests.{row.id}.{column.id}") for column in columns]
        at = len(rows)
        if row.id in {"new", "brought_forward", "carried_forward"}:
            spans.append((at, 0, 1, 3))
            rows.append([row.label, "", "", *figures])
            first = at + 1
            continue
        if row.id == "total":
            spans.append((first, 0, at - first + 1, 1))
        label = ["" if at > first else form().requests_results, row.label, ""]
        if row.group is None:
            spans.append((at, 1, 1, 2))
        else:
            label = [label[0], row.group if row.group != group else "", row.label]
            if row.group != group:
                group_at = at
            members = [other for other in form().requests if other.group == row.group]
            if row is members[-1]:
                spans.append((group_at, 1, len(members), 1))
        group = row.group
        rows.append([*label, *figures])
    # the results block ends at its total row; what follows stands outside it
    first_result = next(i for i, row in enumerate(rows) if row[0] == form().requests_results)
    spans = [span for span in spans if not (span[1] == 0 and span[3] == 1)]
    spans.append((first_result, 0, len(rows) - 1 - first_result, 1))
    return rows, spans


def remedies_layout(figure: Callable[[str], str]) -> Layout:
    """Rows and spans of the remedies table: three header rows, one row of fifteen figures."""
    groups, columns = form().remedy_groups, form().remedy_columns
    rows = [
        ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
        [*[""] * 5, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
        [column.label for _ in groups for column in columns],
        [figure(f"remedies.{group.id}.{column.id}") for group in groups for column in columns],
    ]
    return rows, [(0, 0, 2, 5), (0, 5, 1, 10), (1, 5, 1, 5), (1, 10, 1, 5)]


PROACTIVE_WIDTHS = (150, 100, 100, 100)
REQUESTS_WIDTHS = (26, 52, 113, 36, 36, 36, 40, 40, 36, 36)
REMEDIES_WIDTHS = (30,) * 15


def report_pdf(
    figure: Callable[[str], str] = lambda _: "0",
    pages_of_prose: int = 1,
    paragraphs: int = 9,
    repeat_header: bool = False,
) -> bytes:
    """A whole report: title, prose, the three tables with ruling lines, page numbers."""
    heading = style(14, spaceBefore=8, spaceAfter=8)
    title = style(18, alignment=1, spaceAfter=14)
    story: list[Flowable] = [
        Paragraph("某某县样例镇人民政府", title),
        Paragraph("2023年政府信息公开工作年度报告", title),
    ]
    sections = form().sections
    numerals = "一二三四五六"
    for number, section in enumerate(sections):
        story.append(Paragraph(f"{numerals[number]}、{section.label}", heading))
        if number == 0:
            story += [prose() for _ in range(paragraphs * pages_of_prose)]
        elif number == 1:
            rows, spans = proactive_layout(figure)
            story.append(grid(rows, PROACTIVE_WIDTHS, spans))
        elif number == 2:
            rows, spans = requests_layout(figure)
            story.append(grid(rows, REQUESTS_WIDTHS, spans, repeatRows=3 if repeat_header else 0))
        elif number == 3:
            rows, spans = remedies_layout(figure)
            story.append(grid(rows, REMEDIES_WIDTHS, spans))
        else:
            story += [prose(), prose()]
    story += [Spacer(1, 24), Paragraph("样例镇人民政府", style(12, alignment=2))]
    return flowed(story, on_page=lambda canvas, n: canvas.drawCentredString(WIDTH / 2, 40, f"— {n} —"))
