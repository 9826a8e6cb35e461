"""A table of a catalogue's file, read key by key; every complaint names the place where the table stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.errors import InvalidData
from gongkai.messages import Listing

_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A table and its place. Every method raises InvalidData for a value that is missing or of the wrong kind."""

    place: str
    table: Mapping[str, Any]

    def only(self, *keys: str) -> None:
        """Refuse any other key: a key written wrongly would be left out without a word."""
        for key in self.table:
            if key not in keys:
                raise InvalidData("law.catalogue.key_unknown", place=self.place, given=key, known=Listing(keys))

    def text(self, key: str) -> str:
        """Return a text that must be there and say something."""
        value = self._given(key)
        if not self._checked(key, value, isinstance(value, str)).strip():
            raise InvalidData("law.catalogue.missing", place=self.place, key=key)
        return str(value).strip()

    def text_or(self, key: str, default: str) -> str:
        """Return a text, or the default where the key is not there."""
        return self.text(key) if key in self.table else default

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, none where the key is not there; a list that is there may not be empty."""
        if key not in self.table:
            return ()
        value = self.table[key]
        right = isinstance(value, list) and bool(value) and all(isinstance(word, str) and word for word in value)
        return tuple(self._checked(key, value, right))

    def flag(self, key: str) -> bool:
        """Return true or false, false where the key is not there."""
        value = self.table.get(key, False)
        return bool(self._checked(key, value, isinstance(value, bool)))

    def number(self, key: str) -> int | None:
        """Return a whole number, None where the key is not there."""
        value = self.table.get(key)
        found: int | None = self._checked(key, value, value is None or type(value) is int)
        return found

    def day(self, key: str) -> date:
        """Return a date that must be there."""
        value = self._given(key)
        found: date = self._checked(key, value, type(value) is date)
        return found

    def entries(self, key: str) -> Iterator[Entry]:
        """Return the tables of a list, each with an id in snake case that no other of the list has."""
        value = self.table.get(key, [])
        self._checked(key, value, isinstance(value, list) and all(isinstance(table, Mapping) for table in value))
        seen: set[str] = set()
        for number, table in enumerate(value, 1):
            entry = Entry(f"{self.place} {key} {number}".strip(), table)
            name = entry.text("id")
            if _ID.fullmatch(name) is None:
                raise InvalidData("law.catalogue.id_form", place=entry.place, given=name)
            if name in seen:
                raise InvalidData("law.catalogue.duplicate", place=entry.place, id=name)
            seen.add(name)
            yield entry

    def _given(self, key: str) -> Any:
        if key not in self.table:
            raise InvalidData("law.catalogue.missing", place=self.place, key=key)
        return self.table[key]

    def _checked(self, key: str, value: Any, right: bool) -> Any:
        if not right:
            raise InvalidData("law.catalogue.wrong_kind", place=self.place, key=key, given=repr(value))
        return value
