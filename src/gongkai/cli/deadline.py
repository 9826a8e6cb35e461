"""`gongkai deadline`: where a request stands and until when it is answered, or when a single period ends, with the reasons."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.command import as_json, command, option
from gongkai.cli.entry import GOOD
from gongkai.cli.files import STDIN, shown
from gongkai.errors import InvalidInput
from gongkai.messages import phrase

if TYPE_CHECKING:
    from gongkai.law.deadlines.history import Event


@command("deadline")
@option("--event", "given_events", type=str, multiple=True, metavar="EVENT")
@option("--file", "file", type=str, metavar="FILE")
@option("--sort", "by_day", is_flag=True)
@option("--today", "on", type=str, metavar="DATE")
@option("--rule", "rule", type=str, metavar="NAME")
@option("--from", "start", type=str, metavar="DATE")
@option("--rules", "list_rules", is_flag=True)
@option("--region", "region", type=str, metavar="CODE", default="")
@option("--set", "settings", type=str, multiple=True, metavar="NAME=VALUE")
@option("--calendar", "calendars", type=str, multiple=True, metavar="FILE")
@option("--explain", "explain", is_flag=True)
@as_json
def deadline(
    given_events: tuple[str, ...],
    file: str | None,
    by_day: bool,
    on: str | None,
    rule: str | None,
    start: str | None,
    list_rules: bool,
    region: str,
    settings: tuple[str, ...],
    calendars: tuple[str, ...],
    explain: bool,
    as_json: bool,
) -> int:
    """Count the clock of a request from its events, or one period from a day."""
    if list_rules:
        from gongkai.cli.period import tell_rules

        tell_rules(as_json=as_json)
        return GOOD
    asked = bool(given_events or file)
    if asked == bool(rule) or (rule is None) != (start is None):
        raise InvalidInput("cli.deadline.either" if asked or rule or start else "cli.deadline.nothing")
    history = _history(given_events, file, by_day=by_day)
    if asked and not history:
        raise InvalidInput("cli.deadline.nothing")
    _tell(history, rule, start, (on, region, settings, calendars), explain=explain, as_json=as_json)
    return GOOD


def _tell(
    history: Sequence[Event],
    rule: str | None,
    start: str | None,
    where: tuple[str | None, str, tuple[str, ...], tuple[str, ...]],
    *,
    explain: bool,
    as_json: bool,
) -> None:
    """Count and print; only here the calendar is loaded."""
    from gongkai.cli.law_words import given_day, own_jurisdiction, today
    from gongkai.law.calendar import calendar

    on, region, settings, calendars = where
    day = given_day(on, "--today") if on else today()
    jurisdiction = own_jurisdiction(region, settings)
    days = calendar([Path(given) for given in calendars])
    if rule and start:
        from gongkai.cli.period import tell_period

        tell_period(rule, given_day(start, "--from"), day, days, jurisdiction, explain=explain, as_json=as_json)
    else:
        from gongkai.cli.standing import tell_standing

        tell_standing(history, day, days, jurisdiction, explain=explain, as_json=as_json)


def _history(given: tuple[str, ...], file: str | None, *, by_day: bool) -> Sequence[Event]:
    """The events of the file, then those of the options; by day where that is wanted."""
    from gongkai.law.deadlines.written import event, events

    read = events(_text(file)) if file else ()
    named = tuple(
        event(line, phrase("law.written.place.entry", number=number)) for number, line in enumerate(given, 1)
    )
    return sorted(read + named, key=lambda event: event.on) if by_day else read + named


def _text(file: str) -> str:
    """The text of a file or of the standard input, in UTF-8 or as Chinese office programs save it."""
    try:
        data = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    except OSError as error:
        raise InvalidInput("cli.deadline.file", path=shown(file), reason=error.strerror or str(error)) from error
    for charset in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    raise InvalidInput("cli.deadline.file", path=shown(file), reason="not UTF-8")
