"""`gongkai compare`: two years of one office, or two offices."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai import messages
from gongkai.cli.command import as_json, command, option
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.findings import tell_doubts
from gongkai.cli.output import write_file
from gongkai.cli.pipeline import read_one, tell_unreadable
from gongkai.cli.terminal import clean, fit, fit_label, say, table, tell
from gongkai.report.compare import Comparison
from gongkai.report.compare import compare as compare_reports
from gongkai.report.write.comparison import change_name, comparison_object, percent, section_name, signed
from gongkai.report.write.json import dumps
from gongkai.report.write.wording import figure, heading

LABEL_WIDTH = 50
PASSAGE_WIDTH = 120


@command("compare")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@as_json
@option("--out", type=str, metavar="FILE")
@option("--force", is_flag=True)
def compare(first: str, second: str, as_json: bool, out: str | None, force: bool) -> int:
    """Compare two reports cell by cell and word for word."""
    outcomes = [read_one(path) for path in (first, second)]
    reports = [outcome.report for outcome in outcomes if outcome.report is not None]
    if len(reports) < 2:
        for outcome in outcomes:
            tell_unreadable(outcome)
        return BAD
    for report in reports:
        tell_doubts(report)
    found = compare_reports(*reports)
    if out is not None:
        from gongkai.report.write.html.comparison import comparison_page

        write_file(Path(out), comparison_page(found).encode("utf-8"), force=force)
        tell(messages.text("cli.write.written", path=out))
    if as_json:
        say(dumps(comparison_object(found)))
    elif out is None:
        _print(found)
    return GOOD


def _print(of: Comparison) -> None:
    for name, report in (("first", of.first), ("second", of.second)):
        say(f"{_said(name)}  {clean(heading(report))}  {clean(report.path)}")
    say("")
    _print_figures(of)
    say("")
    _print_text(of)


def _print_figures(of: Comparison) -> None:
    changes = of.changes
    if changes:
        heads = [messages.text("write.field.label")]
        heads += [_said(name) for name in ("first", "second", "difference", "ratio", "how")]
        rows = [
            [
                fit_label(change_name(of, change), LABEL_WIDTH),
                figure(change.first_value),
                figure(change.second_value),
                signed(change),
                percent(change.ratio, sign=True),
                _said(change.how),
            ]
            for change in changes
        ]
        say(table(heads, rows, right=(1, 2, 3, 4)))
        say(_said("unchanged", number=of.count("same") + of.count("sum") - len(changes)))
    else:
        say(_said("no_change"))
    if of.count("none"):
        alone = [cell for cell in of.cells if cell.how == "none"]
        counts = {
            "first": sum(bool(cell.first) for cell in alone),
            "second": sum(bool(cell.second) for cell in alone),
        }
        say(_said("no_counterpart", **counts))


def _print_text(of: Comparison) -> None:
    heads = [_said(name) for name in ("section", "share_first", "share_second", "lengths")]
    rows = [
        [
            section_name(number),
            percent(text.first_share),
            percent(text.second_share),
            f"{text.first_length}/{text.second_length}",
        ]
        for number, text in {"whole": of.whole, **of.text}.items()
    ]
    say(_said("text"))
    say(table(heads, rows, right=(1, 2, 3)))
    if not of.whole.passages:
        say(_said("no_passages"))
        return
    say(_said("passages"))
    for passage in of.whole.passages:
        say(f"  {len(passage.text):>5}  {fit(clean(passage.text), PASSAGE_WIDTH)}")


def _said(name: str, **facts: object) -> str:
    return messages.text(f"write.compare.{name}", None, **facts)
