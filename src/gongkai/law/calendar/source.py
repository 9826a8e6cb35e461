"""Where notices on holidays come from: the extension point of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from gongkai.law.calendar.day import Notice


class CalendarSource(Protocol):
    """Gives notices; a source later in the list stands over those before it."""

    def notices(self) -> Sequence[Notice]:
        """Return the notices in the order in which they take effect."""
        ...
