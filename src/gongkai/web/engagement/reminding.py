"""What those responsible are told in the site: an approval that is asked for at once, and once a day what waits or is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai import messages
from gongkai.web.engagement import periods, policies
from gongkai.web.engagement.models import Consultation
from gongkai.web.notices.actions import notify
from gongkai.web.notices.models import Done

ASKED, REMIND = "engagement.asked", "engagement.remind"


def day(now: datetime) -> date:
    """Return the day of an instant in the zone in which dates of law are taken."""
    return timezone.localdate(now)


def asked(_now: datetime) -> Iterator[str]:
    """Each consultation that waits for an approval, with the version at which it was asked for, until it was told."""
    waiting = Consultation.objects.filter(Q(state="asked") | Q(state="open", summary_state="asked"))
    yield from not_done(ASKED, [f"{key}.{version}" for key, version in waiting.values_list("key", "version")])


def tell_asked(key: str, _now: datetime, _prepared: Any) -> None:
    """Tell those who may approve, save those who had a hand in it."""
    consultation = _given(key)
    if consultation is None:
        return
    summary = consultation.summary_state == "asked"
    hands = consultation.summary_hands if summary else consultation.hands
    says = "engagement.tell_summary" if summary else "engagement.tell_asked"
    people = [
        one for one in policies.responsible(consultation.agency, policies.APPROVE) if f"user:{one}" not in hands
    ]
    _tell(consultation, people, says, cause=f"{ASKED}:{key}")


def of_today(now: datetime) -> Iterator[str]:
    """Each consultation of which something waits today: comments to look at, or the summary after the last day."""
    today = day(now)
    over = Q(state="open", closes_on__lt=today, summary_state="none")
    waiting = Consultation.objects.filter(
        over | Q(state__in=("open", "stopped"), comments__state="waiting")
    ).distinct()
    yield from not_done(REMIND, [f"{key}.{today.isoformat()}" for key in waiting.values_list("key", flat=True)])


def remind(key: str, now: datetime, _prepared: Any) -> None:
    """Tell those who prepare what waits."""
    consultation = _given(key)
    if consultation is None:
        return
    waiting = consultation.comments.filter(state="waiting").count()
    phase = periods.phase(consultation, day(now))
    says = {"late": "engagement.tell_late", "closed": "engagement.tell_over"}.get(phase, "engagement.tell_comments")
    people = policies.responsible(consultation.agency, policies.PREPARE)
    due = periods.summary_due(consultation).due
    _tell(consultation, people, says, cause=f"{REMIND}:{key}", count=waiting, due=due)


def _tell(consultation: Consultation, people: list[str], says: str, *, cause: str, **facts: object) -> None:
    address = reverse("engagement:consultation", args=[consultation.key])
    title = messages.text(says, "zh", title=consultation.title[:40], **facts)
    for user in people:
        notify(user, title[:120], cause=cause, address=address)


def _given(key: str) -> Consultation | None:
    return Consultation.objects.select_related("agency").filter(key=key.partition(".")[0]).first()


def not_done(name: str, keys: list[str]) -> Iterator[str]:
    """Give those of an effect's keys that were not carried out yet."""
    done = set(Done.objects.filter(key__in=[f"{name}:{key}" for key in keys]).values_list("key", flat=True))
    yield from (key for key in keys if f"{name}:{key}" not in done)
