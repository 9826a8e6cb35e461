"""The page of the interface and the pages of tokens in a real browser: at both widths, without anything that keeps one out."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.web.accounts import actions
from tests.web.browser.test_accounts import lend_session, wrong_with
from tests.web.people import browser, person


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_of_the_interface_keeps_nobody_out(width, made, open_page, axe):
    del made
    page = open_page(reverse("api:about"), width)
    for opened in page.locator("details > summary").all()[:3]:
        opened.click()
    assert wrong_with(page, axe) == []
    assert page.locator("pre").count() > 20


@pytest.mark.parametrize("width", [1280, 390])
def test_a_person_makes_a_token_uses_it_and_ends_it(width, made, open_page, axe, live_server):
    del made
    somebody = person("zhang.min", name="张敏")
    actions.make_token(somebody, "去年的脚本", scope="read", days=7)
    page, wrong = open_page("/", width), []
    lend_session(page, browser(somebody), live_server)
    page.goto(reverse("accounts:mine"))
    page.get_by_role("link", name="接口令牌").click()
    wrong += wrong_with(page, axe)
    page.get_by_role("link", name="新建令牌").click()
    wrong += wrong_with(page, axe)
    page.get_by_label("用途").fill("年报汇总脚本")
    page.get_by_label("权限").select_option("write")
    page.get_by_role("button", name="新建").click()
    page.get_by_role("heading", name="保存令牌").wait_for()
    wrong += wrong_with(page, axe)
    written = page.locator("#token").input_value()
    assert written in page.locator("pre").inner_text()
    asked = Client(HTTP_AUTHORIZATION=f"Bearer {written}")
    assert asked.get(reverse("api:me")).json()["name"] == "张敏"
    page.get_by_role("link", name="已保存，继续").click()
    page.get_by_role("button", name=re.compile("作废.*年报汇总脚本")).click()
    page.get_by_text("令牌“年报汇总脚本”已作废。").wait_for()
    wrong += wrong_with(page, axe)
    assert asked.get(reverse("api:me")).status_code == 401
    assert wrong == []
