"""What the sweep does for the registers: sheets looked through, entered, taken away again; rows of persons taken down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from gongkai.errors import InvalidInput
from gongkai.web.notices.effects import Effect
from gongkai.web.registers import actions
from gongkai.web.registers.actions.passing import over
from gongkai.web.registers.bulk import working
from gongkai.web.registers.models import Import

TRIES = 3
LEASE = timedelta(minutes=5)
"""Longer than the largest sheet takes. Where it is not, the ticket of the import lets one of two workers go on."""


def _due(state: str) -> Callable[[datetime], Iterator[str]]:
    def due(_now: datetime) -> Iterator[str]:
        waiting = Import.objects.filter(state=state).order_by("pk")
        for key, number in waiting.values_list("key", "round"):
            yield f"{key}.{number}"

    return due


def _given(key: str) -> Import:
    return Import.objects.select_related("agency", "file").get(key=key.partition(".")[0])


def _look(key: str) -> working.Looked:
    return working.look_through(_given(key))


def _looked(key: str, now: datetime, looked: Any) -> None:
    actions.settle_look(_given(key), looked, now)


def _not_looked(key: str, now: datetime) -> None:
    actions.settle_look(_given(key), working.Looked(error=InvalidInput("registers.bulk.gave_up")), now)


def _stage(key: str) -> None:
    working.stage(_given(key))


def _staged(key: str, now: datetime, _prepared: Any) -> None:
    actions.settle_take(_given(key), now)


def _not_staged(key: str, _now: datetime) -> None:
    actions.give_up_taking(_given(key))


def _taken_down(key: str, now: datetime, _prepared: Any) -> None:
    actions.take_down(key, now)


EFFECTS = (
    Effect("registers.take_down", over, _taken_down),
    Effect("registers.look_through", _due("pending"), _looked, _look, _not_looked, LEASE, TRIES),
    Effect("registers.take", _due("taking"), _staged, _stage, _not_staged, LEASE, TRIES),
    Effect(
        "registers.clear",
        _due("clearing"),
        lambda key, now, _: actions.settle_clear(_given(key), now),
        lambda key: working.clear(_given(key)),
        lease=LEASE,
    ),
    Effect(
        "registers.undo",
        _due("undoing"),
        lambda key, now, _: actions.settle_undo(_given(key), now),
        lambda key: working.strike(_given(key)),
        lease=LEASE,
    ),
)
