"""The information processing fee of one request: by item or by volume, never both, with its working."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gongkai.errors import InvalidInput
from gongkai.law.fees.tariff import Line, Mode, most, tariff
from gongkai.law.parameters import InForce, Parameter
from gongkai.law.rules import carries_out
from gongkai.messages import Listing, phrase

_MEASURE = "fee_measure"
_EITHER = "fee_measure.3"
_BY_ITEM = "fee_measure.4"
_BY_VOLUME = "fee_measure.5"
_FREE = "regulation.42"


@dataclass(frozen=True, slots=True)
class Charge:
    """What is charged for `quantity` items or pages: the amount in fen, line by line, under which articles and settings.

    `before` are the items of the same applicant and month that stand before these and fill the lower slices.
    """

    mode: Mode
    quantity: int
    amount: int
    working: tuple[Line, ...]
    articles: tuple[str, ...]
    settings: tuple[Parameter, ...] = ()
    before: int = 0


@carries_out(
    _FREE, _EITHER, name="fees.charge", parameters=("fee.items_counted", "fee.pages_added", "fee.larger_side")
)
def charge(
    on: date,
    inforce: InForce,
    *,
    items: int | None = None,
    pages: int | None = None,
    before: int = 0,
    larger_sides: int = 0,
    delivery: str | None = None,
    published: bool = False,
) -> Charge:
    """Charge a request received on a day by its items or by its pages.

    Which requests are among the items `before` it is the setting `fee.items_counted`.
    Raises InvalidInput for both modes or neither, for information that is `published` and only pointed to, and for what
    `per_item` and `per_volume` refuse.
    """
    if published:
        raise InvalidInput("law.fees.published", article=_MEASURE)
    if pages is None and not larger_sides:
        if items is None:
            raise InvalidInput("law.fees.no_mode", article=_EITHER)
        own = per_item(items, on, before=before)
        return replace(own, settings=inforce.named("fee.items_counted")) if before else own
    if items is not None or before:
        raise InvalidInput("law.fees.both_modes", article=_EITHER)
    return per_volume(pages or 0, on, inforce, larger_sides=larger_sides, delivery=delivery)


@carries_out(_FREE, _BY_ITEM, name="fees.per_item")
def per_item(items: int, on: date, *, before: int = 0) -> Charge:
    """Charge items received on a day, after `before` items of the same applicant in the same calendar month.

    Raises InvalidInput for a day before the measure, and for counts that are not whole, not positive or beyond belief.
    """
    found = tariff("per_item", on)
    _counted("per_item", "items", items)
    if before:
        _counted("per_item", "before", before)
    _counted("per_item", "items", items + before)
    working = found.working(before + 1, before + items)
    return Charge("per_item", items, _sum(working), working, (found.article, _FREE), before=before)


@carries_out(_FREE, _BY_VOLUME, name="fees.per_volume", parameters=("fee.pages_added", "fee.larger_side"))
def per_volume(
    pages: int, on: date, inforce: InForce, *, larger_sides: int = 0, delivery: str | None = None
) -> Charge:
    """Charge the pages of one request received on a day; a page is one side of A4 or smaller.

    `larger_sides` are sides of larger sheets; how many pages one counts is the setting `fee.larger_side`. `delivery` is
    the way in which the information is given, where it is known. Raises InvalidInput for a day before the measure, for
    counts that are not whole, not positive or beyond belief, and for a way of giving that has no volume.
    """
    found = tariff("per_volume", on)
    if delivery is not None and delivery not in found.deliveries:
        known = Listing(tuple(phrase(f"law.fees.way.{way}") for way in found.deliveries))
        raise InvalidInput("law.fees.delivery", article=found.article, given=delivery, known=known)
    if larger_sides:
        _counted("per_volume", "larger_sides", larger_sides)
    if pages or not larger_sides:
        _counted("per_volume", "pages", pages)
    quantity = pages + larger_sides * inforce.number("fee.larger_side")
    _counted("per_volume", "pages", quantity)
    working = found.working(1, quantity)
    settings = inforce.named("fee.pages_added", *(["fee.larger_side"] if larger_sides else []))
    return Charge("per_volume", quantity, _sum(working), working, (found.article, _FREE), settings)


@carries_out(_BY_ITEM, name="fees.split")
def split_items(contents: int, reason: str) -> int:
    """Return the items of a request with several contents, split into its smallest reasonable units.

    The office gives their number and why these are the smallest reasonable units. Raises InvalidInput for a count that
    is not positive, and for more than one item without a reason.
    """
    _counted("per_item", "items", contents)
    if contents > 1 and not reason.strip():
        raise InvalidInput("law.fees.split_reason", article=_BY_ITEM, items=contents)
    return contents


def _counted(mode: Mode, what: str, given: int) -> None:
    """Refuse a count that cannot be one."""
    if type(given) is not int or not 1 <= given <= most(mode):
        said = phrase(f"law.fees.what.{what}")
        article = _BY_ITEM if mode == "per_item" else _BY_VOLUME
        raise InvalidInput("law.fees.count", article=article, what=said, given=given, most=most(mode))


def _sum(working: tuple[Line, ...]) -> int:
    return sum(line.amount for line in working)
