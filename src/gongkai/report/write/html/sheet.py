"""The three tables like the official sheet, findings and kinds marked inside the cells."""

from __future__ import annotations

from gongkai.report.form import TableName
from gongkai.report.model import Finding, Report, SheetCell
from gongkai.report.write.focus import focus
from gongkai.report.write.html.frame import ICONS, Speaker, badge, region
from gongkai.report.write.html.markup import Content, Markup, el, join
from gongkai.report.write.layout import Grid, Slot, grid
from gongkai.report.write.wording import figure, printed, sentence

Marks = dict[str, list[tuple[int, Finding]]]
"""Cell to the findings that speak of it, each with its number in the list."""

SIGNS = {"blank": "·", "inferred": "推", "unreadable": "？", "absent": "缺"}
"""What stands in a cell that holds no printed figure; the legend says what each means."""
MOST_MARKS = 3


def cell_findings(report: Report) -> Marks:
    """Which findings speak of which cell."""
    marks: Marks = {}
    for number, finding in enumerate(report.findings, 1):
        for cell in dict.fromkeys((*finding.cells, *focus(finding))):
            marks.setdefault(cell, []).append((number, finding))
    return marks


def legend(report: Report, say: Speaker) -> Markup | None:
    """The kinds of cells that this report has besides figures; nothing where it has none."""
    kinds = {cell.kind for name, cell in report.cells.items() if report.form_by_table.get(name.partition(".")[0])}
    entries = [
        el("li", el("span", sign, class_=f"sign {kind}"), say(f"kind.{kind}"))
        for kind, sign in {**SIGNS, "not_applicable": "—", "text": "字"}.items()
        if kind in kinds
    ]
    if not entries:
        return None
    return el("div", el("h3", say("page.kind_legend")), el("ul", join(*entries)), class_="legend")


def table_section(report: Report, table: TableName, marks: Marks, say: Speaker) -> Markup:
    """One table under its official heading, or the sentence that the report does not have it."""
    form = report.form_by_table.get(table)
    if not form:
        official = grid(table, report.main_form)
        return join(el("h3", official.heading, lang="zh-CN"), el("p", badge("warning", say("missing.table"))))
    of = grid(table, form)
    rows: list[list[Markup]] = [[] for _ in range(of.rows)]
    for slot in of.slots:
        rows[slot.row].append(_slot(report, slot, of, marks, say))
    head = el("thead", join(*(el("tr", join(*row)) for row in rows[: of.head_rows]))) if of.head_rows else None
    body = el("tbody", join(*(el("tr", join(*row)) for row in rows[of.head_rows :])))
    caption = el("caption", of.heading, lang="zh-CN")
    return region(
        f"{of.heading}（{say('page.scroll')}）",
        el("table", caption, head, body, class_=f"official {table}", lang="zh-CN"),
    )


def _slot(report: Report, slot: Slot, of: Grid, marks: Marks, say: Speaker) -> Markup:
    spans = {
        "rowspan": slot.row_span if slot.row_span > 1 else None,
        "colspan": slot.column_span if slot.column_span > 1 else None,
    }
    if slot.cell is not None:
        cell = report.cells.get(slot.cell) or SheetCell(None, "absent", "", None)
        return _figure(slot.cell, cell, marks.get(slot.cell, []), spans, say)
    if slot.role == "corner":
        return el("td", slot.text, class_="corner", **spans)
    return el("th", slot.text, scope=_scope(slot, of), class_=slot.role, **spans)


def _scope(slot: Slot, of: Grid) -> str:
    if slot.role == "item":
        return "rowgroup"
    if slot.role == "head":
        return "colgroup" if slot.column_span > 1 and of.head_rows else "col"
    return "rowgroup" if slot.row_span > 1 else "row"


def _figure(
    name: str, cell: SheetCell, found: list[tuple[int, Finding]], spans: dict[str, int | None], say: Speaker
) -> Markup:
    open_ones = [(number, finding) for number, finding in found if finding.waived is None]
    pointed = {finding.severity for _, finding in open_ones if name in focus(finding)}
    worst = next((severity for severity in ("error", "warning", "notice") if severity in pointed), None)
    links = [
        el(
            "a",
            el("span", ICONS[finding.severity], aria_hidden="true"),
            str(number),
            href=f"#f-{number}",
            class_=f"mark {finding.severity}",
            title=sentence(finding, say.language),
            aria_label=say("page.to_finding", number=number, severity=say(f"severity.{finding.severity}")),
        )
        for number, finding in open_ones[:MOST_MARKS]
    ]
    return el(
        "td",
        *_shown(cell, say),
        el("span", join(*links), class_="marks") if links else None,
        id=f"c-{name}",
        class_=" ".join(filter(None, ("figure", cell.kind, worst))),
        **spans,
    )


def _shown(cell: SheetCell, say: Speaker) -> list[Content]:
    """The figure as printed, or a sign with its words for those who cannot see it."""
    shown = printed(cell)
    words = el("span", say(f"kind.{cell.kind}"), class_="unseen")
    if cell.kind == "inferred":
        return [figure(cell.value), el("sup", SIGNS["inferred"], class_="sign inferred", aria_hidden="true"), words]
    if cell.kind in SIGNS:
        sign = el("span", SIGNS[cell.kind], class_=f"sign {cell.kind}", aria_hidden="true")
        return [shown, sign, words] if shown else [sign, words]
    raw = cell.raw.strip()
    if cell.value is not None and raw and raw != shown:
        return [shown, el("small", raw, class_="raw")]
    return [shown]
