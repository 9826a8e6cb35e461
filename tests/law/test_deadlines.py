"""The clock of a request, the periods beside it and the day of receipt, by tables of cases."""

from datetime import date

import pytest

from gongkai.errors import InvalidInput
from gongkai.law.calendar import Notice, OfficialCalendar, build, calendar, week
from gongkai.law.deadlines.promise import promised, recomputed
from gongkai.law.deadlines.receipt import received_on, served_on
from gongkai.law.deadlines.standing import standing
from gongkai.law.deadlines.written import events
from gongkai.law.parameters import jurisdiction
from gongkai.law.rules import rules
from tests.law.cases import cases

CASES = cases("deadlines")
ANSWERS = [case for case in CASES if case.rule == "deadlines.answer"]
SERVICES = {"deadlines.receipt": (received_on, "channel"), "deadlines.service": (served_on, "way")}
PROMISES = ("deadlines.promise", "deadlines.recompute")
PERIODS = [case for case in CASES if case.rule not in ("deadlines.answer", *SERVICES, *PROMISES)]


def where(case):
    """The jurisdiction of a case."""
    return jurisdiction(case.given.get("region", ""), case.given.get("settings", {}))


def stands(case):
    """Where the request of a case stands on its day."""
    history = events("\n".join(case.extra["history"]))
    return standing(history, case.given.get("today", history[-1].on), calendar(), where(case))


def refusal(case, call):
    """Run what a case says is refused, and look at the refusal."""
    with pytest.raises(InvalidInput) as refused:
        call()
    assert refused.value.code == case.refused
    if case.article:
        assert refused.value.facts["article"] == case.article


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.title)
def test_a_request_stands_where_the_law_says(case):
    if case.refused:
        refusal(case, lambda: stands(case))
        return
    found = stands(case)
    for name, wanted in case.expect.items():
        if name == "steps":
            last = {step.what: step.last for step in found.steps}
            assert {what: last.get(what) for what in wanted} == wanted
        elif name == "skipped":
            assert [day.day.day for day in found.skipped()] == wanted
        else:
            assert getattr(found, name) == wanted, name
    if found.due is not None and not found.run.postponed and found.state != "ended":
        numbers = [day.number for day in found.days() if day.number]
        assert numbers == list(range(1, found.allowed + 1))


@pytest.mark.parametrize("case", PERIODS, ids=lambda case: f"{case.rule} {case.title}")
def test_a_period_ends_on_its_day(case):
    rule = rules()[case.rule].function
    call = lambda: rule(case.given["from"], calendar(), where(case))  # noqa: E731
    if case.refused:
        refusal(case, call)
        return
    found = call()
    assert {name: getattr(found, name) for name in case.expect} == case.expect
    assert found.rule == case.rule


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.rule in SERVICES], ids=lambda case: f"{case.rule} {case.title}"
)
def test_a_paper_counts_from_its_deciding_day(case):
    rule, name = SERVICES[case.rule]
    if case.refused:
        refusal(case, lambda: rule(case.given[name], case.given["days"]))
        return
    found = rule(case.given[name], case.given["days"])
    assert {name: getattr(found, name) for name in case.expect} == case.expect
    assert (found.day is None) == bool(found.awaiting)


class Published:
    """A notice for the first year without one."""

    def __init__(self, holidays, make_up):
        self.holidays = dict.fromkeys(holidays, "元旦")
        self.make_up = dict.fromkeys(make_up, "元旦")

    def notices(self):
        return (Notice(2027, "国办发明电〔2026〕0号", date(2026, 11, 30), self.holidays, self.make_up),)


@pytest.mark.parametrize("case", [case for case in CASES if case.rule in PROMISES], ids=lambda case: case.title)
def test_a_promised_day_is_kept_or_done_earlier(case):
    history = events("\n".join(case.extra["history"]))
    today = history[-1].on
    if case.rule == "deadlines.promise":
        if case.refused:
            refusal(case, lambda: promised(history, today, calendar()))
        else:
            assert promised(history, today, calendar()).due == case.expect["due"]
        return
    first = promised(history, today, calendar())
    if case.refused:
        refusal(case, lambda: recomputed(first, history, today, calendar()))
        return
    newer = build(
        (OfficialCalendar(), Published(case.given.get("holidays", ()), case.given.get("make_up", ()))), week()
    )
    found = recomputed(first, history, today, newer)
    assert (found.promised.due, found.computed.due, found.work_to) == tuple(
        case.expect[name] for name in ("promised", "computed", "work_to")
    )
    assert found.changed
    assert found.promised.provisional


def test_every_event_that_can_happen_is_in_a_case():
    from gongkai.law.deadlines.history import EVENT_KINDS

    met = {event.kind for case in ANSWERS for event in events("\n".join(case.extra["history"]))}
    assert len(ANSWERS) >= 90
    assert set(EVENT_KINDS) == met


def test_what_a_request_rests_on_is_named():
    case = next(case for case in ANSWERS if case.title.startswith("例9："))
    found = stands(case)
    assert [given.name for given in found.settings] == [
        "answer.period", "fee.after_payment", "fee.payment_period",
    ]  # fmt: skip
    assert [given.status for given in found.settings] == ["stated", "unverified", "unverified"]
    assert found.articles == ("regulation.31", "fee_measure")


def test_days_beyond_the_calendar_are_refused_and_no_history_is_no_error():
    from gongkai.law.deadlines.clock import RequestClock
    from gongkai.law.deadlines.history import Event

    clock = RequestClock(calendar())
    last = calendar().span.last
    for history, today in (
        ([Event("received", last)], last),
        ([Event("received", date(2025, 1, 20))], date(2040, 1, 1)),
    ):
        with pytest.raises(InvalidInput) as refused:
            clock.read(history, today)
        assert refused.value.code == "law.calendar.beyond"
    assert clock.read([], date(2003, 1, 1)).state == "unconfirmed"


def test_a_party_named_with_a_payment_or_with_reasons_tells_nothing_apart():
    from gongkai.law.deadlines.clock import RequestClock
    from gongkai.law.deadlines.history import Event

    where = jurisdiction("", {"fee.after_payment": "resume", "reasons.suspend": True})
    clock = RequestClock(calendar(), where)
    history = [
        Event("received", date(2026, 1, 12)),
        Event("reasons_asked", date(2026, 1, 13), party="甲"),
        Event("reasons_given", date(2026, 1, 14), party="乙"),
        Event("fee_noticed", date(2026, 1, 19)),
        Event("fee_paid", date(2026, 2, 10), party="丙"),
    ]
    plain = [Event(event.kind, event.on) for event in history]
    found = clock.read(history, date(2026, 2, 11))
    assert found == clock.read(plain, date(2026, 2, 11))
    assert found.state == "running"
