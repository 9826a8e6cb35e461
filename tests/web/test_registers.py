"""The registers: what is entered, corrected, ended and withdrawn, and the figures of Table 2 that come of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongkai.errors import InvalidInput
from gongkai.report.form import load
from gongkai.web.agencies.tree import BELONGING
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.registers import actions, policies, queries
from gongkai.web.registers.given import yuan
from gongkai.web.registers.masking import masked, shown
from gongkai.web.registers.models import Charge, Correction, Decision, Procurement, Rule
from tests.web.people import person
from tests.web.reports_office import actor, office
from tests.web.together import at_once

OPEN = {"publicity": "open"}


@pytest.fixture
def made():
    found = office()
    from gongkai.web.agencies.models import Member

    for login, agency in (("town-clerk", found.town), ("county-clerk", found.county)):
        Member.objects.create(user=person(login), agency=agency, role="clerk", since=date(2019, 1, 1))
    return found


def clerk(agency):
    return actor(agency.members.get(user__login__endswith="-clerk").user)


def document(agency, number="样政规〔2024〕1号", **values):
    given = {
        "kind": "normative_document", "title": "样例办法", "number": number, "issued_on": date(2024, 3, 1),
        "effective_on": date(2024, 4, 1), **OPEN, **values,
    }  # fmt: skip
    return actions.record(Rule, agency=agency, by=clerk(agency), **given)


def decision(agency, number="样罚〔2024〕1号", **values):
    given = {
        "kind": "penalty", "number": number, "decided_on": date(2024, 5, 6), "matter": "占道经营", "power": "own",
        "subject_kind": "citizen", "subject": "样小明", **OPEN, **values,
    }  # fmt: skip
    return actions.record(Decision, agency=agency, by=clerk(agency), **given)


def charge(agency, month=date(2024, 1, 1), amount="0.1234", item="样例费"):
    return actions.record(
        Charge,
        agency=agency,
        by=clerk(agency),
        item=item,
        basis="样价〔2020〕1号",
        month=month,
        yuan=yuan(amount),
        **OPEN,
    )


@pytest.mark.django_db
def test_a_document_is_made_repealed_and_in_force_on_its_dates(made):
    kept = document(made.county)
    ended = document(made.county, "样政规〔2024〕2号")
    lapsed = document(made.county, "样政规〔2024〕3号")
    document(made.county, "样政规〔2024〕4号", expires_on=date(2025, 12, 30))
    document(made.county, "样政规〔2024〕5号", effective_on=date(2025, 1, 1))
    actions.repeal(ended, on=date(2025, 6, 1), because="样政规〔2025〕1号", by=clerk(made.county), seen=1)
    actions.lapse(lapsed, on=date(2025, 12, 31), because="清理结果公告", by=clerk(made.county), seen=1)
    of = {year: queries.table_two(made.county, year) for year in (2023, 2024, 2025, 2026)}
    cells = [f"proactive.normative_documents.{column}" for column in ("issued", "repealed", "in_force")]
    assert {year: [of[year][cell] for cell in cells] for year in of} == {
        2023: [0, 0, 0], 2024: [5, 0, 4], 2025: [0, 1, 2], 2026: [0, 0, 2],
    }  # fmt: skip
    assert queries.in_force(made.county, date(2024, 4, 1)).order_by("pk").first() == kept
    assert not queries.in_force(made.county, date(2024, 3, 31)).exists()


@pytest.mark.django_db
def test_table_two_has_exactly_the_cells_of_its_form_that_registers_know(made):
    later, earlier = queries.table_two(made.county, 2024), queries.table_two(made.county, 2020)
    assert set(later) == set(load("2021").cell_ids("proactive"))
    assert set(earlier) < set(load("2019").cell_ids("proactive"))
    assert "proactive.centralised_procurement.amount" in earlier
    assert later["proactive.charges.amount"] == Decimal("0.0000")


@pytest.mark.django_db
def test_an_entrusted_decision_counts_for_who_entrusted_it_and_a_handed_down_one_for_the_township(made):
    decision(made.town, "甲〔2024〕1号", power="entrusted", in_name_of=made.county)
    decision(made.town, "甲〔2024〕2号", power="transferred")
    decision(made.town, "甲〔2024〕3号", kind="licence")
    own = {agency: queries.table_two(agency, 2024) for agency in (made.county, made.town, made.beside)}
    penalties, licences = "proactive.penalties.decisions", "proactive.licences.decisions"
    assert [own[agency][penalties] for agency in (made.county, made.town, made.beside)] == [1, 1, 0]
    assert [own[agency][licences] for agency in (made.county, made.town, made.beside)] == [0, 1, 0]
    below = queries.table_two(made.county, 2024, BELONGING)
    assert (below[penalties], below[licences]) == (2, 1)
    assert queries.table_two(made.county, 2024, ("vertical",))[penalties] == 1


@pytest.mark.django_db
def test_every_figure_opens_to_its_records(made):
    document(made.county)
    decision(made.town)
    decision(made.town, "样罚〔2024〕2号", publicity="withheld", withheld_by="政府信息公开条例第二十条")
    charge(made.town)
    charge(made.county, date(2024, 12, 1), "12,345.0001")
    opened = 0
    for below in ((), BELONGING):
        for agency in (made.county, made.town):
            for cell, value in queries.table_two(agency, 2024, below).items():
                records = queries.behind(cell, agency, 2024, below)
                adds_up = (
                    sum((row.amount for row in records), Decimal(0)) if cell.endswith("amount") else len(records)
                )
                assert adds_up == value, cell
                opened += len(records)
    print(f"{opened} records behind figures")
    assert opened >= 8
    assert queries.table_two(made.county, 2024, BELONGING)["proactive.charges.amount"] == Decimal("12345.1235")
    with pytest.raises(InvalidInput, match=r"registers\.no_figure"):
        queries.behind("requests.new.total", made.county, 2024)


@pytest.mark.django_db
def test_table_two_asks_once_for_every_register(made):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.table_two(made.county, 2024, BELONGING)
    assert len(asked) == 3


@pytest.mark.django_db
def test_the_largest_amounts_add_up_to_the_last_yuan(made):
    charge(made.town, date(2024, 1, 1), "50000000000000.0001")
    charge(made.town, date(2024, 2, 1), "0.0001")
    assert queries.table_two(made.town, 2024)["proactive.charges.amount"] == Decimal("50000000000000.0002")


@pytest.mark.parametrize("given", ["", "-1", "0.00001", "一百", "NaN", "Infinity", "1e30"])
def test_what_is_no_amount_is_refused(given):
    with pytest.raises(InvalidInput, match=r"registers\.amount"):
        yuan(given)


@pytest.mark.django_db
def test_a_township_has_no_rules_of_its_own(made):
    with pytest.raises(InvalidInput, match=r"law\.rule_makers\.none"):
        document(made.town, kind="administrative_rule")
    made.county.level = "city"
    made.county.save()
    document(made.county, kind="administrative_rule")
    assert queries.table_two(made.county, 2024)["proactive.administrative_rules.issued"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"power": "entrusted"}, "no_entrusting"),
        ({"publicity": "withheld"}, "no_basis"),
        ({"publicity": "withdrawn"}, "withdraw_by_act"),
        ({"decided_on": date(2999, 1, 1)}, "ahead"),
        ({"kind": "gift"}, "field"),
        ({"subject": "字" * 201}, "field"),
        ({"matter": ""}, "field"),
        ({"key": "x"}, "unknown_field"),
    ],
)
def test_what_a_register_does_not_take_is_refused_in_words(made, change, code):
    with pytest.raises(InvalidInput) as refused:
        decision(made.town, **change)
    assert refused.value.code == f"registers.{code}"
    assert not Decision.objects.exists()
    assert not Entry.objects.filter(verb="registers.record").exists()


@pytest.mark.django_db
def test_a_number_is_there_once_in_whatever_spelling(made):
    document(made.county, "样政规〔2024〕1号")
    with pytest.raises(InvalidInput, match=r"registers\.twice"):
        document(made.county, "样政规[2024]01号")
    first = decision(made.county)
    actions.strike(first, reason="重复录入", by=clerk(made.county), seen=1)
    decision(made.county)
    assert queries.table_two(made.county, 2024)["proactive.penalties.decisions"] == 1


@pytest.mark.django_db
def test_a_correction_keeps_what_stood_there_and_is_recorded_without_it(made):
    row = decision(made.town)
    actions.correct(
        row, reason="看错日期", by=clerk(made.town), seen=1, decided_on=date(2023, 5, 6), subject="样大明"
    )
    assert queries.table_two(made.town, 2024)["proactive.penalties.decisions"] == 0
    assert queries.table_two(made.town, 2023)["proactive.penalties.decisions"] == 1
    kept = Correction.objects.get()
    assert kept.before == {"decided_on": "2024-05-06", "subject": "样小明"}
    entry = Entry.objects.get(verb="registers.correct")
    assert entry.result == {"fields": ["decided_on", "subject"]}
    with pytest.raises(Stale):
        actions.correct(row, reason="再改", by=clerk(made.town), seen=1, matter="其他")
    with pytest.raises(InvalidInput, match=r"registers\.nothing_changed"):
        actions.correct(row, reason="没改", by=clerk(made.town), seen=2)


@pytest.mark.django_db
def test_an_overturned_penalty_has_its_day_and_goes_on_counting(made):
    row = decision(made.town, decided_on=date(2024, 9, 2))
    actions.overturn(row, how="revoked", on=date(2024, 9, 30), because="复议撤销", by=clerk(made.town), seen=1)
    # The first week of October is free: three working days on are the 10th.
    assert row.withdraw_by == date(2024, 10, 10)
    actions.withdraw(row, reason="决定已被撤销", by=clerk(made.town), seen=2)
    assert not policies.public(Decision).exists()
    assert queries.table_two(made.town, 2024)["proactive.penalties.decisions"] == 1
    actions.correct(row, reason="更正事项", by=clerk(made.town), seen=3, matter="违法搭建", publicity="open")
    assert not policies.public(Decision).exists()
    for again, code in ((lambda: actions.withdraw(row, reason="再撤", by=clerk(made.town), seen=4), "not_open"),):
        with pytest.raises(InvalidInput, match=rf"registers\.{code}"):
            again()


@pytest.mark.django_db
def test_a_licence_that_was_revoked_has_no_day_of_the_penalty_law(made):
    row = decision(made.town, kind="licence")
    actions.overturn(row, how="revoked", on=date(2024, 9, 30), because="撤销许可", by=clerk(made.town), seen=1)
    assert row.withdraw_by is None
    with pytest.raises(InvalidInput, match=r"registers\.overturned"):
        actions.overturn(row, how="void", on=date(2024, 10, 9), because="再次", by=clerk(made.town), seen=2)


@pytest.mark.django_db
def test_only_the_agencys_own_clerk_enters_and_others_do_not_see(made):
    row = decision(made.town, power="entrusted", in_name_of=made.county)
    with pytest.raises(PermissionDenied):
        actions.record(Decision, agency=made.town, by=actor(made.stranger))
    with pytest.raises(PermissionDenied):
        actions.withdraw(row, reason="越权", by=actor(made.clerk), seen=1)
    assert list(policies.visible(made.clerk, Decision)) == [row]
    assert list(policies.visible(made.stranger, Decision)) == []
    assert policies.may(made.clerk, row) is False


@pytest.mark.django_db
def test_a_citizens_name_is_masked_and_an_organisations_is_not(made):
    assert masked("样小明") == "样某某"
    assert masked("样明") == masked("样大小明")
    assert shown(decision(made.town)) == "样某某"
    assert (
        shown(decision(made.town, "样罚〔2024〕2号", subject_kind="organisation", subject="样例公司")) == "样例公司"
    )


@pytest.mark.django_db
def test_gaps_in_numbers_are_found_by_kind_and_character_code(made):
    for number in ("样罚〔2024〕1号", "样罚[2024]4号", "样许〔2024〕2号", "无编号"):
        decision(made.town, number)
    found = queries.number_gaps(made.town, Decision, 2024)
    assert [(gap.series.kind, [tuple(span) for span in gap.missing]) for gap in found] == [
        ("penalty 样罚", [(2, 3)]),
        ("penalty 样许", [(1, 1)]),
    ]
    assert queries.unnumbered(made.town, Decision, 2024) == ["无编号"]
    assert queries.number_gaps(made.town, Decision, 2023) == ()


@pytest.mark.django_db
def test_the_database_itself_keeps_what_cannot_be(made):
    base = {"agency": made.town, "publicity": "open"}
    charged = base | {"item": "费", "basis": "据", "month": date(2024, 1, 1), "yuan": 1}
    penalised = base | {
        "kind": "penalty", "number": "1", "number_key": "1", "decided_on": date(2024, 1, 1), "matter": "事", "power": "own",
        "in_name_of": made.town, "subject_kind": "citizen", "subject": "样",
    }  # fmt: skip
    issued = base | {
        "kind": "normative_document", "title": "题", "number": "1", "number_key": "1", "issued_on": date(2024, 1, 1),
        "effective_on": date(2024, 1, 1),
    }  # fmt: skip
    for model, values in ((Charge, charged), (Decision, penalised), (Rule, issued)):
        model.objects.create(**values).delete()
    wrong = [
        (Charge, charged | {"yuan": -1}),
        (Charge, charged | {"month": date(2024, 1, 2)}),
        (Charge, charged | {"publicity": "withheld"}),
        (Charge, charged | {"publicity": "withdrawn"}),
        (Decision, penalised | {"power": "entrusted"}),
        (Decision, penalised | {"in_name_of": made.county}),
        (Decision, penalised | {"overturned": "revoked"}),
        (Decision, penalised | {"kind": "gift"}),
        (Rule, issued | {"expires_on": date(2023, 1, 1)}),
        (Rule, issued | {"repealed_on": date(2025, 1, 1), "lapsed_on": date(2025, 1, 1)}),
    ]
    for model, values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**values)
    print(f"{len(wrong)} rows refused by the database")


@pytest.mark.django_db
def test_procurement_counts_in_the_form_of_2019(made):
    actions.record(
        Procurement, agency=made.county, by=clerk(made.county), title="办公设备", number="样采2020-1",
        concluded_on=date(2020, 6, 1), supplier="样例公司", yuan=yuan("25.1"), **OPEN,
    )  # fmt: skip
    found = queries.table_two(made.county, 2020)
    assert found["proactive.centralised_procurement.items"] == 1
    assert found["proactive.centralised_procurement.amount"] == Decimal("25.1000")


@pytest.mark.django_db(transaction=True)
def test_of_many_who_correct_at_once_one_is_first_and_the_others_are_told(made):
    row = decision(made.town)
    by = clerk(made.town)

    def once(number):
        fresh = Decision.objects.get(pk=row.pk)
        try:
            actions.correct(fresh, reason="同时更正", by=by, seen=1, matter=f"事项{number}")
        except Stale:
            return False
        return True

    assert sorted(at_once(once, range(6), workers=6)) == [False] * 5 + [True]
    assert Correction.objects.count() == 1
    row.refresh_from_db()
    assert row.version == 2
