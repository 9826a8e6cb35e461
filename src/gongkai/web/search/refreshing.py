"""Bringing the index in line with the records: what changed is found by comparing stamps, so nothing can be missed.

A crash loses nothing: the index says itself of which version each entry is made, and the next comparison goes on from
there. What everybody sees never waits for it, since pages ask the records.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from gongkai.web.search import index as kept
from gongkai.web.search.index import Entry, Index, Unusable
from gongkai.web.search.sources import SOURCES, Source

logger = logging.getLogger("gongkai.search")
A_COMMIT = 2_000
"""Entries between two commits of a long refresh, so that what is killed midway goes on where it was."""


class Refreshed(NamedTuple):
    """What a refresh did."""

    written: int
    removed: int
    rebuilt: bool = False


def refresh(path: Path | None = None) -> Refreshed:
    """Bring the index in line with the records; an index that cannot be read is made anew. One process at a time."""
    path = path or kept.folder()
    with _alone(path):
        anew = kept.is_damaged(path)
        if anew:
            kept.remove(path)
        try:
            index = Index.made(path)
            known = index.known()
        except Unusable:
            kept.remove(path)
            index, known, anew = Index.made(path), {}, True
        kept.mended(path)
        if anew:
            logger.error("search.rebuilt")
        return _refreshed(index, known, anew)


def rebuild(path: Path | None = None) -> Refreshed:
    """Make the index anew from the records, in a folder beside it that takes its place at the end."""
    path = path or kept.folder()
    beside = path.with_name(f"{path.name}-new")
    with _alone(path):
        kept.remove(beside)
        done = _refreshed(Index.made(beside), {}, True)
        kept.remove(path)
        beside.rename(path)
        kept.mended(path)
    return done


def _refreshed(index: Index, known: dict[str, str], anew: bool) -> Refreshed:
    written, wanted = 0, set[str]()
    for source in SOURCES:
        stamps = dict(source.stamps())
        wanted |= stamps.keys()
        changed = [id for id, stamp in stamps.items() if known.get(id) != stamp]
        for some in _parts(changed):
            written += index.write(_entries(source, some, stamps), ())
    gone = known.keys() - wanted
    if gone:
        index.write((), gone)
    return Refreshed(written, len(gone), anew)


def _entries(source: Source, ids: list[str], stamps: dict[str, str]) -> Iterator[Entry]:
    return source.entries([id.partition(":")[2] for id in ids], stamps)


def _parts(ids: list[str]) -> Iterator[list[str]]:
    for at in range(0, len(ids), A_COMMIT):
        yield ids[at : at + A_COMMIT]


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait until no other process of this node writes the index."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
