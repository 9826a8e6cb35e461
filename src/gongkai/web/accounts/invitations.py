"""Links with which a person sets a password: shown once, good once, good for some days."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.urls import reverse
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.accounts.models import Invitation, User
from gongkai.web.settings import declared

GOOD_FOR = timedelta(days=7)
_BYTES = 32


def issue(user: User) -> str:
    """Make a link for an account and return its token, which is kept nowhere; earlier links end."""
    revoke(user)
    token = secrets.token_urlsafe(_BYTES)
    Invitation.objects.create(user=user, digest=_digest(token), expires_at=timezone.now() + GOOD_FOR)
    return token


def revoke(user: User) -> None:
    """End every link of an account that is not used yet."""
    Invitation.objects.filter(user=user, used_at__isnull=True).delete()


def forget_expired(now: datetime) -> int:
    """Delete every link whose time is over, used or not, and return how many; what came of it stands in the audit."""
    return Invitation.objects.filter(expires_at__lt=now).delete()[0]


def find(token: str) -> Invitation | None:
    """Return the invitation of a token if it is still good."""
    good = Invitation.objects.filter(used_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True)
    return good.select_related("user").filter(digest=_digest(token)).first()


def use_up(token: str) -> User:
    """Use a link up and return its account: of two who use it at once, one does. Raises InvalidInput."""
    found = find(token)
    now = timezone.now()
    if found is None or not Invitation.objects.filter(pk=found.pk, used_at__isnull=True).update(used_at=now):
        raise InvalidInput("accounts.link_gone")
    return found.user


def address(token: str) -> str:
    """Return the full address of a link, under the first of the site's own origins, else where the site listens."""
    origins = declared.items("GONGKAI_ORIGINS") or [declared.listens_at()]
    return origins[0].rstrip("/") + path(token)


def path(token: str) -> str:
    """Return the address of a link inside the site."""
    return reverse("accounts:invitation", args=[token])


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
