"""One-time codes of the person's telephone (TOTP) and the recovery codes that stand in for them."""

from __future__ import annotations

import secrets
from hashlib import sha256

import pyotp
import segno
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from gongkai.web.accounts.models import RecoveryCode, User

ISSUER = "政府信息公开工作台"
RECOVERY_CODES = 10
_STEP, _DRIFT = 30, 1
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_GROUP, _GROUPS = 5, 3


def new_secret() -> str:
    """Return a new secret to share with a telephone."""
    return pyotp.random_base32()


def picture(secret: str, login: str) -> str:
    """Return the address (`data:`) of the picture from which a telephone takes the secret."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    return segno.make(address, error="m").svg_data_uri(scale=5, border=2)


def step_of(secret: str, code: str) -> int | None:
    """Return the number of the half minute whose code this is, now or one before or after; None for no such code."""
    now = int(timezone.now().timestamp()) // _STEP
    found = None
    for step in range(now - _DRIFT, now + _DRIFT + 1):
        if constant_time_compare(pyotp.TOTP(secret).generate_otp(step), _plain(code)):
            found = step
    return found


def use(user: User, code: str) -> bool:
    """Whether this is a good code of the person; a code is good once, also for two who give it at the same moment."""
    step = step_of(user.totp_secret, code) if user.totp_secret else None
    if step is not None:
        return bool(User.objects.filter(pk=user.pk, totp_step__lt=step).update(totp_step=step))
    unused = RecoveryCode.objects.filter(user=user, digest=_digest(user, code), used_at__isnull=True)
    return bool(unused.update(used_at=timezone.now()))


def renew_recovery_codes(user: User) -> list[str]:
    """Make new recovery codes and return them: they are kept only as digests and never shown again."""
    made = ["-".join(_group() for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in made)
    return made


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes are not used yet."""
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


def _group() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP))


def _plain(code: str) -> str:
    return "".join(character for character in code if character.isalnum()).lower()


def _digest(user: User, code: str) -> str:
    """A recovery code has some 73 random bits, so that a plain digest of it cannot be searched."""
    return sha256(f"{user.key}:{_plain(code)}".encode()).hexdigest()
