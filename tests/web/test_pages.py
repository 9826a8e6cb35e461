"""Pages rendered once: what is kept is what would be rendered, whatever was done meanwhile, and nobody else's."""

from __future__ import annotations

import gzip
from datetime import date, timedelta

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError
from django.test import Client, override_settings
from django.urls import clear_script_prefix, reverse, set_script_prefix

from gongkai.web.agencies import actions as agencies
from gongkai.web.agencies import queries
from gongkai.web.agencies.actions.structure import Founding, Place
from gongkai.web.agencies.models import Agency, Guide, Site
from gongkai.web.agencies.naming import Naming
from gongkai.web.audit.actor import Actor
from gongkai.web.pages import stored
from gongkai.web.pages.models import Page
from gongkai.web.portal import sitemaps
from gongkai.web.reports import actions as reports
from tests.web.browser.county import county
from tests.web.people import browser
from tests.web.reports_office import SAMPLES, actor, confirmed, office, published, read

pytestmark = pytest.mark.django_db
CONSOLE = Actor("console")
FRESH = {"HTTP_COOKIE": "messages=none"}
"""What a browser sends that is not answered by a kept page."""


def get(address, status=200, **headers):
    answer = Client().get(address, **headers)
    assert answer.status_code == status, address
    return answer


def fresh(address):
    return get(address, **FRESH).content


def guide_of(agency):
    return reverse("portal:guide", args=[agency.key])


@pytest.fixture
def made():
    return county()


def _keep_guide(of):
    held = queries.guide(of)
    agencies.keep_guide(of, values={"telephone": "0000-7654321"}, updated_on=None, by=CONSOLE, seen=held.version)


def _keep_site(of, **values):
    held = queries.site(of)
    agencies.keep_site(of, values=values, columns={}, by=CONSOLE, seen=held.version)


def _rename(of, since):
    of.refresh_from_db()
    agencies.rename(of, name="示范县新名称", since=since, by=CONSOLE, seen=of.version)


def _correct_name(of):
    of.refresh_from_db()
    naming = Naming("示范县改正后的名称")
    agencies.correct_name(
        of, row=of.names.get(), naming=naming, since=of.names.get().since, reason="录错", by=CONSOLE, seen=of.version
    )


def _found_below(of):
    founding = Founding(Naming("示范县新设局"), "department", "county", (Place("region", of),))
    agencies.found(founding, since=date(2021, 1, 1), by=CONSOLE)


ACTS = {
    "its guide": lambda made: _keep_guide(made.bureau),
    "its site": lambda made: _keep_site(made.bureau, sponsor="示范县财政局"),
    "the site's marks": lambda made: _keep_site(made.government, icp="示ICP备11111111号"),
    "its name": lambda made: _rename(made.bureau, date(2022, 1, 1)),
    "its name as of tomorrow": lambda made: _rename(made.bureau, queries.today() + timedelta(days=1)),
    "its name, corrected": lambda made: _correct_name(made.bureau),
    "the name of the top": lambda made: _rename(made.government, date(2022, 1, 1)),
    "an agency below the top": lambda made: _found_below(made.government),
    "nothing": lambda made: made,
}


@pytest.mark.parametrize("what", ACTS)
def test_what_is_kept_is_what_would_be_rendered_after_every_act(made, what):
    addresses = [guide_of(made.bureau), guide_of(made.government)]
    for address in addresses:
        assert get(address).content == fresh(address)
    ACTS[what](made)
    for address in addresses:
        assert get(address).content == fresh(address)
        assert get(address).content == fresh(address)
    assert Page.objects.count() == 2


def test_a_change_that_is_hidden_from_the_stamp_would_be_seen_to_be(made):
    """The control of the test above: a write past the acts, which counts no version up, leaves the old page standing."""
    address = guide_of(made.government)
    get(address)
    Guide.objects.filter(agency=made.government).update(telephone="0000-7654321")
    assert get(address).content != fresh(address)


def test_tomorrow_the_page_is_another(made, monkeypatch):
    address = guide_of(made.bureau)
    _rename(made.bureau, queries.today() + timedelta(days=1))
    assert "示范县新名称" not in get(address).content.decode()
    tomorrow = queries.today() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: tomorrow)
    assert "示范县新名称" in get(address).content.decode()


def test_a_column_that_is_hidden_is_gone_at_once(made):
    address = guide_of(made.bureau)
    get(address)
    columns = {"guide": {"on": False, "label": ""}}
    agencies.keep_site(made.bureau, values={}, columns=columns, by=CONSOLE, seen=0)
    get(address, 404)


@pytest.mark.usefixtures("made")
def test_an_agency_that_nobody_knows_has_no_page():
    get(reverse("portal:guide", args=["nosuchagency"]), 404)
    assert not Page.objects.exists()


def test_the_program_its_static_files_and_its_place_are_part_of_the_stamp(made, monkeypatch):
    address, marks = guide_of(made.government), set()

    def mark():
        get(address)
        marks.add(Page.objects.get().stamp)

    mark()
    monkeypatch.setattr("gongkai.__version__", "99.0")
    mark()
    monkeypatch.setattr(staticfiles_storage, "manifest_hash", "other", raising=False)
    mark()
    set_script_prefix("/below/")
    marks.add(stored._stamp(()))
    clear_script_prefix()
    assert stored._stamp(()) not in marks
    assert len(marks) == 4


def test_a_kept_page_costs_two_questions(made, django_assert_num_queries):
    address = guide_of(made.government)
    first = get(address).content
    with django_assert_num_queries(2):
        assert get(address).content == first


def test_who_has_a_session_is_never_shown_or_kept_for_others():
    made = office()
    address = guide_of(made.county)
    answer = browser(made.clerk).get(address)
    assert "no-store" in answer["Cache-Control"]
    assert not Page.objects.exists()


def test_a_page_is_sent_as_the_browser_takes_it(made):
    address = guide_of(made.government)
    plain = get(address)
    packed = get(address, HTTP_ACCEPT_ENCODING="br, gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    for refusing in ("gzip;q=0", "gzip; q=0.0, br", "identity", ""):
        assert "Content-Encoding" not in get(address, HTTP_ACCEPT_ENCODING=refusing)
    assert {"Accept-Encoding", "Cookie"} <= {name.strip() for name in packed["Vary"].split(",")}
    again = get(address, 304, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=packed["ETag"])
    assert again.content == b""
    assert plain["ETag"] != packed["ETag"]
    _keep_guide(made.government)
    get(address, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=packed["ETag"])
    assert Client().head(address).content == b""


def test_made_up_hosts_and_ports_make_no_pages(made):
    address = guide_of(made.government)
    with override_settings(ALLOWED_HOSTS=["testserver", ".example.invalid"]):
        for host in ("testserver", "testserver:81", "testserver:82", "a.example.invalid", "b.example.invalid"):
            get(address, HTTP_HOST=host)
    assert Page.objects.count() == 1


def test_a_database_that_takes_no_writing_still_shows_the_page(made, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr(Page.objects, "bulk_create", refuse)
    address = guide_of(made.government)
    assert get(address).content == fresh(address)
    assert not Page.objects.exists()


def test_a_report_stands_as_it_was_published_until_something_on_its_page_changes():
    made = office()
    first = published(made, confirmed(made, read(made)))
    address, seen = reverse("reports:public_one", args=[first.key]), set()

    def same():
        page = get(address).content
        assert page == fresh(address)
        assert page == get(address).content
        seen.add(page)

    same()
    _rename(made.town, date(2020, 1, 1))
    same()
    read(made, "2021-tuchang.html")
    same()
    second = published(made, confirmed(made, read(made, _another())))
    same()
    reports.unpublish(second, reason="数据有误", by=actor(made.approver), seen=second.version)
    same()
    assert len(seen) == 3
    first.refresh_from_db()
    assert Page.objects.filter(key__contains=first.key).exists()
    reports.unpublish(first, reason="数据有误", by=actor(made.approver), seen=first.version)
    get(address, 404)
    assert not Page.objects.filter(key__contains=first.key).exists()


def _another():
    """A sample of another year than the one that is published first."""
    return next(name for name in SAMPLES if name.startswith("2022"))


def test_a_report_from_outside_shows_the_others_from_outside():
    made = office()

    def publish(name):
        report = read(made, name)
        kept = reports.confirm_agency(
            report, agency=None, year=report.year, scope=report.scope, by=actor(made.clerk), seen=report.version
        )
        return published(made, kept)

    names = sorted(SAMPLES)[:2]
    first = publish(names[0])
    address = reverse("reports:public_one", args=[first.key])
    assert "与另一份报告比较" not in get(address).content.decode()
    publish(names[1])
    assert "与另一份报告比较" in get(address).content.decode()


def test_the_list_of_addresses_is_kept_by_its_parts(made, monkeypatch):
    monkeypatch.setattr(sitemaps.Agencies, "limit", 2)
    part = reverse("portal:sitemap_section", args=["agencies"])
    first, second = get(part).content, get(f"{part}?p=2").content
    assert first != second
    assert first == fresh(part)
    assert second == fresh(f"{part}?p=2")
    assert get(part)["Content-Type"] == "application/xml"
    assert "noindex" in get(part)["X-Robots-Tag"]
    kept = Page.objects.count()
    assert kept == 2
    for asked, status in (("3", 404), ("x", 404), ("0", 404), ("99999999", 404)):
        get(f"{part}?p={asked}", status)
    get(part, HTTP_HOST="testserver:81")
    assert Page.objects.count() == kept
    _found_below(made.government)
    assert get(f"{part}?p=2").content == fresh(f"{part}?p=2") != second
    index = reverse("portal:sitemap")
    assert get(index).content == fresh(index) == get(index).content
    get(reverse("portal:sitemap_section", args=["nothing"]), 404)


def test_without_a_tree_there_is_nothing_to_keep():
    agency = Agency.objects.create(kind="government", level="county")
    get(guide_of(agency), 404)
    assert not Site.objects.exists()


def test_what_a_page_does_not_look_at_makes_no_further_page(made):
    del made
    index = reverse("portal:sitemap")
    first = get(index).content
    kept = Page.objects.count()
    for number in range(2, 12):
        assert get(f"{index}?p={number}&q={number}").content == first
    assert (kept, Page.objects.count()) == (1, 1)
