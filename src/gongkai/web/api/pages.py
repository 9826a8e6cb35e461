"""Lists a page at a time, by the key after which a page begins: a page costs the same wherever it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest

from gongkai.errors import InvalidInput
from gongkai.web.audit.record import Record

MOST, USUAL = 200, 50
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page is wanted: after one key, or before one, and how many at most."""

    after: str = ""
    before: str = ""
    limit: int = USUAL


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Records of a page, how many there are in all, and the keys at which the pages around it begin and end."""

    records: list[R]
    total: int
    later: str | None
    earlier: str | None

    def around(self, request: HttpRequest) -> dict[str, str | int | None]:
        """Return what stands beside the items of an answer: the total and the addresses of the pages around."""
        return {
            "total": self.total,
            "next": _address(request, "after", self.later),
            "previous": _address(request, "before", self.earlier),
        }


def page(
    found: QuerySet[R], turn: Turn, *, newest_first: bool = False, total: Callable[[], int] | None = None
) -> Page[R]:
    """Return a page of records in the order in which they were made, or the other way round.

    `total` says how many there are where that is known otherwise than by counting. Raises InvalidInput for two keys at once, and for a key that is not among what is listed (any more).
    """
    if turn.after and turn.before:
        raise InvalidInput("api.after_and_before")
    back = bool(turn.before)
    key = turn.before or turn.after
    rising = newest_first == back
    rows = found.order_by("pk" if rising else "-pk")
    if key:
        mark = found.order_by().filter(key=key).values_list("pk", flat=True).first()
        if mark is None:
            raise InvalidInput("api.cursor", key=key)
        rows = rows.filter(pk__gt=mark) if rising else rows.filter(pk__lt=mark)
    some = list(rows[: turn.limit + 1])
    more, some = len(some) > turn.limit, some[: turn.limit]
    if back:
        some.reverse()
    follows, precedes = (True, more) if back else (more, bool(key))
    return Page(
        some,
        total() if total else found.order_by().count(),
        some[-1].key if some and follows else None,
        some[0].key if some and precedes else None,
    )


def _address(request: HttpRequest, name: str, key: str | None) -> str | None:
    if key is None:
        return None
    asked = request.GET.copy()
    for other in ("after", "before"):
        asked.pop(other, None)
    asked[name] = key
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
