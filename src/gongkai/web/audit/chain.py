"""Writing entries at the end of a chain and proving a chain whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.actor import Actor
from gongkai.web.audit.models import Chain, Entry
from gongkai.web.audit.record import Record


@dataclass
class Act:
    """An act under way; `result` may be filled until it is written."""

    result: dict[str, Any] = field(default_factory=dict)


@contextmanager
def act(by: Actor, verb: str, on: Record | None, *, chain: str, **result: Any) -> Iterator[Act]:
    """Do something and record it in one transaction: both are there afterwards, or neither.

    `on` is the record acted upon; one that the act itself makes is given by `Act.result["key"]`. Values of `result` are
    plain JSON without personal data.
    """
    with transaction.atomic():
        under_way = Act(dict(result))
        yield under_way
        kind = on._meta.label_lower if on is not None else str(under_way.result.pop("kind", ""))
        key = on.key if on is not None else str(under_way.result.pop("key", ""))
        append(chain, by, verb, kind, key, under_way.result)


def append(chain: str, by: Actor, verb: str, kind: str, key: str, result: Mapping[str, Any]) -> Entry:
    """Write an entry at the end of a chain. Must run inside a transaction, which holds the chain until it ends."""
    Chain.objects.get_or_create(name=chain)
    end = Chain.objects.select_for_update().get(name=chain)
    at = timezone.now()
    entry = Entry(
        chain=chain,
        number=end.length + 1,
        at=at,
        actor=str(by),
        verb=verb,
        kind=kind,
        object_key=key,
        result=dict(result),
        previous=end.head,
    )
    entry.digest = digest(entry)
    entry.save(force_insert=True)
    end.length, end.head = entry.number, entry.digest
    end.save(update_fields=["length", "head"])
    return entry


def digest(entry: Entry) -> str:
    """Return the digest of an entry with the digest of the one before it, in one spelling of its content."""
    content = [
        entry.chain,
        entry.number,
        _instant(entry.at),
        entry.actor,
        entry.verb,
        entry.kind,
        entry.object_key,
        entry.result,
        entry.previous,
    ]
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a chain proved to be: how many entries hold, and the first that does not, with what is wrong with it."""

    chain: str
    entries: int
    wrong_at: int | None = None
    wrong: str = ""

    @property
    def whole(self) -> bool:
        """Whether every entry holds."""
        return self.wrong_at is None


def verify(chain: str, known_head: tuple[int, str] | None = None) -> Verdict:
    """Prove a chain entry by entry, and against a head kept elsewhere where one is given (its length and digest).

    A chain alone does not show that its last entries were cut off together with the record of its end.
    """
    previous, expected = "", 0
    for entry in Entry.objects.filter(chain=chain).order_by("number").iterator():
        expected += 1
        if entry.number != expected:
            return Verdict(chain, expected - 1, expected, "missing")
        if entry.previous != previous or digest(entry) != entry.digest:
            return Verdict(chain, expected - 1, expected, "changed")
        if known_head is not None and known_head[0] == entry.number and known_head[1] != entry.digest:
            return Verdict(chain, expected - 1, expected, "replaced")
        previous = entry.digest
    end = Chain.objects.filter(name=chain).first()
    length, head = (end.length, end.head) if end else (0, "")
    if (length, head) != (expected, previous) or (known_head and known_head[0] > expected):
        return Verdict(chain, expected, expected + 1, "cut")
    return Verdict(chain, expected)


def _instant(at: datetime) -> str:
    """An instant in one spelling, whatever zone the database gives it in."""
    return at.astimezone(timezone.get_default_timezone()).isoformat(timespec="microseconds")
