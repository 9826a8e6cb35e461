"""What every address asks of whoever comes: each view says so in one of these marks, and a view without one is a defect.

The mark is kept on the view (`view.access`), so that the matrix of permissions is made from the addresses themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from gongkai.web.accounts.models import User
from gongkai.web.audit.actor import Actor

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Door = Literal["public", "person", "administrator", "member"]


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in: everybody, every person with an account, one of the administrators, or whoever holds a role.

    `needs` names the administrator (several are parted by `|`), or the permission that a role in the agency at hand gives.
    """

    door: Door
    needs: str = ""


def public(view: View[P]) -> View[P]:
    """Everybody may come."""
    view.access = Access("public")  # type: ignore[attr-defined]
    return view


def person(view: View[P]) -> View[P]:
    """Everybody with an account may come; others are asked to sign in."""
    return _guarded(view, Access("person"), lambda _user: True)


def administrator(*kinds: str) -> Callable[[View[P]], View[P]]:
    """Only the administrators of these kinds may come."""
    access = Access("administrator", "|".join(kinds))
    return lambda view: _guarded(view, access, lambda user: user.administrator in kinds)


def member(needs: str) -> Callable[[View[P]], View[P]]:
    """Only people with the permission `needs` in some agency may come; the view asks the policy for the one at hand."""
    return lambda view: _guarded(view, Access("member", needs), lambda user: not user.administrator)


def actor(request: HttpRequest) -> Actor:
    """Return who acts in a request."""
    user = signed_in(request)
    return Actor("user", user.key)


def signed_in(request: HttpRequest) -> User:
    """Return the person who has signed in. Raises PermissionDenied where nobody has."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _guarded(view: View[P], access: Access, admitted: Callable[[User], bool]) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        if not admitted(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    return guarded
