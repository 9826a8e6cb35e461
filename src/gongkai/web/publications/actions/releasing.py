"""Releasing a document now or at a time, correcting one that everybody sees, withdrawing, filing."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.audit.actor import SWEEP, Actor
from gongkai.web.audit.chain import act
from gongkai.web.pages.stored import forget
from gongkai.web.publications import clean, numbers, policies, text, way
from gongkai.web.publications.actions.drafting import new_edition
from gongkai.web.publications.actions.held import PAGE, current, in_state, said
from gongkai.web.publications.given import FIELDS
from gongkai.web.publications.models import Document
from gongkai.web.publications.models.words import SHOWN


def release(document: Document, *, by: Actor, seen: int) -> Document:
    """Let everybody see an approved document, now. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "approved", "scheduled")
    return _release(document, by, seen, timezone.now())


def schedule(document: Document, *, at: datetime, by: Actor, seen: int) -> Document:
    """Let an approved document be released by itself at a time that lies ahead. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "approved", "scheduled")
    _may_be_open(document)
    if at <= timezone.now():
        raise InvalidInput("publications.past", given=f"{timezone.localtime(at):%Y-%m-%d %H:%M}")
    with act(by, "publications.schedule", document, chain=document.agency.chain, at=at.isoformat()):
        return document.change(seen, state="scheduled", awaits="nothing", release_at=at)


def unschedule(document: Document, *, by: Actor, seen: int) -> Document:
    """Take back that a document is released by itself; it stays approved. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "scheduled")
    with act(by, "publications.unschedule", document, chain=document.agency.chain):
        return document.change(seen, state="approved", awaits="release", release_at=None)


def release_due(document: Document, *, seen: int, now: datetime) -> bool:
    """Release a document whose time has come, as it was scheduled; return whether it was. Another act may have come first."""
    if document.state != "scheduled" or document.version != seen or document.release_at is None:
        return False
    if document.release_at > now:
        return False
    _release(document, SWEEP, seen, now)
    return True


def correct_published(document: Document, *, body: str, note: str, by: Actor, seen: int) -> Document:
    """Begin the correction of a document that everybody sees: a new text with a note for the public.

    It goes through the same steps; until it is approved everybody sees the edition before. Raises InvalidInput, Stale.
    """
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "released")
    note, body, before = said(note), text.clean(body), current(document)
    if body == before.body:
        raise InvalidInput("publications.nothing_changed")
    held = {name: getattr(document, name) for name in FIELDS}
    looked = clean.in_text(document.agency, held, body)
    if wrong := [one for one in looked if one.finding.severity == "error" and not _passed(document, one)]:
        raise InvalidInput("publications.findings", count=len(wrong))
    with act(by, "publications.correct_published", document, chain=document.agency.chain) as done:
        edition = new_edition(document, body, by, examined=clean.fingerprint(held, body), note=note)
        clean.keep(document, looked, edition=edition, by=by)
        done.result["edition"] = edition.number
        document.change(seen, state="correcting", round=document.round + 1, current=edition)
        return document.change(document.version, awaits=way.awaited(document))


def withdraw(document: Document, *, reason: str, by: Actor, seen: int) -> Document:
    """Take a document from everybody's sight at once, everywhere; the reason stays. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, *SHOWN)
    reason = said(reason)
    with act(by, "publications.withdraw", document, chain=document.agency.chain):
        forget(PAGE, document.key)
        return document.change(
            seen, state="withdrawn", awaits="nothing", withdrawn_at=timezone.now(), withdrawn_because=reason,
            release_at=None,
        )  # fmt: skip


def archive(document: Document, *, by: Actor, seen: int) -> Document:
    """File an approved document that is not disclosed of one's own accord, or a withdrawn one; it has its index number then.

    Raises InvalidInput, Stale.
    """
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "approved", "withdrawn")
    if document.state == "approved" and document.attribute == "proactive":
        raise InvalidInput("publications.to_release")
    with act(by, "publications.archive", document, chain=document.agency.chain) as done:
        number = document.index_number or numbers.give(document.agency, timezone.localdate())
        done.result["index_number"] = number
        return document.change(seen, state="archived", awaits="nothing", index_number=number)


def _release(document: Document, by: Actor, seen: int, now: datetime) -> Document:
    _may_be_open(document)
    edition = current(document)
    with act(by, "publications.release", document, chain=document.agency.chain) as done:
        # The version first: whoever comes second takes no number.
        document.change(seen)
        number = document.index_number or numbers.give(document.agency, timezone.localdate(now))
        edition.change(edition.version, published_at=now)
        done.result |= {"index_number": number, "edition": edition.number}
        return document.change(
            document.version, state="released", awaits="nothing", shown=edition, released_at=now, release_at=None,
            index_number=number,
        )  # fmt: skip


def _may_be_open(document: Document) -> None:
    if document.attribute != "proactive":
        raise InvalidInput("publications.not_proactive")
    clean.demand(document)


def _passed(document: Document, found: clean.Found) -> bool:
    """Whether somebody let the very same thing pass before."""
    return document.findings.filter(
        state="overridden", code=found.finding.code, mark=clean.mark(found.finding)
    ).exists()
