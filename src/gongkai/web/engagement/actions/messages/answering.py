"""Answering a message, where the agency wants it with somebody else's approval; and closing one that is none."""

from __future__ import annotations

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.engagement import policies
from gongkai.web.engagement.actions.consultations.held import with_hand
from gongkai.web.engagement.actions.messages.held import in_state
from gongkai.web.engagement.given import fit
from gongkai.web.engagement.models import Desk, Message
from gongkai.web.engagement.queries.messages import desk
from gongkai.web.publications.actions.held import said


def write_answer(message: Message, *, answer: str, by: Actor, seen: int) -> Message:
    """Answer a message, or give the answer to be approved where the agency wants that. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, message.agency)
    in_state(message, "waiting")
    text, hands = _answer(answer), with_hand(message.hands, by)
    if desk(message.agency).approval:
        with act(by, "engagement.submit_answer", message, chain=message.agency.chain):
            return message.change(seen, state="asked", answer=text, hands=hands, returned_because="")
    with act(by, "engagement.answer_message", message, chain=message.agency.chain):
        return message.change(
            seen, state="answered", answer=text, hands=hands, answered_on=timezone.localdate(), returned_because=""
        )


def approve_answer(message: Message, *, by: Actor, seen: int) -> Message:
    """Let an answer go to the writer, as somebody who did not write it. Raises InvalidInput, Stale."""
    policies.demand(by, policies.APPROVE, message.agency)
    in_state(message, "asked")
    policies.demand_other_hands(by, message.hands)
    with act(by, "engagement.approve_answer", message, chain=message.agency.chain):
        return message.change(seen, state="answered", answered_on=timezone.localdate())


def return_answer(message: Message, *, reason: str, by: Actor, seen: int) -> Message:
    """Send an answer back to be mended, and say why. Raises InvalidInput, Stale."""
    policies.demand(by, policies.APPROVE, message.agency)
    in_state(message, "asked")
    reason = said(reason)
    with act(by, "engagement.return_answer", message, chain=message.agency.chain):
        return message.change(seen, state="waiting", returned_because=reason)


def close(message: Message, *, reason: str, by: Actor, seen: int) -> Message:
    """Close what is no message to an agency, such as advertising; the writer reads why. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, message.agency)
    in_state(message, "waiting")
    reason = said(reason)
    with act(by, "engagement.close_message", message, chain=message.agency.chain):
        return message.change(seen, state="closed", closed_because=reason)


def reopen(message: Message, *, by: Actor, seen: int) -> Message:
    """Take a message up again that was closed. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, message.agency)
    in_state(message, "closed")
    with act(by, "engagement.reopen_message", message, chain=message.agency.chain):
        return message.change(seen, state="waiting", closed_because="")


def set_desk(agency: Agency, *, approval: bool, by: Actor, seen: int) -> Desk:
    """Decide whether answers of an agency are approved by somebody else. Raises Stale."""
    policies.demand(by, "keep", agency)
    with act(by, "engagement.set_desk", None, chain=agency.chain, kind="engagement.desk", value=approval) as done:
        if not seen:
            Desk.objects.get_or_create(agency=agency)
        held = Desk.objects.get(agency=agency)
        done.result["key"] = held.key
        return held.change(seen or 1, approval=approval)


def _answer(given: str) -> str:
    text = given.replace("\r\n", "\n").strip()
    if not text:
        raise InvalidInput("engagement.no_reply")
    fit(Message(answer=text), ("answer",))
    return text
