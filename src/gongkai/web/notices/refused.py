"""That a message did not go."""

from __future__ import annotations

from typing import NamedTuple


class Refused(NamedTuple):
    """Why a message did not go: in one word, and whether trying again is of no use."""

    why: str
    for_good: bool
