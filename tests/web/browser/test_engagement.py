"""The pages of consultations and messages in a real browser: at both widths, with nothing that axe finds wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse

from tests.web import engagement_messages
from tests.web.browser.test_pages import OVERFLOW
from tests.web.engagement_office import along_the_way, commented
from tests.web.people import browser
from tests.web.publications_office import office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(transactional_db):  # noqa: ARG001 - the server's threads see only what is committed
    made = office()
    found = along_the_way(made.county, {role: made.by(role) for role in ("clerk", "approver")})
    commented(found["open"], "建议在每个小区门口增设投放点，并在夜间照明。" * 6)
    written = engagement_messages.along_the_way(
        made.county, {role: made.by(role) for role in ("clerk", "approver")}, made.town
    )
    engagement_messages.came(written["waiting"], 120)
    clerk, approver = (browser(made.people[role], address="127.0.0.1") for role in ("clerk", "approver"))
    keys = {state: one.key for state, one in found.items()}

    def at(name, *given):
        return reverse(f"engagement:{name}", args=given)

    return {
        "clerk": (clerk.cookies["sessionid"].value, {
            "list": at("consultations"), "new": at("consultation_new"), "draft": at("consultation", keys["draft"]),
            "edit": at("consultation_edit", keys["draft"]), "open": at("consultation", keys["open"]),
            "comments": at("consultation_comments", keys["open"]), "summary": at("consultation_summary", keys["open"]),
            "messages": at("messages"), "message": at("message", written["waiting"].key),
                "message open": at("message", written["open"].key), "message withdrawn": at("message", written["withdrawn"].key),
                "message desk": at("message_desk", made.county.key), "summarised": at("consultation_summary", keys["summarised"]),
        }),
        "approver": (approver.cookies["sessionid"].value, {
            "asked": at("consultation", keys["asked"]), "message asked": at("message", written["asked"].key), "open to extend": at("consultation", keys["open"]),
        }),
        "": ("", {
            "public messages": at("public_messages"), "public message": at("public_message", written["open"].key),
                "write": at("write"), "follow": at("follow"), "statistics": at("message_statistics"), "public list": at("public_consultations"), "public open": at("public_consultation", keys["open"]),
            "public summarised": at("public_consultation", keys["summarised"]), "form": at("comment", keys["open"]),
            "no form": at("comment", keys["summarised"]),
            "public comment": at("public_comment", keys["summarised"], found["summarised"].comments.get().key),
        }),
    }  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_fault(pages, chromium, live_server, axe, width):
    wrong, looked = {}, 0
    for who, (session, addresses) in pages.items():
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, base_url=live_server.url, reduced_motion="reduce"
        )
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        for name, address in addresses.items():
            answer = page.goto(address)
            assert answer.status == 200, (who, name)
            found = [*axe(page), *page.evaluate(OVERFLOW)]
            looked += 1
            if found:
                wrong[who, name] = found
            if folder := os.environ.get("GONGKAI_TEST_PICTURES"):
                page.screenshot(path=Path(folder) / f"{name} {width}.png", full_page=True)
        context.close()
    print(f"{looked} pages at {width}")
    assert looked == 27
    assert wrong == {}


def test_somebody_comments_by_the_keyboard_alone(pages, chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce")
    page = context.new_page()
    page.goto(pages[""][1]["form"])
    page.get_by_label("您的意见").focus()
    page.keyboard.type("建议增设投放点。")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.get_by_label("公布意见时，同意公布上面的姓名或者单位名称").is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "提交意见", (
        "the field for programs is passed over"
    )
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="第").wait_for()
    assert "已经收到意见" in page.content()
    context.close()
