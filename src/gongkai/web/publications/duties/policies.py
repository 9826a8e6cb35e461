"""Who may see and keep the catalogue of what an office publishes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web.accounts.models import User
from gongkai.web.agencies import policies as agencies
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.publications.models import Duty

KEEP, PREPARE = "keep", "prepare"


def readable(user: User) -> QuerySet[Agency]:
    """Return the agencies whose records a person reads: those of its own roles, and below a supervisor's all."""
    return agencies.visible(user, timezone.localdate(), "read")


def visible(user: User) -> QuerySet[Duty]:
    """Return the items that a person may read."""
    return Duty.objects.filter(agency__in=readable(user))


def keepers(user: User) -> QuerySet[Agency]:
    """Return the agencies whose catalogue a person may keep."""
    return agencies.visible(user, timezone.localdate(), KEEP)


def may(user: User, permission: str, agency: Agency) -> bool:
    """Whether a person has a permission in an agency."""
    return agencies.can(user, permission, agency, timezone.localdate())


def demand(by: Actor, permission: str, agency: Agency) -> None:
    """Go on only where whoever acts has a permission in an agency. Raises PermissionDenied."""
    agencies.demand(by, permission, agency, timezone.localdate())


def public(agency: Agency) -> QuerySet[Duty]:
    """Return the items of an agency that everybody sees: those in use."""
    return Duty.objects.filter(agency=agency, state="active")
