"""The pages of documents: the office's from draft to release, and what everybody sees of a released one."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import Member
from gongkai.web.publications import actions, policies
from gongkai.web.publications.models import Document, Procedure, Relation, Step
from tests.web.people import browser
from tests.web.publications_office import (
    BODY,
    ID,
    SINCE,
    approved,
    do,
    drafted,
    fresh,
    office,
    released,
    reviewed,
    word_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return office()


def address(name, *given):
    return reverse(f"publications:{name}", args=given)


def post(client, document, group, act, **given):
    """Send a form of a document as it is now."""
    return client.post(address(group, document.key, act), {"seen": fresh(document).version, **given})


def page(client, document):
    answer = client.get(address("one", document.key))
    assert answer.status_code == 200
    return answer.content.decode()


TYPED = {
    "title": "样例县临时救助办法", "number": "样政规〔2026〕1号", "topic": "general_affairs", "column": "normative_documents",
    "formed_on": "2026-01-05", "timing": "as_it_arises", "attribute": "proactive", "origin": "drafted", "body": BODY,
}  # fmt: skip


def test_people_bring_a_document_out_by_their_pages_and_a_citizen_reads_it(made):
    at = {name: browser(user) for name, user in made.people.items()}
    answer = at["clerk"].post(address("new"), {**TYPED, "keeper": made.county.key})
    assert answer.status_code == 302, answer.content.decode()
    document = Document.objects.get()
    file = SimpleUploadedFile("名单.docx", word_file(f"样小明，身份证号码{ID}"))
    assert post(at["clerk"], document, "prepare", "attach", file=file).status_code == 302
    stopped = post(at["clerk"], document, "prepare", "submit")
    assert stopped.status_code == 422
    assert "检查发现 1 处须处理的内容" in stopped.content.decode()
    assert ID not in page(at["clerk"], document)
    item = document.attachments.get().key
    assert post(at["clerk"], document, "prepare", "redact_file", item=item).status_code == 302
    assert post(at["clerk"], document, "prepare", "submit").status_code == 302
    for name in ("first", "second", "third"):
        assert "等我办理" in at[name].get(address("list")).content.decode()
        assert policies.waiting_for(made.people[name]).count() == 1
        assert post(at[name], document, "review", "review", proofread="on", comment="同意").status_code == 302
        assert policies.waiting_for(made.people[name]).count() == 0
    verdicts = {"result_body": "passed", f"result_{item}": "passed"}
    assert post(at["secrecy"], document, "secrecy", "secrecy_review", **verdicts).status_code == 302
    assert post(at["approver"], document, "approve", "approve").status_code == 302
    reader = browser()
    assert reader.get(address("public_one", document.key)).status_code == 404
    assert reader.get(address("public_attachment", document.key, item)).status_code == 404
    assert post(at["clerk"], document, "prepare", "release").status_code == 302
    shown = reader.get(address("public_one", document.key)).content.decode()
    for words in (
        "样例县临时救助办法",
        fresh(document).index_number,
        "本镇居民均可办理。",
        "（此件公开发布）",
        "综合政务",
    ):
        assert words in shown, words
    got = b"".join(reader.get(address("public_attachment", document.key, item)).streaming_content)
    assert len(got) > 1000
    assert document.title in reader.get(address("public_list")).content.decode()
    assert post(at["clerk"], document, "prepare", "withdraw", reason="有误").status_code == 302
    for where in (address("public_one", document.key), address("public_attachment", document.key, item)):
        assert reader.get(where).status_code == 404
    assert document.title not in reader.get(address("public_list")).content.decode()
    assert "已撤下。理由：有误" in page(at["reader"], document)
    sheet = at["clerk"].get(address("sheet", document.key)).content.decode()
    assert all(made.people[name].name in sheet for name in ("first", "second", "third", "secrecy", "approver"))


def test_what_cannot_be_is_said_and_what_was_typed_stays(made):
    clerk = browser(made.people["clerk"])
    for change, said in (
        ({"attribute": "withheld"}, "请写明理由和依据"), ({"title": ""}, "必填"), ({"formed_on": "2999-01-01"}, "在今天以后"),
        ({"effective_on": "2026-02-01", "expires_on": "2026-01-01"}, "早于生效日期"),
    ):  # fmt: skip
        answer = clerk.post(address("new"), {**TYPED, "keeper": made.county.key, **change})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert said in text or "请填写" in text
        assert "本镇居民均可办理。" in text
    assert not Document.objects.exists()


def test_whoever_comes_second_is_told_who_was_first(made):
    document = do(made, "submit", drafted(made), "clerk")
    first, second = (browser(made.people[name]) for name in ("first", "second"))
    seen = document.version
    given = {"seen": seen, "proofread": "on", "comment": "我的意见"}
    assert first.post(address("review", document.key, "review"), given).status_code == 302
    answer = second.post(address("review", document.key, "review"), given)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert f"最近一步由{made.people['first'].name}办理" in text
    assert "我的意见" in text
    assert Step.objects.count() == 1


def test_a_finding_is_asked_for_and_let_pass_on_the_page(made):
    document = drafted(made, "举报电话13800138000，联系人样小明。")
    clerk, first = browser(made.people["clerk"]), browser(made.people["first"])
    finding = document.findings.get(severity="error")
    assert "正文第1段" in page(clerk, document)
    assert post(clerk, document, "prepare", "ask", item=finding.key, reason="").status_code == 422
    assert post(clerk, document, "prepare", "ask", item=finding.key, reason="值班电话").status_code == 302
    assert "值班电话" in page(first, document)
    assert post(first, document, "review", "override", item=finding.key, reason="可以公开").status_code == 302
    assert "已放行" in page(first, document)
    assert post(clerk, document, "prepare", "redact_text").status_code == 302
    assert "13800138000" not in page(clerk, document)


def test_a_revision_warns_before_reviews_are_lost(made):
    document = reviewed(made, drafted(made))
    clerk = browser(made.people["clerk"])
    form = clerk.get(address("edit", document.key)).content.decode()
    assert "已经办过 3 步审核" in form
    assert "本镇居民均可办理。" in form
    answer = clerk.post(address("edit", document.key), {**TYPED, "seen": document.version, "title": "新名称"})
    assert answer.status_code == 302
    assert (fresh(document).state, fresh(document).title, fresh(document).current.number) == ("draft", "新名称", 1)
    stale = clerk.post(address("edit", document.key), {**TYPED, "seen": document.version, "title": "再改"})
    assert stale.status_code == 422
    assert "刚被别人改过" in stale.content.decode()


def test_a_time_a_correction_and_paper_are_entered_on_the_page(made):
    clerk = browser(made.people["clerk"])
    document = do(made, "submit", drafted(made), "clerk")
    signed = {f"signer_{kind}": f"样{kind[:2]}" for kind in ("first_review", "second_review", "third_review",
                                                            "secrecy_review", "approval")}  # fmt: skip
    scan = SimpleUploadedFile("审批表.docx", word_file("审批表"))
    assert post(clerk, document, "prepare", "sign_on_paper", scan=scan, **signed).status_code == 302
    later = timezone.localtime() + timedelta(days=1)
    assert post(clerk, document, "prepare", "schedule", at=f"{later:%Y-%m-%dT%H:%M}").status_code == 302
    assert "自动发布" in page(clerk, document)
    assert post(clerk, document, "prepare", "unschedule").status_code == 302
    assert post(clerk, document, "prepare", "release").status_code == 302
    body = "更正后的正文。"
    assert post(clerk, document, "prepare", "correct", body=body, note="数字有误").status_code == 302
    shown = browser().get(address("public_one", document.key)).content.decode()
    assert body not in shown
    for by in ("first", "second", "third"):
        do(made, "review", document, by, proofread=True)
    from gongkai.web.publications.actions import Verdict

    do(made, "secrecy_review", document, "secrecy", verdicts={"body": Verdict("passed")})
    do(made, "approve", document, "approver")
    shown = browser().get(address("public_one", document.key)).content.decode()
    assert body in shown
    assert "数字有误" in shown


def test_the_public_page_says_whether_a_document_is_in_force_and_what_changed_it(made):
    old = released(made)
    new = drafted(made, title="关于废止的决定")
    given = {"kind": "repeals", "index_number": old.index_number, "since": timezone.localdate().isoformat()}
    clerk = browser(made.people["clerk"])
    assert post(clerk, new, "prepare", "relate", **given).status_code == 302
    assert post(clerk, new, "prepare", "relate", **{**given, "index_number": "没有"}).status_code == 422
    reader = browser()
    before = reader.get(address("public_one", old.key)).content.decode()
    assert "废止" not in before
    new = released(made, new)
    after = reader.get(address("public_one", old.key)).content.decode()
    assert "有效性：<strong>废止</strong>" in after
    assert f'被废止：<a href="{address("public_one", new.key)}">' in after
    do(made, "withdraw", new, "clerk", reason="误发")
    again = reader.get(address("public_one", old.key)).content.decode()
    assert "废止" not in again
    assert Relation.objects.count() == 1


def test_an_agency_sets_its_procedure(made):
    clerk = browser(made.people["clerk"])
    assert clerk.post(address("procedure", made.county.key), {"seen": 0, "reviews": 1}).status_code == 302
    assert Procedure.objects.get().reviews == 1
    assert clerk.post(address("procedure", made.county.key), {"seen": 1, "reviews": 0}).status_code == 422
    assert clerk.get(address("procedure", made.town.key)).status_code == 404


def test_another_agencys_clerk_finds_nothing_of_it(made):
    document = approved(made, drafted(made))
    attachment = actions.attach(other := drafted(made), name="a.txt", content=b"a", by=made.by("clerk"), seen=1)
    stranger = browser(made.people["stranger"])
    for name in ("one", "edit", "sheet"):
        assert stranger.get(address(name, document.key)).status_code == 404
    assert stranger.get(address("attachment", other.key, attachment.key)).status_code == 404
    assert post(stranger, document, "prepare", "release").status_code == 404
    assert "没有符合条件的文件" in stranger.get(address("list")).content.decode()
    Member.objects.create(user=made.people["stranger"], agency=made.county, role="reader", since=SINCE)
    assert stranger.get(address("one", document.key)).status_code == 200
    assert stranger.get(address("edit", document.key)).status_code == 403
    answer = browser(made.people["reader"]).get(address("attachment", other.key, attachment.key))
    assert answer.status_code == 200
    answer.close()


def test_the_list_finds_by_words_state_and_what_waits(made):
    draft, out = drafted(made, title="甲办法"), released(made, title="乙办法")
    clerk = browser(made.people["clerk"])
    for query, wanted in (
        ({"words": "甲"}, {draft.title}), ({"state": "released"}, {out.title}), ({"waiting": "on"}, {draft.title}),
        ({"words": out.index_number}, {out.title}), ({"words": "丙"}, set()),
    ):  # fmt: skip
        text = clerk.get(address("list"), query).content.decode()
        assert set(re.findall(r"<a href=\"/office/documents/\w{14}/\">([^<]+)</a>", text)) == wanted
    reader = browser()
    assert out.title in reader.get(address("public_list"), {"column": "normative_documents"}).content.decode()
    assert out.title not in reader.get(address("public_list"), {"column": "plans"}).content.decode()
