"""The versions of what the page of a released document shows: the document, those related to it, the site around it."""

from __future__ import annotations

from django.db.models import Count, Max, Q, Sum

from gongkai.web.agencies import versions as around
from gongkai.web.publications import policies
from gongkai.web.publications.models import Relation


def of_document(key: str) -> tuple[object, ...] | None:
    """Return the versions of what the page of a released document shows, None where there is none."""
    found = (
        policies.public()
        .filter(key=key)
        .values_list("pk", "version", "agency__version", "publisher__version")
        .first()
    )
    if found is None:
        return None
    related = Relation.objects.filter(Q(document=found[0]) | Q(target=found[0])).order_by("pk")
    others = tuple(related.values_list("pk", "document__version", "target__version"))
    return (around.of_site(), *found, others)


def of_all() -> tuple[object, ...]:
    """Return what stands for all released documents together, and for the site around them.

    Whoever releases does so at a later time than all before, and a version only grows: no others have the same three.
    """
    found = policies.public().aggregate(count=Count("pk"), versions=Sum("version"), last=Max("released_at"))
    return (around.of_site(), *found.values())
