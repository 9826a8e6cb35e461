"""The days of a period on the terminal and in JSON: each with its number or the reason why it is not counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from gongkai import messages

if TYPE_CHECKING:
    from gongkai.law.calendar import Calendar
    from gongkai.law.deadlines.due import Due
    from gongkai.law.deadlines.standing import CountedDay, Why


def of_period(due: Due, calendar: Calendar) -> Iterator[CountedDay]:
    """Each day of a period of working days; nothing for other periods, in which every day counts."""
    from gongkai.law.deadlines.standing import CountedDay

    number = 0
    for day in calendar.between(due.counted_from, due.due) if due.unit == "working_day" else ():
        number += day.working
        why: Why = "counted" if day.working else "rest" if day.kind == "weekend" else "holiday"
        yield CountedDay(day, number if day.working else None, why)


def lines(days: Iterable[CountedDay]) -> Iterator[tuple[str, str]]:
    """Days that follow each other for the same reason as one row: from which to which, and how they count."""
    for _, group in groupby(days, key=_reason):
        several = list(group)
        yield _span(several[0].day.day, several[-1].day.day), _counted(several[0], several[-1])


def objects(days: Iterable[CountedDay]) -> list[dict[str, Any]]:
    """Each day, for programs."""
    return [
        {
            "day": counted.day.day.isoformat(),
            "number": counted.number,
            "why": counted.why,
            "party": counted.party,
            "kind": counted.day.kind,
            "name": counted.day.name,
            "notice": counted.day.notice,
        }
        for counted in days
    ]


def party_words(party: str) -> str:
    """A party's name as it stands in a sentence; empty where it was not given."""
    return messages.text("law.step.party", party=party) if party else ""


def _reason(counted: CountedDay) -> tuple[str, str, str, str]:
    arranged = counted.day.kind in ("holiday", "make_up") and counted.why in ("holiday", "counted")
    return counted.why, counted.party, counted.day.name if arranged else "", counted.day.notice if arranged else ""


def _span(first: date, last: date) -> str:
    return _short(first) if first == last else f"{_short(first)} — {_short(last)}"


def _short(day: date) -> str:
    return f"{day} {messages.text(f'cli.law_words.weekday.{day.isoweekday()}')}"


def _counted(first: CountedDay, last: CountedDay) -> str:
    """How a row of days counts."""
    day = first.day
    if first.why != "counted":
        party = party_words(first.party)
        return messages.text(f"law.why.{first.why}", name=day.name, notice=day.notice, party=party)
    code = "counted" if first.number == last.number else "counted_several"
    said = messages.text(f"law.why.{code}", first=first.number, last=last.number)
    return (
        messages.text("law.why.make_up", counted=said, name=day.name, notice=day.notice)
        if day.kind == "make_up"
        else said
    )
