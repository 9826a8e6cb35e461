"""`gongkai read`: files in, one line or one table row a report out, pages on demand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from gongkai import messages
from gongkai.cli.checking import checked
from gongkai.cli.command import as_json, command, files, option
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.findings import doubt_lines, print_sum
from gongkai.cli.pipeline import Outcome, read_files, reports_of, tell_unreadable
from gongkai.cli.terminal import ICONS, fit, say, table
from gongkai.report.model import Report
from gongkai.report.write.json import error_line, report_line
from gongkai.report.write.provenance import cells_read, form_short
from gongkai.report.write.verdict import open_errors, verdict, verdict_kind

NAME_WIDTH = 46


@command("read")
@files
@as_json
@option("--out", type=str, metavar="DIR")
@option("--force", is_flag=True)
def read(files: tuple[str, ...], as_json: bool, out: str | None, force: bool) -> int:
    """Read reports; with --json a line each, with --out pages, a workbook and data in a folder."""
    if as_json and out is None:
        return _lines(files)
    reports, unreadable = reports_of(read_files(files))
    reports = checked(reports)
    if as_json:
        for report in reports:
            say(report_line(report))
    else:
        _print(reports)
    for outcome in unreadable:
        tell_unreadable(outcome)
        if as_json:
            _say_error(outcome)
    if out is not None:
        from gongkai.cli.folder import write_folder

        index = write_folder(Path(out), reports, unreadable, force=force)
        if not as_json:
            say(messages.text("cli.read.written", path=index))
    if not as_json:
        print_sum(reports, len(unreadable))
    return BAD if unreadable or any(map(open_errors, reports)) else GOOD


def _lines(files: tuple[str, ...]) -> int:
    """Line by line as the files are read, so that a long run can be watched and piped."""
    code = GOOD
    for outcome in read_files(files):
        if outcome.report is None:
            _say_error(outcome)
            code = BAD
            continue
        (report,) = checked([outcome.report])
        say(report_line(report))
        if open_errors(report):
            code = BAD
    return code


def _say_error(outcome: Outcome) -> None:
    if outcome.error:
        say(error_line(outcome.path, outcome.error))


def _print(reports: list[Report]) -> None:
    if not reports:
        return
    names = ("agency", "year", "scope", "form", "cells_read")
    named = Counter(map(_key, reports))
    heads = [messages.text(f"write.field.{name}") for name in names] + [messages.text("write.overview.open")]
    say(table(heads, [_row(report, named[_key(report)] > 1) for report in reports], right=(4,)))
    for line in (line for report in reports for line in doubt_lines(report)):
        say(line)


def _key(report: Report) -> tuple[object, ...]:
    return report.agency, report.year, report.scope


def _row(report: Report, ambiguous: bool) -> list[str]:
    """A row of the table; a name that stands there twice has its file beside it."""
    file = Path(report.path).name
    name = report.agency or report.title or file
    if ambiguous and name != file:
        name = f"{name}  {file}"
    read, of = cells_read(report)
    return [
        fit(name, NAME_WIDTH),
        str(report.year or "—"),
        messages.text(f"write.scope.{report.scope}"),
        form_short(report),
        f"{read}/{of}",
        _mark_words(report),
    ]


def _mark_words(report: Report) -> str:
    """Icon and verdict without colour, for the cell of a table; a last sign where the reading has doubts."""
    doubtful = f" {ICONS['doubt']}" if report.doubts else ""
    return f"{ICONS[verdict_kind(report)]} {verdict(report)}{doubtful}"
