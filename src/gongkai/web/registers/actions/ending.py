"""What ends: a rule that is repealed or lapses, a decision that is overturned, a row that is taken from publication."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.law.calendar import calendar
from gongkai.law.duties import duty
from gongkai.law.parameters import parameters
from gongkai.web.agencies.remedies import jurisdiction_of
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.registers import policies
from gongkai.web.registers.actions.keeping import said, standing
from gongkai.web.registers.models import Decision, Row, Rule
from gongkai.web.registers.models.words import OVERTURNINGS, codes

Kept = TypeVar("Kept", bound=Row)


def repeal(rule: Rule, *, on: date, because: str, by: Actor, seen: int) -> Rule:
    """Say that a rule is repealed, from which day on it is no longer in force, and by what."""
    return _end(rule, "repealed_on", on, because, by, seen)


def lapse(rule: Rule, *, on: date, because: str, by: Actor, seen: int) -> Rule:
    """Say that a rule was declared lapsed, from which day on it is no longer in force, and by what. It is no repeal."""
    return _end(rule, "lapsed_on", on, because, by, seen)


def overturn(decision: Decision, *, how: str, on: date, because: str, by: Actor, seen: int) -> Decision:
    """Say that a decision was changed, revoked, held unlawful or void, when and why.

    It goes on counting as a decision of its year. The day by which a penalty is taken from publication is the law's
    (行政处罚法 48); of licences and compulsory measures, and before that article, the law names no day.
    """
    policies.demand(by, decision.agency)
    standing(decision)
    because = said(because)
    if decision.overturned:
        raise InvalidInput("registers.overturned")
    if how not in codes(OVERTURNINGS):
        raise InvalidInput("registers.how_overturned", given=how)
    _happened(on, decision.decided_on)
    due = _withdraw_by(decision, on)
    result = {"how": how, "since": str(on)} | ({"due": str(due)} if due else {})
    with act(by, "registers.overturn", decision, chain=decision.agency.chain, **result):
        return decision.change(seen, overturned=how, overturned_on=on, overturned_because=because, withdraw_by=due)


def withdraw(row: Kept, *, reason: str, by: Actor, seen: int) -> Kept:
    """Take a row from publication; the reason stays. It goes on counting. Raises InvalidInput for one that is not open."""
    policies.demand(by, row.agency)
    standing(row)
    reason = said(reason)
    if row.publicity != "open":
        raise InvalidInput("registers.not_open")
    today = timezone.localdate()
    with act(by, "registers.withdraw", row, chain=row.agency.chain):
        return row.change(seen, publicity="withdrawn", withdrawn_on=today, withdrawn_because=reason)


def _withdraw_by(decision: Decision, on: date) -> date | None:
    """The last day on which an overturned penalty may be public; nothing where the law names none."""
    withdrawal = duty("penalty_withdrawal")
    since = min(held.since for held in parameters() if held.name == withdrawal.parameter)
    if decision.kind != "penalty" or decision.publicity != "open" or on < since:
        return None
    return withdrawal.due(on, calendar(), jurisdiction_of(decision.agency, on)).due


def _end(rule: Rule, field: str, on: date, because: str, by: Actor, seen: int) -> Rule:
    policies.demand(by, rule.agency)
    standing(rule)
    because = said(because)
    if rule.repealed_on is not None or rule.lapsed_on is not None:
        raise InvalidInput("registers.ended")
    if on < rule.issued_on:
        raise InvalidInput("registers.ended_before", given=on, issued=rule.issued_on)
    values: dict[str, Any] = {field: on, "ended_because": because}
    # The verbs are written out: whoever looks for all that is recorded finds them by the source.
    if field == "repealed_on":
        recorded = act(by, "registers.repeal", rule, chain=rule.agency.chain, since=str(on))
    else:
        recorded = act(by, "registers.lapse", rule, chain=rule.agency.chain, since=str(on))
    with recorded:
        return rule.change(seen, **values)


def _happened(on: date, decided: date) -> None:
    if not decided <= on <= timezone.localdate():
        raise InvalidInput("registers.overturned_when", given=on, decided=decided)
