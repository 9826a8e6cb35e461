"""`gongkai write`: one report in another format."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai import messages
from gongkai.cli.checking import checked
from gongkai.cli.command import command, files, option
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.findings import tell_doubts
from gongkai.cli.folder import file_name
from gongkai.cli.output import write_file
from gongkai.cli.pipeline import read_files, reports_of, tell_unreadable
from gongkai.cli.terminal import put, tell
from gongkai.errors import InvalidInput
from gongkai.report.model import Report

FORMATS = ("html", "xlsx", "json", "csv")
TOGETHER = frozenset({"json", "csv"})
"""Formats that take many reports in one file."""


@command("write")
@files
@option("--to", "to", type=click.Choice(FORMATS), required=True)
@option("--out", type=str, metavar="FILE")
@option("--excel", is_flag=True)
@option("--findings", is_flag=True)
@option("--force", is_flag=True)
def write(files: tuple[str, ...], to: str, out: str | None, excel: bool, findings: bool, force: bool) -> int:
    """Write reports as pages, workbooks, JSON lines or CSV."""
    reports, unreadable = reports_of(read_files(files))
    reports = checked(reports)
    for outcome in unreadable:
        tell_unreadable(outcome)
    if reports:
        if to in TOGETHER:
            _one_file(reports, to, out, bom=excel, findings=findings, force=force)
        else:
            _a_file_each(reports, to, out, force=force)
    return BAD if unreadable else GOOD


def _one_file(reports: list[Report], to: str, out: str | None, *, bom: bool, findings: bool, force: bool) -> None:
    from gongkai.report.write.csv import cells_csv, findings_csv
    from gongkai.report.write.json import report_line

    if to == "csv":
        for report in reports:
            tell_doubts(report)
        content = findings_csv(reports, bom=bom) if findings else cells_csv(reports, bom=bom)
    else:
        content = "".join(f"{report_line(report)}\n" for report in reports)
    if out is None or out == "-":
        put(content.encode("utf-8"))
        return
    write_file(Path(out), content.encode("utf-8"), force=force)
    _tell_written(out)


def _a_file_each(reports: list[Report], to: str, out: str | None, *, force: bool) -> None:
    """One report goes to the file named, several into the folder named; without --out beside the working folder."""
    folder = out is None or Path(out).is_dir()
    if len(reports) > 1 and not folder:
        raise InvalidInput("cli.write.needs_folder", path=out)
    taken: set[str] = set()
    for report in reports:
        target = Path(out or ".") / f"{file_name(report, taken)}.{to}" if folder else Path(str(out))
        write_file(target, _content(report, to), force=force)
        _tell_written(str(target))


def _content(report: Report, to: str) -> bytes:
    if to == "xlsx":
        from gongkai.report.write.xlsx import workbook

        return workbook(report)
    from gongkai.report.write.html import report_page

    return report_page(report).encode("utf-8")


def _tell_written(path: str) -> None:
    tell(messages.text("cli.write.written", path=path))
