"""What is done about findings of the gate: redact them, ask that one may pass, let one pass as a second person."""

from __future__ import annotations

from gongkai.errors import InvalidInput
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.files import actions as files
from gongkai.web.publications import clean, policies
from gongkai.web.publications.actions.drafting import write
from gongkai.web.publications.actions.held import current, in_state, said
from gongkai.web.publications.given import FIELDS
from gongkai.web.publications.models import Attachment, Document, GateFinding


def redact_text(document: Document, *, by: Actor, seen: int) -> Document:
    """Mask what the gate found in title, particulars and text of a draft, in a new edition. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "draft")
    before = current(document)
    held = {name: getattr(document, name) for name in FIELDS}
    new, body = clean.without(document.agency, held, before.body)
    if not new and body == before.body:
        raise InvalidInput("publications.nothing_to_redact")
    values = held | new
    left = clean.in_text(document.agency, values, body)
    with act(by, "publications.redact_text", document, chain=document.agency.chain):
        edition = write(document, body, by, values)
        clean.keep(document, left, edition=edition, by=by, gone="redacted")
        return document.change(seen, current=edition, **new)


def redact_file(document: Document, *, attachment: Attachment, by: Actor, seen: int) -> Attachment:
    """Put a redacted file in the place of one of a draft; the original is kept sealed.

    Raises InvalidInput `gate.nothing` where nothing can be redacted, UnreadableDocument for what cannot be opened, Stale.
    """
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "draft")
    if attachment.document_id != document.pk:
        raise InvalidInput("publications.no_attachment")
    done = clean.redacted_file(document.agency, attachment.file)
    left = clean.in_file(document.agency, done.content, done.name)
    given = files.put(done.content, done.name)
    with act(by, "publications.redact_file", document, chain=document.agency.chain, attachment=attachment.key):
        attachment.change(
            attachment.version, file=files.record(given), name=given.name, examined=given.digest,
            original=attachment.original or attachment.file,
        )  # fmt: skip
        clean.keep(document, left, attachment=attachment, by=by, gone="redacted")
        document.change(seen)
    return attachment


def ask(document: Document, *, finding: GateFinding, reason: str, by: Actor, seen: int) -> GateFinding:
    """Ask that something the gate found may go out as it is, and say why. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "draft")
    _held_up(document, finding, "open")
    reason = said(reason)
    with act(by, "publications.ask_override", document, chain=document.agency.chain, finding=finding.code):
        document.change(seen)
        return finding.change(finding.version, state="asked", asked_by=str(by), asked_because=reason)


def override(document: Document, *, finding: GateFinding, reason: str, by: Actor, seen: int) -> GateFinding:
    """Let something pass that somebody else asked for, and say why.

    Whoever had a hand in the document, or asked, is not the one. Raises InvalidInput, Stale.
    """
    policies.demand(by, policies.REVIEW, document.agency)
    in_state(document, "draft")
    _held_up(document, finding, "asked")
    policies.demand_other_hands(by, document)
    if finding.asked_by == str(by):
        raise InvalidInput("publications.own_request")
    reason = said(reason)
    with act(by, "publications.override", document, chain=document.agency.chain, finding=finding.code):
        document.change(seen)
        return finding.change(finding.version, state="overridden", settled_by=str(by), settled_because=reason)


def _held_up(document: Document, finding: GateFinding, state: str) -> None:
    if finding.document_id != document.pk or finding.severity != "error" or finding.state != state:
        raise InvalidInput("publications.no_finding")
