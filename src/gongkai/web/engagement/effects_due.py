"""What the sweep does here: it tells those responsible what waits, once a day and when an approval is asked for, and erases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from gongkai.web.engagement import reminding
from gongkai.web.engagement.actions import consultations
from gongkai.web.notices.effects import Effect


def _erase_due(now: datetime) -> Iterator[str]:
    """One key a turn, as long as there is something: the instant."""
    if consultations.erasable(reminding.day(now)).exists():
        yield now.isoformat()


def _erase(_key: str, now: datetime, _prepared: Any) -> None:
    consultations.erase_people(now)


EFFECTS = (
    Effect("engagement.asked", reminding.asked, reminding.tell_asked),
    Effect("engagement.remind", reminding.of_today, reminding.remind),
    Effect("engagement.erase", _erase_due, _erase),
)
