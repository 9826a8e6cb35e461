"""Opening a consultation to everybody, sending it back, a longer period, stopping, taking it from sight."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.engagement import policies
from gongkai.web.engagement.actions.consultations.drafting import demand_whole
from gongkai.web.engagement.actions.consultations.held import PAGE, in_state
from gongkai.web.engagement.given import FIELDS, demand_period, looked_at
from gongkai.web.engagement.models import Change, Consultation
from gongkai.web.engagement.models.words import SHOWN
from gongkai.web.pages.stored import forget
from gongkai.web.publications import clean
from gongkai.web.publications.actions.held import said


def open_to_all(consultation: Consultation, *, by: Actor, seen: int) -> Consultation:
    """Let everybody see a consultation and comment on it in its period, as somebody who had no hand in it.

    A first day that has gone by is moved to today, and the period asked once more. Raises InvalidInput, Stale.
    """
    policies.demand(by, policies.APPROVE, consultation.agency)
    in_state(consultation, "asked")
    policies.demand_other_hands(by, consultation.hands)
    opens = max(consultation.opens_on, timezone.localdate())
    held = {name: getattr(consultation, name) for name in FIELDS} | {"opens_on": opens}
    demand_whole(consultation)
    demand_period(consultation.agency, held)
    if consultation.examined != clean.fingerprint(looked_at(consultation), consultation.body):
        raise InvalidInput("publications.not_examined")
    with act(
        by, "engagement.open", consultation, chain=consultation.agency.chain,
        since=opens.isoformat(), until=consultation.closes_on.isoformat(),
    ):  # fmt: skip
        return consultation.change(seen, state="open", opens_on=opens, opened_at=timezone.now(), opened_by=str(by))


def return_back(consultation: Consultation, *, reason: str, by: Actor, seen: int) -> Consultation:
    """Send a draft that waits for approval back to be mended, and say why. Raises InvalidInput, Stale."""
    policies.demand(by, policies.APPROVE, consultation.agency)
    in_state(consultation, "asked")
    reason = said(reason)
    with act(by, "engagement.return", consultation, chain=consultation.agency.chain):
        return consultation.change(seen, state="draft", returned_because=reason)


def extend(consultation: Consultation, *, closes_on: date, reason: str, by: Actor, seen: int) -> Consultation:
    """Take comments until a later day, and tell everybody why. What is over stays over. Raises InvalidInput, Stale."""
    policies.demand(by, policies.APPROVE, consultation.agency)
    in_state(consultation, "open")
    before, reason = consultation.closes_on, said(reason)
    if before < timezone.localdate():
        raise InvalidInput("engagement.over", closes=before)
    if closes_on <= before:
        raise InvalidInput("engagement.not_longer", closes=before)
    with act(by, "engagement.extend", consultation, chain=consultation.agency.chain, until=closes_on.isoformat()):
        _changed(consultation, "extended", before, closes_on, reason, by)
        return consultation.change(seen, closes_on=closes_on)


def stop(consultation: Consultation, *, reason: str, by: Actor, seen: int) -> Consultation:
    """Take no more comments before the last day, and tell everybody why; it can still be seen. Raises InvalidInput, Stale."""
    policies.demand(by, policies.APPROVE, consultation.agency)
    in_state(consultation, "open")
    if consultation.closes_on < timezone.localdate():
        raise InvalidInput("engagement.over", closes=consultation.closes_on)
    reason = said(reason)
    with act(by, "engagement.stop", consultation, chain=consultation.agency.chain):
        _changed(consultation, "stopped", consultation.closes_on, None, reason, by)
        return consultation.change(seen, state="stopped", stopped_because=reason)


def withdraw(consultation: Consultation, *, reason: str, by: Actor, seen: int) -> Consultation:
    """Take a consultation from everybody's sight at once, with its comments and files. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, consultation.agency)
    in_state(consultation, *SHOWN)
    reason = said(reason)
    with act(by, "engagement.withdraw", consultation, chain=consultation.agency.chain):
        forget(PAGE, consultation.key)
        return consultation.change(seen, state="withdrawn", withdrawn_because=reason)


def _changed(consultation: Consultation, kind: str, before: date, after: date | None, reason: str, by: Actor) -> None:
    Change.objects.create(consultation=consultation, kind=kind, before=before, after=after, reason=reason, by=str(by))
