"""What the acts on consultations have in common: states, hands."""

from __future__ import annotations

from gongkai.errors import InvalidInput
from gongkai.web.audit.actor import Actor
from gongkai.web.engagement.models import Consultation

PAGE = "consultation"
"""What the public's page of a consultation is called among the stored pages."""


def in_state(consultation: Consultation, *states: str) -> None:
    """Go on only with a consultation in one of some states. Raises InvalidInput that names the state it is in."""
    if consultation.state not in states:
        raise InvalidInput("engagement.state", state=consultation.get_state_display())


def with_hand(hands: list[str], by: Actor) -> list[str]:
    """Return those who had a hand in something, with one more."""
    return sorted({*hands, str(by)})
