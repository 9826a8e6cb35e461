"""Prose that is word for word another report's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.report.check.rules import found, threshold, unit
from gongkai.report.model import Finding, Report

_NOT_WORDS = re.compile("[^一-龥]+")


def check_alike(report: Report, previous: Report | None, peers: Sequence[Report]) -> Iterator[Finding]:
    """Yield same.previous and same.peer where the prose is nearly the same, with the share that is.

    Figures, years and punctuation do not count as wording; equal tables say nothing.
    """
    own = _shingles(report)
    if not own:
        return
    if previous is not None and (share := _share(own, _shingles(previous))) >= threshold("same_share"):
        yield found(
            report, "same.previous", {"share": round(share * unit("percent")), "year": previous.year or previous.path}
        )
    for peer in peers:
        if (share := _share(own, _shingles(peer))) >= threshold("same_share"):
            yield found(
                report, "same.peer", {"share": round(share * unit("percent")), "other": peer.agency or peer.path}
            )


def _shingles(report: Report) -> frozenset[str]:
    """All runs of `same_window` characters of the prose; none where there is too little prose to judge."""
    words = _NOT_WORDS.sub("", "".join(part.text for name, part in report.prose.items() if name not in {"0", "end"}))
    window = int(threshold("same_window"))
    if len(words) < threshold("same_length"):
        return frozenset()
    return frozenset(words[at : at + window] for at in range(len(words) - window + 1))


def _share(own: frozenset[str], other: frozenset[str]) -> float:
    return len(own & other) / len(own)
