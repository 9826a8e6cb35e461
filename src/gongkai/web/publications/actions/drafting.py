"""Drafting a document, revising it, submitting it for review, discarding a draft."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.publications import clean, numbers, policies, text, way
from gongkai.web.publications.actions.held import current, in_state, once, said
from gongkai.web.publications.given import FIELDS, completed
from gongkai.web.publications.models import Document, Edition

CHANGEABLE = ("draft", "review", "approved", "scheduled", "withdrawn")
"""The states in which a document may be revised."""


def draft(*, agency: Agency, body: str, by: Actor, **values: Any) -> Document:
    """Begin a document of an agency with a text, which is clean HTML; the gate looks through it at once.

    Raises InvalidInput for values that do not go together.
    """
    policies.demand(by, policies.PREPARE, agency)
    found, body = completed(agency, values), text.clean(body)
    seen = clean.in_text(agency, found, body)
    with once(), act(by, "publications.draft", None, chain=agency.chain, kind="publications.document") as done:
        document = Document.objects.create(agency=agency, drafter=str(by), **found)
        edition = new_edition(document, body, by, examined=clean.fingerprint(found, body))
        clean.keep(document, seen, edition=edition, by=by)
        document.current = edition
        document.save(update_fields=["current"])
        done.result["key"] = document.key
    return document


def revise(document: Document, *, by: Actor, seen: int, body: str | None = None, **values: Any) -> Document:
    """Change what a document says, in a new edition where the text is another.

    A document under way comes back to its drafter: reviews given in this round count no more, which the audit says with
    their number. One that was withdrawn can be mended and go its way again. Raises InvalidInput, Stale.
    """
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, *CHANGEABLE)
    found = completed(document.agency, values, document)
    before = current(document)
    new = before.body if body is None else text.clean(body)
    changed = sorted(name for name in FIELDS if getattr(document, name) != found[name])
    if not changed and new == before.body:
        raise InvalidInput("publications.nothing_changed")
    looked = clean.in_text(document.agency, found, new)
    reset = reviews_given(document)
    with once(), act(
        by, "publications.revise", document, chain=document.agency.chain, fields=changed, reset=reset
    ) as done:  # fmt: skip
        edition = write(document, new, by, found)
        clean.keep(document, looked, edition=edition, by=by)
        done.result["edition"] = edition.number
        return document.change(
            seen, state="draft", awaits="drafting", current=edition, release_at=None,
            **{name: found[name] for name in FIELDS},
        )  # fmt: skip


def submit(document: Document, *, by: Actor, seen: int) -> Document:
    """Give a draft to be reviewed. Raises InvalidInput while the gate has something open, or the agency has no code."""
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "draft")
    if not current(document).body and not document.attachments.exists():
        raise InvalidInput("publications.no_text")
    clean.demand(document)
    numbers.code_of(document.agency, timezone.localdate())
    with act(by, "publications.submit", document, chain=document.agency.chain):
        document.change(seen, state="review", round=document.round + 1)
        return document.change(document.version, awaits=way.awaited(document))


def discard(document: Document, *, reason: str, by: Actor, seen: int) -> Document:
    """Put a draft away that was never released; it stays to be read in the office."""
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "draft")
    if document.index_number is not None:
        raise InvalidInput("publications.numbered")
    said(reason)
    with act(by, "publications.discard", document, chain=document.agency.chain):
        return document.change(seen, state="discarded", awaits="nothing", withdrawn_because=said(reason))


def reviews_given(document: Document) -> int:
    """Return how many steps of this round would count no more."""
    if document.state not in ("review", "approved", "scheduled"):
        return 0
    return document.steps.filter(round=document.round, result="passed").count()


def write(document: Document, body: str, by: Actor, values: dict[str, Any]) -> Edition:
    """Return the edition with a text: a new one where the text is another, marked with what the gate has looked through."""
    before, examined = current(document), clean.fingerprint(values, body)
    if body != before.body:
        return new_edition(document, body, by, examined=examined)
    return before.change(before.version, examined=examined)


def new_edition(document: Document, body: str, by: Actor, *, examined: str, note: str = "") -> Edition:
    """Write the next edition of a document."""
    last = document.editions.order_by("number").last()
    return Edition.objects.create(
        document=document, number=last.number + 1 if last else 1, body=body,
        digest=sha256(body.encode()).hexdigest(), by=str(by), examined=examined, note=note,
    )  # fmt: skip
