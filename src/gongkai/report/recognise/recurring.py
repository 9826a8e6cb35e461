"""Keeps what is worked out for things that come again, and spends nothing on those that come once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Result = TypeVar("_Result")
_MOST_MET = 8_192


class Recurring(Generic[_Key, _Result]):
    """The results of `work` by key, worked out when a key is met the second time; at most `most` are kept.

    Of keys met once only the hash is kept.
    """

    def __init__(self, work: Callable[[_Key], _Result], most: int) -> None:
        self._work = work
        self._most = most
        self._kept: dict[_Key, _Result] = {}
        self._met: set[int] = set()

    def __len__(self) -> int:
        """How many results are kept."""
        return len(self._kept)

    def get(self, key: _Key) -> _Result | None:
        """The result for a key; None where it is met for the first time."""
        if key in self._kept:
            return self._kept[key]
        mark = hash(key)
        if mark not in self._met:
            if len(self._met) >= _MOST_MET:
                self._met.clear()
            self._met.add(mark)
            return None
        self._met.discard(mark)
        if len(self._kept) >= self._most:
            self._kept.clear()
        result = self._kept[key] = self._work(key)
        return result
