"""What the sweep does for lists: it looks them through, and enters those that were confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from gongkai.errors import InvalidInput
from gongkai.web.files import queries as files
from gongkai.web.notices.effects import Effect
from gongkai.web.publications.channels.bulk import actions
from gongkai.web.publications.channels.bulk.models import ShowingImport
from gongkai.web.publications.channels.bulk.sheet import Looked, looked_through

TRIES = 3
LEASE = timedelta(minutes=2)


def _due(state: str) -> Callable[[datetime], Iterator[str]]:
    def due(_now: datetime) -> Iterator[str]:
        waiting = ShowingImport.objects.filter(state=state).order_by("pk")
        for key, number in waiting.values_list("key", "round"):
            yield f"{key}.{number}"

    return due


def _given(key: str) -> ShowingImport:
    found = ShowingImport.objects.select_related("channel__agency", "file")
    return found.get(key=key.partition(".")[0])


def _read(key: str) -> Looked:
    given = _given(key)
    try:
        with files.content(given.file) as content:
            return looked_through(content, given.channel)
    except FileNotFoundError:
        return Looked(error=InvalidInput("publications.channels.sheet.gone"))


def _carried_out(state: str, action: Callable[..., None]) -> Callable[[str, datetime, Any], None]:
    """Do what is due where it still is: a person may have dropped the list meanwhile."""

    def carry_out(key: str, now: datetime, looked: Any) -> None:
        given = _given(key)
        if given.state == state:
            action(given, looked, now)

    return carry_out


def _gave_up(state: str) -> Callable[[str, datetime], None]:
    def give_up(key: str, now: datetime) -> None:
        given = _given(key)
        if given.state == state:
            actions.give_up(given, now)

    return give_up


EFFECTS = tuple(
    Effect(f"channels.{name}", _due(state), _carried_out(state, action), _read, _gave_up(state), LEASE, TRIES)
    for name, state, action in (
        ("look_through", "pending", actions.settle_look),
        ("take", "taking", actions.settle_take),
    )
)
