"""Passwords: compared with the same work for everybody, set after the rules, never one of the last ones."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from gongkai.web.accounts.models import FormerPassword, User
from gongkai.web.accounts.password_rules import REMEMBERED


def matches(user: User | None, password: str) -> bool:
    """Whether an active account has this password. An account that is not there costs the same work."""
    usable = user is not None and user.is_active and is_password_usable(user.password)
    stored = user.password if user is not None and usable else _nobodys()
    return check_password(password, stored) and usable


def assign(user: User, password: str) -> User:
    """Give an account another password and keep the digest of the old. Raises ValidationError with what is wrong."""
    validate_password(password, user)
    with transaction.atomic():
        if is_password_usable(user.password):
            FormerPassword.objects.create(user=user, password=user.password)
        user.change(user.version, password=make_password(password), password_changed_at=timezone.now())
        kept = FormerPassword.objects.filter(user=user).order_by("-until", "-pk")[: REMEMBERED - 1]
        FormerPassword.objects.filter(user=user).exclude(pk__in=[former.pk for former in kept]).delete()
    return user


@cache
def _nobodys() -> str:
    """A stored password that nobody has, to compare with where there is no account."""
    return make_password(get_random_string(40))
