"""The fee of one applicant in a calendar month: what each request adds to the tariff of the month's items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from gongkai.errors import InvalidInput
from gongkai.law.fees.charge import Charge, charge, per_item, split_items
from gongkai.law.parameters import InForce
from gongkai.law.rules import carries_out

_ARTICLE = "fee_measure.4"
_FREE = "regulation.42"


@dataclass(frozen=True, slots=True)
class RequestOfMonth:
    """A request of the applicant: its name with the caller, the day on which it was received, its items or its pages.

    It is one item where neither is given. `reason` says why it is split into several. `counted` are requests whose
    share was charged, or waived, before: they fill the lower slices. `published` ones are answered by pointing to
    published information.
    """

    key: str
    received: date
    items: int | None = None
    pages: int | None = None
    reason: str = ""
    counted: bool = False
    published: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A request's share of its month: its own charge, and what is still to be charged for it, in fen."""

    request: RequestOfMonth
    charge: Charge
    additional: int


@carries_out(_FREE, _ARTICLE, name="fees.month", parameters=("fee.items_counted",))
def month_charges(requests: Iterable[RequestOfMonth], inforce: InForce) -> tuple[Share, ...]:
    """Share the fee of one applicant's requests, given in the order of receipt, out to each of them.

    A request charged by item pays the tariff of the month's items up to and with it less that of the items before it, so
    that the shares of a month add up to the tariff of its items. Every calendar month is counted by itself. Requests
    charged by page and those answered by pointing to published information are no items of the month unless the office
    has set `fee.items_counted` to `all`. Raises InvalidInput for requests out of order, for the same request twice, for
    one with items and pages, and for what `per_item`, `per_volume` and `split_items` refuse.
    """
    return tuple(_shares(requests, inforce))


def _shares(requests: Iterable[RequestOfMonth], inforce: InForce) -> Iterator[Share]:
    every = inforce.choice("fee.items_counted") == "all"
    keys: set[str] = set()
    last, before = date.min, 0
    for request in requests:
        _in_order(request, last, keys)
        if (request.received.year, request.received.month) != (last.year, last.month):
            before = 0
        last, own = request.received, _own(request, before, inforce)
        if own.mode == "per_volume":
            before += int(every)
        elif every or not request.published:
            before += own.quantity
        yield Share(request, own, 0 if request.counted else own.amount)


def _in_order(request: RequestOfMonth, last: date, keys: set[str]) -> None:
    """Refuse a request that comes a second time or after a later one."""
    if request.received < last:
        raise InvalidInput("law.fees.order", article=_ARTICLE, key=request.key, received=request.received, last=last)
    if request.key in keys:
        raise InvalidInput("law.fees.repeated", article=_ARTICLE, key=request.key)
    keys.add(request.key)


def _own(request: RequestOfMonth, before: int, inforce: InForce) -> Charge:
    """The charge of one request after so many items of its month; nothing for published information."""
    if request.pages is not None:
        own = charge(request.received, inforce, items=request.items, pages=request.pages)
    else:
        items = split_items(1 if request.items is None else request.items, request.reason)
        counted = inforce.named("fee.items_counted")
        own = replace(per_item(items, request.received, before=before), settings=counted)
    return replace(own, amount=0, working=()) if request.published else own
