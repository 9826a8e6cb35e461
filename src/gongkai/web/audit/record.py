"""What every record of the platform has: an opaque key for addresses, a version, and when it was made."""

from __future__ import annotations

import secrets
from typing import Any, Self

from django.db import models
from django.utils import timezone

from gongkai.errors import GongkaiError

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 14
_LETTERS = bytes(ord(_ALPHABET[byte % len(_ALPHABET)]) for byte in range(256))
"""Every byte to a letter; there are 32 letters, so that none comes more often than another."""


class Stale(GongkaiError):
    """A record was changed by somebody else meanwhile; nothing was written."""


def new_key() -> str:
    """Return a key that cannot be guessed: 70 random bits, in letters that are not mistaken for one another."""
    return secrets.token_bytes(_LENGTH).translate(_LETTERS).decode()


class Record(models.Model):
    """A record with an opaque key and a version that every change of it counts up."""

    key = models.CharField("标识", max_length=20, unique=True, default=new_key, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    created_at = models.DateTimeField("建立时间", default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def change(self, seen: int, **values: Any) -> Self:
        """Write values into the record as it was seen, and count its version up.

        The version is part of the update itself: of two who saw the same version one is told that the other was first.
        Raises Stale.
        """
        manager = type(self)._default_manager
        changed = manager.filter(pk=self.pk, version=seen).update(version=seen + 1, **values)
        if not changed:
            raise Stale("record.stale", kind=self._meta.label_lower, key=self.key, seen=seen)
        for name, value in values.items():
            setattr(self, name, value)
        self.version = seen + 1
        return self
