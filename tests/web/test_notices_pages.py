"""The page of notices: everybody sees the own ones only, and going to a matter marks its notice as read."""

import pytest
from django.urls import reverse

from gongkai.web.notices import actions, queries
from tests.web.people import browser, person

pytestmark = pytest.mark.django_db


def test_a_person_sees_the_own_notices_and_goes_to_the_matter():
    mine, other = person("mine"), person("other")
    notice = actions.notify(mine.key, "上传的年度报告已全部读取", cause="a", address="/office/reports/")
    page = browser(mine).get(reverse("notices:list")).content.decode()
    assert "上传的年度报告已全部读取" in page
    assert "未读" in page
    assert "没有通知" in browser(other).get(reverse("notices:list")).content.decode()
    assert browser(other).post(reverse("notices:go", args=[notice.key])).status_code == 404
    answer = browser(mine).post(reverse("notices:go", args=[notice.key]))
    assert (answer.status_code, answer["Location"]) == (302, "/office/reports/")
    assert queries.unread(mine) == 0


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_a_notice_leads_nowhere_else(address):
    mine = person("mine")
    notice = actions.notify(mine.key, "通知", cause="a", address=address)
    assert browser(mine).post(reverse("notices:go", args=[notice.key]))["Location"] == reverse("notices:list")


def test_nobody_sees_notices_without_signing_in():
    assert browser().get(reverse("notices:list")).status_code == 302
