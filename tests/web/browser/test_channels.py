"""The pages of channels in a real browser: at both widths, with nothing that axe finds wrong."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.publications.channels import actions
from gongkai.web.publications.channels.evidence import Line, Photo
from tests.web.browser.test_pages import OVERFLOW
from tests.web.channel_lists import book, brought, taken, wechat
from tests.web.channels_office import LINE, LINK, SINCE, closed, opened, shown
from tests.web.gate.containers import picture
from tests.web.people import browser
from tests.web.publications_office import do, office, released

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(transactional_db):  # noqa: ARG001 - the server's threads see only what is committed
    made = office()
    clerk, today = made.by("clerk"), timezone.localdate()
    wechat_ = opened(made.county, clerk, name="样例县政务微信公众号", address="样例县发布")
    board = opened(made.county, clerk, "notice_board", "样例县政务服务大厅一楼信息公告栏", address="样例路1号")
    old = opened(made.county, clerk, "radio", "样例广播站")
    closed(old, clerk, date(2023, 1, 1))
    document, withdrawn = released(made), released(made, title="已撤下的办法", number="样政规〔2026〕2号")
    actions.show(document, on={wechat_: LINK, board: ""}, shown_on=today, line=LINE, by=clerk)
    actions.show(withdrawn, on={wechat_: f"{LINK}?2"}, shown_on=today, by=clerk)
    do(made, "withdraw", withdrawn, "clerk", reason="有误")
    entry = shown(board, clerk, day=today, line=Line(), photo=Photo(picture(), "照片.jpg"))
    struck = shown(board, clerk, title="重复的信息", day=today)
    actions.strike_showing(struck, reason="重复录入", by=clerk, seen=1)
    rows = [wechat(1), wechat(2, 文章标题=""), wechat(3, 群发时间="昨天")]
    given = brought(book(rows), wechat_, clerk)
    done = taken(brought(book([wechat(4), wechat(5)]), wechat_, clerk), clerk)
    client = browser(made.people["clerk"], address="127.0.0.1")

    def at(name, *given, **asked):
        return reverse(name, args=given) + "".join(f"?{key}={value}" for key, value in asked.items())

    return client.cookies["sessionid"].value, {
        "list": at("channels:list"),
        "new": at("channels:new"),
        "one": at("channels:one", board.key),
        "closed": at("channels:one", old.key),
        "showing": at("channels:showing", entry.key),
        "struck": at("channels:showing", struck.key),
        "tick": at("channels:document", document.key),
        "bring": at("channels:bring", wechat_.key),
        "import": at("channels:import", given.key),
        "taken": at("channels:import", done.key),
        "counts": at("channels:counts"),
        "no counts": at("channels:counts", until=SINCE.isoformat()),
        "showings": at("channels:showings"),
        "document": at("publications:one", document.key),
        "withdrawn": at("publications:one", withdrawn.key),
        "public document": at("publications:public_one", document.key),
        "public agency": at("portal:agency", made.county.key),
    }


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_the_channels_has_a_fault(pages, chromium, live_server, axe, width):
    session, addresses = pages
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, base_url=live_server.url, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page, wrong = context.new_page(), {}
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer.status == (422 if name == "no counts" else 200), name
        found = [*axe(page), *page.evaluate(OVERFLOW)]
        if found:
            wrong[name] = found
        if folder := os.environ.get("GONGKAI_TEST_PICTURES"):
            page.screenshot(path=Path(folder) / f"channels {name} {width}.png", full_page=True)
    context.close()
    assert wrong == {}
