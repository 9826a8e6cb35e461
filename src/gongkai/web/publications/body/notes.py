"""What was left out of a text, or put in another place, on the way in: so that nothing goes unsaid."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple


class Note(NamedTuple):
    """So many things of one kind. `code` is a message that takes `times`.

    `said` holds the text that is not in the body, as far as there was any. It has not been through the gate and may be
    just what must not get out (comments, hidden text): show it to who uploaded the file, do not store it.
    """

    code: str
    times: int
    said: tuple[str, ...] = ()


class Notes:
    """Collects notes."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._said: dict[str, list[str]] = {}

    def add(self, code: str, said: str = "") -> None:
        """Write down one thing, and the text in it; a thing with text only counts where the text is some."""
        self._counts[code] += 1
        if said.strip():
            self._said.setdefault(code, []).append(said.strip())

    def collected(self) -> tuple[Note, ...]:
        """All notes by code."""
        return tuple(
            Note(code, count, tuple(self._said.get(code, ()))) for code, count in sorted(self._counts.items())
        )
