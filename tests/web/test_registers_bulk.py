"""Bulk import into the registers: brought, looked through, confirmed, taken as one, undone as one."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Member
from gongkai.web.agencies.tree import BELONGING
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.notices.models import Notification
from gongkai.web.registers import actions, policies, queries
from gongkai.web.registers.bulk import workbooks, working
from gongkai.web.registers.models import Charge, Decision, Import, Procurement, RefusedRow, Rule
from gongkai.web.registers.shown import REGISTERS
from tests.web.people import person
from tests.web.registers_office import GIVEN
from tests.web.registers_sheets import HEADS, brought, row, separated, sheet, swept, taken
from tests.web.reports_office import actor, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    found = office()
    Member.objects.create(user=person("town-clerk"), agency=found.town, role="clerk", since=date(2019, 1, 1))
    return found


@pytest.fixture
def clerk(made):
    return actor(made.town.members.get().user)


def test_a_sheet_of_every_register_becomes_rows_only_after_it_was_confirmed(made, clerk):
    whole = 0
    for slug, of in REGISTERS.items():
        given = brought([row(slug, n) for n in range(1, 31)], made.town, clerk, slug)
        assert (given.state, given.rows, given.good, given.refused) == ("checked", 30, 30, 0), slug
        assert not of.model.every.exists()
        given = taken(given, clerk)
        assert (given.state, given.good) == ("taken", 30), slug
        assert of.model.objects.filter(brought=given, agency=made.town).count() == 30
        whole += 30
    print(f"{whole} rows of {len(REGISTERS)} registers")
    assert Charge.objects.filter(item="样例费7", month=date(2024, 5, 1), yuan=1234).exists()
    assert Procurement.objects.get(number="样采2024-7").amount == Decimal("12345.6789")
    rule = Rule.objects.get(number="样政规〔2024〕7号")
    assert (rule.issued_on, rule.effective_on, rule.expires_on) == (date(2024, 3, 1), date(2024, 4, 1), None)
    assert queries.table_two(made.town, 2024)["proactive.penalties.decisions"] == 30
    assert queries.table_two(made.county, 2024, BELONGING)["proactive.charges.amount"] == Decimal("3.7020")
    said = Entry.objects.filter(verb="registers.take", kind="registers.import")
    assert said.count() == len(REGISTERS)
    entry = said.order_by("pk").last()
    assert (entry.result["rows"], entry.result["last"], len(entry.result["digest"])) == (30, 31, 64)
    assert Entry.objects.filter(verb="registers.record").count() == 0
    assert verify(made.town.chain).whole
    assert Notification.objects.filter(user=clerk.key, title__contains="已完成：登记30行").count() == len(REGISTERS)


def test_a_row_of_a_sheet_is_the_row_of_the_form(made, clerk):
    """What the quick way through the sheet writes is what the form would have written, field by field."""
    compared = 0
    for slug, of in REGISTERS.items():
        given = taken(brought([row(slug, 1)], made.town, clerk, slug), clerk)
        from_sheet = of.model.objects.get(brought=given)
        names = {
            field.attname
            for field in of.model._meta.concrete_fields
            if field.attname not in ("id", "key", "created_at", "brought_id")
        }
        asked = {name: getattr(from_sheet, name) for name in names}
        of.model.every.all().delete()
        values = {
            name: asked[name]
            for name in [*GIVEN[of.model](1), "publicity"]
            if name in asked and name not in ("in_name_of_id",)
        }
        from_form = actions.record(of.model, agency=made.town, by=clerk, **values)
        from_form.refresh_from_db()
        assert {name: getattr(from_form, name) for name in names} == asked, slug
        compared += len(names)
    print(f"{compared} fields compared")
    assert compared > 60


def test_headings_are_found_in_any_order_spelling_and_below_a_title(made, clerk):
    other = {
        "种类": "类别 *", "决定书文号": "行政处罚决定书文号", "决定日期": "处罚决定日期：", "事项": "案由", "职权来源": "职权类型",
        "相对人类别": "行政相对人类别", "相对人名称": "当事人", "公开情况": " 是否公开",
    }  # fmt: skip
    lines = [
        {other[head]: cell for head, cell in row(n=n, 种类="处罚", 公开情况="是", 相对人类别="个人").items()}
        | {"备注": "略"}
        for n in range(1, 4)
    ]
    content = sheet(
        lines, heads=["备注", *reversed(other.values())], above=[["2024年行政处罚登记表"], ["填表机关：青石镇"]]
    )
    given = brought(None, made.town, clerk, content=content)
    assert (given.state, given.good) == ("checked", 3), given.message
    assert given.unused == ["备注"]
    assert taken(given, clerk).good == 3


@pytest.mark.parametrize(
    ("charset", "delimiter"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-8", "\t"), ("gb18030", ";")]
)
def test_a_csv_is_read_in_its_character_set(made, clerk, charset, delimiter):
    content = separated([row(n=n) for n in range(1, 21)], charset=charset, delimiter=delimiter)
    given = brought(None, made.town, clerk, content=content, name="台账.csv")
    assert (given.state, given.good) == ("checked", 20), given.message
    taken(given, clerk)
    assert Decision.objects.filter(subject="样小明", number="样罚〔2024〕20号").count() == 1


def test_entrusted_and_handed_down_powers_count_for_whom_they_should(made, clerk):
    given = brought(
        [
            row(n=1, 职权来源="受委托", 委托机关="样例县人民政府"),
            row(n=2, 职权来源="赋权"),
            row(n=3, 种类="许可", 公开情况="不公开", 不公开依据="政府信息公开条例第二十条"),
        ],
        made.town,
        clerk,
    )
    assert given.good == 3
    taken(given, clerk)
    penalties = "proactive.penalties.decisions"
    assert queries.table_two(made.county, 2024)[penalties] == 1
    assert queries.table_two(made.town, 2024)[penalties] == 1
    assert policies.public(Decision).count() == 2


def test_the_template_is_an_empty_sheet_of_its_register_with_one_example_that_is_skipped(made, clerk):
    for slug, of in REGISTERS.items():
        content = workbooks.template(of)
        book = openpyxl.load_workbook(io.BytesIO(content))
        page = book.worksheets[0]
        assert [cell.value for cell in page[1]] == HEADS[slug]
        assert any(str(cell.value).startswith("示例") for cell in page[2])
        assert len(page.data_validations.dataValidation) >= 1
        assert len(list(book.worksheets[1].rows)) > len(HEADS[slug])
        given = brought(None, made.town, clerk, slug, content)
        assert (given.state, given.code) == ("unreadable", "registers.bulk.no_rows")
        for at, head in enumerate(HEADS[slug], 1):
            page.cell(3, at, row(slug, 5).get(head))
        out = io.BytesIO()
        book.save(out)
        given = brought(None, made.town, clerk, slug, out.getvalue())
        assert (given.state, given.good, given.refused, given.skipped) == ("checked", 1, 0, 1), slug


def test_the_same_file_given_twice_says_so(made, clerk):
    content = sheet([row(n=1)])
    given, again = actions.bring(content, "一.xlsx", register="decisions", agency=made.town, by=clerk)
    assert not again
    other, again = actions.bring(content, "二.xlsx", register="decisions", agency=made.town, by=clerk)
    assert again
    assert other == given
    assert Import.objects.count() == 1
    actions.drop(given, by=clerk, seen=given.version)
    _, again = actions.bring(content, "三.xlsx", register="decisions", agency=made.town, by=clerk)
    assert not again


def test_refused_rows_come_back_with_their_reasons_and_mended_are_taken(made, clerk):
    actions.record(Decision, agency=made.town, by=clerk, **GIVEN[Decision](3), publicity="open")
    rows = [row(n=n) for n in range(1, 11)]
    rows[4]["决定日期"] = "去年五月"
    rows[6]["事项"] = ""
    rows[8]["决定书文号"] = "样罚（2024）2号"
    given = brought(rows, made.town, clerk)
    assert (given.good, given.refused, given.doubles) == (6, 4, 2)
    found = {one.number: one for one in given.refusals.all()}
    assert sorted(found) == [4, 6, 8, 10]
    assert found[4].double_of == Decision.objects.get().key
    assert "决定书文号已经登记过" in found[4].why
    assert found[6].why.startswith("决定日期：“去年五月”看不出是哪一天")
    assert found[8].why == "事项：没有填写。"
    assert "决定书文号与第3行重复" in found[10].why
    with pytest.raises(InvalidInput, match="refused_left"):
        actions.confirm(given, good_alone=False, by=clerk, seen=given.version)
    given = taken(given, clerk, good_alone=True)
    assert (given.good, Decision.objects.count()) == (6, 7)

    book = openpyxl.load_workbook(io.BytesIO(workbooks.refused(given)))
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == [*HEADS["decisions"], "原因"]
    assert page.max_row == 5
    page.cell(3, 3, "2024-05-07")
    page.cell(4, 4, "违法搭建")
    out = io.BytesIO()
    book.save(out)
    again = brought(None, made.town, clerk, content=out.getvalue())
    assert (again.good, again.refused, again.unused) == (2, 2, [])
    taken(again, clerk, good_alone=True)
    assert Decision.objects.count() == 9
    once_more = openpyxl.load_workbook(io.BytesIO(workbooks.refused(again))).worksheets[0]
    assert [cell.value for cell in once_more[1]] == [*HEADS["decisions"], "原因"]


def test_an_import_is_undone_as_one_while_nobody_changed_its_rows(made, clerk):
    given = taken(brought([row(n=n) for n in range(1, 41)], made.town, clerk), clerk)
    penalties = "proactive.penalties.decisions"
    assert queries.table_two(made.town, 2024)[penalties] == 40
    undone = actions.undo(given, reason="传错文件", by=clerk, seen=given.version)
    assert undone.state == "undoing"
    assert queries.table_two(made.town, 2024)[penalties] == 0
    assert not Decision.objects.exists()
    swept()
    given.refresh_from_db()
    assert given.state == "undone"
    assert Decision.objects.filter(struck_because="传错文件").count() == 40
    assert queries.table_two(made.town, 2024)[penalties] == 0
    # The numbers are free again, and so is the file.
    given = taken(brought([row(n=n) for n in range(1, 41)], made.town, clerk), clerk)
    one = Decision.objects.filter(brought=given)[6]
    actions.correct(one, reason="看错", by=clerk, seen=1, matter="违法搭建")
    with pytest.raises(InvalidInput, match="rows_changed"):
        actions.undo(given, reason="传错文件", by=clerk, seen=given.version)
    given.refresh_from_db()
    assert given.state == "taken"
    assert queries.table_two(made.town, 2024)[penalties] == 40


def test_nothing_is_seen_before_the_flip_and_all_of_it_after(made, clerk, monkeypatch):
    monkeypatch.setattr(working, "BATCH", 10)
    given = brought([row(n=n) for n in range(1, 96)], made.town, clerk)
    actions.confirm(given, good_alone=False, by=clerk, seen=given.version)
    working.stage(given)
    assert Decision.every.filter(brought=given).count() == 95
    penalties = "proactive.penalties.decisions"
    seen = [
        Decision.objects.count(), Decision._default_manager.count(), policies.public(Decision).count(),
        policies.visible(made.town.members.get().user, Decision).count(), queries.table_two(made.town, 2024)[penalties],
        queries.behind(penalties, made.town, 2024).count(), len(queries.unnumbered(made.town, Decision, 2024)),
        len(queries.number_gaps(made.town, Decision, 2024)),
    ]  # fmt: skip
    assert seen == [0] * len(seen)
    row_staged = Decision.every.filter(brought=given).first()
    with pytest.raises(Stale):
        actions.strike(row_staged, reason="不该看见", by=clerk, seen=1)
    assert swept() == 1
    assert queries.table_two(made.town, 2024)[penalties] == 95
    print(f"{len(seen)} ways to look, none saw a staged row")


def test_a_number_entered_meanwhile_is_never_entered_twice(made, clerk):
    """Looked through whole, then an officer was first with one number: nothing is taken, and the new report says it."""
    given = brought([row(n=n) for n in range(1, 6)], made.town, clerk)
    actions.record(Decision, agency=made.town, by=clerk, **GIVEN[Decision](3), publicity="open")
    actions.confirm(given, good_alone=False, by=clerk, seen=given.version)
    swept()
    given.refresh_from_db()
    assert (given.state, given.round, given.good, given.refused, given.doubles) == ("checked", 2, 4, 1, 1)
    assert Decision.every.count() == 1
    actions.confirm(given, good_alone=True, by=clerk, seen=given.version)
    actions.record(Decision, agency=made.town, by=clerk, **GIVEN[Decision](4), publicity="open")
    swept()
    given.refresh_from_db()
    assert (given.state, given.good, given.refused) == ("taken", 3, 2)
    assert Decision.objects.count() == 5
    assert Decision.objects.filter(number="样罚〔2024〕4号").count() == 1


def test_only_who_may_enter_brings_confirms_and_undoes(made, clerk):
    stranger = actor(made.stranger)
    given = brought([row()], made.town, clerk)
    refused = 0
    for act in (
        lambda: actions.bring(b"x", "x.csv", register="decisions", agency=made.town, by=stranger),
        lambda: actions.confirm(given, good_alone=False, by=stranger, seen=given.version),
        lambda: actions.drop(given, by=stranger, seen=given.version),
        lambda: actions.undo(given, reason="x", by=stranger, seen=given.version),
    ):
        with pytest.raises(PermissionDenied):
            act()
        refused += 1
    assert refused == 4
    with pytest.raises(Stale):
        actions.confirm(given, good_alone=False, by=clerk, seen=given.version - 1)
    with pytest.raises(InvalidInput, match="not_taken"):
        actions.undo(given, reason="x", by=clerk, seen=given.version)
    actions.drop(given, by=clerk, seen=given.version)
    with pytest.raises(InvalidInput, match="not_checked"):
        actions.confirm(given, good_alone=False, by=clerk, seen=given.version)
    with pytest.raises(InvalidInput, match="not_open"):
        actions.drop(given, by=clerk, seen=given.version)


def test_a_batch_asks_the_database_a_few_times_however_many_rows_it_has(made, clerk):
    counts = []
    for start, number in ((1, 20), (1000, 900)):
        given = brought([row(n=n) for n in range(start, start + number)], made.town, clerk)
        actions.confirm(given, good_alone=False, by=clerk, seen=given.version)
        with CaptureQueriesContext(connection) as asked:
            working.stage(given)
        counts.append(len(asked))
        swept()
    print(f"queries for 20 rows and for 900: {counts}")
    assert counts[1] - counts[0] <= 2


def test_an_import_that_fails_again_and_again_leaves_nothing(made, clerk, monkeypatch):
    given = brought([row(n=n) for n in range(1, 31)], made.town, clerk)
    actions.confirm(given, good_alone=False, by=clerk, seen=given.version)
    monkeypatch.setattr(working, "BATCH", 10)
    working.stage(given)
    actions.give_up_taking(Import.objects.get(pk=given.pk))
    swept()
    given.refresh_from_db()
    assert (given.state, given.code) == ("unreadable", "registers.bulk.gave_up")
    assert not Decision.every.exists()
    assert not RefusedRow.objects.exists()
