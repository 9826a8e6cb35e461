"""Reading consultations: lists, what is shown of one to the office and to everybody, figures about its comments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from gongkai.law.articles import article, written
from gongkai.law.deadlines.due import Due
from gongkai.web.agencies.models import Agency
from gongkai.web.engagement import periods, policies
from gongkai.web.engagement.models import Answer, Comment, Consultation
from gongkai.web.engagement.models.words import NEEDS_NO_ANSWER, OUTCOMES, PHASES
from gongkai.web.publications import text
from gongkai.web.publications.queries import people

ARTICLE = "decision_rules.15"
_BADGES = {
    "ahead": "paused",
    "open": "ok",
    "closed": "soon",
    "late": "overdue",
    "summarised": "done",
    "stopped": "paused",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A consultation on a day: where it stands in words, with the state of the badge, days left, by when it is summed up."""

    consultation: Consultation
    phase: str
    word: str
    badge: str
    left: int
    summary_due: Due
    late: bool

    @property
    def takes_comments(self) -> bool:
        """Whether comments are taken."""
        return self.phase == "open"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with the numbers of the comments that it is to; `shown` are those that everybody reads."""

    answer: Answer
    comments: list[Comment]


def released(agency: Agency | None = None) -> QuerySet[Consultation]:
    """Return the consultations that everybody sees, the newest first; of an agency."""
    found = policies.public().order_by("-opened_at", "-pk")
    return found if agency is None else found.filter(agency=agency)


def looked_for(found: QuerySet[Consultation], words: str = "", state: str = "") -> QuerySet[Consultation]:
    """Return the consultations that fit, with their agencies."""
    if words.strip():
        found = found.filter(title__icontains=words.strip())
    if state:
        found = found.filter(state=state)
    return found.select_related("agency").prefetch_related("agency__names")


def in_phase(found: QuerySet[Consultation], phase: str, on: date) -> QuerySet[Consultation]:
    """Return those of the consultations that everybody sees which stand at a phase that people look for."""
    conditions = {
        "open": Q(state="open", opens_on__lte=on, closes_on__gte=on),
        "over": Q(state="open", closes_on__lt=on) & ~Q(summary_state="published"),
        "summarised": Q(summary_state="published"),
    }
    return found.filter(conditions[phase]) if phase in conditions else found


def standing(consultation: Consultation) -> Standing:
    """Return where a consultation stands today."""
    today = timezone.localdate()
    phase = periods.phase(consultation, today)
    return Standing(
        consultation, phase, dict(PHASES)[phase], _BADGES[phase], periods.days_left(consultation, today),
        periods.summary_due(consultation), periods.summarised_late(consultation),
    )  # fmt: skip


def facts(consultation: Consultation) -> list[tuple[str, str]]:
    """Return what is printed about a consultation."""
    rows = [
        ("征求意见的机关", str(consultation.agency)),
        ("征求意见的对象", consultation.asked),
        ("开始日期", consultation.opens_on.isoformat()),
        ("截止日期", f"{consultation.closes_on.isoformat()}（含当日）"),
        ("缩短期限的说明", consultation.shorter_because),
    ]
    return [(head, cell) for head, cell in rows if cell]


def body(html: str) -> SafeString:
    """Return a text for a page."""
    # Cleaned when it was written, and cleaned again: nothing but our own vocabulary comes out.
    return mark_safe(text.clean(html))  # noqa: S308  # nosec B308 B703 - see above


def counts(consultation: Consultation) -> dict[str, int]:
    """Return how many comments came, wait, are published, are withheld, and have no answer that need one."""
    no_comment = Q(withheld_for__in=NEEDS_NO_ANSWER)
    found: dict[str, int] = consultation.comments.aggregate(
        all=Count("pk"), waiting=Count("pk", filter=Q(state="waiting")), published=Count("pk", filter=Q(state="published")),
        withheld=Count("pk", filter=Q(state="withheld")), unanswered=Count("pk", filter=Q(answer=None) & ~no_comment),
    )  # fmt: skip
    return found


def outcomes(consultation: Consultation) -> list[tuple[str, int]]:
    """Return how many comments had each outcome, in the words of the outcomes."""
    found = consultation.comments.filter(answer__isnull=False).order_by().values_list("answer__outcome")
    counted = dict(found.annotate(number=Count("pk")))
    return [(word, counted.get(code, 0)) for code, word in OUTCOMES]


def answers(consultation: Consultation, *, public: bool) -> list[Answered]:
    """Return the answers with their comments; for everybody only with those that everybody reads."""
    rows = list(consultation.answers.prefetch_related("comments"))
    return [
        Answered(row, [one for one in row.comments.all() if not public or one.state == "published"]) for row in rows
    ]


def published_comments(consultation: Consultation) -> QuerySet[Comment]:
    """Return the comments that everybody reads, in their order."""
    return consultation.comments.filter(state="published").select_related("answer").order_by("number")


def law() -> tuple[str, str]:
    """Return the article about periods of consultations as it is cited, and what it says in short."""
    found = article(ARTICLE)
    return written(ARTICLE, "zh"), found.summary["zh"]


def names(consultation: Consultation, more: Iterable[str] = ()) -> dict[str, str]:
    """Return the names of those who acted."""
    return people([consultation.drafter, consultation.opened_by, *consultation.hands, *more])
