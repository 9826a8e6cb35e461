"""Bringing the index in line with the records, by comparing the stamps of both.

Which records are worth comparing, the acts of the audit say (see `changes`); once a day all are, so nothing can be missed.

A crash loses nothing: the index says itself of which version each entry is made, and the next comparison goes on from
there. What everybody sees never waits for it, since pages ask the records.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from gongkai.web.search import index as kept
from gongkai.web.search.index import Entry, Index, Unusable
from gongkai.web.search.source import Source
from gongkai.web.search.sources import SOURCES, source_of

logger = logging.getLogger("gongkai.search")
A_COMMIT = 2_000
"""Entries between two commits of a long refresh, so that what is killed midway goes on where it was."""


Wanted = Mapping[str, Collection[str] | None]
"""The keys of records by the code of their source; None stands for all of that source."""


class Refreshed(NamedTuple):
    """What a refresh did."""

    written: int
    removed: int
    rebuilt: bool = False

    def with_(self, more: tuple[int, int]) -> Refreshed:
        """Return this with what else was written and removed."""
        return self._replace(written=self.written + more[0], removed=self.removed + more[1])


def refresh(path: Path | None = None, wanted: Wanted | None = None) -> Refreshed:
    """Bring the index in line with the records: with those that are wanted, without that with all.

    One process at a time. An index that is not there or cannot be read is made anew, from all records. Raises Unusable
    where it turns out midway that it cannot be read; the next refresh makes it anew.
    """
    path = path or kept.folder()
    with _alone(path):
        anew = kept.is_damaged(path)
        if anew:
            kept.remove(path)
        if not path.is_dir():
            wanted = None
        try:
            index = Index.made(path)
            known = index.known() if wanted is None else {}
        except Unusable:
            kept.remove(path)
            index, known, wanted, anew = Index.made(path), {}, None, True
        kept.mended(path)
        if anew:
            logger.error("search.rebuilt")
        return _refreshed(index, known, anew) if wanted is None else _followed(index, wanted)


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
    done = Refreshed(0, 0, anew)
    for source in SOURCES:
        mine = {id: known.pop(id) for id in [one for one in known if source_of(one) is source]}
        done = done.with_(_compared(index, source, dict(source.stamps()), mine))
    if known:  # entries of a kind that there is no more
        index.write((), known)
    return done.with_((0, len(known)))


def _followed(index: Index, wanted: Wanted) -> Refreshed:
    done = Refreshed(0, 0)
    for source in SOURCES:
        keys = wanted.get(source.code, ())
        if keys is None:
            done = done.with_(_compared(index, source, dict(source.stamps()), index.known(source.code)))
            continue
        for some in _parts(sorted(keys)):
            known = index.known_of([f"{source.code}:{key}" for key in some])
            done = done.with_(_compared(index, source, dict(source.stamps(some)), known))
    return done


def _compared(index: Index, source: Source, stamps: dict[str, str], known: dict[str, str]) -> tuple[int, int]:
    """Write what has another stamp than the index knows, take out what it knows and is not there; how many of both."""
    changed = [id for id, stamp in stamps.items() if known.get(id) != stamp]
    gone = known.keys() - stamps.keys()
    written = sum(index.write(_entries(source, some, stamps), ()) for some in _parts(changed))
    if gone:
        index.write((), gone)
    return written, len(gone)


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
