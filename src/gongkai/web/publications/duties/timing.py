"""What is due, late or stale of an item: computed for a day from how its time works and from what was disclosed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from gongkai.errors import InvalidInput
from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.counting import months_later
from gongkai.law.duties import duty
from gongkai.law.parameters import Jurisdiction, parameters
from gongkai.web.publications.duties.words import MONTHS

State = Literal["late", "stale", "soon", "open", "done_late", "done", "empty"]
WORST: tuple[State, ...] = ("late", "stale", "soon", "open", "done_late", "done", "empty")
"""The states in the order in which somebody has to look after them."""
SOON = 5
"""So many working days before its day something is due soon."""
_REVIEW = "standing_content"
_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Rule:
    """How the time of an item works, as `models.Duty` keeps it; `until` is the day on which it was retired."""

    timing: str
    law: str
    days: int | None
    deadline: str
    months: int | None
    since: date
    until: date | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A document bound to an item: when it was made, disclosed and last corrected. `holds` is false for one taken back for a fault."""

    key: str
    title: str
    formed_on: date
    period: date | None = None
    released_on: date | None = None
    updated_on: date | None = None
    public: bool = False
    holds: bool = True

    @property
    def disclosed_on(self) -> date | None:
        """The day of disclosure, none where it does not count."""
        return self.released_on if self.holds else None


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that is expected: for a period, of a document, or that something stands and is kept current.

    `due` is None where no time of the law can be told, as for documents from before there was the duty. `provisional`
    days may change with the calendar of a coming year. `proofs` are the documents by which it was or will be fulfilled.
    """

    name: str
    due: date | None
    state: State
    articles: tuple[str, ...] = ()
    period: date | None = None
    proofs: tuple[Proof, ...] = ()
    provisional: bool = False

    @property
    def done_on(self) -> date | None:
        """The day on which it was first fulfilled."""
        return min((proof.disclosed_on for proof in self.proofs if proof.disclosed_on), default=None)


def expected(
    rule: Rule, proofs: Sequence[Proof], today: date, calendar: Calendar, jurisdiction: Jurisdiction
) -> list[Expectation]:
    """Return all that is expected of an item up to a day, the oldest first."""
    if rule.timing in MONTHS:
        return list(_in_each_period(rule, proofs, today, calendar))
    if rule.timing == "standing":
        return [_standing(rule, proofs, today, calendar, jurisdiction)]
    return [_of_document(rule, proof, today, calendar, jurisdiction) for proof in proofs]


def worst(found: Iterable[Expectation]) -> State:
    """Return the state that somebody has to look after first; `empty` where nothing is expected and nothing was done."""
    return min((one.state for one in found), key=WORST.index, default="empty")


def period_of(day: date, months: int) -> tuple[date, date]:
    """Return the first and the last day of the calendar period of so many months, counted from January, of a day."""
    first = day.replace(month=1, day=1)
    while (following := months_later(first, months)) <= day:
        first = following
    return first, following - _DAY


def period_name(first: date, timing: str) -> str:
    """Return what people call a period: 2026年3月, 2026年第2季度, 2026年上半年, 2026年."""
    part = (first.month - 1) // MONTHS[timing] + 1
    said = {
        "monthly": f"{first.month}月",
        "quarterly": f"第{part}季度",
        "half_yearly": "上半年" if part == 1 else "下半年",
    }
    return f"{first.year}年{said.get(timing, '')}"


def _in_each_period(rule: Rule, proofs: Sequence[Proof], today: date, calendar: Calendar) -> Iterator[Expectation]:
    months = MONTHS[rule.timing]
    first, last = period_of(rule.since, months)
    until = min(today, rule.until - _DAY) if rule.until else today
    while first <= until:
        due = _due_in(rule, first, last)
        # A period whose day lay before the item was there is not expected.
        if due >= rule.since:
            mine = tuple(proof for proof in proofs if proof.period == first)
            yield Expectation(
                period_name(first, rule.timing), due, _state(due, mine, today, calendar), (), first, mine
            )
        first, last = period_of(last + _DAY, months)


def _due_in(rule: Rule, first: date, last: date) -> date:
    if rule.timing == "yearly" and rule.deadline:
        return date.fromisoformat(f"{first.year}-{rule.deadline}")
    return last + timedelta(rule.days or 0)


def _of_document(
    rule: Rule, proof: Proof, today: date, calendar: Calendar, jurisdiction: Jurisdiction
) -> Expectation:
    """By when a document is disclosed: the law's day, or an earlier one that the office promises."""
    due: date | None = None
    articles: tuple[str, ...] = ()
    provisional = False
    try:
        found = duty(rule.law).due(proof.formed_on, calendar, jurisdiction)
        due, articles, provisional = found.due, found.articles, found.provisional
        if rule.days is not None:
            own = calendar.after(proof.formed_on, rule.days) if rule.days else calendar.roll(proof.formed_on)
            due = min(due, own)
    except InvalidInput:
        pass  # Made before there was the duty, or beyond the calendar: no day can be told.
    return Expectation(
        proof.title, due, _state(due, (proof,), today, calendar), articles, None, (proof,), provisional
    )


def _standing(
    rule: Rule, proofs: Sequence[Proof], today: date, calendar: Calendar, jurisdiction: Jurisdiction
) -> Expectation:
    """What is shown for good: there by the law's day, and looked over before the time for that is over."""
    shown = tuple(proof for proof in proofs if proof.public)
    # The day on which the duty of looking over begins: nothing was stale before.
    began = min(one.since for one in parameters() if one.name == duty(_REVIEW).parameter)
    if not shown:
        found = duty("publication").due(max(rule.since, began), calendar, jurisdiction)
        state = _state(found.due, (), today, calendar)
        return Expectation("尚未公开", found.due, state, found.articles, None, tuple(proofs), found.provisional)
    updated = max(day for day in (rule.checked_on, began, *(one.updated_on for one in shown)) if day)
    found = duty(_REVIEW).due(updated, calendar, jurisdiction)
    due = months_later(updated, rule.months) if rule.months else found.due
    articles, provisional = (found.articles, found.provisional) if not rule.months else ((), False)
    stale: State = "stale" if due < today else "soon" if _is_soon(due, today, calendar) else "done"
    return Expectation("保持更新", due, stale, articles, None, shown, provisional)


def _state(due: date | None, proofs: Iterable[Proof], today: date, calendar: Calendar) -> State:
    done = min((proof.disclosed_on for proof in proofs if proof.disclosed_on), default=None)
    if done is not None:
        return "done" if due is None or done <= due else "done_late"
    if due is None:
        return "open"
    if due < today:
        return "late"
    return "soon" if _is_soon(due, today, calendar) else "open"


def _is_soon(due: date, today: date, calendar: Calendar) -> bool:
    try:
        return calendar.count(today, due) <= SOON
    except InvalidInput:
        return False
