"""Who may see and do what with reports. What is published everybody sees; everything else stays with its keeper."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.web.accounts.models import User
from gongkai.web.agencies import policies as agencies
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.reports.models import Batch, Report

PREPARE, PUBLISH = "prepare", "approve"
"""Uploading, confirming, correcting and waiving is preparing; publishing and taking back is signing."""


def visible(user: User) -> QuerySet[Report]:
    """The reports kept by agencies whose records a person may read."""
    return Report.objects.filter(keeper__in=agencies.visible(user, timezone.localdate(), "read"))


def visible_batches(user: User) -> QuerySet[Batch]:
    """The batches of the agencies whose records a person may read."""
    return Batch.objects.filter(keeper__in=agencies.visible(user, timezone.localdate(), "read"))


def public() -> QuerySet[Report]:
    """The reports that everybody sees."""
    return Report.objects.filter(state="published")


def keepers(user: User) -> QuerySet[Agency]:
    """The agencies for which a person may upload."""
    return agencies.visible(user, timezone.localdate(), PREPARE)


def may(user: User, permission: str, report: Report) -> bool:
    """Whether a person may prepare or publish a report."""
    return agencies.can(user, permission, report.keeper, timezone.localdate())


def demand(by: Actor, permission: str, keeper: Agency) -> None:
    """Go on only where whoever acts has the permission in the keeping agency. Raises PermissionDenied."""
    agencies.demand(by, permission, keeper, timezone.localdate())
