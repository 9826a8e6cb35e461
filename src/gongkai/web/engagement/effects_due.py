"""What the sweep does here: it tells those responsible what waits, once a day and when an approval is asked for, and erases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from gongkai.web.engagement import reminding, reminding_messages
from gongkai.web.engagement.actions import consultations, messages
from gongkai.web.notices.effects import Effect


def _erase_due(now: datetime) -> Iterator[str]:
    """One key a turn, as long as there is something: the instant."""
    if consultations.erasable(reminding.day(now)).exists():
        yield now.isoformat()


def _erase(_key: str, now: datetime, _prepared: Any) -> None:
    consultations.erase_people(now)


def _writers_due(now: datetime) -> Iterator[str]:
    if messages.erasable(reminding.day(now)).exists():
        yield now.isoformat()


def _erase_writers(_key: str, now: datetime, _prepared: Any) -> None:
    messages.erase_people(now)


EFFECTS = (
    Effect("engagement.asked", reminding.asked, reminding.tell_asked),
    Effect("engagement.remind", reminding.of_today, reminding.remind),
    Effect("engagement.erase", _erase_due, _erase),
    Effect(reminding_messages.CAME, reminding_messages.came, reminding_messages.tell_came),
    Effect(reminding_messages.DUE, reminding_messages.due, reminding_messages.tell_due),
    Effect("engagement.erase_writers", _writers_due, _erase_writers),
)
