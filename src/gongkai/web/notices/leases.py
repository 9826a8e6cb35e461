"""Leases: of all workers that see the same thing due, one works on it, until its deadline."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from gongkai.web.notices.models import Done, Lease

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)


def take(key: str, holder: str, now: datetime, length: timedelta) -> int:
    """Take the lease of an effect; return which try this is, 0 where somebody else has it or the effect is done."""
    with transaction.atomic():
        Lease.objects.bulk_create([Lease(key=key, until=now)], ignore_conflicts=True)
        # The condition is part of the update: of two who see the lease free one gets it.
        free = Lease.objects.filter(key=key, until__lte=now)
        if not free.update(holder=holder, until=now + length, tries=F("tries") + 1):
            return 0
        # Only now: whoever held the lease before may have finished while this waited for the row.
        if Done.objects.filter(key=key).exists():
            free_again(key)
            return 0
        return Lease.objects.get(key=key).tries


def free_again(key: str) -> None:
    """Remove the lease of an effect that is done."""
    Lease.objects.filter(key=key).delete()


def held(prefix: str, now: datetime) -> frozenset[str]:
    """Return the keys with this beginning that somebody works on, or that wait after a failure."""
    return frozenset(Lease.objects.filter(key__startswith=prefix, until__gt=now).values_list("key", flat=True))


def finish(key: str, now: datetime) -> None:
    """Mark an effect as done, in the transaction that carries it out. Raises IntegrityError where it is done already."""
    Done.objects.create(key=key, at=now)
    free_again(key)


def put_off(key: str, holder: str, now: datetime, failure: str, *, counts: bool = True) -> None:
    """Let an effect that failed wait, twice as long each time; the one who holds the lease says so, nobody else.

    A failure that does not count as a try lets it wait for the shortest time.
    """
    held = Lease.objects.filter(key=key, holder=holder).first()
    if held:
        wait = min(FIRST_WAIT * 2 ** min(held.tries - 1, 20), LONGEST_WAIT)
        if not counts:
            Lease.objects.filter(pk=held.pk, holder=holder, tries__gt=0).update(tries=F("tries") - 1)
            wait = FIRST_WAIT
        Lease.objects.filter(pk=held.pk, holder=holder).update(until=now + wait, failure=failure[:80])
