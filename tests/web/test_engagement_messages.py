"""Messages: who reads one, how its writer follows it, by when it is answered, and what everybody reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Member
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.engagement import periods, policies
from gongkai.web.engagement.actions import messages as actions
from gongkai.web.engagement.effects_due import EFFECTS
from gongkai.web.engagement.models import Message
from gongkai.web.engagement.queries import messages as queries
from gongkai.web.notices.models import Notification
from gongkai.web.notices.sweep import tick
from gongkai.web.pages.models import Page
from tests.web.engagement_messages import came, do, fresh, published, sent
from tests.web.people import browser
from tests.web.publications_office import ID, office

pytestmark = pytest.mark.django_db
FROM = "198.51.100.20"


@pytest.fixture
def made():
    return office()


def refused(code, do_it, *args, **given):
    with pytest.raises(InvalidInput) as found:
        do_it(*args, **given)
    assert found.value.code == code
    return found.value.facts


@pytest.mark.parametrize(
    ("received", "due", "promised"),
    [
        (date(2025, 1, 20), date(2025, 4, 20), date(2025, 2, 14)),
        (date(2025, 11, 30), date(2026, 2, 28), date(2025, 12, 19)),
    ],
)
def test_the_days_are_the_inspections_and_the_agencys_own(made, received, due, promised):
    assert periods.message_due(made.county, received).due == due
    own = periods.message_promised(made.county, received)
    assert (own.due, own.settings[0].status) == (promised, "ours")


def test_the_writer_follows_a_message_by_code_and_password_and_nobody_else_does(made):
    one, two = sent(made.county), sent(made.county)
    assert actions.find(one.message.code, one.password, FROM) == one.message
    assert actions.find(f" {one.message.code.upper()} ", f"{one.password} ", FROM) == one.message
    for code, password in (
        (one.message.code, two.password),
        ("nothing", one.password),
        (one.message.code, ""),
        ("码", "密码"),
    ):
        refused("engagement.no_message", actions.find, code, password, FROM)
    assert one.password not in str(Message.objects.values_list())


def test_passwords_are_not_tried_through(made):
    one = sent(made.county)
    for _ in range(5):
        refused("engagement.no_message", actions.find, one.message.code, "wrong", FROM)
    refused("accounts.blocked", actions.find, one.message.code, one.password, FROM)
    assert actions.find(one.message.code, one.password, "198.51.100.99") == one.message


def test_name_and_contact_are_encrypted_and_the_audit_knows_nothing_of_them(made):
    held = sent(made.county, "独特的话", name="样小明", contact="zhongwen@example.invalid").message
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact FROM engagement_message WHERE id = %s", [held.pk])
        assert not any(word in str(cursor.fetchone()) for word in ("样小明", "zhongwen"))
    assert fresh(held).name == "样小明"
    entry = Entry.objects.get(verb="engagement.send_message")
    assert (entry.actor, entry.result) == ("visitor", {"code": "complaint"})
    assert verify(made.county.chain).whole


def test_a_flood_from_one_address_is_stopped(made):
    sent(made.county)
    given = {"kind": "question", "title": "题", "text": "一样的话", "address": FROM}
    for _ in range(4):
        actions.send(made.county, **given)
    refused("accounts.blocked", actions.send, made.county, **given)
    actions.send(made.county, **{**given, "address": "198.51.100.21"})


def test_an_answer_goes_at_once_or_by_another_hand_as_the_agency_wants_it(made):
    clerk, approver = made.by("clerk"), made.by("approver")
    at_once = do("write_answer", sent(made.county).message, clerk, answer="已经修好。")
    assert (at_once.state, at_once.answered_on) == ("answered", timezone.localdate())
    actions.set_desk(made.county, approval=True, by=clerk, seen=0)
    asked = do("write_answer", sent(made.county).message, clerk, answer="已经修好。")
    assert asked.state == "asked"
    Member.objects.create(user=made.people["clerk"], agency=made.county, role="approver", since="2020-01-01")
    refused("engagement.own_draft", do, "approve_answer", asked, clerk)
    again = do("return_answer", asked, approver, reason="请写明日期")
    assert (again.state, again.answer) == ("waiting", "已经修好。")
    asked = do("write_answer", again, made.by("other"), answer="昨日已经修好。")
    refused("engagement.own_draft", do, "approve_answer", asked, clerk)
    assert do("approve_answer", asked, approver).state == "answered"
    refused("engagement.no_reply", do, "write_answer", sent(made.county).message, clerk, answer=" ")
    with pytest.raises(PermissionDenied):
        do("write_answer", sent(made.county).message, made.by("reader"), answer="已经修好。")


def test_of_two_who_answer_one_is_told(made):
    held = sent(made.county).message
    twin = fresh(held)
    actions.write_answer(held, answer="先答", by=made.by("clerk"), seen=held.version)
    with pytest.raises(Stale):
        actions.write_answer(twin, answer="后答", by=made.by("other"), seen=twin.version)
    assert fresh(held).answer == "先答"


def test_a_message_that_is_passed_on_is_read_by_both_and_answered_by_one(made):
    clerk, held = made.by("clerk"), sent(made.county).message
    assert not policies.visible_messages(made.people["stranger"]).exists()
    held = do("transfer", held, clerk, to=made.town, reason="属于该镇管理")
    for name in ("clerk", "stranger"):
        assert policies.visible_messages(made.people[name]).get() == held
    with pytest.raises(PermissionDenied):
        do("write_answer", held, clerk, answer="已经修好。")
    assert do("write_answer", held, made.by("stranger"), answer="已经修好。").state == "answered"
    refused("engagement.transfer_to", do, "transfer", sent(made.county).message, clerk, to=made.county, reason="误")


def test_only_with_consent_and_masked_does_everybody_read_it(made):
    clerk = made.by("clerk")
    kept = do("write_answer", sent(made.county).message, clerk, answer="已经修好。")
    refused("engagement.no_consent", do, "publish", kept, clerk, title="题", text="文", answer="答")
    said = f"我是样小明，身份证号码{ID}，电话13800138000，路灯坏了。"
    held = sent(made.county, said, consent=True, name="样小明").message
    refused("engagement.message_state", do, "publish", held, clerk, title="题", text="文", answer="答")
    held = do("write_answer", held, clerk, answer="样小明您好，已经修好。")
    shown = do("publish", held, clerk, title=held.title, text=held.text, answer=held.answer)
    assert queries.released(made.county).get() == shown
    for hidden in (ID, "13800138000", "样小明"):
        assert hidden not in shown.shown_title + shown.shown_text + shown.shown_answer
    assert shown.shown_text.endswith("路灯坏了。")
    assert shown.text == said


def test_what_is_withdrawn_is_gone_at_once_and_no_search_finds_what_is_not_shown(made):
    clerk, anybody = made.by("clerk"), browser()
    held = published(made.county, clerk)
    address = reverse("engagement:public_message", args=[held.key])
    assert "已经修好" in anybody.get(address).content.decode()
    assert Page.objects.filter(key__endswith=f":{held.key}").exists()
    Message.objects.filter(pk=held.pk).update(title="原来的题")
    listing = reverse("engagement:public_messages")
    assert held.shown_title not in anybody.get(listing, {"words": "原来"}).content.decode()
    assert held.shown_title in anybody.get(listing, {"words": "路灯"}).content.decode()
    do("withdraw", held, clerk, reason="写信人要求")
    assert anybody.get(address).status_code == 404
    assert held.shown_title not in anybody.get(listing).content.decode()
    assert not Page.objects.filter(key__endswith=f":{held.key}").exists()


@pytest.mark.parametrize(
    ("days", "badge", "counted"),
    [(0, "ok", (1, 0, 0, 1, 0)), (40, "due", (1, 0, 0, 1, 0)), (120, "overdue", (1, 0, 0, 1, 1))],
)
def test_what_is_not_answered_is_late_by_its_days_and_counted(made, days, badge, counted):
    held = came(sent(made.county).message, days)
    assert queries.clock(held, timezone.localdate()).badge == badge
    (row,) = queries.figures(held.received_on.year)
    assert (row.agency, *row[1:]) == (made.county, *counted)
    do("close", held, made.by("clerk"), reason="广告")
    assert queries.figures(held.received_on.year) == []


def test_an_answer_after_the_promised_day_stays_late(made):
    held = do("write_answer", came(sent(made.county).message, 60), made.by("clerk"), answer="已经修好。")
    assert queries.clock(held, timezone.localdate()).says == "逾期答复"


def sweep(now):
    return tick(now, EFFECTS).done


def test_those_responsible_are_told_when_one_comes_is_passed_on_and_is_due(made):
    now, held = timezone.now(), sent(made.county, "独特的话").message
    assert sweep(now) == 1
    told = Notification.objects.all()
    assert {one.user for one in told} == {made.people[name].key for name in ("clerk", "other")}
    assert all(held.code in one.title and "独特" not in one.title + one.body for one in told)
    assert sweep(now) == 0
    do("transfer", held, made.by("clerk"), to=made.town, reason="属于该镇管理")
    assert sweep(now) == 1
    assert Notification.objects.filter(user=made.people["stranger"].key).count() == 1
    came(held, 60)
    assert sweep(now) == 1
    assert Notification.objects.get(title__contains="已经逾期").user == made.people["stranger"].key
    assert sweep(now + timedelta(days=1)) == 1


def test_names_and_contacts_are_erased_some_time_after_the_answer_only(made, monkeypatch):
    monkeypatch.setenv("GONGKAI_CONTACT_DAYS", "30")
    held = came(sent(made.county, name="样小明", contact="样例信箱").message, 200)
    assert actions.erase_people(timezone.now()) == 0
    do("write_answer", held, made.by("clerk"), answer="已经修好。")
    assert actions.erase_people(timezone.now() + timedelta(days=30)) == 0
    assert actions.erase_people(timezone.now() + timedelta(days=31)) == 1
    held = fresh(held)
    assert (held.name, held.contact, held.erased_at is not None) == ("", "", True)


def test_anybody_writes_by_the_form_and_is_told_once_how_to_follow(made):
    anybody = browser()
    typed = {
        "agency": made.county.key,
        "kind": "question",
        "title": "怎样办理",
        "text": "<script>alert(1)</script>怎样办理？",
    }
    form = anybody.get(reverse("engagement:write")).content.decode()
    assert "依申请公开" in form
    said = anybody.post(reverse("engagement:write"), typed).content.decode()
    held = Message.objects.get()
    assert held.code in said
    password = next(part for part in said.split("<strong>")[2:]).partition("<")[0]
    follow = reverse("engagement:follow")
    wrong = anybody.post(follow, {"code": held.code, "password": "wrong"})
    assert (wrong.status_code, "怎样办理" in wrong.content.decode()) == (422, False)
    found = anybody.post(follow, {"code": held.code, "password": password}).content.decode()
    assert "&lt;script&gt;" in found
    assert "办理中" in found
    clerk = browser(made.people["clerk"])
    page = clerk.get(reverse("engagement:message", args=[held.key])).content.decode()
    assert "<script>alert" not in page
    given = {"seen": held.version, "answer": "到大厅办理。"}
    assert clerk.post(reverse("engagement:message_prepare", args=[held.key, "answer"]), given).status_code == 302
    assert "到大厅办理。" in anybody.post(follow, {"code": held.code, "password": password}).content.decode()
    spam = anybody.post(reverse("engagement:write"), {**typed, "website": "x"})
    assert spam.status_code == 422
    assert Message.objects.count() == 1


def test_the_figures_are_for_everybody_and_the_export_names_no_writer(made):
    sent(made.county, name="样小明", contact="样例信箱")
    said = browser().get(reverse("engagement:message_statistics")).content.decode()
    assert "样例县人民政府" in said
    exported = browser(made.people["clerk"]).get(reverse("engagement:message_export", args=["csv"])).content.decode()
    assert "样例路路灯不亮" in exported
    assert "样小明" not in exported
    assert "样例信箱" not in exported
