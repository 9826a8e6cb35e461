"""Sending what stands in the outbox: which mails and short messages are due, and what comes of each try."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import salted_hmac

from gongkai.errors import GongkaiError
from gongkai.web.notices import mail, sms
from gongkai.web.notices.models import Outbox
from gongkai.web.notices.refused import Refused

logger = logging.getLogger("gongkai.outbox")
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_TRIES = 12


def due_mails(now: datetime) -> Iterator[str]:
    """Each mail that is due, with the number of its next try; none where no server is named, so that all stay queued."""
    return _due("mail", mail.server, now)


def due_sms(now: datetime) -> Iterator[str]:
    """Each short message that is due, likewise; none where no provider is named."""
    return _due("sms", sms.provider, now)


def _due(channel: str, named: Callable[[], object], now: datetime) -> Iterator[str]:
    try:
        sends = named() is not None
    except GongkaiError as error:
        logger.error("outbox.not_usable", extra={"entry": channel, "code": error.code})
        return
    if sends:
        waiting = Outbox.objects.filter(channel=channel, state="queued", next_try__lte=now).order_by("next_try", "pk")
        for key, tries in waiting.values_list("key", "tries").iterator():
            yield f"{key}.{tries + 1}"


def deliver(key: str) -> Refused | None:
    """Hand a message to its server or provider.

    A worker killed between this and `settle` sends it again, under the same Message-ID or reference.
    """
    entry = Outbox.objects.get(key=key.partition(".")[0])
    if entry.channel == "sms":
        by = sms.provider()
        return sms.deliver(by, entry.recipient, entry.body, entry.key) if by else Refused("no_provider", False)
    server = mail.server()
    if server is None:
        return Refused("no_server", False)
    return mail.deliver(server, mail.message(entry.key, entry.recipient, entry.subject, entry.body))


def settle(key: str, now: datetime, refused: Any) -> None:
    """Write what came of a try."""
    entry = Outbox.objects.get(key=key.partition(".")[0])
    tries = entry.tries + 1
    if refused is None:
        entry.change(entry.version, state="sent", sent_at=now, tries=tries, failure="")
    else:
        failed = refused.for_good or tries >= MOST_TRIES
        wait = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
        state = "failed" if failed else "queued"
        entry.change(entry.version, state=state, tries=tries, next_try=now + wait, failure=refused.why[:80])
    told = {"entry": entry.key, "recipient": hashed(entry.recipient), "state": entry.state, "code": entry.failure}
    logger.info("outbox.tried", extra=told)


def hashed(recipient: str) -> str:
    """What stands in a log for an address: the same for the same address here, and of no use elsewhere."""
    return salted_hmac("gongkai.mail", recipient.strip().lower(), algorithm="sha256").hexdigest()[:12]
