"""What a kind of record must say of itself to be found: which records everybody sees, what an entry holds, how a hit is shown."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from gongkai.web.agencies.models import Agency
from gongkai.web.search.index import Entry

A_TIME = 400
"""Keys asked for in one query."""


class Hit(NamedTuple):
    """A record that everybody sees, as lists and filters need it; `column` is the item of the law, `record` the record."""

    id: str
    kind: str
    agency: Agency | None
    year: int | None
    record: Any
    column: str = ""


class Shown(NamedTuple):
    """A hit as the page shows it. `text` is all that was searched, for excerpts."""

    title: str
    address: str
    agency: str
    on: date | None
    text: str


@dataclass(frozen=True)
class Source(ABC):
    """A kind of record: its code, what people call it, and the fields that name an agency whose name is shown with it."""

    code: str
    label: str
    agencies: tuple[str, ...]

    @abstractmethod
    def public(self) -> QuerySet[Any]:
        """The records that everybody sees now."""

    def touched(self, kind: str, keys: Collection[str]) -> Collection[str] | None:
        """The keys of the records that acts on objects of a kind may have changed; None where it may be any of them."""
        if kind == Agency._meta.label_lower:
            belongs = Q(*((f"{owner}__key__in", list(keys)) for owner in self.agencies), _connector=Q.OR)
            return list(self.public().filter(belongs).values_list("key", flat=True))
        return keys if kind == self.public().model._meta.label_lower else ()

    def stamps(self, keys: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
        """The id and the stamp of every record that everybody sees, or of those of them with these keys."""
        parts = [self.public()] if keys is None else [self.public().filter(key__in=some) for some in _parts(keys)]
        for found in parts:
            around = (f"{owner}__version" for owner in self.agencies)
            for key, *versions in found.values_list("key", "version", *around).iterator():
                yield f"{self.code}:{key}", ".".join(str(one or 0) for one in versions)

    def hits(self, keys: Sequence[str]) -> Iterator[Hit]:
        """Of the records with these keys those that everybody sees now."""
        for some in _parts(keys):
            for record in self._listed(self.public().filter(key__in=some)):
                yield self._hit(record)

    def entries(self, keys: Sequence[str], stamps: dict[str, str]) -> Iterator[Entry]:
        """The entries of records, each with the stamp under which it was asked for."""
        for some in _parts(keys):
            for record in self._whole(self.public().filter(key__in=some)):
                hit = self._hit(record)
                shown = self.shown(hit)
                yield Entry(hit.id, stamps[hit.id], shown.title, shown.text, self._numbers(record), marks_of(hit))

    @abstractmethod
    def shown(self, hit: Hit) -> Shown:
        """A hit with what the page shows of it."""

    def validities(self, hits: Sequence[Hit]) -> dict[str, str]:
        """The word for how each record stands today, by the id of its hit; none for what is not in force or not."""
        del hits
        return {}

    def _hit(self, record: Any) -> Hit:
        found = (self._agency(record), self._year(record), record, self._column(record))
        return Hit(f"{self.code}:{record.key}", self.code, *found)

    def _column(self, record: Any) -> str:
        del record
        return ""

    def _listed(self, found: QuerySet[Any]) -> Iterable[Any]:
        return self._whole(found)

    def _whole(self, found: QuerySet[Any]) -> Iterable[Any]:
        return found.select_related("agency")

    def _agency(self, record: Any) -> Agency | None:
        agency: Agency | None = record.agency
        return agency

    @abstractmethod
    def _year(self, record: Any) -> int | None:
        """The year by which the record is filtered."""

    def _numbers(self, record: Any) -> tuple[str, ...]:
        number = getattr(record, "number", "")
        return (number,) if number else ()


def marks_of(hit: Hit) -> tuple[str, ...]:
    """The marks by which a record is filtered: kind, agency, year."""
    found = [f"kind:{hit.kind}"]
    if hit.agency is not None:
        found.append(f"agency:{hit.agency.key}")
    if hit.year is not None:
        found.append(f"year:{hit.year}")
    if hit.column:
        found.append(f"column:{hit.column}")
    return tuple(found)


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(keys), A_TIME):
        yield keys[at : at + A_TIME]
