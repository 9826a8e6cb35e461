"""The pages of the registers in a real browser: at both widths, with nothing that axe finds wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse

from tests.web.browser.test_pages import OVERFLOW
from tests.web.people import browser
from tests.web.registers_office import imported, rows
from tests.web.reports_office import office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(transactional_db):  # noqa: ARG001 - the server's threads see only what is committed
    found = office()
    made = {f"{row._meta.model_name} {row.publicity}": row.key for row in rows(found.county)}
    given = imported(found.county)
    client = browser(found.clerk, address="127.0.0.1")

    def at(name, *given, **asked):
        return reverse(f"registers:{name}", args=given) + "".join(f"?{key}={value}" for key, value in asked.items())

    return client.cookies["sessionid"].value, {
        "home": at("home", year=2024),
        "list": at("list", "decisions"),
        "empty": at("list", "decisions", words="月球"),
        "new": at("new", "decisions"),
        "one": at("one", "decisions", made["decision withheld"]),
        "document": at("one", "documents", made["rule open"]),
        "enforcement": at("enforcement", year=2024),
        "bring": at("bring", "decisions"),
        "import": at("import", given.key),
        "public home": at("public_home"),
        "public list": at("public_list", "decisions"),
        "public one": at("public_one", "decisions", made["decision open"]),
        "public charges": at("public_list", "charges"),
        "lists": at("list", "services"),
        "list of budgets": at("list", "budgets", year=2021),
        "new guide": at("new", "services"),
        "new budget": at("new", "budgets"),
        "guide": at("one", "services", made["service open"]),
        "subsidy": at("one", "subsidies", made["subsidy open"]),
        "public guides": at("public_list", "services"),
        "public guide": at("public_one", "services", made["service open"]),
        "public subsidies": at("public_list", "subsidies"),
        "public projects": at("public_list", "projects", stage="building"),
        "public posts": at("public_list", "posts", words="月球"),
        "agency": reverse("portal:agency", args=[found.county.key]),
    }


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_the_registers_has_a_fault(pages, chromium, live_server, axe, width):
    session, addresses = pages
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, base_url=live_server.url, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page, wrong = context.new_page(), {}
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer.status == 200, name
        found = [*axe(page), *page.evaluate(OVERFLOW)]
        if found:
            wrong[name] = found
        if folder := os.environ.get("GONGKAI_TEST_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name} {width}.png", full_page=True)
    context.close()
    print(f"{len(addresses)} pages at {width}")
    assert wrong == {}
