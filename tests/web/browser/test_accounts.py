"""Coming in, accounts and the audit in a real browser: by keyboard, at both widths, without anything that keeps one out."""

from __future__ import annotations

import pyotp
import pytest
from django.urls import reverse

from gongkai.web.accounts import actions
from gongkai.web.accounts.models import User
from tests.web.browser.test_pages import OVERFLOW
from tests.web.people import PASSWORD, browser, person


def at(name, *args):
    return reverse(f"accounts:{name}", args=args)


def wrong_with(page, axe):
    found = [*axe(page), *page.evaluate(OVERFLOW)]
    if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    return found


def lend_session(page, client, live_server):
    """Let a page go on in the session that a test's client has begun."""
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def test_a_person_with_a_link_comes_in_by_keyboard_alone(made, open_page, axe):
    del made
    token = actions.first_links()["system"].token
    page, wrong = open_page(at("invitation", token), 390), []
    wrong += wrong_with(page, axe)
    for label, written in (("姓名", "周恩铭"), ("密码", PASSWORD), ("再输入一次密码", PASSWORD)):
        page.get_by_label(label, exact=False).first.focus() if label == "姓名" else page.keyboard.press("Tab")
        page.keyboard.type(written)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{at('set_up')}")
    wrong += wrong_with(page, axe)
    secret = page.locator("code").inner_text()
    page.get_by_label("动态口令").focus()
    page.keyboard.type(pyotp.TOTP(secret).now())
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="保存备用码").wait_for()
    wrong += wrong_with(page, axe)
    page.get_by_role("link", name="已保存，继续").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{at('mine')}")
    assert wrong == []
    assert User.objects.get(administrator="system").name == "周恩铭"


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_accounts_and_audit_keeps_anybody_out(width, made, open_page, axe, live_server):
    del made
    somebody = person("zhang.min", name="张敏")
    pages = {
        "system": ["mine", "password", "confirm", "people", "new", "person"],
        "security": ["people", "person"],
        "audit": ["mine", "audit"],
    }
    wrong, seen = {}, 0
    for kind, names in pages.items():
        page = open_page(at("sign_in"), width)
        lend_session(page, browser(person(kind, administrator=kind), address="127.0.0.1"), live_server)
        for name in names:
            page.goto(at(name, *([somebody.key] if name == "person" else [])))
            if found := wrong_with(page, axe):
                wrong[kind, name] = found
            seen += 1
        if kind == "audit":
            page.get_by_role("button", name="校验全部链").click()
            page.get_by_role("heading", name="校验结果").wait_for()
            if found := wrong_with(page, axe):
                wrong["verdict"] = found
    assert seen == 10
    assert wrong == {}


def test_what_is_wrong_is_said_first_and_leads_to_its_field(made, chromium, axe, live_server):
    del made
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto(at("sign_in"))
    page.get_by_label("登录名").fill("nobody")
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert page.evaluate("() => document.activeElement.getAttribute('role')") == "alert"
    assert page.get_by_label("登录名").input_value() == "nobody"
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("() => document.activeElement.id") == "id_password"
    found = wrong_with(page, axe)
    context.close()
    assert found == []
