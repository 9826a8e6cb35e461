"""Which cells of a finding to point at: the sum of a column names two dozen cells, but one or two are worth looking at."""

from __future__ import annotations

from gongkai.report.model import Finding

FEW = 8


def focus(finding: Finding) -> frozenset[str]:
    """The cells of the likely cause, else all cells where they are few, else the last one, which is the total."""
    if finding.cause:
        return frozenset(finding.cause.cells)
    return frozenset(finding.cells if len(finding.cells) <= FEW else finding.cells[-1:])
