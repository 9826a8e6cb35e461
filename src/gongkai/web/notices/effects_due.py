"""What the sweep does for mails and short messages, and once a day for audit, accounts and files."""

from __future__ import annotations

from datetime import timedelta

from gongkai.web.notices import daily, outbox
from gongkai.web.notices.effects import Effect

EFFECTS = (
    Effect("mail", outbox.due_mails, outbox.settle, outbox.deliver, lease=timedelta(minutes=5)),
    Effect("sms", outbox.due_sms, outbox.settle, outbox.deliver, lease=timedelta(minutes=5)),
    *daily.EFFECTS,
)
