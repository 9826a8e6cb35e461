"""The sweep: on each tick it finds what is due and not yet done, and brings it about, once."""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Any

from django.db import DatabaseError, OperationalError, close_old_connections, transaction
from django.utils import timezone

from gongkai.web.files.store import StorageFailed
from gongkai.web.notices import leases
from gongkai.web.notices.beat import beat
from gongkai.web.notices.effects import Effect, registered

logger = logging.getLogger("gongkai.sweep")
PAUSE = 2.0
"""Seconds from one tick to the next."""
MOST = 20
"""Keys of one effect that one tick takes, so that no effect keeps the others waiting."""


_PASSING = (StorageFailed, OperationalError)
"""Failures of what stands around an effect: however long they last, they use up none of its tries."""


@dataclass(slots=True)
class Tick:
    """What a tick did: how many effects were carried out, failed, were given up."""

    done: int = 0
    failed: int = 0
    given_up: int = 0

    def add(self, other: Tick) -> None:
        """Count another tick in."""
        self.done += other.done
        self.failed += other.failed
        self.given_up += other.given_up

    @property
    def idle(self) -> bool:
        """Whether there was nothing to do."""
        return not (self.done or self.failed or self.given_up)


def tick(now: datetime | None = None, effects: Sequence[Effect] | None = None) -> Tick:
    """Bring about what is due. A failure of one effect is logged by its kind and stops no other."""
    counted, holder = Tick(), _holder()
    for effect in registered() if effects is None else effects:
        for key in _due(effect, now or timezone.now(), counted):
            _bring_about(effect, key, holder, now, counted)
    return counted


def run(stop: Event, pause: float = PAUSE) -> None:
    """Tick until told to stop. Between two ticks nothing is held: no lease, no connection that has died."""
    while not stop.is_set():
        close_old_connections()
        try:
            idle = tick().idle
        except DatabaseError as error:
            logger.error("sweep.database", exc_info=error)
            idle = True
        beat()
        if idle:
            stop.wait(pause)


def _due(effect: Effect, now: datetime, counted: Tick) -> list[str]:
    """Keys that are due and that nobody holds, so that what waits after a failure keeps nothing else waiting."""
    found: list[str] = []
    try:
        held = leases.held(effect.full(""), now)
        for key in effect.due(now):
            if effect.full(key) in held:
                continue
            found.append(key)
            if len(found) == MOST:
                break
    except Exception as error:
        logger.error("sweep.due", extra={"effect": effect.name}, exc_info=error)
        counted.failed += 1
    return found


def _bring_about(effect: Effect, key: str, holder: str, now: datetime | None, counted: Tick) -> None:
    full, at = effect.full(key), now or timezone.now()
    tried = leases.take(full, holder, at, effect.lease)
    if not tried:
        return
    try:
        if tried > effect.tries:
            _once(full, at, lambda: effect.give_up(key, at))
            logger.error("sweep.given_up", extra={"effect": full})
            counted.given_up += 1
            return
        begun = time.monotonic()
        prepared = effect.prepare(key)
        at = now or timezone.now()
        _once(full, at, lambda: effect.carry_out(key, at, prepared))
        logger.info("sweep.done", extra={"effect": full, "ms": round((time.monotonic() - begun) * 1000)})
        counted.done += 1
    except Exception as error:
        _failed(full, holder, at, error, counted)


def _once(full: str, at: datetime, write: Callable[[], Any]) -> None:
    """Write an effect and the mark that it is done in one transaction; a second one fails at the mark."""
    with transaction.atomic():
        leases.finish(full, at)
        write()


def _failed(full: str, holder: str, at: datetime, error: Exception, counted: Tick) -> None:
    logger.error("sweep.failed", extra={"effect": full}, exc_info=error)
    counted.failed += 1
    leases.put_off(full, holder, at, type(error).__name__, counts=not isinstance(error, _PASSING))


def _holder() -> str:
    return f"{os.getpid()}-{secrets.token_hex(6)}"
