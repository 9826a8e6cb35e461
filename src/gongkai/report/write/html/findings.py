"""The list of findings: each with its sentence, both values, likely cause, rule, place, and links to its cells."""

from __future__ import annotations

from gongkai.report.model import Finding, Report
from gongkai.report.write.html.frame import Speaker, badge
from gongkai.report.write.html.markup import Markup, el, join
from gongkai.report.write.provenance import source_words
from gongkai.report.write.wording import cause_sentence, cell_name, places_words, sentence, values_words

MANY_CELLS = 8
"""Beyond this many cells the list of links is folded."""


def findings_list(report: Report, say: Speaker) -> Markup:
    """All findings in the order of the report, or one line that there is none."""
    if not report.findings:
        return el("p", badge("good", say("missing.findings")))
    items = (_finding(report, number, finding, say) for number, finding in enumerate(report.findings, 1))
    return el("ol", join(*items), class_="findings")


def _finding(report: Report, number: int, finding: Finding, say: Speaker) -> Markup:
    waived = finding.waived is not None
    kind = "notice" if waived else finding.severity
    rows: list[tuple[str, Markup]] = []
    if values := values_words(finding.values):
        rows.append((say("page.both_values"), join(values)))
    if finding.cause:
        rows.append((say("field.cause"), join(cause_sentence(finding.cause, report.sheet, say.language))))
    if finding.cells:
        rows.append((say("page.in_cells"), _cells(report, finding, say)))
    if places := places_words(finding, say.language):
        rows.append((say("field.place"), join(places)))
    if finding.source:
        rows.append((say("field.source"), join(source_words(finding, say.language))))
    if waived:
        rows.append((say("field.waived"), join(finding.waived)))
    return el(
        "li",
        el("p", badge(kind, say(f"severity.{finding.severity}")), el("span", finding.code, class_="code")),
        el("p", sentence(finding, say.language), class_="sentence"),
        el("dl", join(*(join(el("dt", name), el("dd", value)) for name, value in rows))) if rows else None,
        id=f"f-{number}",
        class_=f"finding {kind}{' waived' if waived else ''}",
    )


def _cells(report: Report, finding: Finding, say: Speaker) -> Markup:
    links = el("ul", join(*(el("li", _link(report, cell)) for cell in finding.cells)), class_="cells")
    if len(finding.cells) <= MANY_CELLS:
        return links
    return el("details", el("summary", say("page.to_cells", number=len(finding.cells))), links)


def _link(report: Report, cell: str) -> Markup:
    name = cell_name(report.sheet, cell)
    if cell in report.sheet.columns and report.form_by_table.get(cell.partition(".")[0]):
        return el("a", name, href=f"#c-{cell}", lang="zh-CN")
    return join(name)
