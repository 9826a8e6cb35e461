"""Every page of the site in a real browser, on the demonstration county: axe, both widths, contrast, type, paper."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.web.accounts import tokens
from gongkai.web.accounts.models import User
from gongkai.web.demo import county, people
from gongkai.web.portal.sitemaps import SITEMAPS
from gongkai.web.publications.models import Document
from gongkai.web.reports import actions
from gongkai.web.reports.models import Report
from tests.web.browser.addresses import crawl, declared
from tests.web.browser.conftest import AXE, PATIENCE
from tests.web.browser.demonstration import demonstration, of
from tests.web.browser.test_pages import OVERFLOW
from tests.web.people import browser
from tests.web.registers_office import imported, rows
from tests.web.reports_office import SAMPLES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1500)]
ROLES = (
    "", "office.clerk", "office.reviewer", "office.secrecy_reviewer", "office.approver", "office.supervisor", "beiling.clerk", "beiling.approver", "nantang.clerk", "system", "security", "audit",
)  # fmt: skip
AWAITED = {
    "office.reviewer": "first_review", "office.secrecy_reviewer": "secrecy_review", "office.approver": "approval",
}  # fmt: skip
"""Whose step a document of the county awaits, and which step that is."""
BY_FLOW = {"accounts:invitation", "accounts:code", "accounts:set_up", "accounts:recovery_codes", "accounts:confirm"}
"""Pages that one comes to in the midst of something; the walk by keyboard and the tests of accounts look at them."""
NO_PAGES = {"accounts:office"}
ANSWERS_DATA = re.compile("api:(?!about$)")
"""The interface for programs, which has no pages but the one that describes it."""
COLOUR = "{runOnly: ['color-contrast', 'link-in-text-block']}"
CUT_OFF = OVERFLOW.replace("!e.closest('", "!e.closest('.sheet-scroll, .table-wrap, ")
"""What stands out of the window, tables aside that scroll in a region of their own."""
WIDE = "() => document.documentElement.scrollWidth > innerWidth"

SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Drawings follow the width of their area in the frame after it."""


def test_every_page_for_everybody(transactional_db, chromium, live_server, capsys):  # noqa: ARG001 - the server's threads see what is committed
    demonstration()
    prepared()
    found = []
    clients = {role: browser(of(role) if role else None, address="127.0.0.1") for role in ROLES}
    for role, client in clients.items():
        found += crawl(client, role, starts(role, client))
    broken = [one for one in found if one.status >= 500]
    assert broken == []
    reached = {one.kind[0] for one in found if one.status < 400 or one.status == 405}
    unseen = {name for name in declared() - reached - BY_FLOW - NO_PAGES if not ANSWERS_DATA.match(name)}
    assert sorted(unseen) == []
    pages = {}
    for one in found:
        if one.html:
            pages.setdefault(one.kind, one)
    walk = Walk(chromium, live_server, clients)
    for one in pages.values():
        walk.look(one)
    walk.close()
    with capsys.disabled():
        print(
            f"\n{len(pages)} pages of {len(declared())} addresses walked, {walk.looks} looks, {walk.rules} rules passed"
        )
    if walk.wrong:
        pytest.fail("\n".join(f"{where}: {what}" for where, found in walk.wrong.items() for what in found))
    assert len(pages) > 50
    assert walk.looks == 6 * len(pages)


def starts(role, client):
    """Where somebody begins: the first pages, and records in a state in which other things can be done with them."""
    first = ["/", *(["/office/", "/office/agencies/", "/office/account/"] if role else [])]
    if role == "":
        section = reverse("portal:sitemap_section", args=[next(iter(SITEMAPS))])
        machines = ["/robots.txt", "/health", "/metrics", "/sitemap.xml", section]
        return [*first, "/reports/", *machines, reverse("accounts:sign_in")]
    if role in AWAITED:
        return [*first, reverse("publications:one", args=[Document.objects.get(awaits=AWAITED[role]).key])]
    if role == "office.supervisor":
        return [*first, reverse("agencies:below", args=[county.agencies()[county.COUNTY].key])]
    if role == "beiling.approver":
        return [*first, reverse("reports:one", args=[Report.objects.get(state="draft", agency__isnull=False).key])]
    if role == "nantang.clerk":
        return [*first, reverse("reports:one", args=[Report.objects.filter(waivers__isnull=False).first().key])]
    if role == "system":
        return [*first, brought_in(client), reverse("accounts:person", args=[User.objects.get(is_active=False).key])]
    if role == "security":
        return [*first, reverse("accounts:person", args=[of("audit").key])]
    return first


def brought_in(client):
    """A table of agencies that was uploaded and is looked through before it is taken in."""
    sheet = client.get(reverse("agencies:export")).getvalue()
    answer = client.post(reverse("agencies:import"), {"file": SimpleUploadedFile("agencies.xlsx", sheet)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def prepared():
    """A batch that nobody has read yet, an explanation that can be taken back, rows of every register, a sheet of some more."""
    tokens.issue(of("office.clerk"), "年报汇总脚本", "read", 30)
    draft = Report.objects.get(state="draft", agency__isnull=False)
    clerk = people.who_acts(draft.keeper, "clerk")
    actions.waive(draft, finding=1, reason="原件如此。", by=clerk, seen=draft.version)
    agency = county.agencies()["示范县人民政府办公室"]
    rows(agency)
    imported(agency, people.who_acts(agency, "clerk"))
    given = [("2023.txt", SAMPLES["2022-pingchangguan.txt"])]
    actions.upload(given, keeper=agency, by=people.who_acts(agency, "clerk"))


class Walk:
    """Windows of every role; what is wrong is kept by page and way of looking."""

    def __init__(self, chromium, live_server, clients):
        self.wrong, self.looks, self.rules = {}, 0, 0
        self._complaints, self._script = [], AXE.read_text(encoding="utf-8")
        self._host = urlsplit(live_server.url).netloc
        self._pages = {role: self._window(chromium, live_server, client) for role, client in clients.items()}

    def _window(self, chromium, live_server, client):
        # Without motion: a colour half way from one to the other is no finding.
        context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce")
        if "sessionid" in client.cookies:
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
            )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: self._complain(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._complain(str(error)))
        page.on("request", lambda asked: self._complain(asked.url) if self._foreign(asked.url) else None)
        return page

    def _foreign(self, url):
        return urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).netloc != self._host

    def _complain(self, what):
        self._complaints.append(what)

    def look(self, one):
        page = self._pages[one.role]
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(one.address)
            assert answer.status == 200, one
            self._note(one, f"{width}", [*self._axe(page), *page.evaluate(CUT_OFF), *self._sideways(page)])
        page.set_viewport_size({"width": 320, "height": 900})
        page.evaluate(SETTLED)
        self._note(one, "320", self._sideways(page))
        page.evaluate("document.documentElement.dataset.size = '3'")
        page.evaluate(SETTLED)
        self._note(one, "largest type", [*page.evaluate(CUT_OFF), *self._sideways(page)])
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate(
            "delete document.documentElement.dataset.size; document.documentElement.dataset.contrast = 'high'"
        )
        self._note(one, "high contrast", self._axe(page, COLOUR))
        page.evaluate("delete document.documentElement.dataset.contrast")
        page.emulate_media(media="print")
        self._note(one, "paper", self._axe(page, COLOUR))
        page.emulate_media(media="screen")

    def _note(self, one, way, wrong):
        self.looks += 1
        wrong = [*wrong, *self._complaints]
        self._complaints.clear()
        if wrong:
            self.wrong[" ".join(one.kind), one.role, one.address, way] = wrong

    def _axe(self, page, options="{}"):
        page.evaluate(self._script)
        found = page.evaluate(f"() => axe.run(document, {{resultTypes: ['violations'], ...{options}}})")
        self.rules += len(found["passes"])
        return [
            (violation["id"], node["html"][:200], node["failureSummary"][:300])
            for violation in found["violations"]
            for node in violation["nodes"][:3]
        ]

    def _sideways(self, page):
        return ["scrolls sideways"] if page.evaluate(WIDE) else []

    def close(self):
        for page in self._pages.values():
            page.context.close()
