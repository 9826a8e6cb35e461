"""What may happen to a request, as far as outcomes and letters hang on it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from gongkai.errors import InvalidInput
from gongkai.law.status import Status, status
from gongkai.messages import Listing, Phrase, phrase


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens: `after` other things, `never_with` others; `leaves` are the only outcomes left, if few are."""

    id: str
    article: str
    after: tuple[str, ...] = ()
    never_with: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    status: Status = "stated"

    @property
    def name(self) -> Phrase:
        """What people call it, for a message."""
        return phrase(f"law.event.{self.id}")


@cache
def events() -> Mapping[str, Event]:
    """Every event by its id, in the order of the data."""
    data = tomllib.loads(resources.files(__package__).joinpath("events.toml").read_text(encoding="utf-8"))
    return {
        name: Event(
            name,
            given["article"],
            tuple(given.get("after", ())),
            tuple(given.get("never_with", ())),
            tuple(given.get("leaves", ())),
            status(given.get("status", "stated")),
        )
        for name, given in data.items()
    }


def event(name: str) -> Event:
    """Return one event. Raises InvalidInput for an id that the data does not hold."""
    try:
        return events()[name]
    except KeyError:
        raise InvalidInput("law.event.unknown", given=name, known=Listing(tuple(events()))) from None


def check(happened: Collection[str]) -> None:
    """Raise InvalidInput for an unknown event, one without what must have happened before it, and two that exclude each other."""
    for found in map(event, happened):
        for before in found.after:
            if before not in happened:
                raise InvalidInput(
                    "law.event.before", event=found.name, before=event(before).name, article=found.article
                )
        for other in found.never_with:
            if other in happened:
                raise InvalidInput(
                    "law.event.never_with", event=found.name, other=event(other).name, article=found.article
                )
