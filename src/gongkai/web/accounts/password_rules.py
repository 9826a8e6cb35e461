"""What a password must be, in plain Chinese: long enough, not the person's own words, not common, not used lately."""

from __future__ import annotations

from django.contrib.auth import password_validation as django
from django.contrib.auth.hashers import check_password, is_password_usable
from django.core.exceptions import ValidationError

from gongkai import messages
from gongkai.web.accounts.models import FormerPassword, User
from gongkai.web.accounts.password_patterns import plain

REMEMBERED = 5
"""How many passwords of a person, the one in use included, are not taken again."""
_SHORTEST = 12


class LongEnough:
    """Refuses short passwords."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a password that is too short."""
        del user
        if len(password) < _SHORTEST:
            raise ValidationError(messages.text("accounts.password_short", "zh", number=_SHORTEST), code="short")

    def get_help_text(self) -> str:
        """What is asked of a password here."""
        return messages.text("accounts.password_rule_short", "zh", number=_SHORTEST)


class NotOnesOwnName(django.UserAttributeSimilarityValidator):
    """Refuses passwords that resemble login or name."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("login", "name"))

    def get_error_message(self) -> str:
        """What is wrong."""
        return messages.text("accounts.password_own_name", "zh")

    def get_help_text(self) -> str:
        """What is asked of a password here."""
        return messages.text("accounts.password_rule_own_name", "zh")


class NotCommon(django.CommonPasswordValidator):
    """Refuses the passwords that everybody tries first."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return messages.text("accounts.password_common", "zh")

    def get_help_text(self) -> str:
        """What is asked of a password here."""
        return messages.text("accounts.password_rule_common", "zh")


class NotPlain:
    """Refuses what is repeated, walked along the keys, or a common word with figures and signs around it."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a password that is made so."""
        del user
        if plain(password):
            raise ValidationError(messages.text("accounts.password_plain", "zh"), code="plain")

    def get_help_text(self) -> str:
        """What is asked of a password here."""
        return messages.text("accounts.password_rule_plain", "zh")


class NotOnlyDigits(django.NumericPasswordValidator):
    """Refuses numbers."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return messages.text("accounts.password_digits", "zh")

    def get_help_text(self) -> str:
        """What is asked of a password here."""
        return messages.text("accounts.password_rule_digits", "zh")


class NotUsedBefore:
    """Refuses the passwords that the person had last."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a password among the last of `user`."""
        if user is None or user.pk is None:
            return
        former = FormerPassword.objects.filter(user=user).order_by("-until", "-pk").values_list("password", flat=True)
        had = [user.password, *former[: REMEMBERED - 1]]
        if any(is_password_usable(stored) and check_password(password, stored) for stored in had):
            raise ValidationError(
                messages.text("accounts.password_used_before", "zh", number=REMEMBERED), code="used"
            )

    def get_help_text(self) -> str:
        """What is asked of a password here."""
        return messages.text("accounts.password_rule_used", "zh", number=REMEMBERED)
