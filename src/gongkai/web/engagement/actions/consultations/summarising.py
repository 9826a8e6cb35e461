"""Telling what became of the comments: an outcome for each, alone or with others like it, and the summary of all."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.engagement import gated, policies
from gongkai.web.engagement.actions.consultations.held import in_state, with_hand
from gongkai.web.engagement.given import fit
from gongkai.web.engagement.models import Answer, Comment, Consultation
from gongkai.web.engagement.models.words import NEEDS_NO_ANSWER, OUTCOMES, codes
from gongkai.web.publications import text
from gongkai.web.publications.actions.held import said


def answer(
    consultation: Consultation, *, heading: str, outcome: str, reason: str, by: Actor, seen: int,
    comments: Sequence[Comment] = (),
) -> Answer:  # fmt: skip
    """Say what becomes of one comment, or of several that say the same, and why. Raises InvalidInput, Stale."""
    _may_write(consultation, by)
    made = _written(Answer(consultation=consultation), heading, outcome, reason)
    with act(
        by, "engagement.answer", consultation, chain=consultation.agency.chain, code=outcome, number=len(comments)
    ):
        made.save(force_insert=True)
        _give(consultation, comments, made)
        consultation.change(seen, summary_hands=with_hand(consultation.summary_hands, by))
    return made


def revise_answer(answer: Answer, *, heading: str, outcome: str, reason: str, by: Actor, seen: int) -> Consultation:
    """Say otherwise what becomes of comments; `seen` is the version of the consultation. Raises InvalidInput, Stale."""
    consultation = answer.consultation
    _may_write(consultation, by)
    found = _written(Answer(consultation=consultation), heading, outcome, reason)
    with act(by, "engagement.revise_answer", answer, chain=consultation.agency.chain, code=outcome):
        answer.change(answer.version, heading=found.heading, outcome=found.outcome, reason=found.reason)
        return consultation.change(seen, summary_hands=with_hand(consultation.summary_hands, by))


def remove_answer(answer: Answer, *, by: Actor, seen: int) -> Consultation:
    """Take back what was said to comments; they have no answer then. Raises InvalidInput, Stale."""
    consultation = answer.consultation
    _may_write(consultation, by)
    with act(by, "engagement.remove_answer", answer, chain=consultation.agency.chain):
        for one in answer.comments.all():
            one.change(one.version, answer=None)
        answer.delete()
        return consultation.change(seen, summary_hands=with_hand(consultation.summary_hands, by))


def assign(
    consultation: Consultation, *, comments: Sequence[Comment], answer: Answer | None, by: Actor, seen: int
) -> Consultation:
    """Give comments an answer that there is, or none. Raises InvalidInput, Stale."""
    _may_write(consultation, by)
    if answer is not None and answer.consultation_id != consultation.pk:
        raise InvalidInput("engagement.no_answer")
    if not comments:
        raise InvalidInput("engagement.no_comments")
    with act(by, "engagement.assign", consultation, chain=consultation.agency.chain, number=len(comments)):
        _give(consultation, comments, answer)
        return consultation.change(seen, summary_hands=with_hand(consultation.summary_hands, by))


def submit_summary(consultation: Consultation, *, summary: str, by: Actor, seen: int) -> Consultation:
    """Ask that it be published what became of the comments. `summary` is plain text, a paragraph a line.

    Every comment was looked at then, and all that are comments on the draft have an answer. Raises InvalidInput, Stale.
    """
    _may_write(consultation, by)
    if timezone.localdate() <= consultation.closes_on:
        raise InvalidInput("engagement.not_over", closes=consultation.closes_on)
    body = text.from_plain(said_whole(summary))
    if waiting := consultation.comments.filter(state="waiting").count():
        raise InvalidInput("engagement.waiting", count=waiting)
    if missing := unanswered(consultation):
        raise InvalidInput("engagement.unanswered", count=len(missing), first=missing[0].number)
    gated.demand_clean_text(consultation.agency, _looked_at(consultation), body)
    with act(by, "engagement.submit_summary", consultation, chain=consultation.agency.chain):
        return consultation.change(
            seen, summary=body, summary_state="asked", returned_because="",
            summary_hands=with_hand(consultation.summary_hands, by),
        )  # fmt: skip


def return_summary(consultation: Consultation, *, reason: str, by: Actor, seen: int) -> Consultation:
    """Send a summary back to be mended, and say why. Raises InvalidInput, Stale."""
    policies.demand(by, policies.APPROVE, consultation.agency)
    _asked(consultation)
    reason = said(reason)
    with act(by, "engagement.return_summary", consultation, chain=consultation.agency.chain):
        return consultation.change(seen, summary_state="none", returned_because=reason)


def publish_summary(consultation: Consultation, *, by: Actor, seen: int) -> Consultation:
    """Tell everybody what became of the comments, as somebody who had no hand in it. Raises InvalidInput, Stale."""
    policies.demand(by, policies.APPROVE, consultation.agency)
    _asked(consultation)
    policies.demand_other_hands(by, consultation.summary_hands)
    with act(by, "engagement.publish_summary", consultation, chain=consultation.agency.chain):
        return consultation.change(seen, summary_state="published", summary_at=timezone.now())


def unanswered(consultation: Consultation) -> list[Comment]:
    """Return the comments on the draft that have no answer, in their order."""
    found = consultation.comments.filter(answer__isnull=True).exclude(withheld_for__in=NEEDS_NO_ANSWER)
    return list(found.order_by("number"))


def said_whole(given: str) -> str:
    """Return a text that somebody gave. Raises InvalidInput where there is none."""
    if not given.strip():
        raise InvalidInput("engagement.no_summary")
    return given.strip()


def _asked(consultation: Consultation) -> None:
    in_state(consultation, "open")
    if consultation.summary_state != "asked":
        raise InvalidInput("engagement.summary_state", state=consultation.get_summary_state_display())


def _may_write(consultation: Consultation, by: Actor) -> None:
    """Answers are written from the opening on, and the summary after the last day."""
    policies.demand(by, policies.PREPARE, consultation.agency)
    in_state(consultation, "open")
    if consultation.summary_state != "none":
        raise InvalidInput("engagement.summary_state", state=consultation.get_summary_state_display())


def _written(row: Answer, heading: str, outcome: str, reason: str) -> Answer:
    row.heading, row.outcome, row.reason = heading.strip(), outcome, reason.strip()
    if outcome not in codes(OUTCOMES):
        raise InvalidInput("engagement.outcome")
    fit(row, ("heading", "reason"))
    return row


def _give(consultation: Consultation, comments: Sequence[Comment], answer: Answer | None) -> None:
    for one in comments:
        if one.consultation_id != consultation.pk or one.withheld_for in NEEDS_NO_ANSWER:
            raise InvalidInput("engagement.no_comment", number=one.number)
        one.change(one.version, answer=answer)


def _looked_at(consultation: Consultation) -> dict[str, str]:
    rows = [f"{one.heading}\n{one.reason}" for one in consultation.answers.all()]
    return {"title": consultation.title, "abstract": "\n".join(rows)}
