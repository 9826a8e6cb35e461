"""Numbers given one after the other within an agency, a kind and a year: which are missing, which were given twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from gongkai.errors import InvalidInput
from gongkai.law.rules import carries_out

_ARTICLE = "regulation.45"


class Series(NamedTuple):
    """What is numbered from 1 on: a kind of letter, or the requests, of an agency in a year."""

    agency: str
    kind: str
    year: int


class Span(NamedTuple):
    """Serials that follow each other, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What is wrong in a series: its missing serials, and those given more than once."""

    series: Series
    missing: tuple[Span, ...]
    doubled: tuple[int, ...]


@carries_out(_ARTICLE, "document_rules.9", name="numbers.gaps")
def gaps(numbers: Iterable[tuple[Series, int]], given_up_to: Mapping[Series, int] | None = None) -> tuple[Gap, ...]:
    """Return every series with missing or doubled serials, in order; none where all is well.

    `numbers` are the series and serial of each letter or request. `given_up_to` is the last serial that an office's
    counter gave in a series; without it the highest serial found is taken for the last. Raises InvalidInput for a serial
    that is not positive, and for one beyond the counter.
    """
    found: dict[Series, Counter[int]] = {series: Counter() for series in given_up_to or {}}
    for series, serial in numbers:
        last = (given_up_to or {}).get(series)
        if serial < 1:
            raise InvalidInput("law.numbers.serial_of_series", article=_ARTICLE, given=serial)
        if last is not None and serial > last:
            raise InvalidInput("law.numbers.beyond_the_counter", article=_ARTICLE, given=serial, last=last)
        found.setdefault(series, Counter())[serial] += 1
    checked = (_gap(series, found[series], (given_up_to or {}).get(series)) for series in sorted(found))
    return tuple(gap for gap in checked if gap.missing or gap.doubled)


def _gap(series: Series, serials: Counter[int], last: int | None) -> Gap:
    """What is wrong in one series, whose last serial is `last` or the highest found."""
    known = sorted(serials)
    end = last if last is not None else max(known, default=0)
    borders = [0, *known, end + 1]
    missing = tuple(Span(before + 1, after - 1) for before, after in pairwise(borders) if after - before > 1)
    return Gap(series, missing, tuple(serial for serial in known if serials[serial] > 1))
