"""Putting mails and short messages into the outbox and notices into the site, in the transaction of the act that they tell of."""

from __future__ import annotations

import re

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.audit.actor import Actor
from gongkai.web.notices.models import Notification, Outbox

_NUMBER = re.compile(r"\+?[0-9]{5,15}")


def mail(recipient: str, subject: str, body: str, *, cause: str) -> Outbox:
    """Put a mail into the outbox; a second one for the same cause is the first one."""
    entry, _ = Outbox.objects.get_or_create(
        cause=cause, defaults={"recipient": recipient, "subject": subject, "body": body}
    )
    return entry


def sms(number: str, text: str, *, cause: str) -> Outbox:
    """Put a short message into the outbox; a second one for the same cause is the first one.

    Raises InvalidInput for what is no number of a telephone.
    """
    if not _NUMBER.fullmatch(number):
        raise InvalidInput("notices.sms_number")
    entry, _ = Outbox.objects.get_or_create(
        cause=cause, defaults={"channel": "sms", "recipient": number, "body": text}
    )
    return entry


def notify(user: str, title: str, *, cause: str, body: str = "", address: str = "") -> Notification:
    """Tell a person something in the site, named by the key of the account; once for one cause."""
    entry, _ = Notification.objects.get_or_create(
        user=user, cause=cause, defaults={"title": title, "body": body, "address": address}
    )
    return entry


def mark_read(notification: Notification, *, by: Actor) -> None:
    """Mark a notice as read. Only the person it is for can come here; it is no act of an office and not recorded."""
    if notification.user == by.key and notification.read_at is None:
        notification.change(notification.version, read_at=timezone.now())
