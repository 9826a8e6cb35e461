"""A county for the tests of the tree, and the one that the platform shows itself with."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.numbers.organisation_codes import credit_code
from gongkai.web.agencies import actions, guides, queries, remedies
from gongkai.web.agencies.actions import Founding, Naming, Place
from gongkai.web.agencies.models import Agency, Edge, Guide, Name, Tree
from gongkai.web.audit.actor import SYSTEM
from gongkai.web.audit.models import Chain, Entry
from gongkai.web.demo.county import COUNTY, made_up_code, make_demo

pytestmark = pytest.mark.django_db
BEGIN = date(2010, 1, 1)
TODAY = queries.today


def founded(
    name, *places, kind="department", level="county", since=BEGIN, outside=False, region="", code="", line=""
):
    """Found an agency; `places` are pairs of a kind of edge and the agency above."""
    founding = Founding(
        Naming(name, "", region, code), kind, level, tuple(Place(*given) for given in places), line, outside
    )
    return actions.found(founding, since=since, by=SYSTEM)


def small_county():
    """A county with two departments, a township and a station below the first department."""
    county = founded("甲县人民政府", kind="government", region="990200")
    office = founded("甲县人民政府办公室", ("region", county))
    education = founded("甲县教育局", ("region", county))
    township = founded(
        "甲县乙镇人民政府", ("region", county), kind="government", level="township", region="990200100"
    )
    station = founded("甲县教育局第一管理站", ("led_by", education), kind="field_office")
    return {"county": county, "office": office, "education": education, "township": township, "station": station}


def test_the_demonstration_county_is_made_once():
    first = make_demo(SYSTEM)
    counted = (Agency.objects.count(), Name.objects.count(), Edge.objects.count(), Guide.objects.count())
    assert make_demo(SYSTEM) == first
    assert (Agency.objects.count(), Name.objects.count(), Edge.objects.count(), Guide.objects.count()) == counted
    assert counted[0] == 14


def test_the_demonstration_county_has_an_office_in_charge_six_departments_and_four_townships():
    county = make_demo(SYSTEM)
    below = [name.agency for name in queries.children(county, TODAY())]
    assert queries.root(TODAY()).name == COUNTY
    assert [agency.supervises for agency in below].count(True) == 1
    assert sum(agency.kind == "department" and not agency.supervises for agency in below) == 6
    assert sum(agency.level == "township" for agency in below) == 4


def test_the_demonstration_county_has_good_codes_and_guides():
    make_demo(SYSTEM)
    codes = list(Name.objects.values_list("unified_code", flat=True))
    assert len(codes) == 15
    assert all(credit_code(code).organisation_fits for code in codes)
    held = Guide.objects.select_related("agency")
    assert held.count() == 14
    assert not any(guides.is_stale(guide, TODAY()) for guide in held)


def test_the_demonstration_county_remembers_a_rename_and_a_merger():
    make_demo(SYSTEM)
    renamed = Name.objects.get(name="示范县卫生局").agency
    assert queries.standing(renamed, date(2018, 1, 1)).name == "示范县卫生局"
    assert queries.standing(renamed, TODAY()).name == "示范县卫生健康委员会"
    gone = Name.objects.get(name="示范县食品药品监督管理局").agency
    assert queries.current(gone.key, TODAY()) is None
    assert queries.current(gone.key, date(2020, 1, 1)).name == "示范县食品药品监督管理局"
    (row,) = queries.succession(gone)[1]
    assert queries.standing(row.successor, TODAY()).name == "示范县市场监督管理局"


def test_every_agency_of_the_demonstration_county_knows_who_reviews_it():
    county = make_demo(SYSTEM)
    found = {
        queries.standing(agency, TODAY()).name: remedies.authority(agency, TODAY()).bodies[0].name
        for agency in queries.subtree(county, TODAY())
    }
    assert len(found) == 12
    assert found.pop(COUNTY) == "示范市人民政府"
    assert set(found.values()) == {COUNTY}


def test_every_act_on_the_demonstration_county_stands_in_the_audit():
    make_demo(SYSTEM)
    assert Chain.objects.filter(name__startswith="agency:").count() == 14
    assert Entry.objects.filter(verb="agencies.found").count() == 14
    assert Tree.objects.get().root is not None
    assert made_up_code(1) != made_up_code(2)
