"""Nobody who comes with a browser meets an empty page: an address that only takes a form leads to the page of the form."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.web.accounts.led_back import LedBack
from gongkai.web.accounts.sessions import CONFIRMED, SEEN
from gongkai.web.reports.models import Report
from tests.web import reports_office
from tests.web.people import PASSWORD, browser, code
from tests.web.permissions import addresses, world
from tests.web.permissions.asking import visitors
from tests.web.permissions.expected import rows

pytestmark = pytest.mark.django_db
HTML = "text/html,application/xhtml+xml,*/*;q=0.8"
PEOPLE = ("nobody", "clerk own", "approver own", "system", "security")


def test_no_address_gives_a_browser_an_empty_page(record_property):
    made = world.make()
    kwargs, asked = addresses.given(made), addresses.asked(made)
    seen = {"led back": 0, "a page that says so": 0, "refused in Chinese": 0, "other": 0}
    for visitor in visitors(made, PEOPLE):
        for name, row in sorted(rows().items()):
            if name.startswith("api:"):
                continue
            path = addresses.path(name, kwargs.get(name, {}))
            for method in ("GET", "PUT"):
                if method == "GET" and "GET" in row.methods():
                    continue
                answer = visitor.ask(method, path, query=asked.get(name), Accept=HTML)
                where = (visitor.who.label, method, name)
                if answer.status == 303:
                    assert path.startswith(answer.headers["Location"]), where
                    seen["led back"] += 1
                elif answer.status == 405:
                    assert "这个地址不能这样打开" in answer.content.decode(), where
                    assert answer.headers["Allow"], where
                    seen["a page that says so"] += 1
                elif answer.status in (403, 404):
                    assert "<h1>" in answer.content.decode(), where
                    seen["refused in Chinese"] += 1
                else:
                    assert answer.status == 302, where
                    seen["other"] += 1
    record_property("counted", {f"browsers: {kind}": count for kind, count in seen.items()})
    assert min(seen.values()) > 20, seen


def test_the_way_back_ends_at_a_page_that_says_that_nothing_was_done():
    made = reports_office.office()
    report = reports_office.read(made)
    page = browser(made.clerk).get(
        reverse("reports:confirm", args=[report.key]), follow=True, headers={"Accept": HTML}
    )
    assert [step[0] for step in page.redirect_chain] == [reverse("reports:one", args=[report.key])]
    assert page.redirect_chain[0][1] == 303
    assert "刚才没有办理，也没有保存什么" in page.content.decode()


def test_a_program_gets_the_bare_answer():
    made = reports_office.office()
    report = reports_office.read(made)
    for accept in ("application/json", "*/*", ""):
        answer = browser(made.clerk).get(reverse("reports:confirm", args=[report.key]), headers={"Accept": accept})
        assert (answer.status_code, answer.content) == (405, b"")


def test_what_was_sent_after_the_session_ended_is_not_saved_and_leads_back_to_its_page():
    made = reports_office.office()
    report = reports_office.read(made)
    page, act = (reverse(f"reports:{name}", args=[report.key]) for name in ("one", "waive"))
    client = browser(made.clerk)
    session = client.session
    session[SEEN] -= 24 * 3600
    session.save()
    form = {"seen": report.version, "finding": 1, "reason": "原文如此"}
    stands_on = f"{page}?waive=1"
    answer = client.post(act, form, headers={"Accept": HTML, "Referer": f"http://testserver{stands_on}"}, follow=True)
    text = answer.content.decode()
    assert "刚才提交的内容没有保存" in text
    assert not Report.objects.get(pk=report.pk).waivers.exists()
    client.post(answer.redirect_chain[-1][0], {"login": made.clerk.login, "password": PASSWORD, "next": stands_on})
    type(made.clerk).objects.update(totp_step=0)
    came = client.post(reverse("accounts:code"), {"code": code(made.clerk)})
    assert came["Location"] == stands_on


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/office/reports/", "javascript:alert(1)"])
def test_a_foreign_page_is_no_way_back(referer):
    made = reports_office.office()
    report = reports_office.read(made)
    act = reverse("reports:waive", args=[report.key])
    answer = Client().post(act, {}, headers={"Referer": referer} if referer else {})
    assert answer["Location"] == f"{reverse('accounts:sign_in')}?next={act}"


def test_who_is_asked_for_a_code_before_an_act_learns_that_it_was_not_done():
    made = reports_office.office()
    client = browser(made.clerk)
    session = client.session
    session[CONFIRMED] -= 3600
    session.save()
    page = client.post(reverse("accounts:recovery_codes"), headers={"Accept": HTML}, follow=True)
    assert "刚才的操作还没有办理" in page.content.decode()


def test_without_the_way_back_the_page_is_empty(monkeypatch):
    """The control: what the test above finds is made by the way back."""
    monkeypatch.setattr(LedBack, "__call__", lambda self, request: self.get_response(request))
    made = reports_office.office()
    report = reports_office.read(made)
    answer = browser(made.clerk).get(reverse("reports:confirm", args=[report.key]), headers={"Accept": HTML})
    assert (answer.status_code, answer.content) == (405, b"")


def test_a_refusal_in_the_office_stands_in_the_frame_of_the_office_with_the_unread_notices():
    made = reports_office.office()
    reports_office.read(made)
    text = browser(made.clerk).get(reverse("accounts:people")).content.decode()
    assert "不能打开这个页面" in text
    assert "信息公开工作台" in text
    assert '<span class="count">1<span class="visually-hidden">件</span></span>' in text
    gone = browser(made.clerk).get("/office/no-such-page/").content.decode()
    assert "信息公开工作台" in gone
    public = browser().get("/office/no-such-page/").content.decode()
    assert "政府信息公开专栏" in public
    assert "信息公开工作台" not in public
