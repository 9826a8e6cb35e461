"""What those responsible are told of messages: that one came, that an answer waits for approval, and daily what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from gongkai import messages
from gongkai.web.engagement import policies
from gongkai.web.engagement.models import Message
from gongkai.web.engagement.models.words import UNANSWERED
from gongkai.web.engagement.reminding import day, not_done
from gongkai.web.notices.actions import notify

CAME, DUE = "engagement.message_waits", "engagement.message_due"
SOON = timedelta(days=3)


def came(_now: datetime) -> Iterator[str]:
    """Each message that waits, with its state and the agency that has it: one that is passed on is told there."""
    waiting = Message.objects.filter(state__in=UNANSWERED).values_list("key", "state", "agency__key")
    yield from not_done(CAME, [f"{key}.{state}.{agency}" for key, state, agency in waiting])


def tell_came(key: str, _now: datetime, _prepared: Any) -> None:
    """Tell those who answer, or those who may approve save who wrote the answer."""
    message = _given(key)
    if message is None:
        return
    if message.state == "asked":
        people = [
            one
            for one in policies.responsible(message.agency, policies.APPROVE)
            if f"user:{one}" not in message.hands
        ]
        _tell(message, people, "engagement.tell_answer", cause=f"{CAME}:{key}")
    elif message.state == "waiting":
        people = policies.responsible(message.agency, policies.PREPARE)
        _tell(message, people, "engagement.tell_message", cause=f"{CAME}:{key}")


def due(now: datetime) -> Iterator[str]:
    """Each message that is nearly due, or late, once a day."""
    today = day(now)
    waiting = Message.objects.filter(state__in=UNANSWERED, promised__lte=today + SOON).values_list("key", flat=True)
    yield from not_done(DUE, [f"{key}.{today.isoformat()}" for key in waiting])


def tell_due(key: str, now: datetime, _prepared: Any) -> None:
    """Tell those who answer."""
    message = _given(key)
    if message is not None and message.state in UNANSWERED:
        says = "engagement.tell_message_late" if message.promised < day(now) else "engagement.tell_message_due"
        _tell(message, policies.responsible(message.agency, policies.PREPARE), says, cause=f"{DUE}:{key}")


def _tell(message: Message, people: list[str], says: str, *, cause: str) -> None:
    """The title names the code alone: what citizens wrote does not go into notices."""
    title = messages.text(says, "zh", number=message.code, due=message.promised)
    for user in people:
        notify(user, title, cause=cause, address=reverse("engagement:message", args=[message.key]))


def _given(key: str) -> Message | None:
    return Message.objects.select_related("agency").filter(key=key.partition(".")[0]).first()
