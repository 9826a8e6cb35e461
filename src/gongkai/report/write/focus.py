"""Which cells of a finding to point at: the sum of a column names two dozen cells, but one or two are worth looking at."""

from __future__ import annotations

from gongkai.documents.model import Place
from gongkai.report.model import Finding

FEW = 8


def focus(finding: Finding) -> frozenset[str]:
    """The cells of the likely cause, else all cells where they are few, else the last one, which is the total."""
    if finding.cause:
        return frozenset(finding.cause.cells)
    return frozenset(finding.cells if len(finding.cells) <= FEW else finding.cells[-1:])


def places(finding: Finding) -> tuple[Place, ...]:
    """The finding's places, those of the cells to look at first where each cell has its place."""
    if len(finding.places) != len(finding.cells):
        return finding.places
    pointed = focus(finding)
    both = sorted(zip(finding.cells, finding.places, strict=True), key=lambda pair: pair[0] not in pointed)
    return tuple(place for _, place in both)
