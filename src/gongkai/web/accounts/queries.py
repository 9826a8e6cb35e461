"""Reading accounts: the list of people and who may see it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from gongkai.web.accounts.models import User


def people(words: str = "", state: str = "") -> QuerySet[User]:
    """Return accounts whose name or login holds `words`, by name; `state` is "", "active", "waiting" or "disabled"."""
    found = User.objects.order_by("name", "login")
    if words.strip():
        found = found.filter(Q(name__icontains=words.strip()) | Q(login__icontains=words.strip()))
    if state == "active":
        return found.filter(is_active=True, password_changed_at__isnull=False)
    if state == "waiting":
        return found.filter(is_active=True, password_changed_at__isnull=True)
    return found.filter(is_active=False) if state == "disabled" else found


def names(actors: Iterable[str]) -> dict[str, str]:
    """Return the names of the people among these actors of the audit (`user:<key>`), by actor."""
    keys = {actor.partition(":")[2] for actor in actors if actor.startswith("user:")}
    return {f"user:{user.key}": user.name for user in User.objects.filter(key__in=keys)}
