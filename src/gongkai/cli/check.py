"""`gongkai check`: what does not add up, where, why, and by which rule."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai import messages
from gongkai.cli.checking import checked
from gongkai.cli.command import Command, Option, as_json, files, language
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.findings import print_report, print_sum
from gongkai.cli.pipeline import Outcome, read_files, reports_of, tell_unreadable
from gongkai.cli.terminal import say
from gongkai.report.model import Report
from gongkai.report.write.json import error_line, report_line
from gongkai.report.write.verdict import open_errors

MANY = ("--previous", "--children")
"""Options that take every file up to the next option when they stand after FILE."""


class CheckCommand(Command):
    """Lets `--previous A B C` take several files, as the shell writes a pattern out."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Spread the files of `MANY` options before click parses."""
        return super().parse_args(ctx, spread(args))


def spread(args: list[str]) -> list[str]:
    """Repeat a `MANY` option before each of its files; before the first FILE it takes only one."""
    written: list[str] = []
    named_files = False
    taking: str | None = None
    takes_value = False
    for at, given in enumerate(args):
        if given == "--":
            return written + args[at:]
        if takes_value:
            written.append(given)
            takes_value = False
        elif given.startswith("-") and given != "-":
            taking = given if given in MANY and named_files else None
            takes_value = taking is None and given in (*MANY, "--waivers", "--lang")
            if taking is None:
                written.append(given)
        elif taking:
            written += [taking, given]
        else:
            written.append(given)
            named_files = True
    return written if taking is None or args[-1] != taking else [*written, taking]


@click.command("check", cls=CheckCommand)
@files
@click.option("--previous", cls=Option, multiple=True, metavar="FILE...")
@click.option("--children", cls=Option, multiple=True, metavar="FILE...")
@click.option("--waivers", cls=Option, type=str, metavar="FILE")
@as_json
@language
def check(
    files: tuple[str, ...], previous: tuple[str, ...], children: tuple[str, ...], waivers: str | None, as_json: bool
) -> int:
    """Check reports against the rules of the form, their own text and last year's report."""
    reports, unreadable = reports_of(read_files(files))
    earlier, lost = _others(previous)
    below, lost_below = _others(children)
    unreadable += lost + lost_below
    found = checked(reports, earlier, below, Path(waivers) if waivers else None)
    for report in found:
        say(report_line(report)) if as_json else print_report(report)
    for outcome in unreadable:
        if as_json and outcome.error:
            say(error_line(outcome.path, outcome.error))
        else:
            tell_unreadable(outcome)
    if not as_json:
        print_sum(found, len(unreadable))
        _tell_unused(found, earlier)
    return BAD if unreadable or any(map(open_errors, found)) else GOOD


def _others(given: tuple[str, ...]) -> tuple[list[Report], list[Outcome]]:
    return reports_of(read_files(given)) if given else ([], [])


def _tell_unused(reports: list[Report], earlier: list[Report]) -> None:
    """Say which of last year's reports match none of the reports, so that nobody takes them as checked."""
    from gongkai.cli.checking import before_of, index

    known = index(earlier)
    used = {id(before_of(report, known)) for report in reports}
    for report in earlier:
        if id(report) not in used:
            say(
                messages.text(
                    "cli.check.unused", path=report.path, agency=report.agency or "—", year=report.year or "—"
                )
            )
