"""How often a door may be tried: by the pair of subject and address, and by address; never by the subject alone.

Whoever is tried by others can still come in from elsewhere. A try is taken before anything is evaluated, and taking
one is a single conditional update, so that no number of tries at once gets more than the limit. Doors: sign-in,
one-time codes, passwords, invitations, tokens, and those of later apps (query codes, download links).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.errors import InvalidInput
from gongkai.web.accounts.models import Tries
from gongkai.web.settings import declared

Found = TypeVar("Found")


def take(door: str, subject: str, address: str) -> None:
    """Take one try of `subject` (a login, a key, a number) at a door from an address.

    Raises InvalidInput `accounts.blocked` with the minutes to wait; then nothing may be evaluated. Commits by itself: a
    try is spent whatever happens afterwards.
    """
    with _spent(door, subject, address):
        pass


def evaluated(door: str, subject: str, address: str, proof: Callable[[], Found | None]) -> Found | None:
    """Take one try, ask for the proof, and give the try back where there is one: all in one transaction.

    For doors that are gone through again and again: what is good never counts, not even while many come at once, and
    what is wrong is spent. Raises InvalidInput `accounts.blocked`; then nothing was asked.
    """
    with _spent(door, subject, address):
        found = proof()
        if found is not None:
            transaction.set_rollback(True)
    return found


def give_back(door: str, subject: str, address: str) -> None:
    """Forget the tries of a subject from an address after a good one, and the one try that the address spent on it."""
    pair, alone = _mark(door, subject, address), _mark(door, "", address)
    with transaction.atomic():
        Tries.objects.filter(door=door, mark=pair).delete()
        Tries.objects.filter(door=door, mark=alone, used__gt=0).update(used=F("used") - 1)


def blocked_for(*subjects: str) -> QuerySet[Tries]:
    """Return the counters of these subjects that have reached the limit and still count, for whoever may unlock."""
    return Tries.objects.filter(
        subject__in=[_subject(subject) for subject in subjects],
        used__gte=declared.number("GONGKAI_TRIES"),
        since__gt=timezone.now() - _window(),
    )


def unlock(*subjects: str) -> int:
    """Forget all tries of these subjects from everywhere, and return how many counters there were."""
    return Tries.objects.filter(subject__in=[_subject(subject) for subject in subjects]).delete()[0]


def forget_expired() -> int:
    """Delete counters that no longer count, and return how many."""
    return Tries.objects.filter(since__lte=timezone.now() - _window()).delete()[0]


@contextmanager
def _spent(door: str, subject: str, address: str) -> Iterator[None]:
    """A transaction of its own in which a try is spent before anything else is done."""
    at_once = _refusal(door, subject, address)
    if at_once:
        raise at_once
    with transaction.atomic(durable=True):
        for mark, of, limit in _counters(door, subject, address):
            if not _count(door, mark, of, address, limit):
                raise _refusal(door, subject, address) or _blocked(_window())
        yield


def _counters(door: str, subject: str, address: str) -> tuple[tuple[str, str, int], ...]:
    """The pair first: whoever is blocked there does not spend the tries of everybody at the same address.

    Where nothing is named that is tried, as at a door of links, only the address counts.
    """
    alone = (_mark(door, "", address), "", declared.number("GONGKAI_TRIES_ADDRESS"))
    if not _folded(subject):
        return (alone,)
    return ((_mark(door, subject, address), _subject(subject), declared.number("GONGKAI_TRIES")), alone)


def _count(door: str, mark: str, subject: str, address: str, limit: int) -> bool:
    """Count one try; the update itself asks whether there is one left."""
    now = timezone.now()
    row = Tries(door=door, mark=mark, subject=subject, address=address, since=now)
    Tries.objects.bulk_create([row], ignore_conflicts=True)
    counter = Tries.objects.filter(door=door, mark=mark)
    counter.filter(since__lte=now - _window()).update(used=0, since=now)
    return bool(counter.filter(used__lt=limit).update(used=F("used") + 1))


def _refusal(door: str, subject: str, address: str) -> InvalidInput | None:
    """The refusal where a counter is used up: a look without a lock, so that a flood costs one reading each."""
    now = timezone.now()
    for mark, _of, limit in _counters(door, subject, address):
        counter = Tries.objects.filter(door=door, mark=mark, used__gte=limit, since__gt=now - _window()).first()
        if counter:
            return _blocked(counter.since + _window() - now)
    return None


def _blocked(remaining: timedelta) -> InvalidInput:
    return InvalidInput("accounts.blocked", minutes=max(1, -(-int(remaining.total_seconds()) // 60)))


def _window() -> timedelta:
    return timedelta(minutes=declared.number("GONGKAI_LOCK_MINUTES"))


def _mark(door: str, subject: str, address: str) -> str:
    return salted_hmac("gongkai.tries", f"{door}\0{_folded(subject)}\0{address}", algorithm="sha256").hexdigest()


def _subject(subject: str) -> str:
    return salted_hmac("gongkai.tries.subject", _folded(subject), algorithm="sha256").hexdigest()


def _folded(subject: str) -> str:
    return subject.strip().lower()
