"""Who may see and do what with the registers. What is open everybody sees; all else whoever reads the agency's records."""

from __future__ import annotations

from datetime import date
from typing import TypeVar, cast

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.accounts.models import User
from gongkai.web.agencies import policies as agencies
from gongkai.web.agencies import tree
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.registers.models import STANDING, Decision, Import, Passing, Row
from gongkai.web.registers.models.lists.passing import on_show

PREPARE = "prepare"
"""Recording, correcting and taking away are one permission: that of whoever handles the records of the agency."""
Kept = TypeVar("Kept", bound=Row)


def visible(user: User, register: type[Kept]) -> QuerySet[Kept]:
    """Return the rows that a person may read, struck ones too: of the agency that keeps them, and whose act they are."""
    reads = agencies.visible(user, timezone.localdate(), "read")
    mine = Q(agency__in=reads)
    if issubclass(register, Decision):
        mine |= Q(in_name_of__in=reads)
    return cast("QuerySet[Kept]", register._default_manager.filter(mine))


def imports(user: User) -> QuerySet[Import]:
    """Return the imports of the agencies whose records a person may read."""
    return Import.objects.filter(agency__in=agencies.visible(user, timezone.localdate(), "read"))


def public(register: type[Kept]) -> QuerySet[Kept]:
    """Return the rows that everybody sees; those about persons only while they are shown, whatever the sweep has done."""
    found = register._default_manager.filter(STANDING, publicity="open")
    if issubclass(register, Passing):
        found = found.filter(on_show(timezone.localdate()))
    return cast("QuerySet[Kept]", found)


def keepers(user: User) -> QuerySet[Agency]:
    """Return the agencies for which a person may record."""
    return agencies.visible(user, timezone.localdate(), PREPARE)


def reads_below(user: User, agency: Agency, on: date) -> bool:
    """Whether a person reads the records of every agency that belonged to an agency on a day, and so may see their sum."""
    readable = agencies.visible(user, timezone.localdate(), "read")
    return not Agency.objects.filter(pk__in=tree.below(agency.pk, on)).exclude(pk__in=readable).exists()


def may(user: User, row: Row) -> bool:
    """Whether a person may change a row."""
    return agencies.can(user, PREPARE, row.agency, timezone.localdate())


def may_bring(user: User, given: Import) -> bool:
    """Whether a person may confirm, drop or undo an import."""
    return agencies.can(user, PREPARE, given.agency, timezone.localdate())


def demand(by: Actor, agency: Agency) -> None:
    """Go on only where whoever acts may record for an agency. Raises PermissionDenied."""
    agencies.demand(by, PREPARE, agency, timezone.localdate())
