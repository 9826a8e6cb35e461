"""Coming in by stages: login and password, then a one-time code; a session is the person's only after both."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.accounts import actions, codes, passwords, sessions, tries
from gongkai.web.accounts.address import client_address
from gongkai.web.accounts.models import User
from gongkai.web.audit.actor import VISITOR, Actor
from gongkai.web.audit.chain import act

NEXT = "pending_next"
"""Where the session keeps the page to which whoever comes in wants to go."""
_PENDING, _SECRET = "pending", "pending_secret"
_MINUTES = 10


class Accounts(BaseBackend):
    """Finds the person of a session; one whose account was shut is nobody from then on."""

    def get_user(self, user_id: int) -> User | None:
        """Return the active account with this id."""
        return User.objects.filter(pk=user_id, is_active=True).first()


def with_password(request: HttpRequest, name: str, password: str) -> User:
    """Take login and password, and note in a new session who is coming in.

    The refusal is the same for an unknown login, a shut account and a wrong password, and costs the same. Raises
    InvalidInput.
    """
    address = client_address(request)
    tries.take("sign-in", name, address)
    user = User.objects.filter(login=name.strip().lower()).first()
    if not passwords.matches(user, password):
        with act(VISITOR, "accounts.refuse_sign_in", user, chain=actions.CHAIN, door="password"):
            pass
        raise InvalidInput("accounts.sign_in_refused")
    assert user is not None  # noqa: S101 - only an account that is there has a password
    tries.give_back("sign-in", name, address)
    wait_for_code(request, user)
    return user


def wait_for_code(request: HttpRequest, user: User) -> None:
    """Note in a new session that a person has shown the password and now owes a one-time code."""
    logout(request)
    request.session.cycle_key()
    request.session[_PENDING] = {
        "user": user.pk,
        "at": int(timezone.now().timestamp()),
        "hash": user.get_session_auth_hash(),
    }


def pending(request: HttpRequest) -> User | None:
    """Return who has shown the password in this session and owes a one-time code; it waits ten minutes."""
    waiting = request.session.get(_PENDING)
    if not waiting or timezone.now().timestamp() - waiting["at"] > _MINUTES * 60:
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True).first()
    return user if user is not None and user.get_session_auth_hash() == waiting["hash"] else None


def with_code(request: HttpRequest, user: User, code: str) -> None:
    """Take the one-time code or a recovery code, and make the session the person's. Raises InvalidInput."""
    check_code(request, user, code)
    come_in(request, user)


def with_new_telephone(request: HttpRequest, user: User, code: str) -> list[str]:
    """Take the first code of a telephone that was just set up, come in, and return the recovery codes."""
    if user.totp_secret:
        raise InvalidInput("accounts.code_set_already")
    address = client_address(request)
    tries.take("code", user.key, address)
    made = actions.set_code(user, secret_to_set_up(request), code)
    tries.give_back("code", user.key, address)
    come_in(request, user)
    return made


def secret_to_set_up(request: HttpRequest) -> str:
    """Return the secret that this session offers to the telephone; the same until it is taken over."""
    secret = str(request.session.get(_SECRET) or codes.new_secret())
    request.session[_SECRET] = secret
    return secret


def check_code(request: HttpRequest, user: User, code: str) -> None:
    """Take a one-time code or a recovery code. Raises InvalidInput for a wrong one and for too many of them."""
    address = client_address(request)
    tries.take("code", user.key, address)
    if not codes.use(user, code):
        with act(VISITOR, "accounts.refuse_sign_in", user, chain=actions.CHAIN, door="code"):
            pass
        raise InvalidInput("accounts.code_wrong")
    tries.give_back("code", user.key, address)


def leave(request: HttpRequest) -> None:
    """End the session."""
    user = request.user
    if isinstance(user, User):
        with act(Actor("user", user.key), "accounts.sign_out", user, chain=actions.CHAIN):
            pass
    logout(request)


def come_in(request: HttpRequest, user: User) -> None:
    """Make the session that of a person who has shown password and code, or link and code."""
    for name in (_PENDING, _SECRET, NEXT):
        request.session.pop(name, None)
    with act(Actor("user", user.key), "accounts.sign_in", user, chain=actions.CHAIN):
        login(request, user, backend=f"{Accounts.__module__}.{Accounts.__qualname__}")
        sessions.begin(request)
