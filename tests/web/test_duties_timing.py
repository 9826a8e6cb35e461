"""What is due, late and stale, counted by hand; numbers of the law come from the law, the cases are tables of dates."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.calendar import calendar
from gongkai.law.catalogues.catalogue import load
from gongkai.law.duties import duties
from gongkai.law.parameters import NATIONAL, jurisdiction
from gongkai.web.publications.duties.timing import Proof, Rule, expected, period_name, period_of, worst
from gongkai.web.publications.duties.words import LAWS


def day(said):
    return date.fromisoformat(said) if said else None


def rule(timing="event", since="2026-01-01", **given):
    held = {"law": "publication", "days": None, "deadline": "", "months": None, **given}
    return Rule(
        timing, since=day(since), until=day(held.pop("until", "")), checked_on=day(held.pop("checked", "")), **held
    )


def proof(formed="2026-04-24", released="", period="", updated="", **given):
    held = {"public": bool(released), "holds": True, **given}
    return Proof("k", "样例", day(formed), day(period), day(released), day(updated or released), **held)


def found(of, proofs, today, where=NATIONAL):
    return expected(of, proofs, day(today), calendar(), where)


EVENTS = [
    ("二十个工作日，当天公开", "publication", None, "2026-04-24", "2026-05-26", "2026-06-01", "2026-05-26", "done"),
    (
        "第二十一个工作日公开",
        "publication",
        None,
        "2026-04-24",
        "2026-05-27",
        "2026-06-01",
        "2026-05-26",
        "done_late",
    ),
    ("还没有公开，没有到期", "publication", None, "2026-04-24", "", "2026-05-06", "2026-05-26", "open"),
    ("还没有公开，还剩五个工作日", "publication", None, "2026-04-24", "", "2026-05-19", "2026-05-26", "soon"),
    ("还没有公开，到期当天", "publication", None, "2026-04-24", "", "2026-05-26", "2026-05-26", "soon"),
    ("还没有公开，过了期", "publication", None, "2026-04-24", "", "2026-05-27", "2026-05-26", "late"),
    ("许可决定七个工作日", "licence_publication", None, "2026-03-02", "", "2026-03-12", "2026-03-11", "late"),
    ("预算批准二十日，逢周六顺延", "budget", None, "2026-02-01", "", "2026-02-03", "2026-02-24", "open"),
    ("本机关承诺三个工作日", "publication", 3, "2026-03-02", "", "2026-03-06", "2026-03-05", "late"),
    ("本机关承诺比法定还长，不起作用", "publication", 60, "2026-04-24", "", "2026-05-27", "2026-05-26", "late"),
    ("当天公开，成文日期是周日", "publication", 0, "2026-03-01", "", "2026-03-03", "2026-03-02", "late"),
    ("《条例》施行以前的文件，没有期限", "publication", None, "2018-03-01", "", "2026-03-03", "", "open"),
    ("《条例》施行以前的文件，已经公开", "publication", None, "2018-03-01", "2026-03-03", "2026-03-03", "", "done"),
]


@pytest.mark.parametrize(
    ("law", "days", "formed", "released", "today", "due", "state"),
    [one[1:] for one in EVENTS],
    ids=[one[0] for one in EVENTS],
)
def test_a_document_is_due_by_the_law_or_by_what_the_office_promises(law, days, formed, released, today, due, state):
    (one,) = found(rule(law=law, days=days), [proof(formed, released)], today)
    assert (one.due, one.state) == (day(due), state)


def test_a_document_taken_back_for_a_fault_is_expected_again_and_one_whose_time_was_over_is_not():
    (back,) = found(rule(), [proof(released="2026-05-20", public=False, holds=False)], "2026-06-01")
    (over,) = found(rule(), [proof(released="2026-05-20", public=False)], "2026-06-01")
    assert (back.state, back.done_on) == ("late", None)
    assert (over.state, over.done_on) == ("done", day("2026-05-20"))


PERIODS = [
    ("monthly", {}, "2026-01-01", "2026-03-15", ["2026-01-31", "2026-02-28", "2026-03-31"]),
    ("monthly", {"days": 10}, "2026-01-20", "2026-02-01", ["2026-02-10", "2026-03-10"]),
    ("quarterly", {}, "2026-02-01", "2026-07-01", ["2026-03-31", "2026-06-30", "2026-09-30"]),
    ("half_yearly", {}, "2025-12-31", "2026-01-01", ["2025-12-31", "2026-06-30"]),
    ("yearly", {}, "2025-06-01", "2026-01-01", ["2025-12-31", "2026-12-31"]),
    ("yearly", {"deadline": "01-31"}, "2025-06-01", "2026-02-01", ["2026-01-31"]),
    ("quarterly", {"until": "2026-04-01"}, "2026-01-01", "2026-12-01", ["2026-03-31"]),
]


@pytest.mark.parametrize(("timing", "given", "since", "today", "due"), PERIODS)
def test_each_period_expects_something_once(timing, given, since, today, due):
    assert [one.due for one in found(rule(timing, since, **given), [], today)] == [day(one) for one in due]


def test_periods_are_late_soon_open_and_done_each_for_itself():
    of = rule("quarterly", "2025-10-01")
    proofs = [
        proof(released="2025-12-20", period="2025-10-01"),
        proof(released="2026-07-10", period="2026-04-01"),
    ]
    states = {one.name: one.state for one in found(of, proofs, "2026-09-28")}
    assert states == {
        "2025年第4季度": "done",
        "2026年第1季度": "late",
        "2026年第2季度": "done_late",
        "2026年第3季度": "soon",
    }
    assert worst(found(of, proofs, "2026-09-28")) == "late"
    assert found(of, proofs, "2026-08-03")[-1].state == "open"


STANDING = [
    ("还没有公开，过了二十个工作日", {}, [], "2026-01-30", "late"),
    ("还没有公开，在二十个工作日内", {}, [], "2026-01-05", "open"),
    ("公开未满一年", {}, [proof(released="2026-01-05")], "2026-12-01", "done"),
    ("快满一年", {}, [proof(released="2025-06-03")], "2026-05-28", "soon"),
    ("满了一年", {}, [proof(released="2025-06-03")], "2026-06-04", "stale"),
    ("更正算更新", {}, [proof(released="2024-06-03", updated="2025-09-01")], "2026-06-04", "done"),
    ("核对过算数", {"checked": "2026-06-01"}, [proof(released="2024-06-03")], "2026-06-04", "done"),
    ("本机关三个月核对一次", {"months": 3}, [proof(released="2026-01-05")], "2026-04-06", "stale"),
    ("撤下了，要重新公开", {}, [proof(released="2025-06-03", public=False, holds=False)], "2026-06-04", "late"),
]


@pytest.mark.parametrize(
    ("given", "proofs", "today", "state"), [one[1:] for one in STANDING], ids=[one[0] for one in STANDING]
)
def test_what_stands_is_there_and_looked_over_in_time(given, proofs, today, state):
    (one,) = found(rule("standing", **given), proofs, today)
    assert one.state == state


def test_the_offices_own_setting_says_when_what_stands_is_stale():
    proofs = [proof(released="2024-06-03")]
    (one,) = found(rule("standing"), proofs, "2026-06-04", jurisdiction("", {"standing_content.review_period": 3}))
    assert (one.due, one.state) == (day("2027-06-03"), "done")


def test_nothing_is_expected_of_what_arises_before_it_arises():
    assert found(rule(), [], "2026-06-04") == []
    assert worst([]) == "empty"


def test_a_period_begins_and_ends_as_people_count():
    assert period_of(day("2024-02-29"), 1) == (day("2024-02-01"), day("2024-02-29"))
    assert period_of(day("2026-12-31"), 3) == (day("2026-10-01"), day("2026-12-31"))
    assert [period_name(day("2026-07-01"), timing) for timing in ("monthly", "quarterly", "half_yearly")] == [
        "2026年7月", "2026年第3季度", "2026年下半年",
    ]  # fmt: skip


def test_every_item_of_the_law_has_a_duty_that_there_is_and_the_offices_choices_too():
    items = load("proactive").items
    assert len(items) > 20
    assert {item.duty for item in items} <= duties().keys()
    assert {code for code, _ in LAWS} < duties().keys()
    assert {item.duty for item in items} - {"standing_content"} <= {code for code, _ in LAWS}
