"""One report as a page: verdict, findings, the three tables, the text with its figures, where all comes from."""

from __future__ import annotations

import gongkai
from gongkai import messages
from gongkai.messages import Language
from gongkai.report.form import TABLES
from gongkai.report.model import Report
from gongkai.report.write.html.findings import findings_list
from gongkai.report.write.html.frame import ICONS, Speaker, badge, page
from gongkai.report.write.html.markup import Markup, el, join
from gongkai.report.write.html.prose import prose_sections
from gongkai.report.write.html.sheet import cell_findings, legend, table_section
from gongkai.report.write.provenance import cells_read, doubts, form_long
from gongkai.report.write.verdict import verdict, verdict_kind
from gongkai.report.write.wording import heading


def report_page(report: Report, language: Language | None = None, *, back: str | None = None) -> str:
    """The report as a page that stands alone; `back` is the address of the overview, where there is one."""
    say = Speaker(language or messages.default_language())
    marks = cell_findings(report)
    title = heading(report, say.language)
    return page(
        title,
        _head(report, say),
        el(
            "section",
            el("h2", say("page.findings"), id="findings"),
            findings_list(report, say),
            aria_labelledby="findings",
        ),
        el(
            "section",
            el("h2", say("page.tables"), id="tables"),
            legend(report, say),
            *(table_section(report, table, marks, say) for table in TABLES),
            aria_labelledby="tables",
        ),
        el("section", el("h2", say("page.prose"), id="prose"), prose_sections(report, say), aria_labelledby="prose"),
        el("section", el("h2", say("page.source"), id="source"), _source(report, say), aria_labelledby="source"),
        language=say.language,
        back=back,
    )


def _head(report: Report, say: Speaker) -> Markup:
    counts = {
        severity: sum(f.severity == severity and f.waived is None for f in report.findings)
        for severity in ("error", "warning", "notice")
    }
    kind = verdict_kind(report)
    read, of = cells_read(report)
    facts = {
        "year": str(report.year or say("missing.year")),
        "scope": say(f"scope.{report.scope}"),
        "form": form_long(report, say.language),
        "cells_read": say("field.cells_of", read=read, all=of),
    }
    return el(
        "div",
        _title(report, say),
        el(
            "div",
            badge(kind, verdict(report, say.language)),
            el(
                "p",
                say("page.counts", errors=counts["error"], warnings=counts["warning"], notices=counts["notice"]),
                class_="counts",
            ),
            class_=f"verdict {kind}",
            role="status",
        ),
        _doubts(report, say),
        _facts(facts, say, "facts"),
        class_="headline",
    )


def _doubts(report: Report, say: Speaker) -> Markup | None:
    """What to know about the reading, beside the verdict; nothing where there is no doubt."""
    found = doubts(report, say.language)
    if not found:
        return None
    items = (el("li", doubt.sentence, el("span", doubt.code, class_="code")) for doubt in found)
    title = el("p", el("span", ICONS["doubt"], aria_hidden="true", class_="icon"), say("doubt.title"))
    return el("div", title, el("ul", join(*items)), class_="doubts", role="note")


def _title(report: Report, say: Speaker) -> Markup:
    if not (report.agency and report.year):
        return el("h1", heading(report, say.language))
    rest = say("report.rest", year=report.year)
    return el("h1", el("span", report.agency, class_="agency", lang="zh-CN"), " ", el("span", rest))


def _source(report: Report, say: Speaker) -> Markup:
    rows = {
        "title": report.title or say("page.no_label"),
        "path": report.path,
        "format": say(f"format.{report.format}"),
        "sha256": report.sha256,
        "period": " — ".join(report.period) if report.period else "—",
        "reader": f"Gongkai {gongkai.__version__}",
    }
    return _facts(rows, say, "facts source")


def _facts(rows: dict[str, str], say: Speaker, style: str) -> Markup:
    pairs = (
        el("div", el("dt", say(f"field.{name}")), el("dd", value), class_=f"fact {name}")
        for name, value in rows.items()
    )
    return el("dl", join(*pairs), class_=style)
