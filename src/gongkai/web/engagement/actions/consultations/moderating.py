"""Deciding whether everybody reads a comment: published with what is personal masked, or withheld with a reason."""

from __future__ import annotations

from gongkai.errors import InvalidInput
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.engagement import gated, policies
from gongkai.web.engagement.actions.consultations.held import in_state
from gongkai.web.engagement.models import Comment
from gongkai.web.engagement.models.words import NEEDS_NO_ANSWER, SHOWN, WITHHELD, codes


def publish_comment(comment: Comment, *, by: Actor, seen: int) -> Comment:
    """Let everybody read a comment. Its text stays as it came; what everybody reads has personal data masked.

    The name is shown where its owner agreed. Raises InvalidInput where something cannot be masked, Stale.
    """
    consultation = comment.consultation
    policies.demand(by, policies.PREPARE, consultation.agency)
    in_state(consultation, *SHOWN)
    if comment.state == "published":
        raise InvalidInput("engagement.moderated", state=comment.get_state_display())
    found = gated.masked(consultation.agency, comment.text)
    with act(by, "engagement.publish_comment", comment, chain=consultation.agency.chain, comment=comment.number):
        return comment.change(
            seen, state="published", shown=found.text, masked=found.places, signed=comment.name if comment.agreed else "",
            withheld_for="", withheld_because="", moderated_by=str(by),
        )  # fmt: skip


def withhold_comment(comment: Comment, *, case: str, because: str = "", by: Actor, seen: int) -> Comment:
    """Let nobody read a comment outside of the office, and say in which case of `words.WITHHELD`; one that was shown is gone.

    What is no comment on the draft loses its answer with that. Raises InvalidInput, Stale.
    """
    consultation = comment.consultation
    policies.demand(by, policies.PREPARE, consultation.agency)
    in_state(consultation, *SHOWN)
    if case not in codes(WITHHELD):
        raise InvalidInput("engagement.withheld_for")
    answer = None if case in NEEDS_NO_ANSWER else comment.answer
    with act(
        by, "engagement.withhold_comment", comment, chain=consultation.agency.chain, comment=comment.number, code=case
    ):
        return comment.change(
            seen, state="withheld", shown="", signed="", masked=0, withheld_for=case,
            withheld_because=because.strip()[:500], moderated_by=str(by), answer=answer,
        )  # fmt: skip
