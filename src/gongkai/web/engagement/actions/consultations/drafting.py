"""Drafting a consultation: what it says, its files, and asking that it be opened."""

from __future__ import annotations

from typing import Any

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.engagement import gated, policies
from gongkai.web.engagement.actions.consultations.held import in_state, with_hand
from gongkai.web.engagement.given import FIELDS, completed, demand_document, demand_period, looked_at
from gongkai.web.engagement.models import Consultation, Enclosure
from gongkai.web.files import actions as files
from gongkai.web.publications.actions.held import said

MOST = 20
"""A draft has no more files."""


def draft(*, agency: Agency, by: Actor, **values: Any) -> Consultation:
    """Begin a consultation of an agency. Raises InvalidInput for values that do not go together."""
    policies.demand(by, policies.PREPARE, agency)
    found = completed(agency, values)
    with act(by, "engagement.draft", None, chain=agency.chain, kind="engagement.consultation") as done:
        made = Consultation.objects.create(agency=agency, drafter=str(by), hands=[str(by)], **found)
        done.result["key"] = made.key
    return made


def revise(consultation: Consultation, *, by: Actor, seen: int, **values: Any) -> Consultation:
    """Change what a draft says. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, consultation.agency)
    in_state(consultation, "draft")
    found = completed(consultation.agency, values, consultation)
    changed = sorted(name for name in FIELDS if getattr(consultation, name) != found[name])
    if not changed:
        raise InvalidInput("publications.nothing_changed")
    with act(by, "engagement.revise", consultation, chain=consultation.agency.chain, fields=changed):
        return consultation.change(seen, hands=with_hand(consultation.hands, by), **found)


def attach(consultation: Consultation, *, name: str, content: bytes, by: Actor, seen: int) -> Enclosure:
    """Add a file to a draft; one in which the gate finds something to be mended is not taken. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, consultation.agency)
    in_state(consultation, "draft")
    if consultation.enclosures.count() >= MOST:
        raise InvalidInput("publications.too_many", limit=MOST)
    # The look and the content come first: nobody waits for the child or the disk while the database is held.
    gated.demand_clean_file(consultation.agency, content, name)
    given = files.put(content, name)
    with act(by, "engagement.attach", consultation, chain=consultation.agency.chain) as done:
        made = Enclosure.objects.create(
            consultation=consultation, file=files.record(given), name=given.name, by=str(by)
        )
        consultation.change(seen, hands=with_hand(consultation.hands, by))
        done.result["attachment"] = made.key
    return made


def detach(consultation: Consultation, *, enclosure: Enclosure, by: Actor, seen: int) -> Consultation:
    """Take a file away from a draft. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, consultation.agency)
    in_state(consultation, "draft")
    if enclosure.consultation_id != consultation.pk:
        raise InvalidInput("publications.no_attachment")
    with act(by, "engagement.detach", consultation, chain=consultation.agency.chain, attachment=enclosure.key):
        enclosure.delete()
        return consultation.change(seen, hands=with_hand(consultation.hands, by))


def submit(consultation: Consultation, *, by: Actor, seen: int) -> Consultation:
    """Ask that a draft be opened to everybody. Raises InvalidInput while the gate finds something, Stale."""
    policies.demand(by, policies.PREPARE, consultation.agency)
    in_state(consultation, "draft")
    demand_whole(consultation)
    demand_period(consultation.agency, {name: getattr(consultation, name) for name in FIELDS})
    examined = gated.demand_clean_text(consultation.agency, looked_at(consultation), consultation.body)
    with act(by, "engagement.submit", consultation, chain=consultation.agency.chain):
        return consultation.change(
            seen, state="asked", examined=examined, returned_because="", hands=with_hand(consultation.hands, by)
        )


def discard(consultation: Consultation, *, reason: str, by: Actor, seen: int) -> Consultation:
    """Put a draft away that was never opened; it stays to be read in the office. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, consultation.agency)
    in_state(consultation, "draft")
    reason = said(reason)
    with act(by, "engagement.discard", consultation, chain=consultation.agency.chain):
        return consultation.change(seen, state="discarded", withdrawn_because=reason)


def demand_whole(consultation: Consultation) -> None:
    """Ask whether there is a draft to comment on: a released document, a text, or a file. Raises InvalidInput."""
    demand_document(consultation.agency, consultation.document)
    if consultation.document is None and not consultation.body and not consultation.enclosures.exists():
        raise InvalidInput("engagement.no_draft")
