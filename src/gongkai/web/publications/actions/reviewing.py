"""Reviews with proofreading, the secrecy review item by item, approval, returns; and the same signed on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.accounts.queries import names
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.files import actions as files
from gongkai.web.publications import policies, way
from gongkai.web.publications.actions.held import go_on, in_state, once, said, step
from gongkai.web.publications.models import Document
from gongkai.web.publications.models.words import APPROVAL, REVIEWS, SECRECY, codes


class Verdict(NamedTuple):
    """What a secrecy review says of one item: `passed`, `unclear` or `refused`, and why."""

    result: str
    comment: str = ""


class Signature(NamedTuple):
    """A signature on the sheet of approval: for which step, whose, and of which day."""

    kind: str
    signer: str
    signed_on: date


def review(
    document: Document, *, by: Actor, seen: int, proofread: bool, comment: str = "", paragraph: int | None = None
) -> Document:
    """Give the review that a document awaits, having proofread it. Raises InvalidInput, Stale."""
    policies.demand(by, policies.REVIEW, document.agency)
    _awaits(document, *codes(REVIEWS))
    policies.demand_other_hands(by, document)
    policies.demand_first_review(by, document)
    if not proofread:
        raise InvalidInput("publications.not_proofread")
    with once(), act(by, "publications.review", document, chain=document.agency.chain, step=document.awaits):
        document.change(seen)
        step(document, document.awaits, "passed", by, comment=comment.strip()[:1000], paragraph=paragraph)
        return go_on(document, document.version, by)


def secrecy_review(document: Document, *, verdicts: Mapping[str, Verdict], by: Actor, seen: int) -> Document:
    """Say of items of a document, the text and each file, whether they may be open.

    What is unclear is put before whoever decides it by law, and waits; what is refused holds the document until it is
    returned. Both need a comment. Raises InvalidInput, Stale.
    """
    policies.demand(by, policies.SECRECY_REVIEW, document.agency)
    _awaits(document, SECRECY)
    policies.demand_other_hands(by, document)
    known = way.items(document)
    if not verdicts or any(item not in known for item in verdicts):
        raise InvalidInput("publications.no_item")
    for verdict in verdicts.values():
        if verdict.result not in ("passed", "unclear", "refused"):
            raise InvalidInput("publications.verdict", given=verdict.result)
        if verdict.result != "passed" and not verdict.comment.strip():
            raise InvalidInput("publications.no_reason")
    counted = {result: sum(one.result == result for one in verdicts.values()) for result in ("unclear", "refused")}
    with act(by, "publications.secrecy_review", document, chain=document.agency.chain, **counted):
        document.change(seen)
        for item, verdict in verdicts.items():
            step(document, SECRECY, verdict.result, by, item=item, comment=verdict.comment.strip()[:1000])
        return go_on(document, document.version, by)


def approve(document: Document, *, by: Actor, seen: int, comment: str = "") -> Document:
    """Approve a document whose reviews are all given; an approved correction is shown at once. Raises InvalidInput, Stale."""
    policies.demand(by, policies.APPROVE, document.agency)
    _awaits(document, APPROVAL)
    policies.demand_other_hands(by, document)
    with once(), act(by, "publications.approve", document, chain=document.agency.chain):
        document.change(seen)
        step(document, APPROVAL, "passed", by, comment=comment.strip()[:1000])
        return go_on(document, document.version, by)


def return_back(document: Document, *, reason: str, by: Actor, seen: int, paragraph: int | None = None) -> Document:
    """Give a document back to its drafter with a reason; a correction under way is dropped. Raises InvalidInput, Stale."""
    in_state(document, *way.UNDER_REVIEW, "approved", "scheduled")
    policies.demand(by, policies.PERMISSION_OF.get(document.awaits, policies.APPROVE), document.agency)
    reason = said(reason)
    with act(by, "publications.return", document, chain=document.agency.chain, step=document.awaits):
        step(document, "return", "returned", by, comment=reason, paragraph=paragraph)
        if document.state == "correcting":
            return document.change(seen, state="released", awaits="nothing", current=document.shown)
        return document.change(seen, state="draft", awaits="drafting", release_at=None)


def sign_on_paper(
    document: Document, *, scan: bytes, name: str, signatures: Sequence[Signature], by: Actor, seen: int
) -> Document:
    """Enter what was signed on the sheet of approval, with its scan; it counts as the steps that it bears.

    The steps follow each other from the one awaited. Nobody enters their own signature, nobody signs what they drafted,
    and one person signs for at most one of the three reviews. Raises InvalidInput, Stale.
    """
    policies.demand(by, policies.PREPARE, document.agency)
    in_state(document, *way.UNDER_REVIEW)
    _in_order(document, [one.kind for one in signatures])
    _by_others(document, signatures, by)
    given = files.put(scan, name)
    with once(), act(
        by, "publications.sign_on_paper", document, chain=document.agency.chain,
        steps=[one.kind for one in signatures],
    ):  # fmt: skip
        document.change(seen)
        sheet = files.record(given)
        for one in signatures:
            more = {"signer": one.signer.strip(), "signed_on": one.signed_on, "scan": sheet}
            for item in way.items(document) if one.kind == SECRECY else ("",):
                step(document, one.kind, "passed", by, item=item, **more)
        return go_on(document, document.version, by)


def _awaits(document: Document, *kinds: str) -> None:
    in_state(document, *way.UNDER_REVIEW)
    if document.awaits not in kinds:
        raise InvalidInput("publications.awaits", step=document.get_awaits_display())


def _in_order(document: Document, kinds: list[str]) -> None:
    ahead = way.needed(document.agency)
    ahead = ahead[ahead.index(document.awaits) :] if document.awaits in ahead else ()
    if not kinds or tuple(kinds) != ahead[: len(kinds)]:
        raise InvalidInput("publications.paper_order", step=document.get_awaits_display())


def _by_others(document: Document, signatures: Sequence[Signature], by: Actor) -> None:
    """Hold the names on the sheet against those of who wrote the document, who enters it, and who reviewed it here."""
    hands = policies.hands(document)
    writers = set(names([*hands, str(by)]).values())
    earlier = document.steps.filter(round=document.round, kind__in=codes(REVIEWS), result="passed")
    reviewers = [one.signer or names([one.by]).get(one.by, one.by) for one in earlier]
    for one in signatures:
        signer = one.signer.strip()
        if not signer:
            raise InvalidInput("publications.no_signer")
        if one.signed_on > timezone.localdate():
            raise InvalidInput("publications.ahead", given=one.signed_on)
        if signer in writers:
            raise InvalidInput("publications.own_draft")
        if one.kind in codes(REVIEWS):
            if signer in reviewers:
                raise InvalidInput("publications.reviewed_already")
            reviewers.append(signer)
