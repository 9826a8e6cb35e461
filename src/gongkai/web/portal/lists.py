"""The lists and registers that an agency, or the whole site, has open rows of, as links of its page."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.registers.policies import public
from gongkai.web.registers.shown import REGISTERS


class Shelf(NamedTuple):
    """A list as a page leads to it."""

    title: str
    icon: str
    address: str


def shelves(of: Agency, *, alone: bool) -> list[Shelf]:
    """Return the lists with open rows: those of the agency alone, or of the whole site. One query."""
    asked = {}
    for slug, register in REGISTERS.items():
        rows = public(register.model).order_by()
        asked[f"has_{slug}"] = Exists(rows.filter(**{register.whose: OuterRef("pk")}) if alone else rows)
    found = Agency.objects.filter(pk=of.pk).values(**asked).first() or {}
    query = f"?agency={of.key}" if alone else ""
    return [
        Shelf(register.title, register.icon, reverse("registers:public_list", args=[slug]) + query)
        for slug, register in REGISTERS.items()
        if found.get(f"has_{slug}")
    ]
