"""The way of a document: which steps its agency needs, which is the next one, and what a secrecy review looks at."""

from __future__ import annotations

from gongkai.web.agencies.models import Agency
from gongkai.web.publications.models import Document, Procedure, Step
from gongkai.web.publications.models.words import APPROVAL, REVIEWS, SECRECY, STEPS, codes

BODY = "body"
UNDER_REVIEW = ("review", "correcting")
"""The states in which steps are taken."""


def procedure(agency: Agency) -> Procedure:
    """Return an agency's procedure; one that was never kept asks for all three reviews, with the version 0."""
    return Procedure.objects.filter(agency=agency).first() or Procedure(agency=agency, version=0)


def needed(agency: Agency) -> tuple[str, ...]:
    """Return the steps that a document of an agency needs, in their order; secrecy review and approval are always among them."""
    return (*codes(REVIEWS)[: procedure(agency).reviews], SECRECY, APPROVAL)


def items(document: Document) -> tuple[str, ...]:
    """Return what a secrecy review looks at, one by one: the text and every attachment."""
    return (BODY, *document.attachments.values_list("key", flat=True))


def results(document: Document) -> dict[str, Step]:
    """Return the latest word of the secrecy review in this round about every item."""
    taken = document.steps.filter(round=document.round, kind=SECRECY).order_by("pk")
    return {step.item: step for step in taken}


def awaited(document: Document) -> str:
    """Return what a document waits for, computed from its state and the steps of this round."""
    if document.state not in UNDER_REVIEW:
        return {"draft": "drafting", "approved": "release"}.get(document.state, "nothing")
    passed = set(
        document.steps.filter(round=document.round, result="passed")
        .exclude(kind=SECRECY)
        .values_list("kind", flat=True)
    )
    said = results(document)
    if all(item in said and said[item].result == "passed" for item in items(document)):
        passed.add(SECRECY)
    return next((step for step in needed(document.agency) if step not in passed), "release")


def steps_with_words(document: Document) -> list[tuple[str, str]]:
    """Return the steps that a document needs with what they are called."""
    words = dict(STEPS)
    return [(kind, words[kind]) for kind in needed(document.agency)]
