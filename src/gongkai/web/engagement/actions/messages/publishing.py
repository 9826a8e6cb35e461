"""Letting everybody read a message with its answer, anonymous and with its writer's consent; taking it back."""

from __future__ import annotations

from typing import NamedTuple

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.engagement import gated, policies
from gongkai.web.engagement.actions.messages.held import PAGE, in_state
from gongkai.web.engagement.given import fit
from gongkai.web.engagement.models import Message
from gongkai.web.pages.stored import forget
from gongkai.web.publications.actions.held import said


class Shown(NamedTuple):
    """What everybody would read, and how many places are masked in it."""

    title: str
    text: str
    answer: str
    places: int


def shown_as(message: Message) -> Shown:
    """Return a message and its answer with personal data masked. Raises InvalidInput where something cannot be masked."""
    return _masked(message, message.title, message.text, message.answer)


def publish(message: Message, *, title: str, text: str, answer: str, by: Actor, seen: int) -> Message:
    """Let everybody read a message with its answer, in the words given here, which are masked once more.

    Without the writer's consent it stays between the two. Name and contact are never shown; a name that stands in the
    text is taken out too. Raises InvalidInput, Stale.
    """
    policies.demand(by, policies.PREPARE, message.agency)
    in_state(message, "answered")
    if not message.consent:
        raise InvalidInput("engagement.no_consent")
    if message.publicity == "open":
        raise InvalidInput("engagement.published_already")
    found = _masked(message, title.strip(), text.strip(), answer.strip())
    if not all(found[:3]):
        raise InvalidInput("engagement.nothing_left")
    fit(Message(title=found.title, text=found.text, answer=found.answer), ("title", "text", "answer"))
    with act(by, "engagement.publish_message", message, chain=message.agency.chain):
        return message.change(
            seen, publicity="open", shown_title=found.title, shown_text=found.text, shown_answer=found.answer,
            published_at=timezone.now(), withdrawn_because="",
        )  # fmt: skip


def withdraw(message: Message, *, reason: str, by: Actor, seen: int) -> Message:
    """Take a message from everybody's sight at once. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, message.agency)
    if message.publicity != "open":
        raise InvalidInput("engagement.not_published")
    reason = said(reason)
    with act(by, "engagement.withdraw_message", message, chain=message.agency.chain):
        forget(PAGE, message.key)
        return message.change(
            seen, publicity="withdrawn", shown_title="", shown_text="", shown_answer="", withdrawn_because=reason
        )


def _masked(message: Message, *parts: str) -> Shown:
    found = [gated.masked(message.agency, _without(part, message.name)) for part in parts]
    title, text, answer = (one.text for one in found)
    places = sum(one.places for one in found) + sum(part.count(message.name) for part in parts if message.name)
    return Shown(title, text, answer, places)


def _without(part: str, name: str) -> str:
    """A text without the name that its writer gave, which the gate cannot know."""
    return part.replace(name, "某某") if len(name) > 1 else part
