"""The links of a file, and those among them that do not answer. The asking itself is the caller's: no network in here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

MOST_LINKS = 500
"""So many links of one document are asked about."""


def outward(links: Iterable[str]) -> tuple[str, ...]:
    """The web addresses among `links`, each once, in order, without the part after `#`."""
    plain = (link.strip().partition("#")[0] for link in links)
    return tuple(dict.fromkeys(link for link in plain if link.lower().startswith(("http://", "https://"))))[
        :MOST_LINKS
    ]


def dead(links: Iterable[str], answers: Callable[[str], bool]) -> tuple[str, ...]:
    """Those web addresses for which `answers` says no."""
    return tuple(link for link in outward(links) if not answers(link))
