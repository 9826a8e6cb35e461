"""Short messages, by whichever provider the operator has named. Nothing here knows the database.

No provider is part of the platform: each has an interface and a contract of its own. A class of the operator's with
`send` is enough; it takes its own settings from where it likes.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from django.utils.module_loading import import_string

from gongkai.errors import InvalidInput
from gongkai.web.notices.refused import Refused
from gongkai.web.settings import declared


@runtime_checkable
class SmsProvider(Protocol):
    """A provider of short messages."""

    def send(self, number: str, text: str, reference: str) -> str | None:
        """Send a text to a number; return None when it was taken, else why it never will be.

        Any error that it raises means that it can be tried again. One reference is to be sent once, however often it comes.
        """


def provider() -> SmsProvider | None:
    """Return the provider of GONGKAI_SMS_PROVIDER, None where none is named. Raises InvalidInput for one that is none."""
    given = declared.text("GONGKAI_SMS_PROVIDER")
    if not given:
        return None
    try:
        made = import_string(given.replace(":", "."))()
    except Exception as error:
        raise InvalidInput("notices.sms_provider", given=given, reason=type(error).__name__) from error
    if not isinstance(made, SmsProvider):
        raise InvalidInput("notices.sms_provider", given=given, reason="send()")
    return made


def deliver(to: SmsProvider, number: str, text: str, reference: str) -> Refused | None:
    """Hand a message to the provider; return None when it took it."""
    try:
        why = to.send(number, text, reference)
    except Exception as error:  # a provider's own errors are not known here
        return Refused(type(error).__name__, False)
    return None if why is None else Refused(why, True)
