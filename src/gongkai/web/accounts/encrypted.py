"""Text that the database keeps encrypted: plain in Python, of no use to whoever has a copy of the database alone.

The keys are derived from the installation's secret key and its former ones; what is written is written with the first.
Nobody can search for such a text, except for whether there is one.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact

from gongkai.errors import InvalidData

_PURPOSE = b"gongkai.encrypted"
_BYTES = 32


def seal(text: str) -> str:
    """Encrypt a text with the key in use; an empty one stays empty, and one that is encrypted already stays as it is."""
    return text if not text or is_sealed(text) else _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Return the plain text. Raises InvalidData `accounts.sealed` where none of the installation's keys opens it."""
    try:
        return _keys().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        # Nothing of the token is told, nor which of its parts does not fit.
        raise InvalidData("accounts.sealed") from None


def is_sealed(text: str) -> bool:
    """Whether a text is encrypted with one of the installation's keys."""
    try:
        _keys().decrypt(text.encode())
    except InvalidToken:
        return False
    return True


class EncryptedField(models.CharField):  # type: ignore[type-arg]
    """A text that is plain in Python and encrypted in the database and in everything that is exported from it."""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Open what the database keeps. Raises InvalidData `accounts.sealed`."""
        return value if value is None else unseal(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Encrypt what is about to be written."""
        return super().get_db_prep_save(seal(value) if isinstance(value, str) else value, connection)

    def value_to_string(self, obj: models.Model) -> str:
        """Give an export the encrypted text."""
        return seal(str(self.value_from_object(obj)))

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow only the question whether there is a text: no two encryptions of one text are the same."""
        if lookup_name != "exact":
            raise FieldError(f"{self.name} is encrypted: it cannot be looked up by {lookup_name}")
        return _IsEmpty


class _IsEmpty(Exact):
    """Whether there is no text."""

    def get_prep_lookup(self) -> Any:
        """Refuse any text to compare with. Raises FieldError."""
        if self.rhs != "":
            raise FieldError("an encrypted text can only be compared with the empty one")
        return super().get_prep_lookup()


def _keys() -> MultiFernet:
    return _derived((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=8)
def _derived(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(_derive(secret))) for secret in secrets])


def _derive(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=_PURPOSE).derive(secret.encode())
