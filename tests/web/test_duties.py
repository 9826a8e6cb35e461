"""What an office must publish: its catalogue kept, documents bound as proof, what is late told, everybody's catalogue."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.law.catalogues.catalogue import load
from gongkai.web.agencies.models import Member
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.notices.models import Notification
from gongkai.web.notices.sweep import tick
from gongkai.web.publications.duties import actions, queries, reminding
from gongkai.web.publications.effects_due import EFFECTS, REMIND
from gongkai.web.publications.models import Document, Duty
from tests.web.people import browser, person
from tests.web.publications_office import SINCE, do, drafted, office, released, values
from tests.web.test_publications import refused

pytestmark = pytest.mark.django_db
DAY = timedelta(1)


@pytest.fixture
def made():
    return office()


def added(made, by="clerk", **given):
    values = {
        "catalogue": "grassroots", "field": "social_assistance", "first": "低保", "second": "低保对象名单", "timing": "event",
        "since": timezone.localdate() - 100 * DAY, **given,
    }  # fmt: skip
    return actions.add(agency=made.county, by=made.by(by), **values)


def fresh(duty):
    return Duty.objects.select_related("agency").get(pk=duty.pk)


def state(duty):
    (one,) = queries.stood(Duty.objects.filter(pk=duty.pk))
    return one.state


def test_the_catalogue_of_the_law_is_taken_over_in_one_act_with_the_laws_own_times(made):
    items = load("proactive").items_at("county")
    duties = actions.adopt(
        made.county, proactive=[item.id for item in items], standard=["social_assistance"], by=made.by("clerk")
    )
    assert len(duties) == len(items) + 1 > 15
    by_field = {duty.field: duty for duty in duties if duty.catalogue == "proactive"}
    assert by_field["budgets_and_accounts"].law == "budget"
    assert by_field["licences_and_services"].law == "licence_publication"
    assert by_field["organisation"].timing == "standing"
    assert by_field["charges"].basis == "《条例》第二十条第（八）项"
    assert Entry.objects.filter(verb="publications.adopt_duties").count() == 1
    refused(lambda: actions.adopt(made.county, proactive=["charges"], by=made.by("clerk")), "duties.all_there")
    refused(lambda: actions.adopt(made.county, proactive=["rural_policy"], by=made.by("clerk")), "duties.field")


def test_what_the_law_leaves_no_choice_about_keeps_an_item(made):
    charges, welfare = actions.adopt(made.county, proactive=["charges", "public_welfare"], by=made.by("clerk"))
    refused(
        lambda: actions.retire(charges, reason="不再收费", by=made.by("clerk"), seen=charges.version),
        "duties.statutory",
    )
    second = added(made, catalogue="proactive", field="charges", first="收费目录", second="")
    actions.retire(fresh(charges), reason="并入收费目录", by=made.by("clerk"), seen=charges.version)
    refused(
        lambda: actions.retire(second, reason="不再收费", by=made.by("clerk"), seen=second.version),
        "duties.statutory",
    )
    actions.retire(welfare, reason="没有此项职责", by=made.by("clerk"), seen=welfare.version)
    back = actions.restore(fresh(welfare), by=made.by("clerk"), seen=2)
    assert (back.state, back.retired_because) == ("active", "")


def test_an_item_is_there_once_and_of_two_who_change_it_the_second_is_told(made):
    duty = added(made)
    refused(lambda: added(made), "duties.there")
    actions.change(fresh(duty), content="姓名、金额", by=made.by("clerk"), seen=duty.version)
    with pytest.raises(Stale):
        actions.change(fresh(duty), content="别的", by=made.by("other"), seen=duty.version)
    refused(lambda: actions.change(fresh(duty), content="姓名、金额", by=made.by("clerk"), seen=2), "nothing_changed")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"field": "rural_policy"}, "duties.field"),
        ({"timing": "yearly", "deadline": "02-30"}, "duties.deadline"),
        ({"timing": "standing", "months": 0}, "duties.months"),
        ({"channels": "website moon"}, "duties.channel"),
        ({"first": ""}, "field"),
        ({"timing": "sometimes"}, "field"),
        ({"since": timezone.localdate() + DAY}, "ahead"),
        ({"second": "长" * 201}, "field"),
    ],
)
def test_what_does_not_go_together_is_refused(made, given, code):
    refused(lambda: added(made, **given), code)


def test_only_times_that_are_asked_for_are_kept(made):
    duty = added(made, timing="monthly", law="budget", deadline="01-31", months=3, days=5)
    assert (duty.law, duty.deadline, duty.months, duty.days) == ("publication", "", None, 5)


def test_a_document_proves_an_item_once_it_is_disclosed(made):
    duty = added(made)
    assert state(duty) == "empty"
    document = drafted(made, formed_on=timezone.localdate() - 60 * DAY)
    bound = actions.bind(duty, document=document, by=made.by("clerk"))
    assert state(duty) == "late"
    document = released(made, document)
    assert state(duty) == "done_late"
    refused(lambda: actions.bind(duty, document=document, by=made.by("clerk")), "duties.bound_already")
    document = do(made, "withdraw", document, "clerk", reason="有误")
    assert state(duty) == "late"
    actions.unbind(bound, reason="登记错了", by=made.by("clerk"), seen=bound.version)
    assert state(duty) == "empty"
    refused(lambda: actions.unbind(bound, reason="再来", by=made.by("clerk"), seen=2), "duties.not_bound")
    refused(lambda: actions.bind(duty, document=document, by=made.by("clerk")), "duties.document")
    assert set(Entry.objects.filter(object_key=duty.key).values_list("verb", flat=True)) == {
        "publications.add_duty", "publications.bind_duty", "publications.unbind_duty",
    }  # fmt: skip


def test_a_period_is_proved_by_a_document_of_that_period(made):
    today = timezone.localdate()
    duty = added(made, timing="monthly", since=(today.replace(day=1) - DAY).replace(day=1))
    (one,) = queries.stood(Duty.objects.filter(pk=duty.pk))
    past = one.found[0]
    assert (len(one.found), past.state, one.state) == (2, "late", "late")
    document = released(made)
    refused(lambda: actions.bind(duty, document=document, by=made.by("clerk")), "duties.period")
    refused(
        lambda: actions.bind(duty, document=document, by=made.by("clerk"), period=past.period + DAY), "duties.period"
    )
    actions.bind(duty, document=document, by=made.by("clerk"), period=past.period)
    (one,) = queries.stood(Duty.objects.filter(pk=duty.pk))
    assert one.found[0].state == "done_late"
    refused(
        lambda: actions.change(fresh(duty), timing="quarterly", by=made.by("clerk"), seen=duty.version),
        "duties.bound",
    )


def test_what_stands_is_looked_over(made):
    duty = added(made, timing="standing", months=1)
    document = released(made)
    actions.bind(duty, document=document, by=made.by("clerk"))
    Document.objects.filter(pk=document.pk).update(released_at=timezone.now() - 80 * DAY)
    document.current.__class__.objects.filter(document=document).update(published_at=timezone.now() - 80 * DAY)
    assert state(duty) == "stale"
    actions.confirm(fresh(duty), by=made.by("clerk"), seen=duty.version)
    assert state(duty) == "done"
    other = added(made, second="别的")
    refused(lambda: actions.confirm(other, by=made.by("clerk"), seen=other.version), "duties.not_standing")


def test_a_document_is_begun_for_an_item_or_not_at_all(made):
    duty = added(made, timing="monthly")
    period = timezone.localdate().replace(day=1)
    given = {"agency": made.county, "body": "<p>正文</p>", "by": made.by("clerk"), **values()}
    document = actions.draft_for(duty, period=period, **given)
    assert queries.bound_to(document).duty == duty
    count = Document.objects.count()
    refused(lambda: actions.draft_for(duty, **given), "duties.period")
    assert Document.objects.count() == count


def test_people_of_other_agencies_and_readers_keep_nothing(made):
    duty, document = added(made), drafted(made)
    for by in ("reader", "stranger", "first"):
        for do_it in (
            lambda by=by: added(made, by, second="别的"),
            lambda by=by: actions.retire(duty, reason="x", by=made.by(by), seen=1),
            lambda by=by: actions.bind(duty, document=document, by=made.by(by)),
        ):
            with pytest.raises(PermissionDenied):
                do_it()


def test_the_page_lists_what_is_late_first_and_the_file_has_the_standard_columns(made):
    late = added(made)
    actions.bind(late, document=drafted(made, formed_on=timezone.localdate() - 60 * DAY), by=made.by("clerk"))
    added(made, second="低保标准", timing="standing", since=timezone.localdate())
    client = browser(made.people["reader"])
    page = client.get(reverse("publications:duties")).content.decode()
    assert page.index("低保对象名单") < page.index("低保标准")
    assert "已逾期 1 项" in page
    assert "低保标准" not in client.get(reverse("publications:duties"), {"state": "late"}).content.decode()
    answer = client.get(reverse("publications:duties_export", args=["xlsx"]), {"state": "late"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0][1:] == queries.HEADS
    assert rows[1][4] == "低保对象名单"
    assert rows[1][13] == "已逾期"
    assert len(rows) == 2
    stranger = browser(made.people["stranger"])
    assert "低保" not in stranger.get(reverse("publications:duties")).content.decode()
    assert stranger.get(reverse("publications:duty", args=[late.key])).status_code == 404


def test_a_supervisor_above_sees_the_agencies_below_with_counts(made):
    duty = actions.add(
        agency=made.town, by=made.by("stranger"), catalogue="proactive", field="rural_policy", first="农业农村政策",
        timing="monthly", since=timezone.localdate() - 70 * DAY,
    )  # fmt: skip
    added(made)
    watching = person("watching")
    Member.objects.create(user=watching, agency=made.county, role="supervisor", since=SINCE)
    client = browser(watching)
    page = client.get(reverse("publications:duties")).content.decode()
    assert "样例县青石镇人民政府" in page
    assert "各机关的完成情况" in page
    assert client.get(reverse("publications:duty", args=[duty.key])).status_code == 200
    only = client.get(reverse("publications:duties"), {"agency": made.town.key}).content.decode()
    assert "农业农村政策" in only
    assert "低保对象名单" not in only


def test_everybody_reads_the_catalogue_with_what_is_disclosed_and_nothing_else(made, client):
    duty, retired = added(made), added(made, second="停用的")
    actions.retire(retired, reason="机构改革", by=made.by("clerk"), seen=1)
    document, draft = released(made, title="低保名单一"), drafted(made, title="还没公开的")
    for one in (document, draft):
        actions.bind(duty, document=one, by=made.by("clerk"))
    page = client.get(reverse("publications:public_catalogue", args=[made.county.key])).content.decode()
    assert "低保对象名单" in page
    assert "低保名单一" in page
    assert "停用的" not in page
    assert "还没公开的" not in page
    answer = client.get(reverse("publications:public_catalogue_file", args=[made.county.key, "xlsx"]))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert len(rows) == 2
    assert rows[1][12] == "1"
    assert document.key in rows[1][13]
    do(made, "withdraw", document, "clerk", reason="有误")
    assert (
        "低保名单一"
        not in client.get(reverse("publications:public_catalogue", args=[made.county.key])).content.decode()
    )


def test_the_forms_do_their_acts_and_keep_what_was_typed(made):
    client = browser(made.people["clerk"])
    typed = {
        "keeper": made.county.key, "place": "grassroots.social_assistance", "first": "低保", "second": "名单", "timing": "yearly",
        "deadline": "13-45", "law": "publication", "audience": "everyone", "way": "proactive", "since": "2026-01-01",
        "channels": ["website", "notice_board"], "content": "要素", "basis": "办法", "discloser": "民政办", "level": "county",
    }  # fmt: skip
    answer = client.post(reverse("publications:duty_new"), typed)
    assert answer.status_code == 422
    assert "民政办" in answer.content.decode()
    assert "不是月和日" in answer.content.decode()
    answer = client.post(reverse("publications:duty_new"), {**typed, "deadline": "03-31"})
    duty = Duty.objects.get()
    assert answer.status_code == 302
    assert duty.channels == "website notice_board"
    answer = client.post(reverse("publications:duties_adopt"), {"keeper": made.county.key, "proactive": ["charges"]})
    assert answer.status_code == 302
    assert Duty.objects.count() == 2
    document = drafted(made)
    period = queries.periods(duty)[0][0]
    path = reverse("publications:duty_fulfil", args=[duty.key, "bind"])
    assert client.post(path, {"document": document.key, "period": "1999-01-01"}).status_code == 422
    assert client.post(path, {"document": document.key, "period": period}).status_code == 302
    page = client.get(reverse("publications:duty", args=[duty.key])).content.decode()
    assert document.title in page
    assert "登记公开事项的文件" in page
    path = reverse("publications:duty_keep", args=[duty.key, "retire"])
    assert client.post(path, {"seen": 9, "reason": "改革"}).status_code == 422
    assert client.post(path, {"seen": 1, "reason": "改革"}).status_code == 302
    charges = Duty.objects.get(field="charges")
    answer = client.post(
        reverse("publications:new"), {**values(), "keeper": made.county.key, "body": "正文", "fulfils": charges.key}
    )
    assert answer.status_code == 302
    assert charges.fulfilments.count() == 1


def test_a_refusal_names_what_was_given(made):
    with pytest.raises(InvalidInput) as told:
        added(made, timing="yearly", deadline="x")
    assert told.value.facts["given"] == "x"


def test_those_who_prepare_are_told_once_before_and_once_when_it_is_late(made):
    duty = added(made)
    document = drafted(made, formed_on=timezone.localdate())
    actions.bind(duty, document=document, by=made.by("clerk"))
    (one,) = queries.stood(Duty.objects.filter(pk=duty.pk))
    due = one.found[0].due

    def told(day):
        reminding.tell(day.isoformat(), timezone.now(), reminding.gathered(day.isoformat()))
        return sorted(Notification.objects.filter(user=made.people["clerk"].key).values_list("cause", flat=True))

    assert told(timezone.localdate()) == []
    soon = f"publications.duty_soon:{duty.key}.{document.key}.{due}"
    assert told(due) == [soon]
    assert told(due) == [soon]
    late = f"publications.duty_late:{duty.key}.{document.key}.{due}"
    assert told(due + DAY) == told(due + 2 * DAY) == sorted([soon, late])
    users = set(Notification.objects.values_list("user", flat=True))
    assert users == {made.people[name].key for name in ("clerk", "other")}
    do(made, "discard", document, "clerk", reason="不办了")
    Notification.objects.all().delete()
    assert told(due + DAY) == []


def test_the_sweep_reminds_once_a_day(made):
    duty = added(made, timing="monthly", since=timezone.localdate() - 70 * DAY)
    now = timezone.now()
    effects = [effect for effect in EFFECTS if effect.name == REMIND]
    assert tick(now, effects).done == 1

    def told():
        return list(Notification.objects.filter(cause__contains=duty.key).values_list("user", "cause"))

    first = told()
    assert len(first) >= 2
    assert tick(now, effects).done == 0
    assert told() == first
    assert tick(now + DAY, effects).done == 1
    # The next period may come near on the next day; of what was told before nobody is told again.
    assert set(first) <= set(told())
    assert len(told()) == len(set(told()))
