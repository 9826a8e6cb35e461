"""The whole tree as a sheet: out, in, out again; and every row's problems before anything is taken over."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.errors import InvalidInput
from gongkai.web.agencies import actions, queries
from gongkai.web.agencies.exchange.columns import COLUMNS
from gongkai.web.agencies.exchange.lines import exported
from gongkai.web.agencies.exchange.plan import planned
from gongkai.web.agencies.exchange.sheet import Row, read, write
from gongkai.web.agencies.models import KINDS, Agency, Edge, Import, Name, Succession, Tree
from gongkai.web.audit.actor import SYSTEM, VISITOR
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.demo.county import made_up_code, make_demo
from tests.web.test_agencies_county import TODAY, small_county

pytestmark = pytest.mark.django_db
DEPARTMENT = dict(KINDS)["department"]


def row(ref, name, **cells):
    """A row of the sheet; what is not given is a department of the county from 2015 on."""
    given = {"kind": DEPARTMENT, "level": "县级", "named_since": "2015-01-01"} | cells
    return {column.code: "" for column in COLUMNS} | {"ref": ref, "name": name} | given


def under(parent, since="2015-01-01"):
    return {"region": parent, "region_since": since}


def made_up(length):
    """A county with `length` rows: its government, then departments."""
    yield row("1", "丙县人民政府", kind="人民政府", region_code="990300")
    for number in range(2, length + 1):
        yield row(str(number), f"丙县第{number}局", unified_code=made_up_code(number, "990300"), **under("1"))


def take_over(rows):
    given, plan = actions.look_through(write(rows), "tree.xlsx", by=SYSTEM)
    assert [(problem.row, problem.error.code) for problem in plan.problems] == []
    return actions.bring_in(given, by=SYSTEM, seen=given.version)


def problems(*rows):
    """Every problem of some rows, as row and code; the first row of the sheet that holds anything is the second."""
    found = planned([Row(number, cells) for number, cells in enumerate(rows, 2)]).problems
    return [(problem.row, problem.error.code) for problem in found]


def test_five_hundred_rows_are_taken_over_in_one_act_with_the_digest_of_the_file():
    plan = take_over(list(made_up(500)))
    assert (len(plan.added), Agency.objects.count(), Edge.objects.count()) == (500, 500, 499)
    (entry,) = Entry.objects.filter(verb="agencies.bring_in")
    given = Import.objects.get()
    assert (entry.chain, entry.result["digest"], entry.result["added"]) == ("system", given.digest, 500)
    assert (given.agencies.count(), bytes(given.content)) == (500, b"")
    assert queries.root(TODAY()).name == "丙县人民政府"


def test_out_in_and_out_again_is_the_same():
    make_demo(SYSTEM)
    before = list(exported())
    content = write(before)
    Tree.objects.update(root=None)
    for model in (Succession, Edge, Name):
        model.objects.all().delete()
    Agency.objects.all().delete()
    take_over([cells.cells for cells in read(content)])
    after = list(exported())
    assert len(after) == 13
    assert after == before
    assert write(after) == content or read(write(after)) == read(content)


def test_taking_over_what_was_given_out_changes_nothing():
    make_demo(SYSTEM)
    plan = take_over(list(exported()))
    assert (len(plan.added), len(plan.changed), plan.unchanged) == (0, 0, 13)


def test_a_sheet_renames_moves_and_marks_agencies_that_are_there():
    county = small_county()
    rows = {cells["ref"]: dict(cells) for cells in exported()}
    rows[county["education"].key] |= {"name": "甲县教育和体育局", "named_since": "2021-01-01"}
    rows[county["station"].key] |= under(county["township"].key, "2021-01-01")
    rows[county["office"].key] |= {"supervises": "是"}
    plan = take_over(list(rows.values()))
    assert (len(plan.changed), plan.unchanged) == (3, 2)
    assert queries.standing(county["education"], date(2020, 12, 31)).name == "甲县教育局"
    assert queries.standing(county["education"], TODAY()).name == "甲县教育和体育局"
    assert queries.supervising_office(county["station"], TODAY()).name == "甲县人民政府办公室"
    assert Agency.objects.get(pk=county["education"].pk).version == 2


def test_rows_that_are_left_out_stay_as_they_are():
    county = small_county()
    rows = [cells for cells in exported() if cells["ref"] == county["office"].key]
    take_over(rows)
    assert Agency.objects.filter(dissolved=None).count() == 5


TOP = row("1", "丙县人民政府", kind="人民政府")
WRONG = [
    ([TOP, row("2", "", **under("1"))], [(3, "agencies.name")]),
    ([TOP, row("", "某局", **under("1"))], [(3, "agencies.import.no_ref")]),
    ([TOP, row("2", "某局", kind="公司", **under("1"))], [(3, "agencies.import.word")]),
    ([TOP, row("2", "某局", level="", **under("1"))], [(3, "agencies.import.word")]),
    ([TOP, row("2", "某局", named_since="明年", **under("1"))], [(3, "agencies.import.day")]),
    ([TOP, row("2", "某局", named_since="", **under("1"))], [(3, "agencies.import.no_day")]),
    ([TOP, row("2", "某局", unified_code="11990000YY0000019X", **under("1"))], [(3, "law.numbers.code_check")]),
    ([TOP, row("2", "某局", region_code="99030", **under("1"))], [(3, "law.region.form")]),
    ([TOP, row("2", "某局", **under("9"))], [(3, "agencies.import.parent_unknown")]),
    ([TOP, row("2", "某局", region="1")], [(3, "agencies.import.no_day")]),
    ([TOP, row("2", "某局", region="1；3", region_since="2015-01-01")], [(3, "agencies.import.one_only")]),
    ([TOP, row("1", "某局", **under("1"))], [(3, "agencies.import.twice")]),
    ([TOP, row("2", "某局")], [(3, "agencies.second_root")]),
    ([TOP, row("2", "某市", outside="是", **under("1"))], [(3, "agencies.outside_below")]),
    (
        [TOP, row("2", "甲局", supervises="是", **under("1")), row("3", "乙局", supervises="是", **under("1"))],
        [(4, "agencies.import.two_in_charge")],
    ),
    ([], [(1, "agencies.import.empty")]),
]


@pytest.mark.parametrize(("rows", "expected"), WRONG)
def test_every_problem_names_its_row(rows, expected):
    assert problems(*rows) == expected


def test_all_problems_of_all_rows_are_told_at_once():
    rows = [TOP, *(row(str(number), "", kind="公司", named_since="无") for number in range(2, 12))]
    assert len(problems(*rows)) == 30


def test_a_ring_within_the_sheet_and_one_through_the_tree_are_found():
    ring = [TOP, row("2", "甲局", vertical="3", vertical_since="2015-01-01", **under("1"))]
    ring.append(row("3", "乙局", vertical="2", vertical_since="2015-01-01", **under("1")))
    assert {code for _, code in problems(*ring)} == {"agencies.import.ring"}
    county = small_county()
    rows = {cells["ref"]: dict(cells) for cells in exported()}
    given = rows[county["education"].key] | {"led_by": county["station"].key, "led_by_since": "2016-01-01"}
    assert [code for _, code in problems(given)] == ["agencies.import.ring"]


def test_a_place_can_be_older_than_the_name_that_the_sheet_gives():
    take_over([TOP, row("2", "某局", **under("1", "2008-01-01"))])
    assert Edge.objects.get().since == date(2008, 1, 1)


def test_a_place_under_what_stands_begins_when_that_exists():
    county = small_county()
    assert problems(row("9", "某局", **under(county["county"].key, "2009-01-01"))) == [(2, "agencies.too_early")]


def test_dates_of_what_stands_are_not_changed_by_a_sheet():
    county = small_county()
    rows = {cells["ref"]: dict(cells) for cells in exported()}
    education = rows[county["education"].key]
    cases = [
        ({"named_since": "2012-01-01"}, "agencies.import.date_alone"),
        ({"name": "新名"}, "agencies.import.date_before"),
        ({"region_since": "2012-01-01"}, "agencies.import.date_alone"),
        ({"region": "", "region_since": ""}, "agencies.import.place_missing"),
        ({"region": county["office"].key}, "agencies.too_early"),
        ({"outside": "是"}, "agencies.import.outside_fixed"),
    ]
    for cells, code in cases:
        assert code in [found for _, found in problems(education | cells)], cells
    assert len(cases) == 6


def test_a_sheet_with_problems_is_not_taken_over():
    given, plan = actions.look_through(write([TOP, row("2", "", **under("1"))]), "x.xlsx", by=SYSTEM)
    assert len(plan.problems) == 1
    with pytest.raises(InvalidInput, match=r"agencies\.import\.problems"):
        actions.bring_in(given, by=SYSTEM, seen=1)
    assert not Agency.objects.exists()


def test_a_sheet_is_taken_over_once_and_only_while_the_tree_is_as_it_was():
    take_over(list(made_up(3)))
    given = Import.objects.get()
    with pytest.raises(InvalidInput, match=r"agencies\.import\.applied"):
        actions.bring_in(given, by=SYSTEM, seen=given.version)
    late, _ = actions.look_through(write(exported()), "late.xlsx", by=SYSTEM)
    agency = Agency.objects.order_by("pk").last()
    actions.dissolve(agency, on=date(2020, 1, 1), reason="撤", by=SYSTEM, seen=1)
    with pytest.raises(Stale):
        actions.bring_in(late, by=SYSTEM, seen=1)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"name,code", b"\x00" * 5000])
def test_a_file_that_is_no_sheet_is_refused(content):
    with pytest.raises(InvalidInput, match=r"agencies\.import\.unreadable"):
        read(content)


def test_a_sheet_without_its_columns_says_which():
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, ["编号", "名称"])
    book.close()
    with pytest.raises(InvalidInput, match=r"agencies\.import\.no_header") as caught:
        read(out.getvalue())
    assert len(caught.value.facts["missing"].items) == len(COLUMNS) - 2


def test_the_template_can_be_filled_in_and_holds_no_agency():
    assert read(write((), template=True)) == []


def test_numbers_and_dates_typed_as_such_are_read():
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [column.head for column in COLUMNS])
    cells = row("1", "丙县人民政府", kind="人民政府")
    for at, column in enumerate(COLUMNS):
        sheet.write(1, at, cells[column.code])
    codes = [column.code for column in COLUMNS]
    sheet.write_number(1, codes.index("region_code"), 990300)
    sheet.write_datetime(
        1, codes.index("named_since"), date(2015, 1, 1), book.add_format({"num_format": "yyyy-mm-dd"})
    )
    book.close()
    (found,) = read(out.getvalue())
    assert (found.cells["region_code"], found.cells["named_since"]) == ("990300", "2015-01-01")


def test_a_visitor_gives_no_sheet_in():
    with pytest.raises(PermissionDenied):
        actions.look_through(write(made_up(2)), "x.xlsx", by=VISITOR)
