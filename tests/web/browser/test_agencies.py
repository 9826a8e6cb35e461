"""The pages of agencies in a real browser: nothing that axe finds, nothing cut on a phone, branches opened in place."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from gongkai.web.audit.actor import SYSTEM
from gongkai.web.demo.county import agencies, make_demo
from tests.web.browser.county import agency
from tests.web.people import browser, person

pytestmark = pytest.mark.django_db(transaction=True)
OF_ONE = (
    "one",
    "below",
    "guide",
    "site",
    "people",
    "history",
    "rename",
    "recode",
    "move",
    "dissolve",
    "put_in_charge",
)
WHOLE = ("tree", "found", "import")


@pytest.fixture
def office(transactional_db, open_page, live_server):  # noqa: ARG001 - the server's threads see what is committed
    """Open a page as the system administrator."""
    county = make_demo(SYSTEM)
    agency("示范县教育招生站", "field_office", "county", agencies()["示范县教育局"])
    cookie = browser(person("system", administrator="system")).cookies["sessionid"].value
    host = urlsplit(live_server.url).hostname
    given = {"name": "sessionid", "value": cookie, "domain": host, "path": "/", "expires": -1, "httpOnly": True}
    state = {"cookies": [{**given, "secure": False, "sameSite": "Lax"}], "origins": []}

    def opened(name, width):
        address = reverse(f"agencies:{name}", args=() if name in WHOLE else [county.key])
        return open_page(address, width, storage_state=state)

    return opened


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_agencies_has_anything_that_axe_finds_or_is_cut(office, axe, width):
    looked = 0
    for name in (*WHOLE, *OF_ONE):
        page = office(name, width)
        assert "sign-in" not in page.url
        assert page.locator("h1").count() == 1, name
        assert axe(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        looked += 1
        page.context.close()
    assert looked == 14


def test_a_branch_opens_in_place_by_keyboard(office):
    page = office("tree", 1280)
    page.get_by_role("link", name="示范县教育局", exact=True).wait_for()
    assert page.get_by_text("示范县教育招生站").count() == 0
    page.get_by_role("link", name="下级机关：示范县教育局", exact=True).press("Enter")
    page.get_by_role("link", name="示范县教育招生站").wait_for()
    assert page.url.endswith("/office/agencies/")
