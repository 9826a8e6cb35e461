"""The ends of all chains, exported to be kept elsewhere and compared later: only that shows a tail that was cut off."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from django.db.models import F, OuterRef, Q, Subquery

from gongkai.errors import InvalidInput
from gongkai.web.audit.models import Chain, Entry

Heads = Mapping[str, Mapping[int, str]]
"""By chain: lengths that it had once, each with the digest of its last entry then."""


def export(without: Collection[str] = (), instead: Heads = MappingProxyType({})) -> Iterator[str]:
    """Give one line of JSON a chain: name, length, digest of the last entry.

    Of chains that did not hold, `without`, the ends that were known before stay: what was found once is found again.
    """
    for chain in Chain.objects.exclude(name__in=without).order_by("name").iterator():
        yield _line(chain.name, chain.length, chain.head)
    for name in sorted(without):
        for length, head in sorted(instead.get(name, {}).items()):
            yield _line(name, length, head)


def read(lines: Iterable[str]) -> Heads:
    """Read exported lines, of one day or of many. Raises InvalidInput for a line that is none."""
    found: dict[str, dict[int, str]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            chain, length, head = str(given["chain"]), int(given["length"]), str(given["head"])
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidInput("audit.heads_line", line=number) from error
        if found.setdefault(chain, {}).setdefault(length, head) != head:
            raise InvalidInput("audit.heads_differ", line=number, chain=chain, length=length)
    return found


def _line(chain: str, length: int, head: str) -> str:
    return json.dumps({"chain": chain, "length": length, "head": head}, ensure_ascii=False)


def broken_ends() -> list[str]:
    """Return the chains whose end is not their last entry. Quick: what lies before the end is proved by `chain.verify`."""
    last = Entry.objects.filter(chain=OuterRef("name"), number=OuterRef("length")).values("digest")
    found = Chain.objects.annotate(last=Subquery(last[:1])).filter(~Q(last=F("head")) | Q(last__isnull=True))
    return list(found.order_by("name").values_list("name", flat=True))
