"""The pages of what offices must publish in a real browser: at both widths, with nothing that axe finds wrong."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.publications.duties import actions, queries
from tests.web.browser.test_pages import OVERFLOW
from tests.web.people import browser
from tests.web.publications_office import do, drafted, office, released

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(1)


@pytest.fixture
def pages(transactional_db):  # noqa: ARG001 - the server's threads see only what is committed
    made, today = office(), timezone.localdate()
    clerk = made.by("clerk")
    actions.adopt(made.county, proactive=["charges", "organisation", "statistics"], by=clerk)

    def item(second, **given):
        values = {
            "catalogue": "grassroots",
            "field": "social_assistance",
            "first": "低保",
            "since": today - 100 * DAY,
            **given,
        }
        return actions.add(agency=made.county, by=clerk, second=second, content="对象姓名、保障金额", **values)

    monthly, event = item("低保对象名单", timing="monthly"), item("低保审批结果", timing="event")
    retired = item("低保户数", timing="standing")
    actions.retire(retired, reason="并入低保对象名单", by=clerk, seen=1)
    document = released(made)
    bound = actions.bind(monthly, document=drafted(made, title="登记错的"), by=clerk, period=_first(monthly))
    actions.unbind(bound, reason="登记错了", by=clerk, seen=1)
    actions.bind(monthly, document=document, by=clerk, period=_first(monthly))
    actions.bind(event, document=drafted(made, title="还没公开的", formed_on=today - 60 * DAY), by=clerk)
    actions.add(
        agency=made.town, by=made.by("stranger"), catalogue="own", first="村级财务", timing="quarterly", since=today - 100 * DAY
    )  # fmt: skip
    listed = drafted(made, title="低保对象公示", persons=True, shown_until=today + 7 * DAY)
    do(made, "assess", listed, "clerk", assessed_on=today, purpose="依法公示", impact="风险低", measures="期满撤下")

    def at(name, *given, **asked):
        return reverse(f"publications:{name}", args=given) + "".join(
            f"?{key}={value}" for key, value in asked.items()
        )

    client = browser(made.people["clerk"], address="127.0.0.1")
    return client.cookies["sessionid"].value, {
        "list": at("duties"),
        "late": at("duties", state="late"),
        "empty": at("duties", words="月球"),
        "adopt": at("duties_adopt"),
        "new": at("duty_new"),
        "monthly": at("duty", monthly.key),
        "event": at("duty", event.key),
        "retired": at("duty", retired.key),
        "edit": at("duty_edit", monthly.key),
        "draft": at("new"),
        "list of persons": at("one", listed.key),
        "public": at("public_catalogue", made.county.key),
        "public empty": at("public_catalogue", made.town.key),
    }


def _first(duty):
    return date.fromisoformat(queries.periods(duty)[-1][0])


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_what_must_be_published_has_a_fault(pages, chromium, live_server, axe, width):
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
