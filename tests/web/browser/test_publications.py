"""A document in a real browser: a clerk is stopped by identity numbers, redacts, four people judge, a citizen reads; withdrawn, gone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.web.publications.models import Document
from tests.web.people import browser
from tests.web.publications_office import ID, office, word_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db, chromium, live_server, open_page):  # noqa: ARG001 - the server's threads see only what is committed
    """A county, and a window for each of its people by name."""
    made = office()

    def window(name, address):
        page = open_page("/")
        client = browser(made.people[name], address="127.0.0.1")
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page.goto(address)
        return page

    return made, window


def test_a_document_goes_from_the_clerk_to_the_citizen_and_back(people, open_page):
    made, window = people
    clerk = window("clerk", reverse("publications:new"))
    clerk.fill("#id_title", "样例县临时救助名单公示")
    clerk.select_option("#id_topic", "civil_affairs")
    clerk.select_option("#id_column", "public_livelihood")
    clerk.fill("#id_formed_on", "2026-01-05")
    clerk.set_input_files(
        "#id_file", {"name": "正文.docx", "mimeType": "", "buffer": word_file("一、公示对象", "经审核，名单见附件。")}
    )
    clerk.click("main form button[type=submit]")
    document = Document.objects.get()
    address = reverse("publications:one", args=[document.key])
    clerk.wait_for_url(f"**{address}")
    assert "经审核，名单见附件。" in clerk.inner_text("main")
    clerk.click("summary:has-text('上传附件')")
    leak = word_file(f"救助对象样小明，身份证号码{ID}。")
    clerk.set_input_files("#attach_file", {"name": "名单.docx", "mimeType": "", "buffer": leak})
    clerk.click("details[open] button[type=submit]")
    clerk.wait_for_selector("text=已上传附件")
    assert ID not in clerk.content()
    # Not in the window: a browser complains aloud of the answer that refuses.
    refused = browser(made.people["clerk"], address="127.0.0.1").post(
        reverse("publications:prepare", args=[document.key, "submit"]), {"seen": Document.objects.get().version}
    )
    assert "检查发现 1 处须处理的内容" in refused.content.decode()
    clerk.click("button:has-text('一键脱敏')")
    clerk.wait_for_selector("text=附件已换成脱敏后的文件")
    clerk.click("button:has-text('提交审核')")
    clerk.wait_for_selector("text=已提交审核")
    for name in ("first", "second", "third"):
        page = window(name, address)
        page.check("#review_proofread")
        page.click("button:has-text('通过')")
        page.wait_for_selector("text=已通过审核")
    page = window("secrecy", address)
    for field in page.locator("select[name^=result_]").all():
        field.select_option("passed")
    page.click("button:has-text('提交保密审查结论')")
    page.wait_for_selector("text=已提交保密审查结论")
    page = window("approver", address)
    page.click("button:has-text('签发')")
    page.wait_for_selector("text=已签发")
    clerk.goto(address)
    clerk.click("button:has-text('立即发布')")
    clerk.wait_for_selector("text=已发布")
    public = reverse("publications:public_one", args=[document.key])
    citizen = open_page(public)
    text = citizen.inner_text("main")
    for words in (
        "样例县临时救助名单公示",
        "经审核，名单见附件。",
        "（此件公开发布）",
        Document.objects.get().index_number,
    ):
        assert words in text, words
    with citizen.expect_download() as got:
        citizen.click("a:has-text('名单.docx')")
    assert ID.encode() not in got.value.path().read_bytes()
    shown_at = [
        reverse("publications:public_list"), reverse("portal:statutory", args=[made.county.key]),
        reverse("portal:documents_feed", args=[made.county.key]), reverse("portal:sitemap_section", args=["documents"]),
        reverse("portal:home"),
    ]  # fmt: skip
    reader = browser(address="127.0.0.1")
    assert [at for at in shown_at if document.key not in reader.get(at).content.decode()] == []
    clerk.goto(address)
    clerk.click("summary:has-text('撤下')")
    clerk.fill("#withdraw_reason", "名单有误")
    clerk.click("details[open] button[type=submit]")
    clerk.wait_for_selector("text=已撤下，公众不再看得到")
    assert [at for at in shown_at if document.key in reader.get(at).content.decode()] == []
    assert reader.get(public).status_code == 404
    print(f"{len(shown_at)} lists, feeds and pages without it")
