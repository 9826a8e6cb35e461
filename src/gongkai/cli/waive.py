"""`gongkai waive`: record why a finding needs no correction."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai import messages
from gongkai.cli.checking import checked
from gongkai.cli.command import command, option
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.output import failed
from gongkai.cli.pipeline import read_files, reports_of, tell_unreadable
from gongkai.cli.terminal import say
from gongkai.errors import InvalidInput
from gongkai.report import waivers as waiving
from gongkai.report.model import Finding, Report


@command("waive")
@click.argument("file", metavar="FILE")
@option("--code", type=str, metavar="CODE", required=True)
@option("--cell", type=str, metavar="CELL")
@option("--reason", type=str, required=True)
@option("--by", type=str, required=True)
@option("--waivers", type=str, metavar="FILE")
@option("--previous", type=str, metavar="FILE")
def waive(
    file: str, code: str, cell: str | None, reason: str, by: str, waivers: str | None, previous: str | None
) -> int:
    """Record a waiver for one finding of one report."""
    reports, unreadable = reports_of(read_files([file]))
    earlier, lost = reports_of(read_files([previous])) if previous else ([], [])
    for outcome in unreadable + lost:
        tell_unreadable(outcome)
    if unreadable or lost:
        return BAD
    if len(reports) != 1:
        raise InvalidInput("cli.waive.one_report", number=len(reports))
    (report,) = checked(reports, earlier)
    path = Path(waivers) if waivers else waiving.sidecar(file)
    try:
        waiving.add(path, choose(report, code, cell), reason=reason, by=by, report=report)
    except OSError as error:
        raise failed(path, error) from error
    say(messages.text("cli.waive.written", number=len(waiving.load(path)), path=path))
    return GOOD


def choose(report: Report, code: str, cell: str | None) -> Finding:
    """The finding with this code and, where several have it, with this cell. Raises InvalidInput unless it is one."""
    with_code = [finding for finding in report.findings if finding.code == code]
    if not with_code:
        known = messages.text("list.comma").join(dict.fromkeys(finding.code for finding in report.findings)) or "—"
        raise InvalidInput("cli.waive.no_finding", finding=code, known=known)
    chosen = [finding for finding in with_code if cell is None or cell in finding.cells]
    if len(chosen) != 1:
        cells = messages.text("list.comma").join(finding.cells[0] for finding in with_code if finding.cells)
        raise InvalidInput("cli.waive.several", finding=code, number=len(with_code), cells=cells)
    return chosen[0]
