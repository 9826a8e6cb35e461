"""The pages of consultations: the office's from draft to summary, and what everybody sees and sends."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.engagement.models import Comment, Consultation
from gongkai.web.pages.models import Page
from tests.web.engagement_office import DAY, commented, do, drafted, fresh, opened, over
from tests.web.people import browser
from tests.web.publications_office import ID, office

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def made():
    return office()


@pytest.fixture
def on(made):
    return opened(made.county, made.by("clerk"), made.by("approver"))


def at(name, *given):
    return reverse(f"engagement:{name}", args=given)


def read(client, name, *given, status=200, **asked):
    answer = client.get(at(name, *given), asked)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, consultation, group, act, **given):
    given = {"seen": fresh(consultation).version, **given}
    return client.post(at(f"consultation_{group}", consultation.key, act), given)


def typed(**given):
    return {
        "title": "关于样例办法公开征求意见的公告", "why": "需要修订。", "asked": "社会公众", "body": "一、总则\n样例。",
        "opens_on": timezone.localdate().isoformat(), "closes_on": (timezone.localdate() + 40 * DAY).isoformat(), **given,
    }  # fmt: skip


def test_a_consultation_goes_its_way_by_the_pages_from_draft_to_summary(made):
    clerk, approver, anybody = browser(made.people["clerk"]), browser(made.people["approver"]), browser()
    assert clerk.post(at("consultation_new"), typed(keeper=made.county.key)).status_code == 302
    held = Consultation.objects.get()
    assert read(anybody, "public_consultation", held.key, status=404)
    assert post(clerk, held, "prepare", "submit").status_code == 302
    assert post(clerk, held, "approve", "open").status_code == 403
    assert "批准，公开征求意见" in read(approver, "consultation", held.key)
    assert post(approver, held, "approve", "open").status_code == 302
    shown = read(anybody, "public_consultation", held.key)
    assert "还剩 <strong>41</strong> 天" in shown
    assert "重大行政决策程序暂行条例" in shown
    sent = anybody.post(at("comment", held.key), {"text": f"建议{ID}增设投放点。", "contact": "样例信箱"})
    comment = Comment.objects.get()
    assert sent["Location"] == at("public_comment", held.key, comment.key)
    waiting = read(anybody, "public_comment", held.key, comment.key)
    assert "待处理" in waiting
    assert "增设投放点" not in waiting
    assert ID in read(clerk, "consultation_comments", held.key)
    given = {"seen": comment.version, "item": comment.key}
    assert clerk.post(at("consultation_prepare", held.key, "publish"), given).status_code == 302
    shown = read(anybody, "public_consultation", held.key)
    assert "增设投放点" in shown
    assert ID not in shown
    assert "样例信箱" not in shown
    over(held)
    post(
        clerk,
        held,
        "prepare",
        "answer",
        heading="增设投放点",
        outcome="adopted",
        reason="已增加。",
        comments=[comment.key],
    )
    assert post(clerk, held, "prepare", "submit_summary", summary="收到一条，采纳一条。").status_code == 302
    assert "已增加" not in read(anybody, "public_consultation", held.key)
    assert post(approver, held, "approve", "publish_summary").status_code == 302
    shown = read(anybody, "public_consultation", held.key)
    assert "收到一条，采纳一条。" in shown
    assert "已增加。" in shown
    assert "采纳 1 条" in shown
    assert "已增加。" in read(anybody, "public_comment", held.key, comment.key)


def test_the_form_says_until_when_the_law_wants_it_open_and_keeps_what_was_typed(made):
    clerk = browser(made.people["clerk"])
    assert "要在这里说明理由；说明会公开" in read(clerk, "consultation_new")
    answer = clerk.post(
        at("consultation_new"),
        typed(keeper=made.county.key, closes_on=timezone.localdate().isoformat(), why="保留的话"),
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明缩短期限的理由" in said
    assert "保留的话" in said
    assert not Consultation.objects.exists()


def test_what_anybody_writes_is_text_and_nothing_else(made, on):
    held = commented(on, f"{SCRIPT}很好", name=SCRIPT, agreed=True, contact=SCRIPT)
    clerk = browser(made.people["clerk"])
    clerk.post(at("consultation_prepare", on.key, "publish"), {"seen": held.version, "item": held.key})
    for client, name in (
        (clerk, "consultation_comments"),
        (clerk, "consultation_summary"),
        (browser(), "public_consultation"),
    ):
        said = read(client, name, on.key)
        assert SCRIPT not in said
        assert "&lt;script&gt;" in said


def test_a_program_that_fills_every_field_is_told_to_leave_one_empty(on):
    answer = browser().post(at("comment", on.key), {"text": "广告", "website": "https://example.invalid/"})
    assert answer.status_code == 422
    assert "请留空" in answer.content.decode()
    assert not Comment.objects.exists()


def test_too_many_comments_from_one_address_are_refused_with_the_minutes_to_wait(on):
    client = browser()
    for _ in range(5):
        assert client.post(at("comment", on.key), {"text": "一样的话"}).status_code == 302
    answer = client.post(at("comment", on.key), {"text": "写了很久的话"})
    assert answer.status_code == 429
    assert "写了很久的话" in answer.content.decode()
    assert "分钟" in answer.content.decode()


def test_after_the_last_day_there_is_no_form_and_nothing_is_taken(on):
    over(on)
    assert "现在不能提出意见" in read(browser(), "comment", on.key)
    assert browser().post(at("comment", on.key), {"text": "晚了"}).status_code == 422
    assert not Comment.objects.exists()


def test_what_is_withdrawn_is_gone_from_page_list_files_and_stored_pages_at_once(made):
    clerk, approver = made.by("clerk"), made.by("approver")
    draft = drafted(made.county, clerk)
    from gongkai.web.engagement.actions import consultations as actions

    file = actions.attach(draft, name="草案.txt", content=b"text", by=clerk, seen=draft.version)
    held = do("open_to_all", do("submit", draft, clerk), approver)
    anybody = browser()
    assert held.title in read(anybody, "public_consultations")
    assert held.title in read(anybody, "public_consultation", held.key)
    assert Page.objects.filter(key__endswith=f":{held.key}").exists()
    assert anybody.get(at("public_consultation_file", held.key, file.key)).getvalue() == b"text"
    assert held.title in read(anybody, "public_consultation", held.key)
    do("withdraw", held, clerk, reason="附件有误")
    assert not Page.objects.filter(key__endswith=f":{held.key}").exists()
    assert held.title not in read(anybody, "public_consultations")
    for name, *given in (
        ("public_consultation", held.key),
        ("public_consultation_file", held.key, file.key),
        ("comment", held.key),
    ):
        assert read(anybody, name, *given, status=404)


def test_a_kept_page_follows_each_comment_that_is_published_or_withheld(made, on):
    anybody, clerk, held = browser(), browser(made.people["clerk"]), commented(on, "独特的话")
    assert "1 条正在处理" in read(anybody, "public_consultation", on.key)
    clerk.post(at("consultation_prepare", on.key, "publish"), {"seen": held.version, "item": held.key})
    assert "独特的话" in read(anybody, "public_consultation", on.key)
    given = {"seen": held.version + 1, "item": held.key, "case": "asked"}
    assert clerk.post(at("consultation_prepare", on.key, "withhold"), given).status_code == 302
    assert "独特的话" not in read(anybody, "public_consultation", on.key)


def test_whoever_comes_second_is_told_and_sees_what_is_there_now(made, on):
    held, clerk = commented(on), browser(made.people["clerk"])
    given = {"seen": held.version, "item": held.key}
    clerk.post(at("consultation_prepare", on.key, "publish"), given)
    answer = clerk.post(at("consultation_prepare", on.key, "withhold"), {**given, "case": "asked"})
    assert answer.status_code == 422
    assert "刚被别人办理过" in answer.content.decode()


def test_the_comments_are_exported_without_anything_that_a_sheet_takes_for_a_formula(made, on):
    commented(on, "=HYPERLINK(1)", name="+样小明")
    client = browser(made.people["clerk"])
    answer = client.get(at("consultation_export", on.key, "csv"))
    assert answer.status_code == 200
    assert not re.search(r"(^|,)[=+]", answer.content.decode("utf-8-sig"), re.MULTILINE)
    assert client.get(at("consultation_export", on.key, "xlsx")).content[:2] == b"PK"
    assert client.get(at("consultation_export", on.key, "pdf")).status_code == 404


def test_lists_are_filtered_by_how_it_stands(made, on):
    done = over(opened(made.county, made.by("clerk"), made.by("approver"), title="已经截止的公告"))
    anybody = browser()
    assert done.title not in read(anybody, "public_consultations", phase="open")
    assert on.title not in read(anybody, "public_consultations", phase="over")
    assert "没有符合条件的意见征集" in read(anybody, "public_consultations", words="月球")
    assert "有 1 件等我办理" in read(browser(made.people["clerk"]), "consultations")
