"""What a person is told, and how the outbox stands."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import QuerySet

from gongkai.errors import GongkaiError
from gongkai.web.accounts.models import User
from gongkai.web.notices import mail
from gongkai.web.notices.models import Notification, Outbox


class MailStanding(NamedTuple):
    """How many mails wait and how many failed, and whether there is a server to send them by."""

    queued: int
    failed: int
    has_server: bool


def visible(user: User) -> QuerySet[Notification]:
    """The notices for a person, the newest first."""
    return Notification.objects.filter(user=user.key).order_by("-created_at", "-pk")


def unread(user: User) -> int:
    """How many notices a person has not read."""
    return Notification.objects.filter(user=user.key, read_at__isnull=True).count()


def mail_standing() -> MailStanding:
    """How the outbox stands; without a server all mails stay queued."""
    try:
        has_server = mail.server() is not None
    except GongkaiError:
        has_server = False
    states = Outbox.objects.values_list("state", flat=True)
    return MailStanding(states.filter(state="queued").count(), states.filter(state="failed").count(), has_server)
