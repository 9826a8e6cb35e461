"""What is done to agencies: every act, good and refused."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.errors import InvalidInput
from gongkai.messages import LANGUAGES, catalogue
from gongkai.web.agencies import actions, guides, queries, remedies, urls
from gongkai.web.agencies.actions import Founding, Naming, Place
from gongkai.web.agencies.models import Agency, Edge, Guide, Name, Succession, Tree
from gongkai.web.audit.actor import SYSTEM, VISITOR
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.demo.county import made_up_code
from tests.web.test_agencies_county import BEGIN, TODAY, founded, small_county

pytestmark = pytest.mark.django_db
LATER = date(2020, 5, 1)


@pytest.fixture
def county():
    return small_county()


def refused(code):
    return pytest.raises(InvalidInput, match=code.replace(".", r"\."))


def test_a_name_that_is_the_same_is_no_new_name(county):
    with pytest.raises(InvalidInput, match=r"agencies\.unchanged"):
        actions.rename(
            county["education"],
            name=county["education"].names.get().name,
            short="另一简称",
            since=LATER,
            by=SYSTEM,
            seen=1,
        )


def test_an_agency_gets_another_name_and_keeps_the_old_one(county):
    agency = county["education"]
    actions.rename(agency, name="甲县教育和体育局", since=LATER, by=SYSTEM, seen=1)
    assert queries.standing(agency, LATER - timedelta(days=1)).name == "甲县教育局"
    assert queries.standing(agency, LATER).name == "甲县教育和体育局"
    assert Entry.objects.filter(chain=agency.chain, verb="agencies.rename").count() == 1
    assert verify(agency.chain).whole


@pytest.mark.parametrize(
    ("name", "since", "code"),
    [
        ("", LATER, "agencies.name"),
        ("长" * 121, LATER, "agencies.name"),
        ("甲县教育局", LATER, "agencies.unchanged"),
        ("甲县新局", BEGIN, "agencies.too_early"),
        ("甲县新局", BEGIN - timedelta(days=9), "agencies.too_early"),
    ],
)
def test_a_name_that_says_nothing_new_or_comes_too_early_is_refused(county, name, since, code):
    agency = county["education"]
    with refused(code):
        actions.rename(agency, name=name, since=since, by=SYSTEM, seen=1)
    agency.refresh_from_db()
    assert (agency.version, agency.names.count()) == (1, 1)


def test_a_unified_code_is_written_in_its_normal_form(county):
    code = made_up_code(77, "990200")
    actions.recode(
        county["education"], region_code="", unified_code=f" {code.lower()} ", since=LATER, by=SYSTEM, seen=1
    )
    assert queries.standing(county["education"], LATER).unified_code == code
    assert queries.standing(county["education"], LATER).name == "甲县教育局"


def test_a_wrong_check_character_is_refused_with_what_it_should_be(county):
    code = made_up_code(77)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with refused("law.numbers.code_check") as caught:
        actions.recode(county["education"], region_code="", unified_code=wrong, since=LATER, by=SYSTEM, seen=1)
    assert caught.value.facts["expected"] == code[-1]


@pytest.mark.parametrize(
    ("region", "unified", "code"),
    [("99020", "", "law.region.form"), ("甲", "", "law.region.form"), ("", "123", "law.numbers.code_length")],
)
def test_codes_that_are_none_are_refused(county, region, unified, code):
    with refused(code):
        actions.recode(county["education"], region_code=region, unified_code=unified, since=LATER, by=SYSTEM, seen=1)


def test_a_unified_code_belongs_to_one_agency(county):
    code = made_up_code(78)
    actions.recode(county["education"], region_code="", unified_code=code, since=LATER, by=SYSTEM, seen=1)
    with refused("agencies.code_taken") as caught:
        actions.recode(county["office"], region_code="", unified_code=code, since=LATER, by=SYSTEM, seen=1)
    assert caught.value.facts["agency"] == "甲县教育局"


def test_a_mistyped_date_is_corrected_with_a_reason_and_the_name_before_ends_then(county):
    agency = county["education"]
    actions.rename(agency, name="甲县教育和体育局", since=LATER, by=SYSTEM, seen=1)
    row, naming = agency.names.get(until=None), Naming("甲县教育和体育局")
    since = date(2019, 5, 1)
    actions.correct_name(agency, row=row, naming=naming, since=since, reason="年份录错", by=SYSTEM, seen=2)
    assert list(agency.names.values_list("since", "until")) == [(BEGIN, since), (since, None)]
    entry = Entry.objects.get(chain=agency.chain, verb="agencies.correct_name")
    assert (entry.result["reason"], entry.result["was"]["since"]) == ("年份录错", "2020-05-01")


def test_a_date_is_not_corrected_without_a_reason_or_beyond_its_neighbours(county):
    agency = county["education"]
    actions.rename(agency, name="甲县教育和体育局", since=LATER, by=SYSTEM, seen=1)
    first, last = agency.names.all()
    given = {"by": SYSTEM, "seen": 2}
    with refused("agencies.reason"):
        actions.correct_name(agency, row=last, naming=Naming("甲"), since=LATER, reason=" ", **given)
    with refused("agencies.too_early"):
        actions.correct_name(agency, row=last, naming=Naming("甲"), since=BEGIN, reason="错", **given)
    with refused("agencies.too_late"):
        actions.correct_name(agency, row=first, naming=Naming("甲"), since=LATER, reason="错", **given)
    with refused("agencies.too_late"):
        actions.correct_name(
            agency, row=first, naming=Naming("甲"), since=BEGIN + timedelta(days=1), reason="错", **given
        )


def test_an_agency_is_moved_and_the_old_place_ends(county):
    station, office = county["station"], county["office"]
    edge = station.parents.get()
    actions.move(station, kind="led_by", parent=office, since=LATER, by=SYSTEM, seen=1, leaves=edge)
    assert [name.agency for name in queries.children(office, LATER)] == [station]
    assert [name.agency for name in queries.children(county["education"], LATER - timedelta(days=1))] == [station]
    assert not queries.children(county["education"], LATER).exists()


def test_an_agency_can_stand_under_several_at_once(county):
    station = county["station"]
    actions.move(station, kind="led_by", parent=county["office"], since=LATER, by=SYSTEM, seen=1)
    actions.move(station, kind="region", parent=county["township"], since=LATER, by=SYSTEM, seen=2)
    above = {standing.name for _, standing in queries.parents(station, LATER)}
    assert above == {"甲县教育局", "甲县人民政府办公室", "甲县乙镇人民政府"}


def test_no_move_closes_a_ring(county):
    with refused("agencies.ring"):
        actions.move(county["education"], kind="led_by", parent=county["station"], since=LATER, by=SYSTEM, seen=1)
    with refused("agencies.ring"):
        actions.move(county["county"], kind="vertical", parent=county["station"], since=LATER, by=SYSTEM, seen=1)
    with refused("agencies.ring"):
        actions.move(county["office"], kind="vertical", parent=county["office"], since=LATER, by=SYSTEM, seen=1)


def test_a_ring_over_edges_of_different_kinds_and_of_days_to_come_is_found(county):
    station, office = county["station"], county["office"]
    actions.move(office, kind="vertical", parent=station, since=date(2099, 1, 1), by=SYSTEM, seen=1)
    with refused("agencies.ring"):
        actions.move(station, kind="vertical", parent=office, since=LATER, by=SYSTEM, seen=1)
    assert Edge.objects.count() == 5


@pytest.mark.parametrize(
    ("kind", "parent", "since", "code"),
    [
        ("region", "county", LATER, "agencies.unchanged"),
        ("region", "township", BEGIN, "agencies.too_early"),
        ("vertical", None, LATER, "agencies.nothing_to_leave"),
        ("region", None, LATER, "agencies.second_root"),
    ],
)
def test_a_move_to_nowhere_or_too_early_is_refused(county, kind, parent, since, code):
    agency = county["education"]
    with refused(code):
        actions.move(agency, kind=kind, parent=county.get(parent), since=since, by=SYSTEM, seen=1)
    assert agency.parents.filter(until=None).count() == 1


def test_the_tree_has_one_root(county):
    with refused("agencies.second_root"):
        founded("乙县人民政府", kind="government")
    assert Agency.objects.count() == 5
    assert Tree.objects.get().root == county["county"]


def test_an_agency_outside_stands_above_the_root_and_never_below(county):
    city = founded("甲市人民政府", kind="government", level="city", outside=True)
    actions.move(county["county"], kind="region", parent=city, since=LATER, by=SYSTEM, seen=1)
    assert queries.root(TODAY()).agency == county["county"]
    with refused("agencies.outside_below"):
        founded("乙市", ("region", county["county"]), outside=True)


def test_a_place_begins_when_both_exist(county):
    with refused("agencies.too_early"):
        founded("甲县旧局", ("region", county["county"]), since=BEGIN - timedelta(days=1))
    assert not Name.objects.filter(name="甲县旧局").exists()


def test_a_merger_ends_the_one_and_hands_down_what_stood_below(county):
    education, office, station = county["education"], county["office"], county["station"]
    actions.merge([education], into=office, on=LATER, by=SYSTEM, seen=[1])
    assert queries.current(education.key, LATER) is None
    assert queries.standing(education, TODAY()).name == "甲县教育局"
    assert [name.agency for name in queries.children(office, LATER)] == [station]
    assert Succession.objects.get().way == "merged"
    assert {entry.verb for entry in Entry.objects.filter(chain=education.chain)} == {
        "agencies.found",
        "agencies.merge",
    }


def test_of_a_merger_that_fails_nothing_is_left(county):
    education, township = county["education"], county["township"]
    with pytest.raises(Stale):
        actions.merge([education, township], into=county["office"], on=LATER, by=SYSTEM, seen=[1, 9])
    assert not Agency.objects.exclude(dissolved=None).exists()
    assert not Succession.objects.exists()
    with refused("agencies.into_itself"):
        actions.merge([education], into=education, on=LATER, by=SYSTEM, seen=[1])


def test_a_split_makes_agencies_and_the_old_one_goes_on_or_ends(county):
    education = county["education"]
    places = (Place("region", county["county"]),)
    given = [Founding(Naming(name), "department", "county", places) for name in ("甲县体育局", "甲县考试院")]
    made = actions.split(education, into=given[:1], on=LATER, goes_on=True, by=SYSTEM, seen=1)
    assert queries.current(education.key, LATER) is not None
    more = actions.split(education, into=given[1:], on=date(2021, 1, 1), goes_on=False, by=SYSTEM, seen=2)
    assert queries.current(education.key, date(2021, 1, 1)) is None
    assert [name.agency for name in queries.children(more[0], TODAY())] == [county["station"]]
    assert [row.successor for row in queries.succession(education)[1]] == [*made, *more]
    with refused("agencies.split_into_none"):
        actions.split(county["office"], into=[], on=LATER, goes_on=True, by=SYSTEM, seen=1)


def test_an_agency_ends_only_when_nothing_stands_below_it(county):
    with refused("agencies.has_children"):
        actions.dissolve(county["education"], on=LATER, reason="机构改革", by=SYSTEM, seen=1)
    actions.dissolve(county["station"], on=LATER, reason="机构改革", by=SYSTEM, seen=1, successor=county["education"])
    actions.dissolve(county["education"], on=LATER, reason="机构改革", by=SYSTEM, seen=1)
    assert {agency.pk for agency in queries.subtree(county["county"], LATER)} == {
        county[name].pk for name in ("county", "office", "township")
    }
    with refused("agencies.ended"):
        actions.rename(county["education"], name="新名", since=TODAY(), by=SYSTEM, seen=2)
    with refused("agencies.reason"):
        actions.dissolve(county["office"], on=LATER, reason="", by=SYSTEM, seen=1)


def test_the_date_of_a_place_is_corrected_within_the_lives_of_both(county):
    edge = county["township"].parents.get()
    given = {"edge": edge, "reason": "录错", "by": SYSTEM}
    with refused("agencies.too_early"):
        actions.correct_edge(county["township"], since=BEGIN - timedelta(days=1), seen=1, **given)
    actions.correct_edge(county["township"], since=LATER, seen=1, **given)
    edge.refresh_from_db()
    assert edge.since == LATER
    with refused("agencies.reason"):
        actions.correct_edge(county["township"], edge=edge, since=LATER, reason="", by=SYSTEM, seen=2)


def test_a_region_has_one_office_in_charge(county):
    actions.put_in_charge(county["office"], in_charge=True, by=SYSTEM, seen=1)
    assert queries.supervising_office(county["station"], TODAY()).name == "甲县人民政府办公室"
    with refused("agencies.other_in_charge"):
        actions.put_in_charge(county["education"], in_charge=True, by=SYSTEM, seen=1)
    with refused("agencies.no_government"):
        actions.put_in_charge(county["station"], in_charge=True, by=SYSTEM, seen=1)
    actions.put_in_charge(county["office"], in_charge=False, by=SYSTEM, seen=2)
    assert queries.supervising_office(county["station"], TODAY()) is None


def test_the_guide_is_kept_and_called_stale_after_its_time(county):
    agency = county["township"]
    assert queries.guide(agency).version == 0
    actions.keep_guide(agency, values={"address": " 乙镇1号 "}, updated_on=date(2020, 1, 1), by=SYSTEM, seen=0)
    held = queries.guide(agency)
    assert (held.address, held.version) == ("乙镇1号", 1)
    due = guides.review_due(held, TODAY())
    assert not guides.is_stale(held, due.due)
    assert guides.is_stale(held, due.due + timedelta(days=1))
    actions.keep_guide(agency, values={"address": "乙镇2号"}, updated_on=TODAY(), by=SYSTEM, seen=1)
    assert not guides.is_stale(queries.guide(agency), TODAY())


def test_the_record_of_a_guide_names_the_fields_and_not_what_stands_in_them(county):
    agency = county["township"]
    actions.keep_guide(agency, values={"telephone": "0000-1234"}, updated_on=TODAY(), by=SYSTEM, seen=0)
    entry = Entry.objects.get(chain=agency.chain, verb="agencies.keep_guide")
    assert entry.result == {"fields": ["telephone", "updated_on"]}


def test_of_two_who_write_the_first_guide_the_second_is_refused(county):
    agency = county["township"]
    actions.keep_guide(agency, values={"address": "甲"}, updated_on=TODAY(), by=SYSTEM, seen=0)
    with pytest.raises(Stale):
        actions.keep_guide(agency, values={"address": "乙"}, updated_on=TODAY(), by=SYSTEM, seen=0)
    assert Guide.objects.get().address == "甲"


def test_a_guide_with_a_bad_address_of_mail_or_a_day_to_come_is_refused(county):
    with refused("agencies.email"):
        actions.keep_guide(county["office"], values={"email": "甲"}, updated_on=None, by=SYSTEM, seen=0)
    with refused("agencies.too_late"):
        actions.keep_guide(county["office"], values={}, updated_on=TODAY() + timedelta(days=1), by=SYSTEM, seen=0)
    with refused("agencies.too_long"):
        actions.keep_guide(county["office"], values={"hours": "时" * 201}, updated_on=None, by=SYSTEM, seen=0)


def test_a_site_has_every_column_unless_it_is_switched_off_or_called_otherwise(county):
    agency = county["county"]
    assert len(queries.site(agency).shown()) == 5
    columns = {"rules": {"on": False, "label": ""}, "guide": {"on": True, "label": "办事指引"}}
    actions.keep_site(agency, values={"icp": "测ICP备00号"}, columns=columns, by=SYSTEM, seen=0)
    held = queries.site(agency)
    assert held.shown()[0].label == "办事指引"
    assert "rules" not in {column.code for column in held.shown()}
    with refused("agencies.column"):
        actions.keep_site(agency, values={}, columns={"shop": {}}, by=SYSTEM, seen=1)


def test_a_place_decides_only_what_the_law_leaves_to_it(county):
    agency = county["county"]
    given = {"values": {}, "court_concentrated": False, "by": SYSTEM, "seen": 0}
    with refused("law.setting.unknown"):
        actions.keep_local_choice(agency, settings={"no.such": 1}, **given)
    with refused("law.remedies.court_unnamed"):
        actions.keep_local_choice(agency, settings={}, **{**given, "court_concentrated": True})
    choice = {"remedies.zone_departments": "zone_committee"}
    actions.keep_local_choice(
        agency, settings=choice, **{**given, "values": {"court_name": "甲铁路运输法院"}, "court_concentrated": True}
    )
    assert remedies.court(agency, TODAY()).name == "甲铁路运输法院"
    held = remedies.law_of(county["station"], TODAY())["remedies.zone_departments"]
    assert (held.value, held.set_here) == ("zone_committee", True)


def test_an_account_has_a_payee_and_a_bank(county):
    with refused("agencies.account"):
        actions.keep_fee_account(county["office"], values={"number": "1"}, by=SYSTEM, seen=0)
    values = {"number": "1", "payee": "甲县财政局", "bank": "甲县银行"}
    actions.keep_fee_account(county["office"], values=values, by=SYSTEM, seen=0)
    assert queries.fee_account(county["office"]).payee == "甲县财政局"


def test_every_verb_and_every_refusal_has_its_words_in_both_languages():
    modules = [path for path in Path(actions.__file__).parents[1].rglob("*.py") if path.parent.name != "migrations"]
    written = (path.read_text(encoding="utf-8") for path in modules)
    codes = {code for text in written for code in re.findall(r'"agencies\.((?:import\.)?[a-z_]+)"', text)}
    assert len(codes) > 60
    pages = {pattern.name for pattern in urls.urlpatterns}
    for language in LANGUAGES:
        said = catalogue(language)
        without = {code for code in codes if not said.keys() & {f"agencies.{code}", f"agencies.verb.{code}"}}
        assert without - pages == set()


def test_a_visitor_changes_nothing(county):
    with pytest.raises(PermissionDenied):
        actions.rename(county["office"], name="新名", since=LATER, by=VISITOR, seen=1)
    founding = Founding(Naming("新"), "department", "county", (Place("region", county["county"]),))
    with pytest.raises(PermissionDenied):
        actions.found(founding, since=LATER, by=VISITOR)
    assert Entry.objects.filter(actor="visitor").count() == 0


REVIEWERS = [
    ("county", {"甲市人民政府"}, "intermediate"),
    ("education", {"甲县人民政府"}, "basic"),
    ("township", {"甲县人民政府"}, "basic"),
    ("station", {"甲县人民政府"}, "basic"),
    ("tax", {"甲市税务局"}, "basic"),
    ("street", {"甲县人民政府"}, "basic"),
    ("zone_bureau", {"甲县人民政府"}, "basic"),
]


@pytest.mark.parametrize(("name", "reviewers", "court"), REVIEWERS)
def test_who_reviews_follows_from_the_place_in_the_tree(county, name, reviewers, court):
    city = founded("甲市人民政府", kind="government", level="city", outside=True)
    above = founded("甲市税务局", level="city", outside=True, line="tax")
    actions.move(county["county"], kind="region", parent=city, since=LATER, by=SYSTEM, seen=1)
    top = county["county"]
    county["tax"] = founded("甲县税务局", ("vertical", above), ("region", top), line="tax")
    county["street"] = founded("甲街道办事处", ("region", top), kind="subdistrict", level="township")
    zone = founded("甲开发区管理委员会", ("region", top), kind="development_zone")
    county["zone_bureau"] = founded("甲开发区建设局", ("region", zone))
    found = remedies.authority(county[name], TODAY())
    assert {body.name for body in found.bodies} == reviewers
    assert remedies.court(county[name], TODAY()).level == court


def test_a_root_without_a_government_above_says_what_is_missing(county):
    with refused("law.remedies.tree"):
        remedies.authority(county["county"], TODAY())
