"""Messages at every step of their way, and what is done with them in tests."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.web.accounts.models import Tries
from gongkai.web.engagement.actions import messages as actions
from gongkai.web.engagement.models import Message


def sent(agency, said="路灯坏了，请修。", **given):
    Tries.objects.all().delete()
    values = {"kind": "complaint", "title": "样例路路灯不亮", "text": said, "address": "198.51.100.20", **given}
    return actions.send(agency, **values)


def fresh(message):
    return Message.objects.select_related("agency").get(pk=message.pk)


def do(name, message, by, /, **given):
    """Do an act with a message as it is now; return it as it is then."""
    now = fresh(message)
    getattr(actions, name)(now, by=by, seen=now.version, **given)
    return fresh(message)


def published(agency, clerk):
    made = do(
        "write_answer",
        sent(agency, consent=True, name="样小明", contact="样例信箱").message,
        clerk,
        answer="已经修好。",
    )
    found = actions.shown_as(made)
    return do("publish", made, clerk, title=found.title, text=found.text, answer=found.answer)


def along_the_way(agency, by, other):
    """A message of an agency at every step of its way; `by` are those who act, by role, `other` another agency."""
    clerk = by["clerk"]
    found = {
        "waiting": sent(agency, name="样小明", contact="样例信箱").message,
        "open": published(agency, clerk),
        "withdrawn": do("withdraw", published(agency, clerk), clerk, reason="样例理由"),
        "closed": do("close", sent(agency).message, clerk, reason="样例理由"),
        "passed on": do("transfer", sent(agency).message, clerk, to=other, reason="样例理由"),
    }
    desk = actions.set_desk(agency, approval=True, by=clerk, seen=0)
    found["asked"] = do("write_answer", sent(agency).message, clerk, answer="样例答复")
    returned = do("write_answer", sent(agency).message, clerk, answer="样例答复")
    do("return_answer", returned, by["approver"], reason="样例理由")
    actions.set_desk(agency, approval=False, by=clerk, seen=desk.version)
    return {at: fresh(message) for at, message in found.items()}


def came(message, days):
    """Let a message have come so many days ago."""
    today = timezone.localdate()
    gone = timedelta(days=days)
    Message.objects.filter(pk=message.pk).update(
        received_on=today - gone, due=message.due - gone, promised=message.promised - gone
    )
    return fresh(message)
