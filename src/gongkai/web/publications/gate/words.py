"""What an office tells the gate about itself: its own addresses and telephones, its sensitive and misspelt words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from gongkai.errors import InvalidInput

MOST_WORDS = 20_000
"""A list of an office has no more entries."""


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of one office.

    `sensitive` words are reported wherever they stand; `misspelt` maps a wrong word to the right one. `own_addresses`
    and `own_telephones` are the office's own and are not anybody's personal data.
    """

    sensitive: tuple[str, ...] = ()
    misspelt: Mapping[str, str] = field(default_factory=dict)
    own_addresses: tuple[str, ...] = ()
    own_telephones: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise InvalidInput `gate.words` for an empty word or too many."""
        entries = (*self.sensitive, *self.misspelt, *self.own_addresses, *self.own_telephones)
        if len(entries) > MOST_WORDS or not all(entry.strip() for entry in entries):
            raise InvalidInput("gate.words", given=len(entries), most=MOST_WORDS)

    def as_json(self) -> str:
        """The lists as one line of JSON."""
        return json.dumps({**asdict(self), "misspelt": dict(self.misspelt)}, ensure_ascii=True)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> WordLists:
        """The lists that `as_json` wrote, parsed."""
        return cls(
            tuple(data["sensitive"]),
            dict(data["misspelt"]),
            tuple(data["own_addresses"]),
            tuple(data["own_telephones"]),
        )


NONE = WordLists()
