"""Short messages: what a provider would have to offer. None is built; nothing sends any."""

from __future__ import annotations

from typing import Protocol


class SmsProvider(Protocol):
    """A provider of short messages."""

    def send(self, number: str, text: str, reference: str) -> str | None:
        """Send a text to a number; return None when it was taken, else why not. One reference is sent once."""
