"""Consultations: who opens one and for how long, who comments when, what everybody reads, and what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.accounts.models import Tries
from gongkai.web.agencies.models import LocalChoice
from gongkai.web.audit.actor import VISITOR
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.engagement import periods, policies
from gongkai.web.engagement.actions import consultations as actions
from gongkai.web.engagement.effects_due import EFFECTS
from gongkai.web.engagement.models import Comment
from gongkai.web.engagement.queries import consultations as queries
from gongkai.web.notices.models import Notification
from gongkai.web.notices.sweep import tick
from tests.web.engagement_office import DAY, commented, do, drafted, fresh, opened, over
from tests.web.publications_office import ID, office, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return office()


@pytest.fixture
def on(made):
    return opened(made.county, made.by("clerk"), made.by("approver"))


def refused(code, do_it, *args, **given):
    with pytest.raises(InvalidInput) as found:
        do_it(*args, **given)
    assert found.value.code == code
    return found.value.facts


def test_what_the_drafter_asks_somebody_else_opens_and_everybody_sees_it_then(made):
    clerk, approver = made.by("clerk"), made.by("approver")
    consultation = drafted(made.county, clerk)
    assert not policies.public().exists()
    consultation = do("submit", consultation, clerk)
    assert consultation.state == "asked"
    assert not policies.public().exists()
    consultation = do("open_to_all", consultation, approver)
    assert (consultation.state, consultation.opened_by) == ("open", str(approver))
    assert list(queries.released(made.county)) == [consultation]
    assert not queries.released(made.town).exists()
    assert verify(made.county.chain).whole


def test_nobody_opens_what_they_had_a_hand_in_and_a_clerk_opens_nothing(made):
    from gongkai.web.agencies.models import Member

    clerk, approver = made.by("clerk"), made.by("approver")
    Member.objects.create(user=made.people["clerk"], agency=made.county, role="approver", since="2020-01-01")
    asked = do("submit", drafted(made.county, clerk), clerk)
    refused("engagement.own_draft", do, "open_to_all", asked, clerk)
    again = do("return_back", asked, approver, reason="请补充")
    assert (again.state, again.returned_because) == ("draft", "请补充")
    # Whoever mends it has a hand in it as well.
    Member.objects.create(user=made.people["approver"], agency=made.county, role="clerk", since="2020-01-01")
    do("revise", again, approver, why="另一个理由")
    asked = do("submit", again, clerk)
    refused("engagement.own_draft", do, "open_to_all", asked, approver)
    with pytest.raises(PermissionDenied):
        do("open_to_all", asked, made.by("other"))
    with pytest.raises(PermissionDenied):
        drafted(made.county, made.by("stranger"))


def test_the_least_period_is_the_laws_and_a_shorter_one_is_explained(made):
    clerk, today = made.by("clerk"), timezone.localdate()
    due = periods.least(made.county, today).due
    assert due >= today + timedelta(days=30)
    facts = refused("engagement.too_short", drafted, made.county, clerk, closes_on=due - DAY)
    assert facts["due"] == due
    assert drafted(made.county, clerk, closes_on=due).closes_on == due
    short = drafted(made.county, clerk, closes_on=today + 7 * DAY, shorter_because="情况紧急，汛期将至。")
    assert ("缩短期限的说明", "情况紧急，汛期将至。") in queries.facts(short)
    refused("engagement.begun", drafted, made.county, clerk, opens_on=today - DAY)
    refused("engagement.closes_before", drafted, made.county, clerk, closes_on=today - DAY)
    LocalChoice.objects.create(agency=made.county, settings={"comments.period": 45})
    refused("engagement.too_short", drafted, made.county, clerk, closes_on=due)


def test_a_first_day_that_has_gone_by_when_it_is_approved_is_moved_and_the_period_asked_again(made):
    clerk, approver, today = made.by("clerk"), made.by("approver"), timezone.localdate()
    asked = do("submit", drafted(made.county, clerk), clerk)
    type(asked).objects.filter(pk=asked.pk).update(opens_on=today - 3 * DAY, closes_on=today + 20 * DAY)
    refused("engagement.too_short", do, "open_to_all", asked, approver)
    type(asked).objects.filter(pk=asked.pk).update(closes_on=periods.least(made.county, today).due)
    assert do("open_to_all", asked, approver).opens_on == today


def test_there_is_a_draft_to_comment_on_and_the_gate_holds_what_is_personal_back(made):
    clerk = made.by("clerk")
    empty = drafted(made.county, clerk, body="")
    refused("engagement.no_draft", do, "submit", empty, clerk)
    actions.attach(empty, name="草案.txt", content="草案".encode(), by=clerk, seen=empty.version)
    assert do("submit", empty, clerk).state == "asked"
    for field in ("title", "why", "asked", "ways"):
        named = drafted(made.county, clerk, **{field: f"联系人的号码{ID}"})
        facts = refused("engagement.findings", do, "submit", named, clerk)
        assert ID not in facts["said"]
    draft = drafted(made.county, clerk)
    refused(
        "engagement.findings", actions.attach, draft, name="名单.txt", content=f"样小明 {ID}".encode(), by=clerk, seen=draft.version,
    )  # fmt: skip


def test_the_draft_may_be_a_released_document_of_the_same_agency_only(made):
    clerk = made.by("clerk")
    document = released(made)
    held = drafted(made.county, clerk, body="", document=document)
    assert do("submit", held, clerk).document == document
    type(document).objects.filter(pk=document.pk).update(
        state="withdrawn", withdrawn_at=timezone.now(), withdrawn_because="误"
    )
    document.refresh_from_db()
    refused("engagement.document", drafted, made.county, clerk, document=document)
    refused("engagement.document", do, "open_to_all", held, made.by("approver"))


@pytest.mark.parametrize(
    ("first", "last", "taken"),
    [(0, 0, True), (-5, 0, True), (0, 5, True), (1, 5, False), (-5, -1, False)],
    ids=["one day", "last day", "first day", "day before", "day after"],
)
def test_comments_are_taken_from_the_first_day_to_the_last(on, first, last, taken):
    today = timezone.localdate()
    type(on).objects.filter(pk=on.pk).update(opens_on=today + first * DAY, closes_on=today + last * DAY)
    if taken:
        assert commented(on).number == 1
        assert periods.days_left(fresh(on), today) == last + 1
    else:
        refused("engagement.not_open", commented, on)
        assert not Comment.objects.exists()


def test_comments_are_counted_through_and_what_the_audit_keeps_of_one_is_no_word_of_it(on):
    for number in (1, 2, 3):
        assert commented(on, f"第{number}条", name="样小明", contact="样例信箱").number == number
    entries = Entry.objects.filter(verb="engagement.comment")
    assert [entry.actor for entry in entries] == [str(VISITOR)] * 3
    assert not any(word in str(list(entries.values())) for word in ("样小明", "样例信箱", "第1条"))


def test_a_flood_from_one_address_is_stopped_and_others_still_comment(on, settings):
    del settings
    for _ in range(5):
        actions.comment(on, text="一样的话", address="198.51.100.30")
    refused("accounts.blocked", actions.comment, on, text="一样的话", address="198.51.100.30")
    actions.comment(on, text="另一句话", address="198.51.100.31")
    assert Comment.objects.count() == 6
    assert Tries.objects.filter(door="comment").exists()


@pytest.mark.parametrize(("text", "name"), [("", ""), ("字" * 5001, ""), ("好", "名" * 61)])
def test_a_comment_has_words_and_no_more_than_there_is_room_for(on, text, name):
    refused("engagement.field", actions.comment, on, text=text, name=name, address="198.51.100.30")


def test_a_contact_is_not_readable_in_the_database(on):
    held = commented(on, contact="zhongwen@example.invalid")
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM engagement_comment WHERE id = %s", [held.pk])
        assert "zhongwen" not in cursor.fetchone()[0]
    assert Comment.objects.get(pk=held.pk).contact == "zhongwen@example.invalid"


def test_what_everybody_reads_of_a_comment_is_masked_and_its_text_stays_as_it_came(made, on):
    clerk, said = made.by("clerk"), f"我的身份证号码是{ID}，电话13800138000，建议增设投放点。"
    held = commented(on, said, name="样小明")
    assert not queries.published_comments(on).exists()
    actions.publish_comment(held, by=clerk, seen=held.version)
    shown = queries.published_comments(on).get()
    assert ID not in shown.shown
    assert "13800138000" not in shown.shown
    assert shown.shown.endswith("建议增设投放点。")
    assert (shown.masked, shown.signed, shown.text) == (2, "", said)
    actions.withhold_comment(shown, case="asked", by=clerk, seen=shown.version)
    assert not queries.published_comments(on).exists()
    again = Comment.objects.select_related("consultation__agency").get()
    assert (again.shown, again.text) == ("", said)
    agreed = commented(on, name="样例公司", agreed=True)
    assert actions.publish_comment(agreed, by=clerk, seen=agreed.version).signed == "样例公司"


def test_of_two_who_decide_about_a_comment_one_is_told(made, on):
    held = commented(on)
    twin = Comment.objects.select_related("consultation__agency").get(pk=held.pk)
    actions.publish_comment(held, by=made.by("clerk"), seen=held.version)
    with pytest.raises(Stale):
        actions.withhold_comment(twin, case="asked", by=made.by("other"), seen=twin.version)
    assert Comment.objects.get().state == "published"


def test_a_longer_period_and_a_stop_are_told_with_their_reasons(made, on):
    approver, before = made.by("approver"), on.closes_on
    refused("publications.no_reason", do, "extend", on, approver, closes_on=before + DAY, reason=" ")
    refused("engagement.not_longer", do, "extend", on, approver, closes_on=before, reason="意见较多")
    on = do("extend", on, approver, closes_on=before + 7 * DAY, reason="意见较多")
    change = on.changes.get()
    assert (change.before, change.after, change.reason) == (before, before + 7 * DAY, "意见较多")
    on = do("stop", on, approver, reason="不再制定")
    refused("engagement.not_open", commented, on)
    assert policies.public().get() == on
    closed = over(opened(made.county, made.by("clerk"), approver))
    refused(
        "engagement.over", do, "extend", closed, approver, closes_on=timezone.localdate() + DAY, reason="意见较多"
    )
    refused("engagement.over", do, "stop", closed, approver, reason="不再制定")


def test_what_is_withdrawn_is_gone_for_everybody(made, on):
    commented(on)
    do("withdraw", on, made.by("clerk"), reason="附件有误")
    assert not policies.public().exists()
    assert not queries.released().exists()
    refused("engagement.not_open", commented, on)


def summed_up(made, on):
    """A consultation that is over, with one comment of each kind, all looked at."""
    clerk = made.by("clerk")
    kinds = {case: commented(on, f"意见{case}") for case in ("adopted", "declined", "personal", "unrelated")}
    for case in ("adopted", "declined"):
        actions.publish_comment(kinds[case], by=clerk, seen=kinds[case].version)
    for case in ("personal", "unrelated"):
        actions.withhold_comment(kinds[case], case=case, by=clerk, seen=kinds[case].version)
    return over(on), kinds


def test_every_comment_on_the_draft_has_an_outcome_before_the_summary_goes_out(made, on):
    clerk, approver = made.by("clerk"), made.by("approver")
    refused("engagement.not_over", do, "submit_summary", on, clerk, summary="共收到若干条。")
    on, kinds = summed_up(made, on)
    facts = refused("engagement.unanswered", do, "submit_summary", on, clerk, summary="共收到若干条。")
    assert facts == {"count": 3, "first": 1}
    do(
        "answer",
        on,
        clerk,
        heading="增设投放点",
        outcome="adopted",
        reason="已增加。",
        comments=[kinds["adopted"], kinds["personal"]],
    )
    refused(
        "engagement.no_comment", do, "answer", on, clerk, heading="无关", outcome="declined", reason="无关。",
        comments=[kinds["unrelated"]],
    )  # fmt: skip
    do(
        "answer",
        on,
        clerk,
        heading="不分类",
        outcome="declined",
        reason="与上位法不符。",
        comments=[kinds["declined"]],
    )
    on = do("submit_summary", on, clerk, summary="共收到四条。")
    refused("engagement.own_draft", _as_approver_too, made, on)
    on = do("publish_summary", on, approver)
    assert periods.phase(on, timezone.localdate()) == "summarised"
    assert queries.outcomes(on) == [("采纳", 2), ("部分采纳", 0), ("未采纳", 1)]
    shown = queries.answers(on, public=True)
    assert [[one.number for one in row.comments] for row in shown] == [[1], [2]]
    refused("engagement.summary_state", do, "answer", on, clerk, heading="又", outcome="adopted", reason="又")


def _as_approver_too(made, on):
    from gongkai.web.agencies.models import Member

    Member.objects.create(user=made.people["clerk"], agency=made.county, role="approver", since="2020-01-01")
    do("publish_summary", on, made.by("clerk"))


def test_a_comment_that_waits_holds_the_summary_up(made, on):
    commented(on)
    refused("engagement.waiting", do, "submit_summary", over(on), made.by("clerk"), summary="共收到一条。")


def test_answers_are_grouped_mended_and_taken_back(made, on):
    clerk, held = made.by("clerk"), [commented(on, f"第{number}条") for number in (1, 2, 3)]
    do("answer", on, clerk, heading="要点", outcome="partly", reason="理由", comments=held[:1])
    row = on.answers.get()
    do("assign", on, clerk, comments=held[1:], answer=row)
    assert row.comments.count() == 3
    row.consultation = fresh(on)
    actions.revise_answer(
        row, heading="新要点", outcome="adopted", reason="理由", by=clerk, seen=row.consultation.version
    )
    assert on.answers.get().outcome == "adopted"
    row.consultation = fresh(on)
    with pytest.raises(Stale):
        actions.remove_answer(row, by=clerk, seen=row.consultation.version - 1)
    actions.remove_answer(on.answers.get(), by=clerk, seen=fresh(on).version)
    assert Comment.objects.filter(answer=None).count() == 3


@pytest.mark.parametrize(
    ("days", "phase"), [(1, "closed"), (29, "closed"), (60, "late")], ids=["over", "nearly due", "late"]
)
def test_a_summary_that_is_not_there_by_its_day_is_late(on, days, phase):
    held = over(on, days)
    assert periods.phase(held, timezone.localdate()) == phase
    assert periods.summary_due(held).settings[0].status == "ours"


def test_a_summary_that_came_late_stays_late(made, on):
    held = over(on, 60)
    held = do("submit_summary", held, made.by("clerk"), summary="没有收到意见。")
    held = do("publish_summary", held, made.by("approver"))
    assert queries.standing(held).late


def sweep(now):
    return tick(now, EFFECTS).done


def test_those_responsible_are_told_once_of_what_waits(made, on):
    now = timezone.now()
    commented(on)
    assert sweep(now) == 1
    told = Notification.objects.filter(title__contains="1 条意见待处理")
    assert set(told.values_list("user", flat=True)) == {made.people[name].key for name in ("clerk", "other")}
    assert sweep(now) == 0
    assert sweep(now + timedelta(days=1)) == 1
    do("submit", drafted(made.county, made.by("clerk")), made.by("clerk"))
    assert sweep(now) == 1
    asked = Notification.objects.get(title__contains="等待批准")
    assert asked.user == made.people["approver"].key


def test_contacts_and_hidden_names_are_erased_when_it_is_long_over_and_what_is_shown_stays(made, on, monkeypatch):
    monkeypatch.setenv("GONGKAI_CONTACT_DAYS", "30")
    hidden = commented(on, name="样小明", contact="样例信箱")
    shown = commented(on, name="样例公司", agreed=True, contact="样例信箱")
    actions.publish_comment(shown, by=made.by("clerk"), seen=shown.version)
    now = timezone.now()
    over(on, 30)
    assert actions.erase_people(now) == 0
    over(on, 31)
    assert actions.erase_people(now) == 2
    hidden.refresh_from_db()
    shown.refresh_from_db()
    assert (hidden.name, hidden.contact, shown.name, shown.contact) == ("", "", "样例公司", "")
    assert (hidden.erased_at, shown.signed) == (now, "样例公司")
    assert actions.erase_people(now) == 0
    entry = Entry.objects.get(verb="engagement.erase_people")
    assert entry.result == {"number": 2}
