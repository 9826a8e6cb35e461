"""What an effect is, and the list of all that the apps have registered.

An app registers its effects by a module `effects_due` with a tuple `EFFECTS`; there is no other way in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

MODULE = "effects_due"


def nothing(_key: str) -> None:
    """Prepare nothing."""


def only_logged(_key: str, _now: datetime) -> None:
    """Leave an effect that failed too often to the log and to its lease, which keeps the failure."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that the sweep brings about, once for each key.

    `due` computes from the records the keys of what is due at an instant and not yet done; a key names the occasion as
    well (a day, a number of the try), for one that is done is never done again. `prepare` does heavy work outside any
    transaction under a lease of that length and may be repeated after a crash, so it changes nothing that lasts.
    `carry_out` writes what comes of it, in one transaction with the mark that it is done. After `tries` failures
    `give_up` is called instead, likewise once.
    """

    name: str
    due: Callable[[datetime], Iterable[str]]
    carry_out: Callable[[str, datetime, Any], None]
    prepare: Callable[[str], Any] = nothing
    give_up: Callable[[str, datetime], None] = only_logged
    lease: timedelta = timedelta(minutes=2)
    tries: int = 5

    def full(self, key: str) -> str:
        """The effect's key among those of all effects."""
        return f"{self.name}:{key}"


@cache
def registered() -> tuple[Effect, ...]:
    """Return all effects, in the order of the installed apps. Two of one name are a defect."""
    found: list[Effect] = []
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, MODULE):
            found += import_module(f"{config.name}.{MODULE}").EFFECTS
    names = [effect.name for effect in found]
    assert len(set(names)) == len(names), names  # noqa: S101 - a defect of the program
    return tuple(found)
