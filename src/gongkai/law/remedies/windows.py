"""Until when a remedy is open, and until when the agency itself must act in a dispute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from gongkai.errors import InvalidInput
from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.counting import period
from gongkai.law.deadlines.due import Due
from gongkai.law.parameters import InForce
from gongkai.law.rules import carries_out

Against = Literal["judgment", "ruling"]


@carries_out(
    "reconsideration_law.20", name="remedies.reconsideration",
    parameters=("reconsideration.period", "reconsideration.longest"),
)  # fmt: skip
def reconsideration(
    known: date, inforce: InForce, calendar: Calendar, *, told: bool = True, told_on: date | None = None
) -> Due:
    """Return the last day to apply for reconsideration of an act known on a day.

    Whoever was not told of the right, the authority and the period has the period from knowing them (`told_on`, None
    while unknown), at the longest the longest period from knowing the act. Raises InvalidInput for a `told_on` before,
    and for one on another day where the act itself told the right.
    """
    names = ("reconsideration.period", "reconsideration.longest")
    return _window(
        "remedies.reconsideration", known, names, inforce, calendar, told_on or (known if told else None), told
    )


@carries_out(
    "litigation_law.46", "litigation_interpretation.64", name="remedies.litigation",
    parameters=("litigation.period", "litigation.longest"),
)  # fmt: skip
def litigation(
    known: date, inforce: InForce, calendar: Calendar, *, told: bool = True, told_on: date | None = None
) -> Due:
    """Return the last day of a direct suit against an act known on a day; not told of the period, as for reconsideration."""
    names = ("litigation.period", "litigation.longest")
    return _window("remedies.litigation", known, names, inforce, calendar, told_on or (known if told else None), told)


@carries_out(
    "litigation_law.45", "litigation_interpretation.64", name="remedies.litigation_after_reconsideration",
    parameters=("litigation.after_reconsideration", "litigation.longest"),
)  # fmt: skip
def litigation_after_reconsideration(
    received: date, inforce: InForce, calendar: Calendar, *, told: bool = True, told_on: date | None = None
) -> Due:
    """Return the last day of a suit after a decision in reconsideration received on a day; not told, as above."""
    rule = "remedies.litigation_after_reconsideration"
    names = ("litigation.after_reconsideration", "litigation.longest")
    return _window(rule, received, names, inforce, calendar, told_on or (received if told else None), told)


@carries_out(
    "reconsideration_law.34", "litigation_law.45", name="remedies.litigation_after_no_decision",
    parameters=("litigation.after_no_decision",),
)  # fmt: skip
def litigation_after_no_decision(since: date, inforce: InForce, calendar: Calendar) -> Due:
    """Return the last day of a suit where reconsideration was not accepted, was dismissed, or was not decided in time.

    `since` is the day on which the paper was received, or the last day of the period for deciding.
    """
    return period("remedies.litigation_after_no_decision", since, "litigation.after_no_decision", inforce, calendar)


@carries_out(
    "reconsideration_law.20", name="remedies.reconsideration_inaction", parameters=("reconsideration.inaction",)
)
def reconsideration_inaction(due: date, inforce: InForce, calendar: Calendar) -> Due:
    """Return the last day to apply for reconsideration of silence; `due` is the day by which the answer was due."""
    return period("remedies.reconsideration_inaction", due, "reconsideration.inaction", inforce, calendar)


@carries_out(
    "litigation_interpretation.66", "litigation_law.47", name="remedies.litigation_inaction",
    parameters=("litigation.inaction",),
)  # fmt: skip
def litigation_inaction(due: date, inforce: InForce, calendar: Calendar) -> Due:
    """Return the last day of a suit against silence; `due` is the day by which the answer was due."""
    return period("remedies.litigation_inaction", due, "litigation.inaction", inforce, calendar)


@carries_out(
    "reconsideration_law.62", name="remedies.reconsideration_decision",
    parameters=(
        "reconsideration.decision", "reconsideration.decision_simple", "reconsideration.decision_extension",
    ),
)  # fmt: skip
def reconsideration_decision(
    accepted: date, inforce: InForce, calendar: Calendar, *, simple: bool = False, extended: bool = False
) -> Due:
    """Return the last day to decide a reconsideration accepted on a day; extended by the most that may be.

    Raises InvalidInput for an extension of the simple procedure, which has none.
    """
    rule = "remedies.reconsideration_decision"
    if simple and extended:
        article = inforce["reconsideration.decision_extension"].article
        raise InvalidInput("law.remedies.simple_extended", article=article)
    found = period(rule, accepted, f"reconsideration.decision{'_simple' if simple else ''}", inforce, calendar)
    if not extended:
        return found
    more = period(rule, found.rolled_from or found.due, "reconsideration.decision_extension", inforce, calendar)
    whole = (found.period or 0) + (more.period or 0)
    return replace(more, counted_from=accepted, period=whole, settings=(*found.settings, *more.settings))


@carries_out(
    "reconsideration_law.48", "reconsideration_law.54", "reconsideration_law.70", "reconsideration_law.88",
    name="remedies.reply", parameters=("reconsideration.reply", "reconsideration.reply_simple"),
)  # fmt: skip
def reply(received: date, inforce: InForce, calendar: Calendar, *, simple: bool = False) -> Due:
    """Return the last day of the agency's reply with its evidence, from receiving the copy of the application."""
    return period(
        "remedies.reply", received, f"reconsideration.reply{'_simple' if simple else ''}", inforce, calendar
    )


@carries_out("litigation_law.67", name="remedies.defence", parameters=("litigation.defence",))
def defence(received: date, inforce: InForce, calendar: Calendar) -> Due:
    """Return the last day of the agency's defence and evidence in court, from receiving the copy of the complaint."""
    return period("remedies.defence", received, "litigation.defence", inforce, calendar)


@carries_out("litigation_law.85", name="remedies.appeal", parameters=("appeal.judgment", "appeal.ruling"))
def appeal(served: date, inforce: InForce, calendar: Calendar, *, against: Against = "judgment") -> Due:
    """Return the last day to appeal against a judgment or a ruling served on a day. Raises InvalidInput for another kind."""
    name = f"appeal.{against}"
    if name not in inforce.parameters:
        raise InvalidInput("law.remedies.appeal", given=against, article=inforce["appeal.judgment"].article)
    return period("remedies.appeal", served, name, inforce, calendar)


@carries_out("litigation_law.83", name="remedies.simple_trial", parameters=("litigation.simple_procedure",))
def simple_trial(filed: date, inforce: InForce, calendar: Calendar) -> Due:
    """Return the day by which a court ends a case in the simple procedure, from the day of filing."""
    return period("remedies.simple_trial", filed, "litigation.simple_procedure", inforce, calendar)


def _window(
    rule: str,
    known: date,
    names: tuple[str, str],
    inforce: InForce,
    calendar: Calendar,
    start: date | None,
    told: bool,
) -> Due:
    """The ordinary period from `start`, and for whoever was not told the longest one from knowing: the earlier end."""
    ordinary, longest = names
    if told and start != known:
        raise InvalidInput("law.remedies.told_at_once", known=known, article=inforce[longest].article)
    if start is not None and start < known:
        raise InvalidInput("law.remedies.told_before", told=start, known=known, article=inforce[longest].article)
    found = period(rule, start, ordinary, inforce, calendar) if start is not None else None
    if told and found is not None:
        return found
    last = period(rule, known, longest, inforce, calendar)
    chosen = min((due for due in (found, last) if due is not None), key=lambda due: due.due)
    return replace(
        chosen,
        articles=tuple(dict.fromkeys((*chosen.articles, *last.articles))),
        settings=inforce.named(*names) if found is not None else last.settings,
    )
