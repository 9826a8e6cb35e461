"""Seeded mutants of valid files: each is read or refused with a code; nothing crashes, hangs or fails otherwise."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from gongkai import messages
from gongkai.documents import Source, read
from tests.documents.mutating import mutant, seeds
from tests.documents.reading_pool import Outcome, consistent, read_all

EVERYDAY, WHOLE = 1_000, 10_000
MOST_SECONDS = 5.0
MOST_MEMORY = 512


def test_every_seed_is_valid_and_holds_a_table() -> None:
    checked = 0
    for name, data in seeds().items():
        document = read(Source(data, name))
        assert document.format == name.partition("-")[0], name
        assert document.tables, name
        assert consistent(document), name
        assert document.text.count("0") > 3, name
        checked += 1
    assert checked >= 10


@pytest.mark.timeout(1_200)
def test_a_thousand_mutants_are_read_or_refused() -> None:
    examine(0, EVERYDAY)


@pytest.mark.whole
@pytest.mark.timeout(7_200)
@pytest.mark.skipif("GONGKAI_WHOLE" not in os.environ, reason="ten thousand mutants: set GONGKAI_WHOLE")
def test_ten_thousand_mutants_are_read_or_refused() -> None:
    examine(EVERYDAY, WHOLE)


def examine(first: int, last: int) -> None:
    """Read the mutants of these numbers and hold every outcome against the promises."""
    outcomes = list(read_all(mutants(first, last)))
    counts = Counter(outcome.what.split()[0] for outcome in outcomes)
    by_seed = Counter(outcome.key.split()[0] for outcome in outcomes)
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    print(f"{len(outcomes)} mutants of {len(by_seed)} seeds: {dict(counts.most_common())}")
    print(f"slowest {slowest.seconds:.2f} s ({slowest.key}), peak memory {max(o.peak for o in outcomes)} MiB")
    wrong = [outcome for outcome in outcomes if not _as_promised(outcome)]
    assert not wrong, "\n".join(f"{o.key}: {o.what} ({o.seconds:.1f} s)" for o in wrong[:10])
    assert len(outcomes) == last - first
    assert set(by_seed) == set(seeds())
    # A run in which nearly all are refused at the door would prove little.
    assert counts["read"] > len(outcomes) // 5
    assert len(counts) > 3


def mutants(first: int, last: int) -> Iterator[tuple[str, bytes]]:
    """Mutants by number; the same number gives the same mutant."""
    valid = seeds()
    names, others = sorted(valid), list(valid.values())
    for number in range(first, last):
        name = names[number % len(names)]
        yield f"{name} {number}", mutant(valid[name], others, random.Random(number))


def _as_promised(outcome: Outcome) -> bool:
    known = outcome.what == "read" or outcome.what in messages.catalogue("zh")
    return known and outcome.seconds <= MOST_SECONDS and outcome.peak <= MOST_MEMORY
