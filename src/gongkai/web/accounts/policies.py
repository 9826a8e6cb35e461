"""Who may do what with accounts: the three administrators, none of whom can do another's part or their own."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from gongkai.errors import InvalidInput
from gongkai.web.accounts.models import User
from gongkai.web.audit.actor import Actor

SYSTEM, SECURITY, AUDIT = "system", "security", "audit"


def require(by: Actor, kind: str) -> None:
    """Let only the active administrator of a kind pass; whoever is at the console has the machine and passes.

    Raises PermissionDenied.
    """
    if by.kind == "visitor":
        raise PermissionDenied
    if by.kind == "user" and not User.objects.filter(key=by.key, administrator=kind, is_active=True).exists():
        raise PermissionDenied


def require_somebody_else(user: User, by: Actor) -> None:
    """Nobody grants, takes or disables anything of their own. Raises InvalidInput."""
    if by == Actor("user", user.key):
        raise InvalidInput("accounts.not_oneself")


def require_oneself(user: User, by: Actor) -> None:
    """Let only the person whose it is pass. Raises PermissionDenied."""
    if by != Actor("user", user.key):
        raise PermissionDenied


def require_another_administrator(user: User) -> None:
    """Let the last active administrator of a kind neither be dismissed nor disabled. Raises InvalidInput.

    Must run in the transaction of the act: all of a kind are held, so that two who leave at once do not both go.
    """
    of_kind = User.objects.select_for_update().filter(administrator=user.administrator, is_active=True)
    if user.administrator and user.is_active and {one.pk for one in of_kind.order_by("pk")} <= {user.pk}:
        raise InvalidInput("accounts.last_administrator", kind=user.get_administrator_display())
