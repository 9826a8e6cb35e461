"""The public's pages: what they show with and without an agency, what they hide, and what machines read."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.forms import CharField, ChoiceField, Form, RadioSelect
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import get_resolver, reverse

from gongkai.law.catalogues.catalogue import load
from gongkai.web.accounts.models import User
from gongkai.web.agencies.models import Agency, Guide, Name, Site
from gongkai.web.portal import machines
from gongkai.web.portal.templatetags.parts import STATE_ICONS
from tests.web.browser.county import GUIDE, SITE, agency, county, report

pytestmark = pytest.mark.django_db
COLUMNS = ("guide", "rules", "statutory", "annual_reports", "requests")
PLAIN = ("home", "directory", "accessibility", "site_map")
HEADINGS = re.compile(r"<h1[ >]")


def text(client, address, status=200, **headers):
    answer = client.get(address, **headers)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def page(client, name, of=None, status=200):
    return text(client, reverse(f"portal:{name}", args=[of.key] if of else []), status)


def test_without_an_agency_the_site_says_what_to_do(client):
    assert "尚未设置机关" in page(client, "home")
    for name in PLAIN:
        page(client, name)


def test_every_page_has_one_first_heading_the_marks_of_the_site_and_no_script_in_it(client):
    made, seen = county(), 0
    pages = [page(client, name) for name in PLAIN]
    pages += [
        page(client, name, of) for of in (made.government, made.bureau, made.town) for name in ("agency", *COLUMNS)
    ]
    for shown in pages:
        assert len(HEADINGS.findall(shown)) == 1
        assert '<meta name="SiteName" content="示范县人民政府">' in shown
        assert f'<meta name="SiteIDCode" content="{SITE["site_id_code"]}">' in shown
        assert SITE["icp"] in shown
        assert re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=", shown) is None
        seen += 1
    assert seen == 22


def test_the_guide_shows_every_field_that_the_agency_keeps(client):
    shown, seen = page(client, "guide", county().government), 0
    for field, value in GUIDE.items():
        lines = [f"{value.year}年{value.month}月{value.day}日"] if isinstance(value, date) else value.split("\n\n")
        for line in lines:
            assert line in shown, field
            seen += 1
    assert seen == 12
    assert '<meta name="PubDate" content="2026-03-18">' in shown


def test_a_guide_that_is_not_written_or_blank_is_said_to_be_missing(client):
    town = county().town
    assert "公开指南正在编制" in page(client, "guide", town)
    Guide.objects.create(agency=town)
    assert "公开指南正在编制" in page(client, "guide", town)


def test_what_an_office_must_disclose_is_listed_for_its_level(client):
    made = county()
    county_items, town_items = (load("proactive").items_at(level) for level in ("county", "township"))
    assert len(county_items) > 10
    assert len(town_items) > len([item for item in town_items if item in county_items]) > 10
    shown = page(client, "statutory", made.town)
    assert [item.label for item in town_items if item.label not in shown] == []
    only_county = [item.label for item in county_items if item not in town_items]
    assert only_county
    assert [label for label in only_county if f">{label}<" in shown] == []


def test_a_column_that_is_switched_off_is_neither_linked_nor_answered(client):
    government = county().government
    Site.objects.filter(agency=government).update(
        columns={"rules": {"on": False}, "guide": {"label": "怎样找到我们"}}
    )
    home = page(client, "home")
    assert reverse("portal:rules", args=[government.key]) not in home
    assert "怎样找到我们" in home
    page(client, "rules", government, status=404)


def test_an_agency_outside_the_platform_and_an_unknown_key_have_no_page(client):
    county()
    outside = agency("示范市中级法院", "department", "city")
    Agency.objects.filter(pk=outside.pk).update(outside=True)
    seen = 0
    for key in (outside.key, "nobody"):
        for name in ("agency", *COLUMNS, "feed"):
            text(client, reverse(f"portal:{name}", args=[key]), 404)
            seen += 1
    assert seen == 14
    assert outside.key not in page(client, "directory") + text(
        client, reverse("portal:sitemap_section", args=["agencies"])
    )


def test_the_site_speaks_of_an_agency_by_the_name_it_has_today(client):
    town = county().town
    Name.objects.filter(agency=town).update(until=date(2024, 1, 1))
    Name.objects.create(agency=town, name="示范县清河街道办事处", since=date(2024, 1, 1))
    shown = page(client, "agency", town)
    assert "示范县清河街道办事处" in shown
    assert "示范县清河镇人民政府" not in shown


def test_agencies_are_found_by_their_names_and_short_names(client):
    made = county()
    address = reverse("portal:directory")
    for words, expected in (("财政", made.bureau), ("县财政局", made.bureau), ("清河", made.town)):
        shown = text(client, f"{address}?q={words}")
        assert expected.key in shown
        assert made.government.key not in shown.partition("<main")[2].partition("</main>")[0]
    assert "没有找到机关" in text(client, f"{address}?q=月球")
    assert "&lt;b&gt;" in text(client, f"{address}?q=<b>")


def test_the_directory_goes_by_pages_and_says_when_it_does_not_show_all_that_was_asked_for(client):
    made = county()
    for number in range(118):
        agency(f"示范县第{number}站", "department", "county", made.government)
    address, counts = reverse("portal:directory"), []
    for number in (1, 2, 3):
        shown = text(client, f"{address}?page={number}").partition("<main")[2]
        assert re.search(rf'aria-current="page"><span[^>]*>第</span>{number}<', shown)
        counts.append(shown.count('class="aside"'))
    assert counts == [51, 50, 20]
    assert "只列出50个" in text(client, f"{address}?q=示范县第")
    assert "1个" in text(client, f"{address}?q=第117站")


def test_a_page_asks_the_database_no_more_for_many_agencies_than_for_few(client, django_assert_max_num_queries):
    made = county()
    for number in range(80):
        agency(f"示范县第{number}局", "department", "county", made.government)
    for name in ("home", "directory", "site_map"):
        with django_assert_max_num_queries(16):
            page(client, name)


def test_the_guide_of_the_site_costs_few_queries(client, django_assert_max_num_queries):
    government = county().government
    # Its versions, the kept page, the agency with its site and guide, and the writing with its savepoint.
    with django_assert_max_num_queries(9):
        page(client, "guide", government)
    with django_assert_max_num_queries(2):
        page(client, "guide", government)


def test_an_unknown_address_is_answered_in_words_of_the_site(client):
    county()
    assert "没有这个页面" in text(client, "/nowhere", 404)


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_pages_of_failure_need_neither_request_nor_database(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        shown = render_to_string(name)
    assert len(HEADINGS.findall(shown)) == 1


def test_search_engines_are_told_of_the_agencies_and_kept_from_the_office(client):
    made = county()
    robots = text(client, reverse("portal:robots"))
    assert "Disallow: /office/" in robots
    index = ElementTree.fromstring(text(client, reverse("portal:sitemap")))
    found = []
    for place in index.findall(".//{*}loc"):
        listed = ElementTree.fromstring(text(client, place.text.partition("testserver")[2]))
        found += [loc.text.partition("testserver")[2] for loc in listed.findall(".//{*}loc")]
    assert len(found) == len(PLAIN) + 3
    for address in found:
        text(client, address)
    assert reverse("portal:agency", args=[made.town.key]) in found


def test_the_feed_of_annual_reports_is_well_formed_without_reports(client):
    government = county().government
    feed = ElementTree.fromstring(text(client, reverse("portal:feed", args=[government.key])))
    assert feed.findtext("channel/title") == "示范县人民政府 政府信息公开年报"
    assert reverse("portal:feed", args=[government.key]) in page(client, "annual_reports", government)


def test_published_reports_are_listed_by_year_in_the_column_on_the_first_page_in_feed_and_map(client):
    government = county().government
    published = [report(government, year) for year in (2023, 2025, 2024)]
    draft = report(government, 2022, state="draft")
    order = ["2025年", "2024年", "2023年"]
    for shown in (page(client, "annual_reports", government), page(client, "home")):
        content = shown.partition("<main")[2]
        places = [content.index(f"示范县人民政府{year}政府信息公开工作年度报告") for year in order]
        assert places == sorted(places)
        assert "2022年" not in content
    feed = ElementTree.fromstring(text(client, reverse("portal:feed", args=[government.key])))
    assert [item.findtext("title")[7:12] for item in feed.iter("item")] == order
    described = [item.findtext("description") for item in feed.iter("item")]
    assert [said.partition("，")[0] for said in described] == [item.findtext("title") for item in feed.iter("item")]
    assert all(said.endswith("发布") for said in described)
    mapped = text(client, reverse("portal:sitemap_section", args=["reports"]))
    assert [report.key in mapped for report in (*published, draft)] == [True, True, True, False]


def test_health_says_what_works_and_fails_with_what_does_not(client, monkeypatch, settings, tmp_path):
    address = reverse("portal:health")
    assert client.get(address).json() == {"database": "ok", "files": "ok"}
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings.FILES = blocked
    answer = client.get(address)
    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "files": "failed"})

    class Gone:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr(machines, "connection", Gone())
    assert client.get(address).json()["database"] == "failed"


@pytest.mark.parametrize(
    ("address", "proxies", "token", "given", "status"),
    [
        ("127.0.0.1", "0", "", "", 200),
        ("::1", "0", "", "", 200),
        ("203.0.113.7", "0", "", "", 403),
        ("127.0.0.1", "1", "", "", 403),
        ("203.0.113.7", "0", "secret-token", "Bearer secret-token", 200),
        ("203.0.113.7", "0", "secret-token", "Bearer other", 403),
        ("203.0.113.7", "0", "", "Bearer ", 403),
    ],
)
def test_figures_are_for_this_machine_and_for_whoever_has_the_token(
    client, monkeypatch, address, proxies, token, given, status
):
    monkeypatch.setenv("GONGKAI_PROXIES", proxies)
    monkeypatch.setenv("GONGKAI_METRICS_TOKEN", token)
    shown = text(client, reverse("portal:metrics"), status, REMOTE_ADDR=address, HTTP_AUTHORIZATION=given)
    assert ("gongkai_agencies 0" in shown) == (status == 200)


def test_every_address_of_the_portal_says_who_may_come():
    portal = next(found for found in get_resolver().url_patterns if getattr(found, "app_name", "") == "portal")
    doors = {pattern.name: pattern.callback.access.door for pattern in portal.url_patterns}
    assert len(doors) >= 16
    assert set(doors.values()) == {"public"}


class _Sample(Form):
    name = CharField(label="姓名", help_text="与证件一致")
    way = ChoiceField(label="方式", choices=[("post", "邮寄"), ("net", "网上")], widget=RadioSelect)


def test_a_form_ties_hint_and_errors_to_its_fields_and_links_to_them_from_the_summary():
    shown = str(_Sample({}))
    assert "有2处需要修改" in shown
    assert 'href="#id_name"' in shown
    assert re.search(r'<input[^>]*name="name"[^>]*aria-describedby="id_name_helptext id_name_error"', shown)
    assert 'id="id_name_helptext"' in shown
    assert 'id="id_name_error"' in shown
    assert re.search(r'<fieldset id="([^"]+)"', shown)[1] in re.findall(r'href="#([^"]+)"', shown)
    assert "（必填）" in shown


def test_a_badge_has_icon_and_words_and_a_table_names_the_column_of_each_cell():
    for state, icon in STATE_ICONS.items():
        shown = render_to_string("parts/badge.html", {"state": state, "says": "剩 2 个工作日"})
        assert f"badge-{state}" in shown
        assert f"bi-{icon}" in shown
        assert "剩 2 个工作日" in shown
    table = render_to_string(
        "parts/table.html", {"heads": ["编号", "标题"], "rows": [["1", "<b>"]], "caption": "申请"}
    )
    assert '<td data-label="标题">&lt;b&gt;</td>' in table


def test_pages_between_are_left_out_of_a_long_list_of_pages(rf):
    paged = Paginator(range(1000), 10).get_page(50)
    shown = render_to_string("parts/pagination.html", {"page": paged}, request=_request(rf))
    assert shown.count("…") == 2
    assert 'href="?q=a&amp;page=49" rel="prev"' in shown


def _request(rf):
    request = rf.get("/", {"q": "a"})
    request.user = User()
    request.session = {}
    return request


@override_settings(ALLOWED_HOSTS=["www.example.gov.cn"])
def test_a_request_under_a_foreign_name_is_refused(client):
    text(client, "/", 400, HTTP_HOST="evil.example")
