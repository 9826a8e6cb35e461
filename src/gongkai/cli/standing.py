"""Where a request stands, on the terminal and in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from gongkai import messages
from gongkai.cli import days, law_words
from gongkai.cli.sheet import rows
from gongkai.cli.terminal import mark, say
from gongkai.law.deadlines.standing import Standing, standing
from gongkai.law.deadlines.written import written
from gongkai.report.write.json import dumps

if TYPE_CHECKING:
    from gongkai.law.calendar import Calendar
    from gongkai.law.deadlines.history import Event, History
    from gongkai.law.parameters import Jurisdiction


class Awaited(NamedTuple):
    """What has still to come from others: of which party, and until when, None where no period runs."""

    what: str
    party: str
    last: date | None


def tell_standing(
    history: History, today: date, calendar: Calendar, jurisdiction: Jurisdiction, *, explain: bool, as_json: bool
) -> None:
    """Count and print. Raises InvalidInput for a history that cannot have happened."""
    found = standing(history, today, calendar, jurisdiction)
    if as_json:
        say(dumps(_object(found, history, explain)))
        return
    kind, headline = _headline(found)
    say(mark(kind, headline))
    say("")
    say(rows(list(_rows(found))))
    if explain:
        _explain(found, history)


def awaited(of: Standing) -> tuple[Awaited, ...]:
    """What has still to come, first what has a last day."""
    dated = [Awaited(step.what, step.party, step.last) for step in of.steps]
    return (*dated, *(open_ for open_ in _open(of) if (open_.what, open_.party) not in {each[:2] for each in dated}))


def _open(of: Standing) -> Iterator[Awaited]:
    """What has no last day: letters that have not arrived, agencies and applicants without a period."""
    if of.state == "ended":
        return
    for given in of.run.suspensions:
        if given.end is None and given.kind in ("third_party", "joint", "agency"):
            letter = given.kind != "agency" and given.limit is None
            yield Awaited(f"{given.kind}_letter" if letter else given.kind, given.party, None)
    if of.run.reasons == "asked":
        yield Awaited("reasons", "", None)
    if of.state == "awaiting_payment" and of.run.pay_until is None:
        yield Awaited("fee_letter", "", None)


def _headline(of: Standing) -> tuple[str, str]:
    """How it stands in one line, and how grave that is."""
    state = messages.text(f"law.state.{of.state}")
    if of.state == "ended":
        code = "ended" if of.due is None else "ended_late" if of.late else "ended_in_time"
        return "error" if of.late else "good", _said(code, state=state, due=_day(of.due))
    if of.due is None:
        return "warning", _said(f"no_due.{_waiting(of)}", state=state, number=of.left, left=_working_days(of.left))
    if of.late:
        overdue = -of.left
        return "error", _said(
            "late" if overdue else "over", state=state, due=_day(of.due), left=_working_days(overdue)
        )
    if of.state == "paused":
        return "warning", _said("paused", state=state, due=_day(of.due))
    last = of.today == of.due
    return ("warning", _said("last_day", state=state, due=_day(of.due))) if last else (
        "good", _said("due", state=state, due=_day(of.due), left=_working_days(of.left)))  # fmt: skip


def _waiting(of: Standing) -> str:
    """What a request without a due day waits for; after a payment the office's own setting decides what begins."""
    if of.state != "awaiting_payment":
        return of.state
    return next(str(given.value) for given in of.settings if given.name == "fee.after_payment")


def _rows(of: Standing) -> Iterator[tuple[str, str]]:
    yield _label("today"), law_words.day_words(of.today)
    yield _label("counted"), _counted(of)
    yield _label("awaited"), "\n".join(_awaited(of))
    yield _label("provisional"), law_words.provisional_words(of.due, of.calendar) if of.due else ""
    yield _label("basis"), law_words.provisions((*of.articles, *(given.article for given in of.settings)))
    yield _label("settings"), "\n".join(map(law_words.setting_words, of.settings))
    yield _label("calendar"), law_words.calendar_words(of.calendar)


def _counted(of: Standing) -> str:
    """From which day, how many days there are, and how many of them are used and left."""
    if of.counted_from is None:
        return _said("not_begun")
    extended = _said("extended", number=of.extension) if of.extension else ""
    said = [_said("counted", start=_day(of.counted_from), number=of.allowed, extended=extended)]
    if of.run.awaiting is not None:
        said.append(_said("used_only", used=_working_days(of.used)))
    elif of.late:
        said.append(_said("used_late", used=_working_days(of.used)))
    else:
        said.append(_said("used", used=_working_days(of.used), left=_working_days(of.left)))
    if len(of.begun) > 1:
        said.append(_said("anew", first=_day(of.begun[0])))
    return "\n".join(said)


def _awaited(of: Standing) -> Iterator[str]:
    for each in awaited(of):
        passed = each.last is not None and each.last < of.today
        if passed and each.what == "supplement_notice":
            continue
        what = messages.text(f"law.step.{each.what}", party=days.party_words(each.party))
        code = "open" if each.last is None else "passed" if passed else "until"
        yield _said(code, what=what, last=_day(each.last))


def _explain(of: Standing, history: History) -> None:
    for heading, listed in (
        ("events", [_split(written(event)) for event in history]),
        ("days", list(days.lines(of.days()))),
        ("articles", list(law_words.summaries((*of.articles, *(given.article for given in of.settings))))),
    ):
        if listed:
            say(f"\n{_label(heading)}")
            say(rows(listed, indent="  "))


def _split(line: str) -> tuple[str, str]:
    """The day of a written event, and the rest of it."""
    day, _, rest = line.partition(" ")
    return day, rest


def _object(of: Standing, history: History, explain: bool) -> dict[str, Any]:
    """The answer for programs, its keys in the order of the reference."""
    said: dict[str, Any] = {
        "today": of.today.isoformat(),
        "state": of.state,
        "due": _iso(of.due),
        "late": of.late,
        "used": of.used,
        "left": of.left,
        "allowed": of.allowed,
        "extension": of.extension,
        "counted_from": _iso(of.counted_from),
        "begun": [day.isoformat() for day in of.begun],
        "awaited": [{**each._asdict(), "last": _iso(each.last)} for each in awaited(of)],
        "provisional": of.provisional,
        "missing_years": law_words.missing_years(of.due, of.calendar) if of.due else [],
        "articles": law_words.cited_objects(of.articles),
        "settings": list(map(law_words.parameter_object, of.settings)),
        "calendar": law_words.calendar_object(of.calendar),
        "events": [_event(event) for event in history],
    }
    return {**said, "days": days.objects(of.days())} if explain else said


def _event(event: Event) -> dict[str, Any]:
    return {
        "on": event.on.isoformat(),
        "kind": event.kind,
        "party": event.party,
        "until": _iso(event.until),
        "days": event.days,
        "excused": event.excused,
    }


def _working_days(number: int) -> str:
    return law_words.quantity(number, "working_day")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(day: date | None) -> str:
    return law_words.day_words(day) if day else "—"


def _label(name: str) -> str:
    return _said(f"label.{name}")


def _said(name: str, **facts: object) -> str:
    return messages.text(f"cli.deadline.{name}", None, **facts)
