"""The main ways through the site by keys alone: coming in, uploading, correcting, publishing, reading, the toolbar."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.web.accounts.models import User
from gongkai.web.reports.models import Correction, Report
from tests.web.browser.keys import Keys
from tests.web.people import PASSWORD, code
from tests.web.reports_office import MADE_UP, SAMPLES, office, sweep

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


@pytest.fixture
def made(transactional_db):  # noqa: ARG001 - the server's threads see only what is committed
    return office()


def come_in(open_page, user):
    """Sign in by keys: login, password, one-time code."""
    User.objects.filter(pk=user.pk).update(totp_step=0)
    page = open_page(reverse("accounts:sign_in"), reduced_motion="reduce")
    keys = Keys(page).to("登录名").type(user.login).to("密码").type(PASSWORD).go()
    page.get_by_label("动态口令").wait_for()
    if keys.stand()["tag"] != "INPUT":
        keys.to("动态口令")
    keys.type(code(user)).go()
    return Keys(page)


def test_a_report_is_uploaded_corrected_and_published_by_keys(made, open_page, tmp_path):
    (tmp_path / MADE_UP).write_bytes(SAMPLES[MADE_UP])
    clerk = come_in(open_page, made.clerk)
    page = clerk.page
    page.keyboard.press("Tab")
    assert clerk.stand()["said"] == "跳到正文"
    clerk.enter()
    assert page.evaluate("document.activeElement.id") == "content"
    clerk.to("年度报告", back=True).go()
    clerk.to("上传报告").go()
    clerk.to("报告文件", "INPUT")
    # The window in which one chooses files is the browser's own, and by keys too.
    page.set_input_files("#files", str(tmp_path / MADE_UP))
    clerk.to("上传", "BUTTON").go()
    assert sweep() == 1
    page.reload()
    clerk.to(MADE_UP, "A").go()
    page.get_by_role("heading", name="读出的表格").wait_for()
    clerk.to("报告机关", "SELECT")
    page.keyboard.press("ArrowDown")
    clerk.to("确认", "BUTTON").go()
    report = Report.objects.get()
    assert report.agency == made.town
    clerk.to("更正 1.本机关不掌握相关政府信息·自然人", "A").go()
    page.get_by_role("heading", name="更正读数").wait_for()
    clerk.to("原文印的数", "INPUT").type("2").to("理由").type("原文印的是2，读成了5").to("更正", "BUTTON").go()
    page.get_by_text("更正过的读数").wait_for()
    assert Correction.objects.get().value == "2"
    clerk.to("说明原因", "A").go()
    clerk.to("说明", "TEXTAREA").type("原件如此").to("记下说明", "BUTTON").go()
    page.get_by_text("已记下的说明").wait_for()
    approver = come_in(open_page, made.approver)
    approver.page.goto(reverse("reports:one", args=[report.key]))
    approver.to("发布", "BUTTON").go()
    approver.page.get_by_text("已发布").first.wait_for()
    assert Report.objects.get().state == "published"
    reader = Keys(open_page("/", reduced_motion="reduce"))
    reader.to("样例县青石镇人民政府2024年", "A").go()
    reader.to("核对结果第", "A").enter()
    assert reader.page.evaluate("location.hash").startswith("#f-")
    assert [keys.unseen for keys in (clerk, approver, reader)] == [[], [], []]
    assert sum(keys.stops for keys in (clerk, approver, reader)) > 60


def test_the_toolbar_is_set_by_keys_and_remembered(made, open_page):  # noqa: ARG001
    keys = Keys(open_page("/", reduced_motion="reduce"))
    keys.to("特大", "BUTTON").enter().to("高对比度", "BUTTON")
    keys.page.keyboard.press("Space")
    look = "() => [getComputedStyle(document.body).fontSize, getComputedStyle(document.body).backgroundColor]"
    assert keys.page.evaluate(look) == ["22px", "rgb(0, 0, 0)"]
    keys.page.reload()
    assert keys.page.evaluate(look) == ["22px", "rgb(0, 0, 0)"]
    assert keys.unseen == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_order_of_the_focus_is_that_of_the_page_and_nothing_catches_it(made, open_page, width):  # noqa: ARG001
    keys, order = Keys(open_page("/", width, reduced_motion="reduce")), []
    for _ in range(200):
        keys.page.keyboard.press("Tab")
        found = keys.stand()
        if found["tag"] == "BODY":
            break
        order.append(found["at"])
    assert found["tag"] == "BODY"
    assert len(order) > 15
    assert order == sorted(order)
    assert keys.unseen == []
