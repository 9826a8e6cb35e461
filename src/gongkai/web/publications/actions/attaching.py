"""Files of a draft: giving one, taking one away; and how a document stands to others."""

from __future__ import annotations

from datetime import date

from gongkai.errors import InvalidInput
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.files import actions as files
from gongkai.web.publications import clean, policies
from gongkai.web.publications.actions.held import in_state, once
from gongkai.web.publications.models import Attachment, Document, Relation
from gongkai.web.publications.models.words import RELATIONS, SHOWN, codes

MOST = 50
"""A document has no more files."""


def attach(document: Document, *, name: str, content: bytes, by: Actor, seen: int) -> Attachment:
    """Add a file to a draft; the gate looks through it at once. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "draft")
    if document.attachments.count() >= MOST:
        raise InvalidInput("publications.too_many", limit=MOST)
    # The content and the look come first: nobody waits for the disk or the child while the database is held.
    given = files.put(content, name)
    found = clean.in_file(document.agency, content, given.name)
    with act(by, "publications.attach", document, chain=document.agency.chain) as done:
        last = document.attachments.order_by("order").last()
        made = Attachment.objects.create(
            document=document, file=files.record(given), name=given.name, order=last.order + 1 if last else 1,
            by=str(by), examined=given.digest,
        )  # fmt: skip
        clean.keep(document, found, attachment=made, by=by)
        document.change(seen)
        done.result["attachment"] = made.key
    return made


def detach(document: Document, *, attachment: Attachment, by: Actor, seen: int) -> Document:
    """Take a file away from a draft; its sealed original goes with it. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "draft")
    if attachment.document_id != document.pk:
        raise InvalidInput("publications.no_attachment")
    with act(by, "publications.detach", document, chain=document.agency.chain, attachment=attachment.key):
        attachment.delete()
        return document.change(seen)


def relate(
    document: Document,
    *,
    kind: str,
    since: date,
    by: Actor,
    seen: int,
    target: Document | None = None,
    named: str = "",
) -> Relation:
    """Say how a draft stands to another document, since a day: one that everybody sees, or one that is named.

    Raises InvalidInput, Stale.
    """
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "draft")
    named = named.strip()[:300]
    if kind not in codes(RELATIONS):
        raise InvalidInput("publications.relation", given=kind)
    if (target is None) == (not named):
        raise InvalidInput("publications.related_to")
    if target is not None and (target.pk == document.pk or target.state not in SHOWN):
        raise InvalidInput("publications.related_to")
    with once(), act(by, "publications.relate", document, chain=document.agency.chain, relation=kind):
        made = Relation.objects.create(document=document, kind=kind, target=target, named=named, since=since)
        document.change(seen)
    return made


def unrelate(document: Document, *, relation: Relation, by: Actor, seen: int) -> Document:
    """Take back how a draft stands to another document. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, "draft")
    if relation.document_id != document.pk:
        raise InvalidInput("publications.no_relation")
    with act(by, "publications.unrelate", document, chain=document.agency.chain, relation=relation.kind):
        relation.delete()
        return document.change(seen)
