"""What changed since the index was brought in line: no act is without its entry in the audit, so the entries tell.

An entry is seen when its chain is longer than it was; a chain's entries are numbered without gaps, and its length is
written in the transaction of the act. So nothing is missed whatever order transactions end in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, Sum
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.models import Chain, Entry
from gongkai.web.search.refreshing import Wanted
from gongkai.web.search.sources import SOURCES

_AGENCY = Agency._meta
_CHAINS_A_TIME = 200
MOST = 20_000
"""With more entries than this a comparison of everything is quicker."""


class Seen(NamedTuple):
    """Up to where the acts were seen: the day, and the length of every chain."""

    day: str
    chains: Mapping[str, int]


def state(now: datetime) -> str:
    """What is another one after every act, and on every day."""
    acts = Chain.objects.aggregate(n=Sum("length"))["n"] or 0
    return f"{timezone.localdate(now).isoformat()}:{acts}"


def seen(now: datetime) -> Seen:
    """Up to where the acts are at this moment."""
    return Seen(timezone.localdate(now).isoformat(), dict(Chain.objects.values_list("name", "length")))


def between(before: Seen | None, after: Seen) -> Wanted | None:
    """The records that acts in between may have changed; None where all are to be compared."""
    if before is None or before.day != after.day:
        return None
    grown = [(name, before.chains.get(name, 0), length) for name, length in after.chains.items()]
    grown = [one for one in grown if one[1] != one[2]]
    # A chain that is shorter than it was comes of a database that was put in the place of another.
    if any(was > length for _, was, length in grown) or sum(one[2] - one[1] for one in grown) > MOST:
        return None
    objects: dict[str, set[str]] = {}
    for at in range(0, len(grown), _CHAINS_A_TIME):
        which = Q(*(_entries(*one) for one in grown[at : at + _CHAINS_A_TIME]), _connector=Q.OR)
        for kind, key in Entry.objects.filter(which).values_list("kind", "object_key"):
            objects.setdefault(kind, set()).add(key)
    return _wanted(objects)


def _entries(chain: str, after: int, until: int) -> Q:
    return Q(chain=chain, number__gt=after, number__lte=until)


def _wanted(objects: Mapping[str, set[str]]) -> Wanted | None:
    # What changes the tree of agencies as a whole may change the names that stand with any record.
    if any(kind.partition(".")[0] == _AGENCY.app_label and kind != _AGENCY.label_lower for kind in objects):
        return None
    wanted: dict[str, set[str] | None] = {}
    for source in SOURCES:
        for kind, keys in objects.items():
            touched = source.touched(kind, keys)
            known = wanted.get(source.code, set())
            wanted[source.code] = None if touched is None or known is None else known | set(touched)
    return wanted
