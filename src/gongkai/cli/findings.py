"""Findings on the terminal: a block a report, then the sum of all."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai import messages
from gongkai.cli.terminal import clean, mark, say, tell
from gongkai.report.model import Finding, Report
from gongkai.report.write.provenance import cells_read, doubts, form_short, source_words
from gongkai.report.write.verdict import sum_words, verdict, verdict_kind
from gongkai.report.write.wording import cause_sentence, heading, places_words, sentence, values_words

INDENT = "    "


def print_report(report: Report) -> None:
    """The verdict of one report, what to know about its reading, and its findings, errors first."""
    read, of = cells_read(report)
    say(clean(heading(report)))
    say(
        "  "
        + mark(verdict_kind(report), verdict(report))
        + "  "
        + messages.text("cli.check.about", path=clean(report.path), form=form_short(report), read=read, all=of)
    )
    for doubt in doubts(report):
        say(f"  {_doubt_mark()}  {doubt.code}")
        say(INDENT + clean(doubt.sentence))
    order = {"error": 0, "warning": 1, "notice": 2}
    for finding in sorted(report.findings, key=lambda finding: (finding.waived is not None, order[finding.severity])):
        _print_finding(report, finding)
    say("")


def tell_doubts(report: Report) -> None:
    """Say on the standard error what to know about the reading, where the result itself has no place for it."""
    for line in doubt_lines(report):
        tell(line)


def doubt_lines(report: Report) -> list[str]:
    """A line a doubt, each with the report's name and file."""
    name = f"{heading(report)}  {report.path}" if report.agency and report.year else report.path
    about = [
        messages.text("write.doubt.about", name=clean(name), doubt=clean(doubt.sentence)) for doubt in doubts(report)
    ]
    return [f"{_doubt_mark()}  {line}" for line in about]


def _doubt_mark() -> str:
    return mark("doubt", messages.text("write.doubt.label"))


def print_sum(reports: Sequence[Report], unreadable: int) -> None:
    """One line over all reports."""
    kinds = {verdict_kind(report) for report in reports}
    worst = "error" if unreadable else next((kind for kind in ("error", "warning") if kind in kinds), "good")
    say(mark(worst, sum_words(reports, unreadable)))


def _print_finding(report: Report, finding: Finding) -> None:
    label = messages.text(f"write.severity.{finding.severity}")
    say(f"  {mark(finding.severity, label)}  {finding.code}")
    say(INDENT + clean(sentence(finding)))
    rows = {
        "place": places_words(finding),
        "values": values_words(finding.values),
        "cause": cause_sentence(finding.cause, report.sheet) if finding.cause else "",
        "source": source_words(finding),
        "waived": finding.waived or "",
    }
    for name, value in rows.items():
        if value:
            say(
                INDENT + messages.text("cli.check.row", name=messages.text(f"write.field.{name}"), value=clean(value))
            )
