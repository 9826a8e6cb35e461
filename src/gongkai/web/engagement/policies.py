"""Who may see and do what with what passes between an office and the public."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.accounts.models import User
from gongkai.web.agencies import policies as agencies
from gongkai.web.agencies.models import Agency, Member
from gongkai.web.audit.actor import Actor
from gongkai.web.engagement.models import Consultation, Message, Transfer
from gongkai.web.engagement.models.words import SHOWN

PREPARE, APPROVE = "prepare", "approve"


def visible(user: User) -> QuerySet[Consultation]:
    """Return the consultations that a person may read: those of the agencies whose records the person reads."""
    return Consultation.objects.filter(agency__in=agencies.visible(user, timezone.localdate(), "read"))


def public() -> QuerySet[Consultation]:
    """Return the consultations that everybody sees."""
    return Consultation.objects.filter(state__in=SHOWN)


def keepers(user: User) -> QuerySet[Agency]:
    """Return the agencies for which a person may prepare."""
    return agencies.visible(user, timezone.localdate(), PREPARE)


def may(user: User, permission: str, agency: Agency) -> bool:
    """Whether a person has a permission in an agency."""
    return agencies.can(user, permission, agency, timezone.localdate())


def demand(by: Actor, permission: str, agency: Agency) -> None:
    """Go on only where whoever acts has a permission in an agency. Raises PermissionDenied."""
    agencies.demand(by, permission, agency, timezone.localdate())


def demand_other_hands(by: Actor, hands: Iterable[str]) -> None:
    """Nobody approves what they had a hand in. Raises InvalidInput."""
    if str(by) in set(hands):
        raise InvalidInput("engagement.own_draft")


def waiting_for(user: User) -> QuerySet[Consultation]:
    """Return what waits for a person: drafts of one's own and comments where one prepares, approvals that one may give."""
    today, me = timezone.localdate(), f"user:{user.key}"
    prepares, approves = (agencies.visible(user, today, permission) for permission in (PREPARE, APPROVE))
    summed_up = Q(state="open", closes_on__lt=today, summary_state="none")
    comments = Q(state__in=SHOWN, comments__state="waiting")
    own = Q(agency__in=prepares) & (Q(state="draft", drafter=me) | summed_up | comments)
    asked = Consultation.objects.filter(
        Q(state="asked") | Q(state="open", summary_state="asked"), agency__in=approves
    )
    # Names of people in a list of the record are compared here: the two databases ask for them differently.
    given = [one.pk for one in asked if me not in (one.hands if one.state == "asked" else one.summary_hands)]
    return Consultation.objects.filter(own | Q(pk__in=given)).distinct()


def responsible(agency: Agency, permission: str) -> list[str]:
    """Return the keys of the people who have a permission in an agency today by a role held in it."""
    today = timezone.localdate()
    roles = [role for role, given in agencies.ROLE_PERMISSIONS.items() if permission in given]
    held = Member.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today),
        agency=agency,
        role__in=roles,
        since__lte=today,
        user__is_active=True,
    )
    return sorted(set(held.values_list("user__key", flat=True)))


def visible_messages(user: User) -> QuerySet[Message]:
    """Return the messages that a person may read: those that are, or once were, with an agency whose records they read."""
    readable = agencies.visible(user, timezone.localdate(), "read")
    passed_on = Transfer.objects.filter(before__in=readable).values("message")
    return Message.objects.filter(Q(agency__in=readable) | Q(pk__in=passed_on))


def public_messages() -> QuerySet[Message]:
    """Return the messages that everybody reads."""
    return Message.objects.filter(publicity="open")


def messages_waiting_for(user: User) -> QuerySet[Message]:
    """Return the messages that wait for a person: for an answer where they prepare, for an approval that they may give."""
    today, me = timezone.localdate(), f"user:{user.key}"
    prepares, approves = (agencies.visible(user, today, permission) for permission in (PREPARE, APPROVE))
    asked = Message.objects.filter(state="asked", agency__in=approves).values_list("pk", "hands")
    given = [pk for pk, hands in asked if me not in hands]
    return Message.objects.filter(Q(state="waiting", agency__in=prepares) | Q(pk__in=given))
