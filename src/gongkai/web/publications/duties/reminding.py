"""Telling those who prepare what is due soon, late or stale: each thing once when it is due soon, and once when it is late."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from gongkai import messages
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.policies import holders
from gongkai.web.notices.actions import notify
from gongkai.web.publications.duties import policies, queries
from gongkai.web.publications.models import Duty

TOLD = ("soon", "late", "stale")
"""The states of which people are told."""
_LONGEST_TITLE = 120


class Reminder(NamedTuple):
    """What an agency is told: of which item, in which state, under which cause."""

    agency: int
    duty: str
    cause: str
    title: str


def gathered(day: str) -> list[Reminder]:
    """Return all that agencies are to be told on a day; the cause names the thing and the state, not the day of telling."""
    made = []
    for one in queries.stood(Duty.objects.filter(state="active"), date.fromisoformat(day)):
        for expectation in one.found:
            if expectation.state not in TOLD or expectation.due is None:
                continue
            what = expectation.period or (expectation.proofs[0].key if expectation.proofs else "first")
            cause = f"publications.duty_{expectation.state}:{one.duty.key}.{what}.{expectation.due}"
            name = f"{one.duty}（{expectation.name}）" if one.duty.timing != "standing" else str(one.duty)
            title = messages.text(
                f"publications.duties.told_{expectation.state}", "zh", item=name, day=expectation.due
            )
            made.append(Reminder(one.duty.agency_id, one.duty.key, cause, title[:_LONGEST_TITLE]))
    return made


def tell(_key: str, now: datetime, prepared: list[Reminder]) -> None:
    """Tell it to everybody who prepares in the agency; who was told already of the same is not told again."""
    today = timezone.localdate(now)
    agencies = Agency.objects.in_bulk({one.agency for one in prepared})
    people = {key: list(holders(agency, policies.PREPARE, today)) for key, agency in agencies.items()}
    for one in prepared:
        for user in people[one.agency]:
            notify(user.key, one.title, cause=one.cause, address=reverse("publications:duty", args=[one.duty]))
