"""What the sweep does for the search: bring the index of its node in line with the records when something was done."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from gongkai.web.notices.effects import Effect
from gongkai.web.search import changes, index, refreshing
from gongkai.web.search.changes import Seen

_PROCESS = secrets.token_hex(5)
"""Each node has an index of its own, and each process compares everything once when it begins."""


class Done(NamedTuple):
    """Up to where the index is in line: the state by which that is known quickly, and the acts seen."""

    state: str
    seen: Seen


_done: dict[str, Done] = {}


def due(now: datetime) -> Iterator[str]:
    """Name the state of the acts where the index of this node is not known to be in line with it."""
    state, path = changes.state(now), index.folder()
    done = _done.get(str(path))
    if done is None or done.state != state or index.is_damaged(path) or not path.is_dir():
        # An index that is lost is made anew in the same state of the acts: the occasion is another.
        yield f"{_PROCESS}:{state}:{secrets.token_hex(4)}"


def bring_in_line(_key: str) -> Done:
    """Refresh the index; what is done meanwhile is due again."""
    now, path = timezone.now(), index.folder()
    # Asked before the records are: what is done from here on makes the state another one.
    state, seen = changes.state(now), changes.seen(now)
    done = _done.get(str(path))
    refreshing.refresh(path, changes.between(done.seen if done else None, seen))
    return Done(state, seen)


def remember(_key: str, _now: datetime, done: Any) -> None:
    """Remember up to where the index is in line."""
    assert isinstance(done, Done)  # noqa: S101 - what was prepared
    _done[str(index.folder())] = done


EFFECTS = (Effect("search", due, remember, bring_in_line, lease=timedelta(minutes=30)),)
