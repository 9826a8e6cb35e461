"""Tokens, with which programs act for a person: shown once, kept as a digest, good until a day, counted when wrong.

A token reads `gk_<key>_<secret>`: the key says which token is tried, so that wrong ones count for that token and address
and nobody is locked out elsewhere. That a token was good from an address is remembered for a minute, so that a program
that asks often does not hold the counter at every request.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.messages import Listing
from gongkai.web.accounts import tries
from gongkai.web.accounts.models import Token, User
from gongkai.web.audit.actor import VISITOR
from gongkai.web.audit.chain import act
from gongkai.web.audit.record import new_key
from gongkai.web.settings import declared

PREFIX = "gk_"
DOOR = "token"
CHAIN = "system"
MOST = 20
"""How many tokens of a person are good at a time."""
_BYTES = 32
_REMEMBERED = 60


def longest() -> int:
    """Return for how many days a token is good at most."""
    return max(1, declared.number("GONGKAI_TOKEN_DAYS"))


def check(user: User, scope: str, days: int) -> None:
    """Raise InvalidInput where a token like this cannot be made."""
    scopes = [code for code, _ in Token.SCOPES]
    if scope not in scopes:
        raise InvalidInput("tokens.scope", given=scope, known=Listing(tuple(scopes)))
    if not 1 <= days <= longest():
        raise InvalidInput("tokens.days", given=days, most=longest())
    if good(user).count() >= MOST:
        raise InvalidInput("tokens.too_many", most=MOST)


def issue(user: User, name: str, scope: str, days: int) -> tuple[Token, str]:
    """Make a token, and return it with what is given with every request, which is kept nowhere."""
    key, secret = new_key(), secrets.token_urlsafe(_BYTES)
    written = f"{PREFIX}{key}_{secret}"
    expires = timezone.now() + timedelta(days=days)
    made = Token.objects.create(
        key=key, user=user, name=name, digest=_digest(written), scope=scope, expires_at=expires
    )
    return made, written


def good(user: User) -> QuerySet[Token]:
    """Return the tokens of a person that have neither expired nor been revoked, the newest first."""
    return user.tokens.filter(_good()).order_by("-pk")


def revoke_all(user: User) -> int:
    """End every token of a person, and return how many were good."""
    return good(user).update(revoked_at=timezone.now())


def come_in(written: str, address: str) -> Token:
    """Return the good token that this is, with its person.

    The refusal is the same for one that never was, has expired, was revoked, or whose person's account is shut. Raises
    InvalidInput `tokens.wrong`, or `accounts.blocked` where too many wrong ones came before.
    """
    remembered = f"{DOOR}:{address}:{_digest(written)}"
    found = _find(written) if cache.get(remembered) else None
    if found is None:
        cache.delete(remembered)
        found = tries.evaluated(DOOR, _subject(written), address, lambda: _find(written))
    if found is None:
        with act(VISITOR, "accounts.refuse_sign_in", None, chain=CHAIN, door=DOOR):
            pass
        raise InvalidInput("tokens.wrong")
    cache.set(remembered, True, _REMEMBERED)
    _note_use(found)
    return found


def _find(written: str) -> Token | None:
    """The good token with this digest; what does not begin as one does is not looked for."""
    if not written.startswith(PREFIX):
        return None
    held = Token.objects.filter(_good(), digest=_digest(written), user__is_active=True)
    return held.select_related("user").first()


def _good() -> Q:
    return Q(revoked_at__isnull=True, expires_at__gt=timezone.now())


def _note_use(token: Token) -> None:
    today = timezone.localdate()
    if token.last_used != today:
        Token.objects.filter(pk=token.pk).update(last_used=today)


def _subject(written: str) -> str:
    """Which token is tried: its key, as far as what was given has one."""
    key = written.removeprefix(PREFIX).partition("_")[0]
    return key[:20] if key.isascii() and key.isalnum() else "unknown"


def _digest(written: str) -> str:
    """A token has 256 random bits, so that a plain digest of it cannot be searched."""
    return sha256(written.encode()).hexdigest()
