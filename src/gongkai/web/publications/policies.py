"""Who may see and do what with documents, and who is too near to one to judge it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.accounts.models import User
from gongkai.web.agencies import policies as agencies
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.publications.models import Attachment, Document, Edition, Step
from gongkai.web.publications.models.words import APPROVAL, REVIEWS, SECRECY, SHOWN, codes

PREPARE, REVIEW, APPROVE = "prepare", "review", "approve"
SECRECY_REVIEW = "secrecy_review"
PERMISSION_OF = {**dict.fromkeys(codes(REVIEWS), REVIEW), SECRECY: SECRECY_REVIEW, APPROVAL: APPROVE}
"""With which permission each step is taken."""


def visible(user: User) -> QuerySet[Document]:
    """Return the documents that a person may read: those of the agencies whose records the person reads."""
    return Document.objects.filter(agency__in=agencies.visible(user, timezone.localdate(), "read"))


def public() -> QuerySet[Document]:
    """Return the documents that everybody sees."""
    return Document.objects.filter(state__in=SHOWN)


def keepers(user: User) -> QuerySet[Agency]:
    """Return the agencies for which a person may draft documents."""
    return agencies.visible(user, timezone.localdate(), PREPARE)


def may(user: User, permission: str, document: Document) -> bool:
    """Whether a person has a permission in the agency of a document."""
    return agencies.can(user, permission, document.agency, timezone.localdate())


def demand(by: Actor, permission: str, agency: Agency) -> None:
    """Go on only where whoever acts has a permission in an agency. Raises PermissionDenied."""
    agencies.demand(by, permission, agency, timezone.localdate())


def hands(document: Document) -> frozenset[str]:
    """Return everybody who had a hand in a document as it is: who drafted it, its text, and gave its files."""
    found = {document.drafter}
    found |= set(document.editions.values_list("by", flat=True))
    return frozenset(found | set(document.attachments.values_list("by", flat=True)))


def demand_other_hands(by: Actor, document: Document) -> None:
    """Nobody judges what they wrote. Raises InvalidInput."""
    if str(by) in hands(document):
        raise InvalidInput("publications.own_draft")


def demand_first_review(by: Actor, document: Document) -> None:
    """One person gives at most one of the three reviews. Raises InvalidInput."""
    given = Step.objects.filter(
        document=document, round=document.round, kind__in=codes(REVIEWS), result="passed", by=str(by), signer=""
    )
    if given.exists():
        raise InvalidInput("publications.reviewed_already")


def waiting_for(user: User) -> QuerySet[Document]:
    """Return what waits for a person: drafts and releases of the agencies where they prepare, steps that they may take."""
    today, me = timezone.localdate(), f"user:{user.key}"
    held = {
        permission: agencies.visible(user, today, permission)
        for permission in (PREPARE, REVIEW, SECRECY_REVIEW, APPROVE)
    }
    own = Q(agency__in=held[PREPARE]) & (Q(awaits="release") | Q(awaits="drafting", drafter=me))
    given = Step.objects.filter(
        document=OuterRef("pk"), round=OuterRef("round"), by=me, kind__in=codes(REVIEWS), result="passed", signer=""
    )
    steps = (
        (Q(awaits__in=codes(REVIEWS), agency__in=held[REVIEW]) & ~Exists(given))
        | Q(awaits=SECRECY, agency__in=held[SECRECY_REVIEW])
        | Q(awaits=APPROVAL, agency__in=held[APPROVE])
    )
    written = Exists(Edition.objects.filter(document=OuterRef("pk"), by=me)) | Exists(
        Attachment.objects.filter(document=OuterRef("pk"), by=me)
    )
    return Document.objects.filter(own | (steps & ~Q(drafter=me) & ~written))
