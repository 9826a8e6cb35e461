"""What is amiss with a row of a list, for the office alone: a guide that lacks key elements, a budget that was published late."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from gongkai.law.calendar import calendar
from gongkai.law.catalogues.catalogue import load
from gongkai.law.duties import duty
from gongkai.web.agencies.remedies import jurisdiction_of
from gongkai.web.registers.models import Budget, Service

_FIELDS: Mapping[str, tuple[str, ...]] = {"period": ("statutory_days", "promised_days")}
"""The fields of which one is enough for an element; the others are called like their field."""
_DUTIES = {"budget": "budget", "accounts": "final_accounts"}


def elements() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Return the key elements of a service guide: what each is called, and the fields that hold it."""
    return {one.id: (one.label, _FIELDS.get(one.id, (one.id,))) for one in load("service_guide").items}


def missing(service: Service) -> str:
    """Return which key elements a guide lacks, nothing where it has them all."""
    found = [
        label for label, fields in elements().values() if all(getattr(service, name) in ("", None) for name in fields)
    ]
    return f"缺少要素：{'、'.join(found)}" if found else ""


def incomplete() -> Q:
    """Return the guides that lack a key element."""
    found = Q(pk__in=())
    for _, fields in elements().values():
        lacks = Q()
        for name in fields:
            empty = Service._meta.get_field(name).empty_strings_allowed
            lacks &= Q(**{name: ""}) if empty else Q(**{f"{name}__isnull": True})
        found |= lacks
    return found


def late(budget: Budget) -> str:
    """Return by how much later than the law's day a budget was published, nothing where it was in time."""
    jurisdiction = jurisdiction_of(budget.agency, budget.approved_on)
    due = duty(_DUTIES[budget.kind]).due(budget.approved_on, calendar(), jurisdiction).due
    days = (budget.published_on - due).days
    return f"公开日期晚于法定期限（{due.isoformat()}）{days}天" if days > 0 else ""
