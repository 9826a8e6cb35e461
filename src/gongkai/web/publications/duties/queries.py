"""Reading what offices must publish: each item with what is expected of it, counts by agency, what may be bound to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.law.calendar import calendar
from gongkai.law.duties import duty as duty_of_law
from gongkai.law.parameters import in_force
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.remedies import jurisdiction_of
from gongkai.web.publications import policies as documents
from gongkai.web.publications.duties.given import field_label
from gongkai.web.publications.duties.timing import (
    WORST,
    Expectation,
    Proof,
    Rule,
    State,
    expected,
    period_name,
    worst,
)
from gongkai.web.publications.duties.words import CHANNELS, MONTHS, STANDARD
from gongkai.web.publications.models import Document, Duty, Fulfilment

STATE_WORDS: dict[State, str] = {
    "late": "已逾期", "stale": "内容陈旧", "soon": "即将到期", "open": "未到期", "done_late": "已公开（逾期）", "done": "已公开",
    "empty": "尚无公开内容",
}  # fmt: skip
BADGES: dict[State, str] = {
    "late": "overdue", "stale": "due", "soon": "soon", "open": "paused", "done_late": "doubt", "done": "ok", "empty": "paused",
}  # fmt: skip
"""Under which badge a state is shown."""
_UNITS = {"working_day": "个工作日", "calendar_day": "日"}
_NOT_BOUND = ("discarded", "archived", "withdrawn")


@dataclass(frozen=True, slots=True)
class Stood:
    """An item with all that is expected of it, the oldest first, and the state that somebody looks after first."""

    duty: Duty
    found: list[Expectation]
    state: State

    @property
    def next(self) -> Expectation | None:
        """What somebody looks after first: of the state at hand the one with the earliest day."""
        mine = [one for one in self.found if one.state == self.state]
        return min(mine, key=lambda one: one.due or date.max) if mine else None

    @property
    def last(self) -> Proof | None:
        """The document that was disclosed last."""
        known = [proof for one in self.found for proof in one.proofs if proof.released_on]
        return max(known, key=lambda proof: proof.released_on or date.min, default=None)

    @property
    def word(self) -> str:
        """The state in words."""
        return STATE_WORDS[self.state]

    @property
    def badge(self) -> str:
        """The badge under which the state is shown."""
        return BADGES[self.state]

    @property
    def field(self) -> str:
        """What the field is called."""
        return field_label(self.duty.catalogue, self.duty.field) or self.duty.get_catalogue_display()


def stood(duties: QuerySet[Duty], today: date | None = None) -> list[Stood]:
    """Return items with what is expected of them on a day, in the order given."""
    on = today or timezone.localdate()
    bound = Fulfilment.objects.filter(ended_at=None).select_related("document", "document__shown")
    rows = duties.select_related("agency").prefetch_related(
        "agency__names", Prefetch("fulfilments", bound, to_attr="bound")
    )
    places = {agency: jurisdiction_of(agency, on) for agency in {row.agency for row in rows}}
    made = []
    for row in rows:
        proofs = [proof_of(one, on) for one in row.bound if one.document.state != "discarded"]
        found = expected(rule_of(row), proofs, on, calendar(), places[row.agency])
        made.append(Stood(row, found, worst(found)))
    return made


def rule_of(duty: Duty) -> Rule:
    """Return how the time of an item works."""
    return Rule(
        duty.timing, duty.law, duty.days, duty.deadline, duty.months, duty.since, duty.retired_on, duty.checked_on
    )


def proof_of(one: Fulfilment, on: date) -> Proof:
    """Return what a bound document proves. One taken back counts only where it came down because its time was over."""
    document = one.document
    over = document.shown_until if document.persons else None
    withdrawn = timezone.localdate(document.withdrawn_at) if document.withdrawn_at else None
    ended = over is not None and withdrawn is not None and withdrawn > over
    public = document.public and (over is None or over >= on)
    shown = document.shown
    return Proof(
        document.key, document.title, document.formed_on, one.period,
        timezone.localdate(document.released_at) if document.released_at else None,
        timezone.localdate(shown.published_at) if shown and shown.published_at else None,
        public, document.public or ended,
    )  # fmt: skip


def counted(found: Iterable[Stood]) -> dict[str, int]:
    """Return how many items are in each state."""
    held = Counter(one.state for one in found)
    return {state: held[state] for state in WORST}


def by_agency(found: Sequence[Stood]) -> list[tuple[Agency, dict[str, int], int]]:
    """Return agencies with their counts and the number of their items, those with most to look after first."""
    held: dict[Agency, list[Stood]] = {}
    for one in found:
        held.setdefault(one.duty.agency, []).append(one)
    rows = [(agency, counted(items), len(items)) for agency, items in held.items()]
    return sorted(rows, key=lambda row: (-row[1]["late"], -row[1]["stale"], -row[1]["soon"], str(row[0])))


def in_order(found: Iterable[Stood]) -> list[Stood]:
    """Return items with those first that somebody has to look after, by day."""

    def place(one: Stood) -> tuple[int, date]:
        return WORST.index(one.state), one.next.due if one.next and one.next.due else date.max

    return sorted(found, key=place)


def timing_words(duty: Duty) -> str:
    """Return how the time of an item works, in words."""
    if duty.timing == "event":
        said = f"{duty.get_law_display()}：{_period(duty.law)}"
        return f"{said}；本机关承诺 {duty.days} 个工作日内" if duty.days is not None else said
    if duty.timing == "standing":
        return f"长期公开，每 {duty.months} 个月核对一次" if duty.months else "长期公开，定期核对"
    if duty.deadline:
        return f"每年 {int(duty.deadline[:2])} 月 {int(duty.deadline[3:])} 日前"
    return (
        f"{duty.get_timing_display()}，期满后 {duty.days} 天内"
        if duty.days
        else f"{duty.get_timing_display()}，期满前"
    )


def _period(code: str) -> str:
    """The time of a duty of the law as it holds today, in words."""
    given = in_force(timezone.localdate())[duty_of_law(code).parameter]
    return f"形成之日起 {given.value} {_UNITS.get(given.unit, '日')}内" if given.value else "随时公开"


def channel_words(duty: Duty) -> str:
    """Return the channels of an item in words."""
    words = dict(CHANNELS)
    return "、".join(words.get(code, code) for code in duty.channel_list)


def row(one: Stood, number: int) -> list[str]:
    """Return an item as a row of the standard catalogue, with how it stands."""
    duty, first, last = one.duty, one.next, one.last
    return [
        str(number), one.field, duty.first, duty.second, duty.content, duty.basis, timing_words(duty), duty.discloser,
        channel_words(duty), f"{duty.get_audience_display()}{f'（{duty.group}）' if duty.group else ''}",
        duty.get_way_display(), duty.get_level_display(), one.word,
        first.due.isoformat() if first and first.due else "", last.title if last else "",
        last.released_on.isoformat() if last and last.released_on else "",
    ]  # fmt: skip


HEADS = (
    "序号", "领域", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "公开方式",
    "公开层级", "完成情况", "最迟日期", "最近公开的文件", "公开日期",
)  # fmt: skip
"""The columns of the standard catalogue, and how the items stand."""
PUBLIC = 12
"""So many of the columns are for everybody; after them how the items stand."""


def bindable(duty: Duty) -> QuerySet[Document]:
    """Return the documents of the agency that may be bound to an item: not put away, and bound to none."""
    taken = Fulfilment.objects.filter(ended_at=None).values("document")
    found = Document.objects.filter(agency=duty.agency).exclude(state__in=_NOT_BOUND).exclude(pk__in=taken)
    return found.order_by("-pk")


def open_expectations(agency: Agency) -> list[tuple[str, str]]:
    """Return what a new document of an agency may fulfil: an item, or a period of one, by `key` or `key.first-day`."""
    choices: list[tuple[str, str]] = []
    for one in stood(Duty.objects.filter(agency=agency, state="active", way="proactive")):
        if one.duty.timing not in MONTHS:
            choices.append((one.duty.key, str(one.duty)))
            continue
        for expectation in reversed(one.found):
            if not expectation.proofs and expectation.period:
                name = f"{one.duty}（{expectation.name}）"
                choices.append((f"{one.duty.key}.{expectation.period.isoformat()}", name))
    return choices


def chosen(agency: Agency, choice: str) -> tuple[Duty | None, date | None]:
    """Return the item and the period of one of those choices, nothing for the empty one. Raises InvalidInput for any other."""
    key, _, day = choice.partition(".")
    if not key:
        return None, None
    found = Duty.objects.filter(agency=agency, key=key, state="active").first()
    if found is None:
        raise InvalidInput("publications.duties.not_there")
    return found, date.fromisoformat(day) if day else None


def periods(duty: Duty) -> list[tuple[str, str]]:
    """Return the periods of an item for which something is expected, the latest first, those with nothing before the others."""
    (one,) = stood(Duty.objects.filter(pk=duty.pk))
    latest_first = list(reversed(one.found))
    latest_first.sort(key=lambda expectation: bool(expectation.proofs))
    return [(one.period.isoformat(), one.name) for one in latest_first if one.period]


def disclosed(duties: QuerySet[Duty]) -> list[tuple[Duty, str, list[Document]]]:
    """Return items with their field and the documents bound to them that everybody sees, the latest first."""
    seen = documents.public().order_by("-released_at", "-pk")
    bound = Fulfilment.objects.filter(ended_at=None, document__in=seen).select_related("document")
    rows = duties.prefetch_related(Prefetch("fulfilments", bound.order_by("-document__released_at"), to_attr="bound"))
    return [
        (
            row,
            field_label(row.catalogue, row.field) or row.get_catalogue_display(),
            [one.document for one in row.bound],
        )
        for row in rows
    ]


def bound_to(document: Document) -> Fulfilment | None:
    """Return what a document fulfils."""
    return Fulfilment.objects.filter(document=document, ended_at=None).select_related("duty").first()


def period_words(one: Fulfilment) -> str:
    """Return the period for which a document was bound, in words."""
    return period_name(one.period, one.duty.timing) if one.period and one.duty.timing in MONTHS else ""


def fields_in_use(duties: QuerySet[Duty]) -> list[tuple[str, str]]:
    """Return the fields of items with what they are called, for a filter."""
    held = duties.order_by().values_list("catalogue", "field").distinct()
    found = {f"{catalogue}.{field}": field_label(catalogue, field) or "本机关自定" for catalogue, field in held}
    return sorted(found.items(), key=lambda one: (not one[0].startswith(STANDARD), one[0]))
