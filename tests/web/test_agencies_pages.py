"""The office's pages of agencies: who may open which, what a form does, and what whoever came second reads."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import include, path, reverse

from gongkai.web.agencies import actions, queries, urls
from gongkai.web.agencies.exchange.sheet import read, write
from gongkai.web.agencies.models import ROLES, Agency, Guide, Import, Member, Name
from gongkai.web.audit.actor import SYSTEM, Actor
from tests.web.people import browser, person
from tests.web.test_agencies_county import TODAY, small_county
from tests.web.test_agencies_sheet import TOP, row, under

urlpatterns = [path("office/agencies/", include("gongkai.web.agencies.urls")), path("", include("gongkai.web.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

READING = ("one", "below", "guide", "site", "people", "history")
CHANGING = ("rename", "recode", "move", "merge", "split", "dissolve", "put_in_charge")
KEEPING = ("keep_guide", "keep_site", "keep_local_choice", "keep_fee_account")
WHOLE = ("found", "import", "export", "template")
SECURITY = ("cover", "hand_over")
KEEPERS = ("clerk", "head")


@pytest.fixture
def county():
    return small_county()


def member(county, role, where="education"):
    """Somebody with a role, signed in."""
    user = person(f"{role}-{where}")
    admin = person(f"security-{role}-{where}", administrator="security")
    actions.grant(county[where], user=user, role=role, since=TODAY(), by=Actor("user", admin.key))
    return browser(user)


def statuses(client, county, names, where):
    return {name: client.get(reverse(f"agencies:{name}", args=[county[where].key])).status_code for name in names}


def test_the_history_names_roles_in_words(county):
    text = member(county, "head").get(reverse("agencies:history", args=[county["education"].key])).content.decode()
    assert "角色：公开工作机构负责人" in text


@pytest.mark.parametrize("role", [code for code, _ in ROLES])
def test_each_role_opens_its_own_agency_and_is_told_that_no_other_is_there(county, role):
    client = member(county, role)
    places = {"own": "education", "sibling": "office", "parent": "county", "child": "station"}
    asked = 0
    for place, where in places.items():
        seen = place == "own" or (place == "child" and role == "supervisor")
        for name, status in statuses(client, county, READING, where).items():
            assert status == (200 if seen else 404), (role, place, name)
            asked += 1
        for name, status in statuses(client, county, KEEPING, where).items():
            # Who may keep nothing anywhere is told so, whatever agency the address names.
            expected = 403 if role not in KEEPERS else 200 if place == "own" else 404
            assert status == expected, (role, place, name)
            asked += 1
        for name, status in statuses(client, county, (*CHANGING, "grant"), where).items():
            assert status == 403, (role, place, name)
            asked += 1
    assert asked == 4 * (6 + 4 + 8)


def test_whoever_has_no_role_sees_an_empty_tree_and_no_agency(county):
    client = browser(person("nobody"))
    page = client.get(reverse("agencies:tree"))
    assert page.status_code == 200
    assert "您还没有所属机关" in page.content.decode()
    assert set(statuses(client, county, READING, "county").values()) == {404}
    assert set(statuses(client, county, KEEPING, "county").values()) == {403}
    found = client.get(reverse("agencies:tree"), {"q": "甲县"}).content.decode()
    assert "没有找到机关" in found


def test_whoever_is_not_signed_in_is_asked_to(county, client):
    asked = [reverse(f"agencies:{name}") for name in ("tree", *WHOLE, *SECURITY)]
    asked += [reverse(f"agencies:{name}", args=[county["county"].key]) for name in (*READING, *CHANGING, *KEEPING)]
    answers = [client.get(address) for address in asked]
    assert len(answers) == 24
    assert {answer.status_code for answer in answers} == {302}


ADMINISTRATORS = [
    ("system", {**dict.fromkeys(CHANGING, 200), **dict.fromkeys(WHOLE, 200), "grant": 403, **dict.fromkeys(SECURITY, 403)}),
    ("security", {**dict.fromkeys(CHANGING, 403), **dict.fromkeys(WHOLE, 403), "grant": 200, **dict.fromkeys(SECURITY, 200)}),
    ("audit", {**dict.fromkeys(CHANGING, 403), **dict.fromkeys(WHOLE, 403), "grant": 403, **dict.fromkeys(SECURITY, 403)}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "expected"), ADMINISTRATORS)
def test_each_administrator_reads_all_and_does_one_part(county, kind, expected):
    client = browser(person("admin", administrator=kind))
    assert set(statuses(client, county, READING, "station").values()) == {200}
    assert set(statuses(client, county, KEEPING, "station").values()) == {403}
    found = {}
    for name in expected:
        whole = name in (*WHOLE, *SECURITY)
        found[name] = client.get(
            reverse(f"agencies:{name}", args=() if whole else [county["office"].key])
        ).status_code
    assert found == expected


def test_every_address_of_agencies_carries_a_mark():
    marks = {pattern.name: getattr(pattern.callback, "access", None) for pattern in urls.urlpatterns}
    assert len(marks) >= 29
    assert [name for name, mark in marks.items() if mark is None] == []


def test_a_rename_by_the_page_is_told_and_stands_in_the_history(county):
    client = browser(person("system", administrator="system"))
    agency = county["education"]
    given = {"name": "甲县教育和体育局", "since": "2021-03-01", "seen": "1"}
    answer = client.post(reverse("agencies:rename", args=[agency.key]), given, follow=True)
    assert "已更名" in answer.content.decode()
    assert queries.standing(agency, TODAY()).name == "甲县教育和体育局"
    history = client.get(reverse("agencies:history", args=[agency.key])).content.decode()
    assert "更名" in history
    assert "姓名system" in history


def test_whoever_came_second_is_told_who_was_first_and_loses_nothing(county):
    first, second = (browser(person(f"系统{number}", administrator="system")) for number in (1, 2))
    address = reverse("agencies:rename", args=[county["education"].key])
    assert first.post(address, {"name": "先到的名称", "since": "2021-03-01", "seen": "1"}).status_code == 302
    answer = second.post(address, {"name": "后到的名称", "since": "2021-04-01", "seen": "1"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "姓名系统1" in text
    assert re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", text)
    assert "后到的名称" in text
    assert "2021-04-01" in text
    assert 'name="seen" value="2"' in text
    assert queries.standing(county["education"], TODAY()).name == "先到的名称"


def test_two_who_write_one_guide_by_the_page(county):
    one, other = member(county, "clerk"), member(county, "head")
    address = reverse("agencies:keep_guide", args=[county["education"].key])
    assert one.post(address, {"address": "先到路1号", "updated_on": "2024-01-01", "seen": "0"}).status_code == 302
    answer = other.post(address, {"address": "后到路2号", "updated_on": "2024-01-01", "seen": "0"})
    assert (answer.status_code, Guide.objects.get().address) == (409, "先到路1号")
    assert "姓名clerk-education" in answer.content.decode()
    again = re.search(r'name="seen" value="(\d+)"', answer.content.decode())[1]
    given = {"address": "后到路2号", "updated_on": "2024-01-01", "seen": again}
    assert other.post(address, given).status_code == 302
    assert Guide.objects.get().address == "后到路2号"


REFUSED = [
    ("rename", {"name": "新名", "since": "2001-01-01"}, "id_since"),
    ("recode", {"unified_code": "11990000YY0000019X", "since": "2021-01-01"}, "id_unified_code"),
    ("recode", {"region_code": "1", "since": "2021-01-01"}, "id_region_code"),
    ("move", {"kind": "region", "parent": "无此机关", "since": "2021-01-01"}, "id_parent"),
    ("merge", {"into": "无此机关", "since": "2021-01-01"}, "id_into"),
    ("dissolve", {"since": "2021-01-01", "reason": ""}, "id_reason"),
]


@pytest.mark.parametrize(("name", "given", "field"), REFUSED)
def test_what_is_refused_stands_at_its_field_and_in_the_summary(county, name, given, field):
    client = browser(person("system", administrator="system"))
    answer = client.post(reverse(f"agencies:{name}", args=[county["education"].key]), {**given, "seen": "1"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "error-summary" in text
    assert f'href="#{field}"' in text
    assert Agency.objects.get(pk=county["education"].pk).version == 1


def test_every_act_of_the_system_administrator_works_by_its_page(county):
    client = browser(person("system", administrator="system"))
    keys = {name: agency.key for name, agency in county.items()}

    def post(act, where, *more, **given):
        answer = client.post(reverse(f"agencies:{act}", args=[keys[where], *more]), given)
        assert answer.status_code == 302, (act, answer.content.decode())

    place = {"kind": "department", "level": "county", "region": "甲县人民政府", "since": "2015-01-01", "seen": "0"}
    assert client.post(reverse("agencies:found"), {"name": "甲县民政局", **place}).status_code == 302
    post("put_in_charge", "office", in_charge="on", seen="1")
    post("recode", "office", region_code="990200", since="2016-01-01", seen="2")
    post(
        "correct_name",
        "office",
        county["office"].names.last().pk,
        name="甲县政府办",
        since="2016-02-01",
        reason="错",
        seen="3",
    )
    post("correct_edge", "office", county["office"].parents.get().pk, since="2011-01-01", reason="错", seen="4")
    post("move", "station", kind="region", parent=keys["township"], since="2017-01-01", seen="1")
    post("split", "education", name="甲县体育局", since="2018-01-01", seen="1")
    post("merge", "education", into="甲县体育局", since="2019-01-01", seen="2")
    station = Agency.objects.get(key=keys["station"])
    post("dissolve", "station", since="2020-01-01", reason="改革", successor="甲县民政局", seen=str(station.version))
    names = {name.name for name in queries.children(county["county"], TODAY())}
    assert names == {"甲县民政局", "甲县政府办", "甲县体育局", "甲县乙镇人民政府"}


def test_every_form_of_an_office_works_by_its_page(county):
    client = member(county, "head")
    key = county["education"].key
    forms = {
        "keep_site": {"icp": "测ICP备00号", "on_guide": "on", "label_guide": "指引"},
        "keep_local_choice": {"court_name": "甲县人民法院", "setting_remedies_zone_departments": "zone_committee"},
        "keep_fee_account": {"payee": "甲县财政局", "bank": "甲行", "number": "1"},
    }
    for name, given in forms.items():
        assert client.post(reverse(f"agencies:{name}", args=[key]), {**given, "seen": "0"}).status_code == 302, name
    assert [column.label for column in queries.site(county["education"]).shown()] == ["指引"]
    assert queries.local_choice(county["education"]).settings == {"remedies.zone_departments": "zone_committee"}
    page = client.get(reverse("agencies:guide", args=[key])).content.decode()
    assert "甲县财政局" in page
    assert "甲县人民法院" in page


def test_a_stale_guide_is_warned_of_on_its_page(county):
    client = member(county, "clerk")
    agency = county["education"]
    page = reverse("agencies:guide", args=[agency.key])
    assert "还没有编制政府信息公开指南" in client.get(page).content.decode()
    actions.keep_guide(agency, values={}, updated_on=date(2020, 1, 1), by=SYSTEM, seen=0)
    assert "请核对并更新" in client.get(page).content.decode()
    actions.keep_guide(agency, values={}, updated_on=TODAY(), by=SYSTEM, seen=1)
    assert "alert-warning" not in client.get(page).content.decode()


def test_roles_are_given_and_taken_by_the_page(county):
    client = browser(person("security", administrator="security"))
    person("clerk")
    agency = county["education"]
    given = {"login": "clerk", "role": "clerk", "since": "2020-01-01", "seen": "0"}
    grant = reverse("agencies:grant", args=[agency.key])
    assert client.post(grant, given).status_code == 302
    assert client.post(grant, given).status_code == 422
    assert "没有登录名为" in client.post(grant, {**given, "login": "ghost"}).content.decode()
    held = Member.objects.get()
    address = reverse("agencies:revoke", args=[agency.key, held.key])
    assert client.post(address, {"until": str(TODAY()), "reason": "调离", "seen": "1"}).status_code == 302
    other = reverse("agencies:revoke", args=[county["office"].key, held.key])
    assert client.get(other).status_code == 404


def test_leave_and_leaving_by_the_page(county):
    client = browser(person("security", administrator="security"))
    clerk, heir = person("clerk"), person("heir")
    admin = person("admin", administrator="security")
    actions.grant(county["office"], user=clerk, role="clerk", since=date(2020, 1, 1), by=Actor("user", admin.key))
    leave = {"login": "clerk", "colleague": "heir", "since": "2030-01-01", "until": "2030-02-01", "seen": "0"}
    assert client.post(reverse("agencies:cover"), leave).status_code == 302
    leaves = {"login": "clerk", "to": "heir", "since": "2031-01-01", "reason": "退休", "seen": "0"}
    assert client.post(reverse("agencies:hand_over"), leaves).status_code == 302
    assert heir.memberships.count() == 2
    assert clerk.memberships.get().until == date(2031, 1, 1)


def test_a_sheet_is_looked_through_and_then_taken_over(county):
    client = browser(person("system", administrator="system"))
    given_out = client.get(reverse("agencies:export")).content
    rows = [*(found.cells for found in read(given_out)), row("n1", "甲县新局", **under(county["county"].key))]
    upload = SimpleUploadedFile("tree.xlsx", write(rows))
    answer = client.post(reverse("agencies:import"), {"file": upload}, follow=True)
    assert "新增1个，变更0个，没有变化5个，问题0处" in answer.content.decode()
    assert not Name.objects.filter(name="甲县新局").exists()
    given = Import.objects.get()
    done = client.post(reverse("agencies:looked_through", args=[given.key]), {"seen": "1"}, follow=True)
    assert "已导入：新增1个，变更0个" in done.content.decode()
    agency = Name.objects.get(name="甲县新局").agency
    history = client.get(reverse("agencies:history", args=[agency.key])).content.decode()
    assert "导入机关树" in history
    assert given.digest in history


def test_problems_of_a_sheet_are_listed_and_it_cannot_be_taken_over():
    client = browser(person("system", administrator="system"))
    upload = SimpleUploadedFile("tree.xlsx", write([TOP, row("2", "", **under("1"))]))
    answer = client.post(reverse("agencies:import"), {"file": upload}, follow=True)
    text = answer.content.decode()
    assert "请填写机关名称" in text
    assert "确认导入" not in text
    forced = client.post(reverse("agencies:looked_through", args=[Import.objects.get().key]), {"seen": "1"})
    assert forced.status_code == 409
    assert not Agency.objects.exists()
    bad = client.post(reverse("agencies:import"), {"file": SimpleUploadedFile("x.xlsx", b"no sheet")})
    assert bad.status_code == 422


def test_the_tree_opens_branch_by_branch_with_and_without_script(county):
    client = browser(person("system", administrator="system"))
    top = client.get(reverse("agencies:tree")).content.decode()
    # What stands right below is shown at once where it is not much; what stands further below opens in place.
    assert all(name in top for name in ("甲县人民政府", "甲县教育局"))
    deeper = reverse("agencies:below", args=[county["education"].key])
    assert f'hx-get="{deeper}"' in top
    address = reverse("agencies:below", args=[county["county"].key])
    page, part = client.get(address), client.get(address, headers={"HX-Request": "true"})
    assert "<h1>" in page.content.decode()
    assert "<h1>" not in part.content.decode()
    assert all("甲县教育局" in answer.content.decode() for answer in (page, part))


@pytest.mark.usefixtures("county")
def test_an_agency_is_found_by_name_and_by_code():
    client = browser(person("system", administrator="system"))
    for words, found in (("教育", "甲县教育局"), ("990200100", "甲县乙镇人民政府"), ("<b>", "没有找到机关")):
        assert found in client.get(reverse("agencies:tree"), {"q": words}).content.decode()
