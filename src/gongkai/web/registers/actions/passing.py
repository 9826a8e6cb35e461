"""Rows of persons whose time of being shown is over: they are taken down, with nobody having to think of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import F, Min, QuerySet
from django.utils import timezone

from gongkai import messages
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import SWEEP
from gongkai.web.audit.chain import act
from gongkai.web.registers.models import STANDING, Passing, Row
from gongkai.web.registers.shown import REGISTERS

BATCH = 2000
"""Rows of one transaction."""


def over(now: datetime) -> Iterator[str]:
    """Give what is to be taken down: the register, the agency, and the first row of each batch, which no later one begins with."""
    for of in REGISTERS.values():
        if issubclass(of.model, Passing):
            found = _over(of.model, timezone.localdate(now)).values("agency__key").annotate(first=Min("pk"))
            for one in found.order_by("agency__key"):
                yield f"{of.slug}.{one['agency__key']}.{one['first']}"


def take_down(key: str, now: datetime) -> int:
    """Take a batch of rows down whose last day is over; return how many. They go on being kept, and to be read in the office."""
    slug, whose, first = key.split(".")
    model, today = REGISTERS[slug].model, timezone.localdate(now)
    agency = Agency.objects.get(key=whose)
    due = _over(model, today).filter(agency=agency, pk__gte=int(first)).order_by("pk")
    keys = list(due.values_list("pk", flat=True)[:BATCH])
    kind = model._meta.label_lower
    with act(SWEEP, "registers.take_down", None, chain=agency.chain, kind=kind) as done:
        # Asked once more with the change itself: a row that somebody struck meanwhile is not taken down as well.
        done.result["rows"] = rows = _over(model, today).filter(pk__in=keys).update(
            publicity="withdrawn", withdrawn_on=today, version=F("version") + 1,
            withdrawn_because=messages.text("registers.period_over", "zh"),
        )  # fmt: skip
    return rows


def _over(model: type[Row], today: date) -> QuerySet[Any]:
    """The rows that are open after their last day; those of an import under way come when it is done."""
    last: dict[str, Any] = {"shown_until__lt": today}
    return model._default_manager.filter(STANDING, publicity="open", **last)
