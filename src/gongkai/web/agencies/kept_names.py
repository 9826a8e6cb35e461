"""Finding agencies by a part of their name or the beginning of a code: the names of today, one after another, as each process keeps them.

A database has to read every name to find a part in the middle of one; a text in memory is searched at once, however many there
are. The text is made anew on another day and after any act that changes the tree or a name, each of which counts the
tree's version up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.db.models import Max, Q

from gongkai.web.agencies.models import Name, Tree

_END, _BETWEEN = "\n", "\t"
_lock = Lock()
_kept: _Names | None = None
Stamp = tuple[date, int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Names:
    """The names in their order: `starts` holds where each begins in `text`, `rows` the id of its row."""

    stamp: Stamp
    text: str
    starts: list[int]
    rows: list[int]

    def with_any(self, parts: Sequence[str]) -> Iterator[int]:
        # Each part is looked for again only once what it was met in has passed: one that is not there is looked for once.
        met = {part: at for part in parts if (at := self.text.find(part)) >= 0}
        while met:
            place = bisect_right(self.starts, min(met.values())) - 1
            yield self.rows[place]
            end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.text)
            met |= {part: self.text.find(part, end) for part, at in met.items() if at < end}
            met = {part: at for part, at in met.items() if at >= 0}


def fitting(part: str, code: str, on: date, holds: Q) -> Iterator[int]:
    """Return the ids of the names of a day that hold a part or have a code that begins so, in the order of the names.

    `code` is empty where nothing is asked of codes; no regard is had to case. `holds` says which rows hold on the day.
    """
    wanted, begun = part.strip().casefold(), code.casefold()
    parts = [wanted] if wanted and not {_END, _BETWEEN} & set(wanted) else []
    parts += [f"{_BETWEEN}{begun}"] if begun else []
    return _names(on, holds).with_any(parts) if parts else iter(())


def stamp(on: date) -> Stamp:
    """Return what stands for the tree with its names as of a day: another one after every act on either."""
    return (
        on,
        Tree.objects.values_list("version", flat=True).first(),
        Name.objects.order_by().aggregate(last=Max("pk"))["last"],
    )


def forget() -> None:
    """Keep nothing any more: for whoever writes names past the acts."""
    global _kept
    _kept = None


def _names(on: date, holds: Q) -> _Names:
    global _kept
    mark = stamp(on)
    with _lock:
        if _kept is None or _kept.stamp != mark:
            _kept = _gathered(mark, holds)
        return _kept


def _gathered(mark: Stamp, holds: Q) -> _Names:
    starts: list[int] = []
    rows: list[int] = []
    parts: list[str] = []
    at = 0
    told = ("name", "short", "region_code", "unified_code")
    found = Name.objects.filter(holds).order_by("name", "agency_id").values_list("pk", *told)
    for row, *words in found.iterator(chunk_size=5000):
        part = f"{_BETWEEN.join(words)}{_END}".casefold()
        starts.append(at)
        rows.append(row)
        parts.append(part)
        at += len(part)
    return _Names(mark, "".join(parts), starts, rows)
