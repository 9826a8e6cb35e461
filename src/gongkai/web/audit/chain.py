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


def verify(chain: str, known: Mapping[int, str] | None = None) -> Verdict:
    """Prove a chain entry by entry, and against ends kept elsewhere where they are given (by length, the digest then).

    What can be wrong: `missing` (a number is not there), `changed`, `replaced` (holds together, but is not what was
    exported), `cut` (entries at the end are gone), `added` (more entries than the chain's end knows). A chain alone
    does not show that its last entries were cut off together with the record of its end.
    """
    known = known or {}
    end = Chain.objects.filter(name=chain).first()
    length, head = (end.length, end.head) if end else (0, "")
    previous, proved = "", 0
    for entry in Entry.objects.filter(chain=chain).order_by("number", "pk").iterator():
        wrong = _wrong(entry, proved + 1, previous, length, known)
        if wrong:
            return Verdict(chain, proved, proved + 1, wrong)
        previous, proved = entry.digest, proved + 1
    if proved < max([length, *known]):
        return Verdict(chain, proved, proved + 1, "cut")
    if previous != head:
        return Verdict(chain, proved, proved, "replaced")
    return Verdict(chain, proved)


def _wrong(entry: Entry, number: int, previous: str, length: int, known: Mapping[int, str]) -> str:
    """What is wrong with the entry that should be `number`, if anything."""
    if entry.number > number:
        return "missing"
    if entry.number < number or entry.number > length:
        return "added"
    if entry.previous != previous or digest(entry) != entry.digest:
        return "changed"
    return "replaced" if known.get(number, entry.digest) != entry.digest else ""


def _instant(at: datetime) -> str:
    """An instant in one spelling, whatever zone the database gives it in."""
    return at.astimezone(timezone.get_default_timezone()).isoformat(timespec="microseconds")
