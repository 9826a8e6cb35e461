"""Who may do what in which agency: one table of roles, and what follows from it for a person on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.accounts.models import User
from gongkai.web.agencies import tree
from gongkai.web.agencies.models import Agency, Edge, Member, Tree
from gongkai.web.audit.actor import Actor

PERMISSIONS = {
    "read": "查阅记录",
    "prepare": "登记、拟制和办理",
    "review": "审核",
    "secrecy_review": "保密审查",
    "approve": "签发",
    "direct": "分办、催办和上报",
    "keep": "维护指南、网站、收费账户和地方设置",
    "supervise": "查阅和督促下级机关",
}
ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    "clerk": frozenset({"read", "prepare", "keep"}),
    "reviewer": frozenset({"read", "review"}),
    "secrecy_reviewer": frozenset({"read", "secrecy_review"}),
    "approver": frozenset({"read", "approve"}),
    "head": frozenset({"read", "prepare", "review", "direct", "keep"}),
    "supervisor": frozenset({"read", "supervise"}),
    "reader": frozenset({"read"}),
}
"""What each role may do in the agency in which it is held."""
BELOW_PERMISSIONS: dict[str, frozenset[str]] = {"supervisor": frozenset({"read", "supervise"})}
"""What a role may do in the agencies below; of a supervising office these are all of its government's."""
ADMINISTRATOR_PERMISSIONS: dict[str, frozenset[str]] = {
    "system": frozenset({"see", "tree"}),
    "security": frozenset({"see", "people"}),
    "audit": frozenset({"see"}),
}
"""What the three administrators may do with agencies: see them all, change the tree, or say who works where. No records."""
SEE = "see"


def can(user: User, permission: str, agency: Agency, on: date) -> bool:
    """Whether a person has a permission in an agency on a day, by a role there or by one above it."""
    if not user.is_active:
        return False
    if user.administrator:
        return permission in ADMINISTRATOR_PERMISSIONS.get(user.administrator, frozenset())
    held = roles(user, on)
    wanted = "read" if permission == SEE else permission
    if any(role.agency_id == agency.pk and wanted in ROLE_PERMISSIONS[role.role] for role in held):
        return True
    bases = _bases((role for role in held if wanted in BELOW_PERMISSIONS.get(role.role, ())), on)
    return bool(bases) and not bases.isdisjoint(tree.depths(agency.pk, on))


def holds(user: User, permission: str) -> bool:
    """Whether a person has a permission in some agency today, by any role."""
    if not user.is_active or user.administrator:
        return False
    return any(permission in ROLE_PERMISSIONS[role.role] for role in roles(user, timezone.localdate()))


def visible(user: User, on: date, permission: str = SEE) -> QuerySet[Agency]:
    """Return the agencies in which a person has a permission on a day; by default those that the person may see at all."""
    if not user.is_active:
        return Agency.objects.none()
    if user.administrator:
        allowed = permission in ADMINISTRATOR_PERMISSIONS.get(user.administrator, frozenset())
        return Agency.objects.all() if allowed else Agency.objects.none()
    wanted = "read" if permission == SEE else permission
    held = roles(user, on)
    bases = _bases((role for role in held if wanted in BELOW_PERMISSIONS.get(role.role, ())), on)
    if _holds_root(bases):
        return Agency.objects.filter(outside=False)
    own = Q(pk__in=[role.agency_id for role in held if wanted in ROLE_PERMISSIONS[role.role]])
    for base in sorted(bases):
        own |= Q(pk__in=tree.below(base, on))
    return Agency.objects.filter(own)


def roles(user: User, on: date) -> list[Member]:
    """Return the roles that a person holds on a day."""
    held = Member.objects.filter(Q(until__isnull=True) | Q(until__gt=on), user=user, since__lte=on)
    return list(held.select_related("agency"))


def sees_all(user: User, on: date) -> bool:
    """Whether a person sees the whole tree."""
    if user.administrator:
        return user.is_active
    return _holds_root(_bases((role for role in roles(user, on) if role.role in BELOW_PERMISSIONS), on))


def starts(user: User, on: date) -> list[int]:
    """Return the ids of the agencies from which a person's view of the tree begins."""
    if user.administrator:
        return list(Tree.objects.exclude(root=None).values_list("root", flat=True))
    held = roles(user, on)
    own = {role.agency_id for role in held}
    return sorted(own | _bases((role for role in held if role.role in BELOW_PERMISSIONS), on))


def demand(by: Actor, permission: str, agency: Agency | None, on: date) -> None:
    """Go on only where whoever acts may do it. The console, the sweep and the system itself may, save for giving roles.

    Without an agency only an administrator's permission does. Raises PermissionDenied.
    """
    if by.kind in ("console", "sweep", "system"):
        return
    user = User.objects.filter(key=by.key, is_active=True).first() if by.kind == "user" else None
    if user is None:
        _refuse()
    if agency is None:
        allowed = permission in ADMINISTRATOR_PERMISSIONS.get(user.administrator, frozenset())
    else:
        allowed = can(user, permission, agency, on)
    if not allowed:
        _refuse()


def security_administrator(by: Actor) -> User:
    """Return the account of the security administrator who acts. Raises PermissionDenied for anybody else."""
    user = User.objects.filter(key=by.key, is_active=True).first() if by.kind == "user" else None
    if user is None or user.administrator != "security":
        _refuse()
    return user


def _bases(held: Iterable[Member], on: date) -> set[int]:
    """The agencies at the top of what roles reach down to: of a supervising office, the government that it belongs to."""
    found = set()
    for role in held:
        government = _government(role.agency, on) if role.agency.supervises else None
        found.add(government or role.agency_id)
    return found


def _holds_root(bases: set[int]) -> bool:
    return bool(bases) and Tree.objects.filter(root__in=bases).exists()


def _government(agency: Agency, on: date) -> int | None:
    edges = Edge.objects.filter(Q(until__isnull=True) | Q(until__gt=on), child=agency, kind="region", since__lte=on)
    return edges.values_list("parent_id", flat=True).first()


def _refuse() -> NoReturn:
    raise PermissionDenied
