"""What the acts on messages have in common."""

from __future__ import annotations

from gongkai.errors import InvalidInput
from gongkai.web.engagement.models import Message

PAGE = "message"
"""What the public's page of a message is called among the stored pages."""


def in_state(message: Message, *states: str) -> None:
    """Go on only with a message in one of some states. Raises InvalidInput that names the state it is in."""
    if message.state not in states:
        raise InvalidInput("engagement.message_state", state=message.get_state_display())
