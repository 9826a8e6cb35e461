"""The ends of all chains, exported to be kept elsewhere and compared later: only that shows a tail that was cut off."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from gongkai.errors import InvalidInput
from gongkai.web.audit.models import Chain

Heads = Mapping[str, Mapping[int, str]]
"""By chain: lengths that it had once, each with the digest of its last entry then."""


def export() -> Iterator[str]:
    """Give one line of JSON a chain: name, length, digest of the last entry."""
    for chain in Chain.objects.order_by("name").iterator():
        yield json.dumps({"chain": chain.name, "length": chain.length, "head": chain.head}, ensure_ascii=False)


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
