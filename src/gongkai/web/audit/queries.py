"""Reading the audit: which entries, newest first, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web.audit.models import Chain, Entry


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are wanted; what is empty does not narrow. Days are inclusive, in Asia/Shanghai.

    Of several chains, actors or keys of objects any will do.
    """

    chains: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    verb: str = ""
    objects: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Entries of a page, newest first, and the mark after which the next page begins (None on the last)."""

    entries: list[Entry] = field(default_factory=list)
    after: int | None = None


def entries(wanted: Wanted) -> QuerySet[Entry]:
    """Return the wanted entries, newest first."""
    found = Entry.objects.order_by("-pk")
    if wanted.chains:
        found = found.filter(chain__in=wanted.chains)
    if wanted.actors:
        found = found.filter(actor__in=wanted.actors)
    if wanted.verb:
        found = found.filter(verb=wanted.verb)
    if wanted.objects:
        found = found.filter(object_key__in=wanted.objects)
    if wanted.since:
        found = found.filter(at__gte=_begin(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=_begin(wanted.until + timedelta(days=1)))
    return found


def page(wanted: Wanted, *, after: int | None = None, size: int = 50) -> Page:
    """Return one page; `after` is the mark that the page before it gave, so that a page costs the same wherever it is."""
    found = entries(wanted)
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found[: size + 1])
    return Page(rows[:size], rows[size - 1].pk if len(rows) > size else None)


def everything(wanted: Wanted, size: int = 1000) -> Iterator[Entry]:
    """Give all wanted entries, newest first, without holding them all or a lock."""
    after: int | None = None
    while True:
        found = page(wanted, after=after, size=size)
        yield from found.entries
        if found.after is None:
            return
        after = found.after


def chains() -> list[str]:
    """Return the names of all chains, those of which only entries or only the end is left included."""
    named = set(Chain.objects.values_list("name", flat=True))
    return sorted(named | set(Entry.objects.order_by().values_list("chain", flat=True).distinct()))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
