"""What every address asks of whoever comes: each view says so in one of these marks, and a view without one is a defect.

The mark is kept on the view (`view.access`), so that the matrix of permissions is made from the addresses themselves. Where
an address asks something else of each method, as in the interface for programs, `view.access_by_method` has the mark of
each method that it knows (HEAD is asked what GET is, OPTIONS is public), and `view.access` is that of its first. `Access.by`
says what whoever comes shows: the cookie of a session, or a token in the header `Authorization`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from django.contrib import messages as notes
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from gongkai import messages
from gongkai.web.accounts.led_back import page_of
from gongkai.web.accounts.models import User
from gongkai.web.audit.actor import Actor

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Door = Literal["public", "person", "administrator", "member"]
takes_a_form = require_http_methods(["GET", "HEAD", "POST"])
"""For a view that shows a form and takes it; stands below the mark of access."""
_holders: list[Callable[[User, str], bool]] = []


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in: everybody, every person with an account, one of the administrators, or whoever holds a role.

    `needs` names the administrator (several are parted by `|`), or the permission that a role in the agency at hand gives.
    `by` is what a person shows; a door for tokens answers 401 to a session, and to nobody.
    """

    door: Door
    needs: str = ""
    by: Literal["session", "token"] = "session"


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
    return lambda view: _guarded(view, Access("member", needs), lambda user: holds(user, needs))


def holds(user: User, permission: str) -> bool:
    """Whether a person has a permission in some agency today; an administrator has none."""
    return not user.administrator and any(holder(user, permission) for holder in _holders)


def held_by(holder: Callable[[User, str], bool]) -> None:
    """Let the app that knows the roles say whether a person has a permission in some agency today; it stands higher."""
    if holder not in _holders:
        _holders.append(holder)


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
            if request.method == "POST":
                notes.warning(request, messages.text("accounts.form_not_saved", "zh"))
            return redirect_to_login(page_of(request))
        if not admitted(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    return guarded
