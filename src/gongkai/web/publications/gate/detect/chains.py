"""Figures that stand near one another in a text, and whether some of them are written as one number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.web.publications.gate.detect.folding import NOTHING

_BETWEEN = rf"[ \-._/{NOTHING}\n\t]"
_CHAIN = re.compile(rf"[0-9](?:{_BETWEEN}{{0,3}}[0-9Xx])*")
LEAST = 11
GROUPS = 6
"""A number written in groups has no more of them, unless every figure stands alone."""
_MOBILE_GROUPS = ([3, 4, 4], [3, 8], [7, 4], [4, 4, 3], [3, 3, 5], [5, 6], [6, 5], [3, 3, 3, 2])
_IDENTITY_CELLS = ([6, 8, 4], [6, 8, 3, 1], [6, 4, 4, 4])


class Chain(NamedTuple):
    """Figures that stand near one another in the text `folded`: `signs` and where each stands."""

    signs: str
    at: list[int]
    folded: str

    def contiguous(self, k: int) -> bool:
        """Whether sign `k` follows the one before it without anything between."""
        return 0 < k < len(self.at) and self.at[k] - self.at[k - 1] == 1

    def groups(self, k: int, length: int) -> list[int]:
        """The lengths of the groups in which `length` signs from `k` are written."""
        sizes = [1]
        for n in range(k + 1, k + length):
            if self.contiguous(n):
                sizes[-1] += 1
            else:
                sizes.append(1)
        return sizes

    def _stands_alone(self, k: int, length: int) -> bool:
        """Whether a number written in groups is not just some of the figures of a longer row of groups."""
        return all(self._is_other(n) for n in (k - 1, k + length))

    def _is_other(self, n: int) -> bool:
        """Whether the figure `n` is none of this chain's, or part of a long number of its own."""
        if not 0 <= n < len(self.at):
            return True
        low = high = n
        while self.contiguous(low):
            low -= 1
        while self.contiguous(high + 1):
            high += 1
        return high - low + 1 >= LEAST

    def written_as_one(self, k: int, length: int, label: bool) -> bool:
        """Whether `length` figures from `k` look like one number: no row of cells, no column of amounts."""
        sizes = self.groups(k, length)
        if len(sizes) == 1:
            return True
        gaps = [
            self.folded[self.at[n - 1] + 1 : self.at[n]] for n in range(k + 1, k + length) if not self.contiguous(n)
        ]
        visible = [gap.replace(NOTHING, "") for gap in gaps]
        if not any(visible):
            return True
        if all(size == 1 for size in sizes):
            return len({gap.strip("\n") for gap in visible}) <= 2
        parting = [gap for gap in visible if gap]
        if any("\t" in gap for gap in parting):
            # Three cells that prove to be an identity number are one; three that look like a mobile may be anything.
            return sizes in _IDENTITY_CELLS or (sizes == [3, 4, 4] and self._stands_alone(k, length))
        breaks = sum("\n" in gap for gap in parting)
        if breaks > 1 or any("/" in gap for gap in parting):
            return False
        if len({gap for gap in parting if "\n" not in gap}) > 2 or len(parting) >= GROUPS:
            return False
        if length == LEAST and not label and not breaks and sizes not in _MOBILE_GROUPS:
            return False
        if length == 18 and self._otherwise_parted(k, length, parting):
            return True
        return label or breaks == len(parting) == 1 or self._stands_alone(k, length)

    def _otherwise_parted(self, k: int, length: int, parting: list[str]) -> bool:
        """Whether the neighbours of a number in groups are parted from it by other signs than its groups are."""
        ends = [
            (n, self.folded[self.at[n] + 1 : self.at[n + 1]])
            for n in (k - 1, k + length - 1)
            if 0 <= n < len(self.at) - 1
        ]
        return len(set(parting)) == 1 and all(gap not in parting for _, gap in ends)

    def ends(self, k: int) -> bool:
        """Whether the number ends before sign `k`: a letter X belongs to nothing else."""
        return not self.contiguous(k) or k >= len(self.signs) or self.signs[k] in "Xx"


def chains(folded: str) -> Iterator[Chain]:
    """All chains of a text with figures enough for a number of a person."""
    for found in _CHAIN.finditer(folded):
        if found.end() - found.start() < LEAST:
            continue
        at = [n for n in range(found.start(), found.end()) if folded[n].isdigit() or folded[n] in "Xx"]
        if len(at) >= LEAST:
            yield Chain("".join(folded[n] for n in at), at, folded)
