"""Lists of persons: keeping the assessment of impact with one, and taking it down when its time is over."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from gongkai import messages
from gongkai.errors import InvalidInput
from gongkai.web.agencies.policies import holders
from gongkai.web.audit.actor import SWEEP, Actor
from gongkai.web.audit.chain import act
from gongkai.web.notices.actions import notify
from gongkai.web.publications import policies
from gongkai.web.publications.actions.held import in_state, said
from gongkai.web.publications.actions.releasing import withdraw
from gongkai.web.publications.models import Assessment, Document
from gongkai.web.publications.models.words import SHOWN

_LONGEST_TITLE = 120
"""Characters of the title of a notice."""


def assess(
    document: Document, *, purpose: str, impact: str, measures: str, assessed_on: date, by: Actor, seen: int
) -> Assessment:
    """Keep the assessment of impact on personal information with the draft of a list of persons; a later one stands over it.

    Raises InvalidInput for a part that is left out, for a day that lies ahead, and for what is no list of persons; Stale.
    """
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "draft")
    if not document.persons:
        raise InvalidInput("publications.persons.not_one")
    if assessed_on > timezone.localdate():
        raise InvalidInput("publications.ahead", given=assessed_on)
    values = {"purpose": purpose.strip(), "impact": impact.strip(), "measures": measures.strip()}
    longest = Assessment._meta.get_field("purpose").max_length or 0
    if not all(values.values()) or any(len(value) > longest for value in values.values()):
        raise InvalidInput("publications.persons.assessment_part", most=longest)
    with act(by, "publications.assess", document, chain=document.agency.chain):
        # The document first: of two people at once the second is told.
        document.change(seen)
        held, made = Assessment.objects.get_or_create(
            document=document, defaults={**values, "assessed_on": assessed_on, "by": str(by)}
        )
        return held if made else held.change(held.version, assessed_on=assessed_on, by=str(by), **values)


def end_list(document: Document, *, now: datetime) -> bool:
    """Withdraw a list of persons whose last day is over, and tell those who prepare; return whether it was one.

    Another act may have come first.
    """
    until = document.shown_until
    if document.state not in SHOWN or not document.persons or until is None or until >= timezone.localdate(now):
        return False
    reason = messages.text("publications.persons.ended", "zh", day=until)
    withdraw(document, reason=said(reason), by=SWEEP, seen=document.version)
    title = messages.text("publications.persons.told", "zh", title=document.title, day=until)
    address = reverse("publications:one", args=[document.key])
    for user in holders(document.agency, policies.PREPARE, timezone.localdate(now)):
        notify(
            user.key, title[:_LONGEST_TITLE], cause=f"publications.end_list:{document.key}.{until}", address=address
        )
    return True
