"""Reading messages: lists, how one stands against its days, an agency's figures, what everybody reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import Standing, named, standing_as
from gongkai.web.engagement import policies
from gongkai.web.engagement.models import Desk, Message
from gongkai.web.engagement.models.words import MESSAGE_KINDS, UNANSWERED

_MOST_AGENCIES = 1000
_SOON = 3


@dataclass(frozen=True, slots=True)
class Clock:
    """How a message stands against its days: a badge with words."""

    badge: str
    says: str


class Figures(NamedTuple):
    """An agency's messages of a year: how many came, were answered, in promised time, are open, are past the last day."""

    agency: Agency
    received: int
    answered: int
    in_time: int
    open: int
    overdue: int


def desk(agency: Agency) -> Desk:
    """Return what an agency decided about its messages; where it decided nothing, with the version 0."""
    return Desk.objects.filter(agency=agency).first() or Desk(agency=agency, version=0)


def addressees() -> list[Standing]:
    """Return the agencies to which anybody may write: those of the platform that exist."""
    today = timezone.localdate()
    here = Agency.objects.filter(outside=False).filter(Q(dissolved__isnull=True) | Q(dissolved__gt=today))
    return [standing_as(row.agency, row) for row in named(here, today)[:_MOST_AGENCIES]]


def released(agency: Agency | None = None, words: str = "", kind: str = "") -> QuerySet[Message]:
    """Return the messages that everybody reads, the newest first; of an agency, with words in the title that is shown."""
    found = policies.public_messages().order_by("-published_at", "-pk").select_related("agency")
    found = found if agency is None else found.filter(agency=agency)
    found = found.filter(shown_title__icontains=words.strip()) if words.strip() else found
    return found.filter(kind=kind) if kind else found


def looked_for(found: QuerySet[Message], words: str = "", kind: str = "", state: str = "") -> QuerySet[Message]:
    """Return the office's messages that fit, with their agencies."""
    if words.strip():
        at = words.strip()
        found = found.filter(Q(title__icontains=at) | Q(code=at.lower()))
    if state == "overdue":
        found = found.filter(state__in=UNANSWERED, promised__lt=timezone.localdate())
    elif state:
        found = found.filter(state=state)
    found = found.filter(kind=kind) if kind else found
    return found.select_related("agency").prefetch_related("agency__names")


def clock(message: Message, on: date) -> Clock:
    """Return how a message stands on a day."""
    if message.state == "closed":
        return Clock("paused", "不予办理")
    if message.answered_on is not None:
        late = message.answered_on > message.promised
        return Clock("doubt" if late else "done", "逾期答复" if late else "按期答复")
    if on > message.due:
        return Clock("overdue", "超过检查期限")
    if on > message.promised:
        return Clock("due", "超过承诺期限")
    left = (message.promised - on).days
    return Clock("soon" if left <= _SOON else "ok", f"还剩 {left} 天")


def figures(year: int) -> list[Figures]:
    """Return the messages of a year by the agency that has them, those with most first."""
    today = timezone.localdate()
    rows = (
        Message.objects.filter(received_on__year=year).exclude(state="closed").order_by().values("agency").annotate(
            received=Count("pk"), answered=Count("pk", filter=Q(state="answered")),
            in_time=Count("pk", filter=Q(state="answered", answered_on__lte=F("promised"))),
            open=Count("pk", filter=Q(state__in=UNANSWERED)),
            overdue=Count("pk", filter=Q(state__in=UNANSWERED, due__lt=today)),
        ).order_by("-received", "agency")
    )  # fmt: skip
    held = Agency.objects.prefetch_related("names").in_bulk([row["agency"] for row in rows])
    return [
        Figures(held[row["agency"]], row["received"], row["answered"], row["in_time"], row["open"], row["overdue"])
        for row in rows
    ]


def by_kind(year: int) -> list[tuple[str, int]]:
    """Return how many messages of each kind came in a year."""
    rows = Message.objects.filter(received_on__year=year).exclude(state="closed").order_by().values_list("kind")
    counted = dict(rows.annotate(number=Count("pk")))
    return [(word, counted.get(code, 0)) for code, word in MESSAGE_KINDS]
