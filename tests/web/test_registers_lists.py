"""The lists people look for: what they take, what is amiss with a row, who sees persons and until when, files, links."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from datetime import time as clock

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint
from django.urls import reverse
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.law.catalogues.catalogue import load
from gongkai.web.agencies.models import Member
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.audit.models import Entry
from gongkai.web.registers import actions, amiss, given, policies
from gongkai.web.registers.actions import passing
from gongkai.web.registers.bulk.columns import columns
from gongkai.web.registers.declared import DECLARED
from gongkai.web.registers.models import Budget, Correction, Post, Project, Service, Subsidy
from gongkai.web.registers.row_form import given_form
from gongkai.web.registers.shown import FIGURES, LISTS, REGISTERS
from gongkai.web.search.sources import SOURCES
from tests.web import publications_office
from tests.web.people import browser, person
from tests.web.registers_office import GIVEN, rows
from tests.web.registers_sheets import GOOD, brought, row, sheet, swept, taken
from tests.web.reports_office import actor, office

pytestmark = pytest.mark.django_db
OPEN = {"publicity": "open"}
DAY = timedelta(days=1)


@pytest.fixture
def made():
    found = office()
    Member.objects.create(user=person("town-clerk"), agency=found.town, role="clerk", since=date(2019, 1, 1))
    return found


def clerk(made):
    return made.town.members.get(user__login="town-clerk").user


def entered(made, register, number=1, **changed):
    return actions.record(register, agency=made.town, by=CONSOLE, **GIVEN[register](number) | OPEN | changed)


def address(name, *given):
    return reverse(f"registers:{name}", args=given)


def read(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def typed(register, number=1):
    """What a person types for a row of the helpers."""
    return typed_row(register(**GIVEN[register](number), **OPEN))


def typed_row(row):
    """What stands in the form of a row."""
    form = given_form(type(row), row=row)
    found = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in found.items() if value not in (None, "")}


def test_every_register_declares_what_its_table_holds_once():
    """A field that is given is declared once, and what may be there only once is what the table says."""
    checked = 0
    for of in REGISTERS.values():
        declared = DECLARED[of.model]
        once = next(one for one in of.model._meta.constraints if isinstance(one, UniqueConstraint))
        held = {of.model._meta.get_field(name).attname for name in once.fields}
        assert held == set(declared.once), of.slug
        assert {*declared.happened, *declared.searched, *declared.facets} <= set(declared.fields), of.slug
        assert not any(name in of.hides for name in declared.searched), of.slug
        known = {}
        for column in columns(of.model):
            for head in column.spellings:
                assert known.setdefault(head, column.code) == column.code, f"{of.slug}: {head}"
                checked += 1
    print(f"{len(REGISTERS)} registers, {checked} headings")
    assert (len(FIGURES), len(LISTS)) == (4, 6)
    assert checked > 200


@pytest.mark.parametrize("slug", [of.slug for of in LISTS])
def test_a_list_is_entered_on_its_form_corrected_and_read_by_everybody(made, slug):
    register, seen = REGISTERS[slug].model, browser(clerk(made))
    filled = typed(register)
    answer = seen.post(address("new", slug), {**filled, "keeper": made.town.key})
    assert answer.status_code == 302, answer.content.decode()
    kept = register.objects.get()
    for name, value in GIVEN[register](1).items():
        assert (
            getattr(kept, name) == (value.replace("\n", "\r\n") if isinstance(value, str) else value)
            or getattr(kept, name) == value
        )
    dated = DECLARED[register].happened[0]
    earlier = date(2024, 5, 1)
    changed = typed_row(kept) | {dated: earlier.isoformat(), "reason": "看错", "seen": 1}
    if register is Subsidy:
        changed["assessed_on"] = earlier.isoformat()
    answer = seen.post(address("change", slug, kept.key, "correct"), changed)
    assert answer.status_code == 302, answer.content.decode()
    page = seen.get(address("one", slug, kept.key)).content.decode()
    assert "更正前" in page
    assert Correction.objects.get().before[dated] == "2024-05-06"
    reader = browser()
    assert str(kept) in reader.get(address("public_one", slug, kept.key)).content.decode()
    listed = reader.get(address("public_list", slug)).content.decode()
    assert "共 1 条" in listed
    assert address("public_one", slug, kept.key) in listed


@pytest.mark.parametrize("slug", [of.slug for of in LISTS])
def test_a_list_is_brought_as_a_sheet_and_undone(made, slug):
    by, register = actor(clerk(made)), REGISTERS[slug].model
    bulk = brought([row(slug, n=n) for n in range(1, 4)], made.town, by, slug)
    assert (bulk.state, bulk.good, bulk.refused) == ("checked", 3, 0), [one.why for one in bulk.refusals.all()]
    assert taken(bulk, by).state == "taken"
    assert policies.public(register).count() == 3
    again = brought([row(slug, n=2), row(slug, n=9)], made.town, by, slug)
    assert (again.good, again.doubles) == (1, 1)
    actions.undo(bulk, reason="传错文件", by=by, seen=bulk.version)
    swept()
    assert not policies.public(register).exists()


def test_usual_headings_and_words_of_offices_are_understood(made):
    by = actor(clerk(made))
    lines = [
        {"补贴项目名称": "样例补贴", "发放批次": "第一批", "序号": "7", "户主姓名": "样大明", "村名": "样例村", "补助标准": "每亩100元",
         "发放金额（元）": "1,350.5", "公示起始日期": "2024.5.6", "公示结束日期": "2099年5月15日", "评估日期": "2024-05-05", "是否公开": "是"},
    ]  # fmt: skip
    content = sheet(lines, heads=list(lines[0]))
    bulk = brought([], made.town, by, "subsidies", content=content)
    assert (bulk.good, bulk.refused) == (1, 0), [one.why for one in bulk.refusals.all()]
    taken(bulk, by)
    assert Subsidy.objects.get().fen == 135050


WRONG = [
    ("services", {"承诺办结时限（工作日）": "21"}, "承诺办结时限21个工作日，长于法定办结时限20个工作日"),
    ("services", {"法定办结时限（工作日）": "二十天"}, "法定办结时限（工作日）：“二十天”不是整数"),
    ("services", {"更新日期": "2999-01-01"}, "在今天以后"),
    ("budgets", {"收入合计（万元）": "1.23456"}, "收入合计（万元）：“1.23456”不是金额"),
    ("budgets", {"公开日期": "2024-05-01"}, "公开日期2024-05-01早于批准日期2024-05-06"),
    ("budgets", {"“三公”经费合计（万元）": "3", "因公出国（境）费（万元）": "1", "公务用车购置及运行费（万元）": "1",
                 "公务接待费（万元）": "2"}, "“三公”经费合计3.0000万元，与三项之和4.0000万元不一致"),
    ("budgets", {"公开文件": "11000-2024-1"}, "没有索引号是“11000-2024-1”的已发布文件"),
    ("budgets", {"年度": "1900"}, "“年度”不能填“1900”"),
    ("subsidies", {"补贴金额（元）": "1.005"}, "请填以元为单位的数"),
    ("subsidies", {"公示截止日期": "2024-05-01"}, "公示截止日期2024-05-01早于公示开始日期2024-05-06"),
    ("subsidies", {"个人信息保护影响评估日期": "2024-05-07"}, "公开个人信息应当事前评估（《个人信息保护法》第五十五条）"),
    ("subsidies", {"补贴对象": "样小明 138 0000 0000"}, "“补贴对象”里有像证件号码、手机号码或者银行账号的数字"),
    ("subsidies", {"村（社区）": f"样例村{publications_office.ID}"}, "“村（社区）”里有像证件号码"),
    ("subsidies", {"村（社区）": "样例村202400010002号"}, None),
    ("posts", {"录用人数": "3", "结果公布日期": "2024-06-01"}, "录用人数3，多于招录人数2"),
    ("posts", {"录用人数": "1"}, "请同时填结果公布日期"),
    ("posts", {"报名截止日期": "2024-05-01"}, "早于公告日期2024-05-06"),
    ("projects", {"开工日期": "2024-06-01", "竣工日期": "2024-05-01"}, "竣工日期2024-05-01早于开工日期2024-06-01"),
    ("projects", {"所处阶段": "睡觉"}, "所处阶段：“睡觉”不是可以填的内容"),
    ("powers", {"责任事项": ""}, "责任事项：没有填写"),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "changed", "why"), WRONG)
def test_a_row_that_cannot_be_says_why(made, slug, changed, why):
    bulk = brought([row(slug, n=1), row(slug, n=2, **changed)], made.town, actor(clerk(made)), slug)
    if why is None:
        # Other long figures are no numbers of persons.
        assert bulk.refused == 0
        return
    assert bulk.good == 1
    assert why in bulk.refusals.get().why


def test_a_guide_that_lacks_elements_is_told_to_the_office_alone(made):
    whole, bare = entered(made, Service), entered(made, Service, 2, place="", statutory_days=None, promised_days=None)
    either = entered(made, Service, 3, statutory_days=None)
    assert [amiss.missing(one) for one in (whole, either)] == ["", ""]
    assert amiss.missing(bare) == "缺少要素：办结时限、办理地点"
    assert list(Service.objects.filter(amiss.incomplete())) == [bare]
    seen = browser(clerk(made))
    page = seen.get(address("list", "services")).content.decode()
    assert page.count("缺少要素：办结时限、办理地点") == 1
    assert "共 1 条" in seen.get(address("list", "services"), {"lacking": "on"}).content.decode()
    assert "缺少要素" in seen.get(address("one", "services", bare.key)).content.decode()
    for where in (address("public_list", "services"), address("public_one", "services", bare.key)):
        assert "缺少要素" not in browser().get(where).content.decode()
    filled = {name: value for name, value in typed(Service, 4).items() if name not in ("steps", "fee")}
    answer = seen.post(address("new", "services"), {**filled, "keeper": made.town.key}, follow=True)
    assert "缺少要素：办理流程、收费标准。补齐以前，列表上会标明。" in answer.content.decode()


def test_each_element_of_the_law_is_a_field_of_the_guide_and_is_missed():
    found = 0
    for one in load("service_guide").items:
        label, fields = amiss.elements()[one.id]
        filled = {name: "x" for _, names in amiss.elements().values() for name in names}
        assert amiss.missing(Service(**filled)) == ""
        empty = {name: None if name.endswith("_days") else "" for name in fields}
        assert amiss.missing(Service(**filled | empty)) == f"缺少要素：{label}"
        found += 1
    assert found == 10


def test_a_budget_that_was_published_late_is_told_by_how_much(made):
    approved = date(2024, 5, 6)
    assert amiss.late(entered(made, Budget, published_on=date(2024, 5, 26), approved_on=approved)) == ""
    said = amiss.late(entered(made, Budget, 2, published_on=date(2024, 5, 28), approved_on=approved))
    # The twentieth day is a Sunday.
    assert said == "公开日期晚于法定期限（2024-05-27）1天"


def test_a_budget_leads_to_its_document_while_everybody_sees_that():
    made = publications_office.office()
    document = publications_office.released(made)
    kept = actions.record(Budget, agency=made.county, by=CONSOLE, **GIVEN[Budget](1), **OPEN, document=document)
    reader, where = browser(), address("public_one", "budgets", kept.key)
    page = reader.get(where).content.decode()
    assert reverse("publications:public_one", args=[document.key]) in page
    assert document.index_number in read(reader.get(address("public_export", "budgets", "csv")))
    assert typed_row(kept)["document"] == document.index_number
    assert given.document(f" {document.index_number} ") == document
    publications_office.do(made, "withdraw", document, "clerk", reason="有误")
    page = reader.get(where).content.decode()
    assert document.key not in page
    assert document.title not in page
    assert document.index_number not in read(reader.get(address("public_export", "budgets", "csv")))
    with pytest.raises(InvalidInput, match=r"registers\.no_document"):
        given.document(document.index_number)
    withdrawn = publications_office.fresh(document)
    with pytest.raises(InvalidInput, match=r"registers\.not_released"):
        actions.record(Budget, agency=made.county, by=CONSOLE, **GIVEN[Budget](2), **OPEN, document=withdrawn)


def at(day):
    return timezone.make_aware(datetime.combine(day, clock(0, 5)))


def test_persons_come_down_by_themselves_after_their_last_day(made, monkeypatch):
    monkeypatch.setattr(passing, "BATCH", 2)
    today = timezone.localdate()
    last = [entered(made, Subsidy, n, shown_until=today) for n in range(1, 6)]
    longer = entered(made, Subsidy, 6, shown_until=today + DAY)
    assert policies.public(Subsidy).count() == 6
    assert list(passing.over(at(today))) == []
    assert swept(at(today + DAY)) == 3
    assert swept(at(today + DAY)) == 0
    for one in last:
        one.refresh_from_db()
        assert (one.publicity, one.withdrawn_on, one.version) == ("withdrawn", today + DAY, 2)
        assert one.withdrawn_because == "公示期满，自动撤下。"
    assert list(policies.public(Subsidy)) == [longer]
    entries = Entry.objects.filter(verb="registers.take_down")
    assert sorted(one.result["rows"] for one in entries) == [1, 2, 2]
    assert "样小明" not in str([one.result for one in entries])
    page = browser(clerk(made)).get(address("one", "subsidies", last[0].key)).content.decode()
    assert "公示期满，自动撤下" in page
    assert "样小明" in page


def test_nobody_sees_a_person_after_the_last_day_though_no_sweep_came(made):
    yesterday = timezone.localdate() - DAY
    kept = entered(made, Subsidy, shown_until=yesterday)
    reader = browser()
    assert kept.publicity == "open"
    assert reader.get(address("public_one", "subsidies", kept.key)).status_code == 404
    assert "没有符合条件的记录" in reader.get(address("public_list", "subsidies")).content.decode()
    assert json.loads(read(reader.get(address("public_export", "subsidies", "json"))))["rows"] == []
    source = next(one for one in SOURCES if one.code == "register-subsidies")
    assert list(source.hits([kept.key])) == []


def test_what_everybody_gets_of_a_person_is_masked_and_cannot_be_searched_for(made):
    entered(made, Subsidy)
    reader, seen = browser(), []
    seen.append(reader.get(address("public_list", "subsidies")).content.decode())
    seen += [read(reader.get(address("public_export", "subsidies", ending))) for ending in ("csv", "json")]
    source = next(one for one in SOURCES if one.code == "register-subsidies")
    seen += [source.shown(hit).text for hit in source.hits(list(Subsidy.objects.values_list("key", flat=True)))]
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(reader.get(address("public_export", "subsidies", "xlsx")).streaming_content))
    )
    seen.append(str([[cell.value for cell in line] for page in book.worksheets for line in page.iter_rows()]))
    assert len(seen) == 5
    for one in seen:
        assert "样某某" in one
        assert "样小明" not in one
        assert "影响评估" not in one
    assert "没有符合条件的记录" in reader.get(address("public_list", "subsidies"), {"words": "小明"}).content.decode()
    assert "共 1 条" in reader.get(address("public_list", "subsidies"), {"words": "样例村"}).content.decode()


def test_every_file_says_what_its_columns_mean(made):
    rows(made.town)
    reader, said = browser(), 0
    for slug in REGISTERS:
        data = json.loads(read(reader.get(address("public_export", slug, "json"))))
        assert set(data["rows"][0]) == set(data["columns"]), slug
        for code, column in data["columns"].items():
            value = data["rows"][0][code]
            assert column["title"]
            kinds = {"string": str, "date": str, "integer": int, "number": (int, float)}
            assert value is None or isinstance(value, kinds[column["type"]]), (slug, code, value)
            assert (column["type"] == "number") == bool(column.get("unit")), (slug, code)
            said += bool(column.get("description"))
        book = openpyxl.load_workbook(
            io.BytesIO(b"".join(reader.get(address("public_export", slug, "xlsx")).streaming_content))
        )
        heads = [cell.value for cell in book.worksheets[0][1]]
        assert [line[0].value for line in book.worksheets[1].iter_rows(min_row=2)] == heads
        lines = list(
            csv.reader(io.StringIO(read(reader.get(address("public_export", slug, "csv"))).lstrip("\ufeff")))
        )
        assert lines[0] == heads
        assert len(lines) == 2
    print(f"{said} columns described")
    assert said > 40


def test_lists_are_narrowed_by_agency_kind_and_year(made):
    rows(made.town)
    entered(made, Service, 5, kind="licence", as_of=date(2023, 1, 2))
    actions.record(Service, agency=made.county, by=CONSOLE, **GIVEN[Service](1), **OPEN)
    reader = browser()

    def counted(**asked):
        page = reader.get(address("public_list", "services"), asked).content.decode()
        return next((n for n in range(9) if f"共 {n} 条" in page), 0)

    assert counted() == 3
    assert counted(agency=made.town.key) == 2
    assert counted(agency="nothing") == 3
    assert counted(kind="licence") == 1
    assert counted(kind="gift") == 3
    assert counted(year="2023") == 1
    assert counted(words="样例事项5") == 1
    assert counted(lacking="on") == 3
    page = reader.get(address("public_list", "budgets"), {"year": "2021"}).content.decode()
    assert "共 1 条" in page


def test_the_first_page_and_the_agencys_page_lead_to_lists_that_have_rows(made):
    reader = browser()
    entered(made, Service)
    entered(made, Subsidy, shown_until=timezone.localdate() - DAY)
    page = reader.get(reverse("portal:agency", args=[made.town.key])).content.decode()
    assert f"{address('public_list', 'services')}?agency={made.town.key}" in page
    assert address("public_list", "subsidies") not in page
    assert (
        address("public_list", "services")
        not in reader.get(reverse("portal:agency", args=[made.county.key])).content.decode()
    )
    listed = reader.get(address("public_home")).content.decode()
    assert all(address("public_list", slug) in listed for slug in REGISTERS)


def test_the_database_itself_keeps_what_cannot_be(made):
    wrong = [
        (Service, {"promised_days": 21}),
        (Service, {"kind": "gift"}),
        (Budget, {"year": 1900}),
        (Budget, {"abroad": -1}),
        (Subsidy, {"fen": -1}),
        (Subsidy, {"shown_until": date(2024, 5, 5)}),
        (Subsidy, {"assessed_on": date(2024, 5, 7)}),
        (Post, {"taken": 3}),
        (Post, {"result_on": None}),
        (Project, {"yuan": -1}),
        (Project, {"begins_on": date(2024, 5, 7), "ends_on": date(2024, 5, 6)}),
        (Project, {"stage": "asleep"}),
    ]
    for register, changed in wrong:
        held = {"agency": made.town, **GIVEN[register](1), **OPEN}
        register.objects.create(**held).delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            register.objects.create(**held | changed)
    print(f"{len(wrong)} rows refused by the database")


def test_good_rows_of_the_helpers_name_only_headings_that_there_are():
    for slug, cells in GOOD.items():
        assert set(cells) <= {column.head for column in columns(REGISTERS[slug].model)}
