"""What a person is told, and how the outbox stands."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import QuerySet

from gongkai.errors import GongkaiError
from gongkai.web.accounts.models import User
from gongkai.web.notices import mail, sms
from gongkai.web.notices.models import Notification, Outbox


class Outgoing(NamedTuple):
    """How many messages of a channel wait and how many failed, and whether there is a server or provider to send them by."""

    queued: int
    failed: int
    can_send: bool


def visible(user: User) -> QuerySet[Notification]:
    """The notices for a person, the newest first."""
    return Notification.objects.filter(user=user.key).order_by("-created_at", "-pk")


def unread(user: User) -> int:
    """How many notices a person has not read."""
    return Notification.objects.filter(user=user.key, read_at__isnull=True).count()


def outgoing(channel: str) -> Outgoing:
    """How the outbox stands for `mail` or `sms`; without a server or provider everything stays queued."""
    try:
        can_send = (mail.server() if channel == "mail" else sms.provider()) is not None
    except GongkaiError:
        can_send = False
    states = Outbox.objects.filter(channel=channel).values_list("state", flat=True)
    return Outgoing(states.filter(state="queued").count(), states.filter(state="failed").count(), can_send)
