"""The versions of what the public's pages of this app show, with the site around them."""

from __future__ import annotations

from django.db.models import Count, Max, Sum

from gongkai.web.agencies import versions as around
from gongkai.web.engagement import policies
from gongkai.web.engagement.models import Comment


def of_consultation(key: str) -> tuple[object, ...] | None:
    """Return the versions of what the page of a consultation shows, None where there is none."""
    found = (
        policies.public().filter(key=key).values_list("pk", "version", "agency__version", "document__version").first()
    )
    if found is None:
        return None
    comments = Comment.objects.filter(consultation=found[0])
    answered = comments.aggregate(count=Count("pk"), versions=Sum("version"))
    return (around.of_site(), *found, *answered.values())


def of_consultations() -> tuple[object, ...]:
    """Return what stands for all consultations that everybody sees together: a version only grows."""
    found = policies.public().aggregate(count=Count("pk"), versions=Sum("version"), last=Max("opened_at"))
    return (around.of_site(), *found.values())


def of_message(key: str) -> tuple[object, ...] | None:
    """Return the versions of what the page of a message shows, None where everybody reads none such."""
    found = policies.public_messages().filter(key=key).values_list("pk", "version", "agency__version").first()
    return None if found is None else (around.of_site(), *found)


def of_messages() -> tuple[object, ...]:
    """Return what stands for all messages that everybody reads together: a version only grows."""
    found = policies.public_messages().aggregate(count=Count("pk"), versions=Sum("version"), last=Max("published_at"))
    return tuple(found.values())
