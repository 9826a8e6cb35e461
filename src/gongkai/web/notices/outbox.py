"""Sending what stands in the outbox: which mails are due, and what comes of each try."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import salted_hmac

from gongkai.errors import GongkaiError
from gongkai.web.notices import mail
from gongkai.web.notices.models import Outbox

logger = logging.getLogger("gongkai.mail")
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_TRIES = 12


def due(now: datetime) -> Iterator[str]:
    """Each mail that is due, with the number of its next try; none where no server is named, so that all stay queued."""
    try:
        named = mail.server() is not None
    except GongkaiError as error:
        logger.error("mail.server %s", error.code)
        return
    if named:
        waiting = Outbox.objects.filter(state="queued", next_try__lte=now).order_by("next_try", "pk")
        for key, tries in waiting.values_list("key", "tries").iterator():
            yield f"{key}.{tries + 1}"


def deliver(key: str) -> mail.Refused | None:
    """Hand a mail to the server. A worker killed between this and `settle` sends it again, under the same Message-ID."""
    entry = Outbox.objects.get(key=key.partition(".")[0])
    server = mail.server()
    if server is None:
        return mail.Refused("no_server", False)
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
    logger.info("mail %s to %s: %s", entry.key, hashed(entry.recipient), entry.failure or entry.state)


def hashed(recipient: str) -> str:
    """What stands in a log for an address: the same for the same address here, and of no use elsewhere."""
    return salted_hmac("gongkai.mail", recipient.strip().lower(), algorithm="sha256").hexdigest()[:12]
