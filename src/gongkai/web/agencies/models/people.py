"""The roles that people hold in agencies, and for whom they stand in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.web.agencies.models.agency import Agency, known
from gongkai.web.agencies.models.words import ROLES
from gongkai.web.audit.record import Record


class Member(Record):
    """A role that a person holds in an agency, from a day and until another, on which it no longer holds.

    `covers` is the role of a colleague on leave that this one stands in for. Why a role ended is about a person, so that
    it stands here and not in the audit.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="members")
    role = models.CharField("角色", max_length=20, choices=ROLES)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    ended_because = models.CharField("结束理由", max_length=500, blank=True, default="")
    covers = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="covered_by")

    class Meta:
        verbose_name = "角色"
        ordering: ClassVar = ["role", "since", "id"]
        constraints: ClassVar = [
            # A role that is taken back before it begins never holds: it ends on the day on which it would begin.
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="agencies_member_period"
            ),
            known("member", "role", ROLES),
            models.UniqueConstraint(
                fields=["user", "agency", "role"], condition=Q(until__isnull=True), name="agencies_member_once"
            ),
        ]
