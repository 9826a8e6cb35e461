"""Walking the tree: by kind of edge and date, once each, and in as many questions whatever its size."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse

from gongkai.web.agencies import actions, finding, kept_names, queries, tree
from gongkai.web.agencies.models import Agency, Edge, Name, Tree
from gongkai.web.agencies.naming import Naming
from gongkai.web.audit.actor import SYSTEM
from tests.web.people import browser, person
from tests.web.test_agencies_county import BEGIN, TODAY, founded, small_county

urlpatterns = [path("office/agencies/", include("gongkai.web.agencies.urls")), path("", include("gongkai.web.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
DAY = timedelta(days=1)
CHANGED = date(2020, 5, 1)


@pytest.fixture
def county():
    return small_county()


def grown(number):
    """A root with branches of ten, as they stand in the database without any act."""
    agencies = Agency.objects.bulk_create([Agency(kind="department", level="county") for _ in range(number)])
    Name.objects.bulk_create([Name(agency=one, name=f"第{at}局", since=BEGIN) for at, one in enumerate(agencies)])
    Edge.objects.bulk_create(
        [
            Edge(child=one, parent=agencies[(at - 1) // 10], kind="region", since=BEGIN)
            for at, one in enumerate(agencies)
            if at
        ]
    )
    Tree.objects.create(pk=1, root=agencies[0])
    return agencies


NAMES = [
    (BEGIN - DAY, None),
    (BEGIN, "甲县教育局"),
    (CHANGED - DAY, "甲县教育局"),
    (CHANGED, "甲县教育和体育局"),
    (date(2099, 1, 1), "甲县教育和体育局"),
]


@pytest.mark.parametrize(("on", "name"), NAMES)
def test_the_name_is_the_one_of_the_day(county, on, name):
    agency = county["education"]
    actions.rename(agency, name="甲县教育和体育局", since=CHANGED, by=SYSTEM, seen=1)
    found = queries.current(agency.key, on)
    assert (found.name if found else None) == name


def test_what_stands_below_depends_on_the_kinds_of_edge_named(county):
    top, today = county["county"], TODAY()
    counted = {
        kinds: queries.subtree(top, today, kinds).count()
        for kinds in (("region",), ("led_by",), ("region", "led_by"), ("vertical",), tree.ALL)
    }
    assert counted == {("region",): 4, ("led_by",): 1, ("region", "led_by"): 5, ("vertical",): 1, tree.ALL: 5}


def test_what_stands_below_depends_on_the_date(county):
    actions.dissolve(county["station"], on=CHANGED, reason="撤", by=SYSTEM, seen=1)
    counted = [queries.subtree(county["county"], on).count() for on in (BEGIN - DAY, BEGIN, CHANGED - DAY, CHANGED)]
    assert counted == [1, 5, 5, 4]


def test_an_agency_with_two_above_it_is_found_once(county):
    actions.move(county["station"], kind="region", parent=county["county"], since=CHANGED, by=SYSTEM, seen=1)
    assert queries.subtree(county["county"], TODAY()).count() == 5
    assert tree.depths(county["station"].pk, TODAY())[county["county"].pk] == 1


def test_those_above_come_nearest_first(county):
    above = queries.ancestors(county["station"], TODAY())
    assert above == [county["education"], county["county"]]
    assert queries.ancestors(county["county"], TODAY()) == []


def test_the_way_up_begins_at_the_root_and_leaves_out_who_is_outside(county):
    city = founded("甲市人民政府", kind="government", level="city", outside=True)
    actions.move(county["county"], kind="region", parent=city, since=CHANGED, by=SYSTEM, seen=1)
    names = [one.name for one in queries.way_up(county["station"], TODAY())]
    assert names == ["甲县人民政府", "甲县教育局", "甲县教育局第一管理站"]


def test_a_walk_ends_even_where_a_ring_was_written_past_the_acts(county):
    Edge.objects.create(child=county["county"], parent=county["station"], kind="region", since=BEGIN)
    assert queries.subtree(county["county"], TODAY()).count() == 5
    assert len(queries.ancestors(county["station"], TODAY())) == 2
    assert tree.closes_ring(county["county"].pk, county["station"].pk, BEGIN)
    assert len(queries.way_up(county["station"], TODAY())) >= 1


def test_an_empty_tree_has_no_root():
    assert queries.root(TODAY()) is None
    assert queries.current("no-such-key", TODAY()) is None
    assert finding.search("", TODAY()) == []


def test_a_search_over_everything_finds_what_a_search_within_finds():
    grown(60)
    within = Agency.objects.filter(outside=False)
    asked = ("第7局", "第", "无", "9", "局")
    for words in asked:
        found = [one.key for one in finding.search(words, TODAY(), within)]
        assert [one.key for one in finding.search(words, TODAY(), within, everywhere=True)] == found
    assert len(finding.search("第", TODAY(), within)) == finding.FOUND_AT_MOST


@pytest.mark.parametrize("words", ["第", "第1", "局", "Office", "5001", "没有"])
def test_what_is_listed_by_words_is_the_same_whether_many_or_few_have_them(monkeypatch, words):
    grown(70)
    Name.objects.filter(agency=Agency.objects.last()).update(short="OFFICE of 第七十", region_code="500117")
    few = list(finding.listed(TODAY(), words=words).order_by("pk"))
    monkeypatch.setattr(finding, "_NAMED_AT_MOST", 0)
    many = list(finding.listed(TODAY(), words=words).order_by("pk"))
    assert many == few
    assert bool(few) == (words != "没有")


def test_a_search_over_everything_knows_every_name_at_once():
    """The names that a process keeps are gathered anew after each act on them; a write past the acts is the control."""
    first = grown(60)[7]

    def found(words):
        return [one.key for one in finding.search(words, TODAY(), everywhere=True)]

    assert found("天文台") == []
    actions.rename(first, name="示范天文台", since=date(2022, 1, 1), by=SYSTEM, seen=first.version)
    assert found("天文台") == [first.key]
    row = first.names.get(name="示范天文台")
    actions.correct_name(
        first, row=row, naming=Naming("示范气象台"), since=row.since, reason="录错", by=SYSTEM, seen=first.version
    )
    assert (found("天文台"), found("气象台")) == ([], [first.key])
    actions.rename(first, name="示范水文站", since=TODAY() + DAY, by=SYSTEM, seen=first.version)
    assert (found("水文站"), found("气象台")) == ([], [first.key])
    assert [one.key for one in finding.search("水文站", TODAY() + DAY, everywhere=True)] == [first.key]
    assert found("气象台") == [first.key]
    Name.objects.filter(name="示范气象台").update(name="示范地震台")
    assert found("地震台") == []
    kept_names.forget()
    assert found("地震台") == [first.key]
    assert found("示范\n地") == [] == found(" ")


def test_no_page_asks_more_of_the_database_in_a_larger_tree():
    client = browser(person("system", administrator="system"))
    agencies = grown(40)

    def asked():
        counted = {}
        addresses = {"tree": reverse("agencies:tree"), "search": reverse("agencies:tree") + "?q=局"}
        for name in ("one", "below", "guide", "site", "people", "history"):
            addresses[name] = reverse(f"agencies:{name}", args=[agencies[1].key])
        for name, address in addresses.items():
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert client.get(address).status_code == 200
            counted[name] = len(captured)
        return counted

    small = asked()
    more = Agency.objects.bulk_create([Agency(kind="department", level="county") for _ in range(1500)])
    Name.objects.bulk_create([Name(agency=one, name=f"另{at}局", since=BEGIN) for at, one in enumerate(more)])
    Edge.objects.bulk_create([Edge(child=one, parent=agencies[1], kind="region", since=BEGIN) for one in more])
    assert asked() == small
    assert len(small) == 8
