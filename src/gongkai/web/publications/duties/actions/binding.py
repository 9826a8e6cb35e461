"""Saying by which document an item is fulfilled, taking that back, and that what stands was looked over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.publications import actions as documents
from gongkai.web.publications.actions.held import said
from gongkai.web.publications.duties import policies
from gongkai.web.publications.duties.actions.keeping import in_use
from gongkai.web.publications.duties.timing import period_of
from gongkai.web.publications.duties.words import MONTHS
from gongkai.web.publications.models import Document, Duty, Fulfilment


def bind(duty: Duty, *, document: Document, by: Actor, period: date | None = None) -> Fulfilment:
    """Say that a document fulfils an item, of one for each period in the period with that first day.

    It counts from the day on which the document is disclosed. Raises InvalidInput for a document of another agency, one
    that was put away or fulfils something already, and a period that the item has not.
    """
    policies.demand(by, policies.PREPARE, duty.agency)
    in_use(duty)
    if document.agency_id != duty.agency_id or document.state in ("discarded", "archived", "withdrawn"):
        raise InvalidInput("publications.duties.document")
    _demand_period(duty, period)
    try:
        with act(by, "publications.bind_duty", duty, chain=duty.agency.chain, document=document.key) as done:
            if period:
                done.result["period"] = period.isoformat()
            return Fulfilment.objects.create(duty=duty, document=document, period=period, by=str(by))
    except IntegrityError as error:
        raise InvalidInput("publications.duties.bound_already") from error


def unbind(fulfilment: Fulfilment, *, reason: str, by: Actor, seen: int) -> Fulfilment:
    """Take back that a document fulfils an item, and say why. Raises InvalidInput, Stale."""
    duty = fulfilment.duty
    policies.demand(by, policies.PREPARE, duty.agency)
    reason = said(reason)
    if fulfilment.ended_at is not None:
        raise InvalidInput("publications.duties.not_bound")
    with act(by, "publications.unbind_duty", duty, chain=duty.agency.chain, document=fulfilment.document.key):
        return fulfilment.change(seen, ended_at=timezone.now(), ended_because=reason)


def confirm(duty: Duty, *, by: Actor, seen: int) -> Duty:
    """Say that what stands was looked over today and is right as it is. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, duty.agency)
    in_use(duty)
    if duty.timing != "standing":
        raise InvalidInput("publications.duties.not_standing")
    with act(by, "publications.confirm_duty", duty, chain=duty.agency.chain):
        return duty.change(seen, checked_on=timezone.localdate())


def draft_for(
    duty: Duty | None, *, agency: Agency, body: str, by: Actor, period: date | None = None, **values: Any
) -> Document:
    """Begin a document that is to fulfil an item, or none: both in one transaction. Raises as drafting and binding do."""
    with transaction.atomic():
        document = documents.draft(agency=agency, body=body, by=by, **values)
        if duty is not None:
            bind(duty, document=document, by=by, period=period)
    return document


def _demand_period(duty: Duty, period: date | None) -> None:
    if (duty.timing in MONTHS) != (period is not None):
        raise InvalidInput("publications.duties.period")
    if period is not None and (
        period_of(period, MONTHS[duty.timing])[0] != period or not _from(duty) <= period <= timezone.localdate()
    ):
        raise InvalidInput("publications.duties.period")


def _from(duty: Duty) -> date:
    return period_of(duty.since, MONTHS[duty.timing])[0]
