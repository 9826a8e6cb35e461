"""What the sweep does for the search: bring the index of its node in line with the records when they have changed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from gongkai.web.notices.effects import Effect
from gongkai.web.search import index, refreshing, sources

_PROCESS = secrets.token_hex(5)
"""Each node has an index of its own, and each process compares once when it begins."""
_done: dict[str, str] = {}


def due(_now: datetime) -> Iterator[str]:
    """Name the state of the records where the index of this node is not known to be in line with it."""
    state = ".".join(map(str, sources.state()))
    path = index.folder()
    if _done.get(str(path)) != state or index.is_damaged(path) or not path.is_dir():
        # An index that is lost is made anew in the same state of the records: the occasion is another.
        yield f"{_PROCESS}:{state}:{secrets.token_hex(4)}"


def bring_in_line(key: str) -> str:
    """Refresh the index; what changes meanwhile is due again."""
    refreshing.refresh()
    return key.split(":")[1]


def remember(_key: str, _now: datetime, state: Any) -> None:
    """Remember up to which state the index is in line."""
    _done[str(index.folder())] = str(state)


EFFECTS = (Effect("search", due, remember, bring_in_line, lease=timedelta(minutes=30)),)
