"""`gongkai aggregate`: many reports added up, and what is missing from the sum."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from gongkai import messages
from gongkai.cli.command import as_json, command, files, option
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.findings import tell_doubts
from gongkai.cli.output import write_file
from gongkai.cli.pipeline import read_files, reports_of, tell_unreadable
from gongkai.cli.terminal import clean, fit_label, mark, put, say, table, tell
from gongkai.errors import InvalidInput
from gongkai.report.aggregate import Aggregate, Group
from gongkai.report.aggregate import aggregate as add_up
from gongkai.report.write.json import dumps
from gongkai.report.write.totals import (
    aggregate_csv,
    aggregate_object,
    aggregate_workbook,
    counts,
    duplicate_sentence,
    group_name,
)
from gongkai.report.write.wording import figure

LABEL_WIDTH = 56
SHOWN = ("figures", "blank", "not_applicable", "unreadable", "absent")


@command("aggregate")
@files
@as_json
@option("--to", "to", type=click.Choice(("json", "csv", "xlsx")))
@option("--out", type=str, metavar="FILE")
@option("--expected", type=str, metavar="FILE")
@option("--excel", is_flag=True)
@option("--force", is_flag=True)
def aggregate(
    files: tuple[str, ...],
    as_json: bool,
    to: str | None,
    out: str | None,
    expected: str | None,
    excel: bool,
    force: bool,
) -> int:
    """Add up reports cell by cell, years and scopes apart, no report twice."""
    to = "json" if as_json else to or (_by_ending(out) if out else None)
    if to == "xlsx" and out is None:
        raise InvalidInput("cli.aggregate.needs_file")
    names = _agencies(Path(expected)) if expected else ()
    reports, unreadable = reports_of(read_files(files))
    for outcome in unreadable:
        tell_unreadable(outcome)
    for report in reports:
        tell_doubts(report)
    found = add_up(reports, names)
    content = _content(found, to, excel)
    if content is None:
        _print(found)
    elif out is None:
        put(content)
    else:
        write_file(Path(out), content, force=force)
        tell(messages.text("cli.write.written", path=out))
    return BAD if unreadable else GOOD


def _by_ending(out: str) -> str:
    ending = Path(out).suffix.lower().lstrip(".")
    return ending if ending in ("json", "csv", "xlsx") else "csv"


def _agencies(path: Path) -> tuple[str, ...]:
    """The names in a list, one a line; empty lines and lines that begin with # do not count."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InvalidInput("cli.aggregate.expected", path=str(path), reason=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise InvalidInput("cli.aggregate.expected", path=str(path), reason="not UTF-8") from error
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")))


def _content(of: Aggregate, to: str | None, excel: bool) -> bytes | None:
    if to == "json":
        return f"{dumps(aggregate_object(of))}\n".encode()
    if to == "csv":
        return aggregate_csv(of, bom=excel).encode()
    return aggregate_workbook(of) if to == "xlsx" else None


def _print(of: Aggregate) -> None:
    for group in of.groups:
        say(f"{group_name(group)}  {_said('counted', number=len(group.reports))}")
        say(_table(group))
        _remarks(group, of.expected)
        say("")
    if len(of.groups) > 1:
        say(_said("apart"))


def _table(group: Group) -> str:
    """Cells that say something: a sum other than zero, or something that is not a figure."""
    heads = [messages.text("write.field.label"), _said("sum"), *(_said(name) for name in SHOWN)]
    rows = []
    partial = False
    for total in group.cells.values():
        given = counts(total)
        if not total.value and given["figures"] == total.reports:
            continue
        partial |= total.partial
        star = " *" if total.partial else ""
        rows.append(
            [fit_label(total.label, LABEL_WIDTH) + star, figure(total.value), *(str(given[name]) for name in SHOWN)]
        )
    if not rows:
        return messages.text("cli.aggregate.all_zero")
    note = f"\n* {_said('partial')}" if partial else ""
    return table(heads, rows, right=tuple(range(1, len(heads)))) + note


def _remarks(group: Group, expected: bool) -> None:
    if group.missing:
        say(mark("warning", _listed("missing", group.missing)))
    elif expected:
        say(mark("good", _said("complete")))
    if group.unmatched:
        say(_listed("unmatched", group.unmatched))
    if group.duplicates:
        say(mark("warning", _said("duplicates")))
        for duplicate in group.duplicates:
            say(f"    {clean(duplicate_sentence(duplicate))}")
    for report in group.unclear:
        say(mark("warning", messages.text("cli.check.row", name=_said("unclear"), value=clean(report.path))))


def _listed(name: str, agencies: Sequence[str]) -> str:
    listed = messages.text("list.comma").join(map(clean, agencies))
    return messages.text("cli.aggregate.listed", name=_said(name), number=len(agencies), list=listed)


def _said(name: str, **facts: object) -> str:
    return messages.text(f"write.aggregate.{name}", None, **facts)
