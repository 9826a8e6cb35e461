"""The pages of the registers: entering, correcting, the figures with their records, what everybody sees."""

import csv
import io
import json
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.web.agencies.models import Member
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.registers import actions, enforcement
from gongkai.web.registers.models import Charge, Decision, Import, Rule
from gongkai.web.registers.views import answers
from tests.web.people import browser, person
from tests.web.registers_office import rows
from tests.web.registers_sheets import row as line
from tests.web.registers_sheets import sheet, swept
from tests.web.reports_office import office

pytestmark = pytest.mark.django_db
PENALTY = {
    "kind": "penalty", "number": "样罚〔2024〕1号", "decided_on": "2024-05-06", "matter": "占道经营", "power": "own",
    "subject_kind": "citizen", "subject": "样小明", "publicity": "open",
}  # fmt: skip


@pytest.fixture
def made():
    found = office()
    Member.objects.create(user=person("town-clerk"), agency=found.town, role="clerk", since=date(2019, 1, 1))
    return found


@pytest.fixture
def clerk(made):
    return browser(made.town.members.get().user)


def address(name, *given):
    return reverse(f"registers:{name}", args=given)


def test_a_clerk_enters_a_decision_corrects_it_and_strikes_it(made, clerk):
    answer = clerk.post(address("new", "decisions"), {**PENALTY, "keeper": made.town.key})
    assert answer.status_code == 302, answer.content.decode()
    row = Decision.objects.get()
    assert answer["Location"] == address("one", "decisions", row.key)
    page = clerk.get(answer["Location"]).content.decode()
    assert "样小明" in page
    assert "占道经营" in page
    wrong = {**PENALTY, "matter": "违法搭建", "reason": "看错", "seen": 1}
    assert clerk.post(address("change", "decisions", row.key, "correct"), wrong).status_code == 302
    stale = clerk.post(address("change", "decisions", row.key, "correct"), {**wrong, "matter": "又一事"})
    assert stale.status_code == 422
    assert "刚被别人改过" in stale.content.decode()
    assert "又一事" in stale.content.decode()
    struck = clerk.post(address("change", "decisions", row.key, "strike"), {"reason": "重复录入", "seen": 2})
    assert struck.status_code == 302
    page = clerk.get(address("one", "decisions", row.key)).content.decode()
    assert "这条记录已作废" in page
    assert "更正前：事项 占道经营；理由：看错" in page
    assert '<form method="post" action="/office/registers/' not in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"power": "entrusted"}, "请选择委托机关"),
        ({"power": "entrusted", "entrusting": "没有这个机关"}, "机关名录里没有这个名称"),
        ({"publicity": "withheld"}, "依法不公开的，请写明依据"),
        ({"decided_on": "2999-01-01"}, "在今天以后"),
        ({"subject": ""}, "请填写相对人名称"),
    ],
)
def test_what_cannot_be_entered_is_said_and_what_was_typed_stays(made, clerk, change, said):
    answer = clerk.post(address("new", "decisions"), {**PENALTY, "keeper": made.town.key, **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "占道经营" in answer.content.decode()
    assert not Decision.objects.exists()


def test_an_entrusted_decision_is_entered_by_the_name_of_who_entrusted_it(made, clerk):
    given = {**PENALTY, "keeper": made.town.key, "power": "entrusted", "entrusting": "样例县人民政府"}
    assert clerk.post(address("new", "decisions"), given).status_code == 302
    assert Decision.objects.get().in_name_of == made.county


def test_a_document_is_repealed_and_a_charge_is_entered_on_their_pages(made, clerk):
    given = {
        "keeper": made.town.key, "kind": "normative_document", "title": "样例办法", "number": "样政规〔2024〕1号",
        "issued_on": "2024-03-01", "effective_on": "2024-04-01", "publicity": "open",
    }  # fmt: skip
    assert clerk.post(address("new", "documents"), given).status_code == 302
    rule = Rule.objects.get()
    ended = {"on": "2024-12-01", "because": "样政规〔2024〕2号", "seen": 1}
    assert clerk.post(address("change", "documents", rule.key, "repeal"), ended).status_code == 302
    rule.refresh_from_db()
    assert rule.repealed_on == date(2024, 12, 1)
    assert clerk.post(address("change", "documents", rule.key, "overturn"), {"seen": 2}).status_code == 404
    money = {
        "keeper": made.town.key, "item": "样例费", "basis": "样价〔2020〕1号", "month": "2024-02-29", "amount": "0.1234",
        "publicity": "open",
    }  # fmt: skip
    assert clerk.post(address("new", "charges"), money).status_code == 302
    kept = Charge.objects.get()
    assert (kept.month, kept.yuan) == (date(2024, 2, 1), 1234)
    assert clerk.post(address("new", "charges"), {**money, "amount": "1.23456"}).status_code == 422
    again = clerk.post(address("new", "charges"), {**money, "month": "2024-02-03"})
    assert "已经登记过" in again.content.decode()


def test_every_figure_of_the_page_leads_to_as_many_records(made, clerk):
    rows(made.town)
    page = clerk.get(address("home"), {"year": "2024"}).content.decode()
    links = re.findall(r'href="([^"]*cell=[^"]*)">([0-9.]+)<', page)
    assert len(links) >= 8
    counted = 0
    for link, value in links:
        listed = clerk.get(link.replace("&amp;", "&")).content.decode()
        if "charges" in link:
            continue
        found = re.search(r"共 ([0-9]+) 条", listed)
        assert int(found[1] if found else 0) == int(value), link
        counted += int(value)
    print(f"{len(links)} figures, {counted} records")
    assert counted == 6
    assert "0.3702" in page


def test_the_sum_over_agencies_below_is_shown_only_to_who_reads_them_all(made):
    rows(made.county)
    rows(made.town)
    supervisor = person("county-supervisor")
    Member.objects.create(user=supervisor, agency=made.county, role="supervisor", since=date(2019, 1, 1))
    asked = {"year": "2024", "agency": made.county.key, "below": "on"}
    behind = {**asked, "cell": "proactive.penalties.decisions"}
    for user, figure, tick, status in ((made.clerk, 2, False, 404), (supervisor, 4, True, 200)):
        seen = browser(user)
        page = seen.get(address("home"), asked).content.decode()
        found = re.search(r'cell=proactive\.penalties\.decisions&amp;[^"]*">([0-9]+)<', page)
        assert int(found[1]) == figure
        assert ('name="below"' in page) is tick
        listed = seen.get(address("list", "decisions"), behind)
        assert listed.status_code == status
        assert ("共 4 条" in listed.content.decode()) is tick


def test_everybody_sees_open_rows_alone_and_no_name_of_a_citizen(made):
    made_rows = rows(made.town)
    reader, seen = browser(), []
    for slug, count in (("documents", 1), ("decisions", 1), ("charges", 1), ("procurement", 1)):
        page = reader.get(address("public_list", slug)).content.decode()
        assert f"共 {count} 条" in page
        seen.append(page)
        table = csv.reader(io.StringIO(_read(reader.get(address("public_export", slug, "csv"))).lstrip("\ufeff")))
        assert len(list(table)) == 1 + count
        data = json.loads(_read(reader.get(address("public_export", slug, "json"))))
        assert len(data["rows"]) == count
        assert set(data["rows"][0]) == set(data["columns"])
        seen.append(json.dumps(data, ensure_ascii=False))
    slugs = {"rule": "documents", "decision": "decisions", "charge": "charges", "procurement": "procurement"}
    for row in made_rows:
        answer = reader.get(address("public_one", slugs[row._meta.model_name], row.key))
        assert answer.status_code == (200 if row.publicity == "open" else 404)
        seen.append(answer.content.decode())
    text = "".join(seen)
    assert "样某某" in text
    assert "样小明" not in text
    assert "样审〔2024〕" not in text
    print(f"{len(seen)} pages and files read")


def test_files_have_exact_amounts_and_no_formula(made, clerk):
    given = {
        "keeper": made.town.key, "title": "=1+1", "number": "@样采", "concluded_on": "2024-05-06", "supplier": "样例公司",
        "amount": "12345678901234.5678", "publicity": "open",
    }  # fmt: skip
    assert clerk.post(address("new", "procurement"), given).status_code == 302
    text = _read(clerk.get(address("export", "procurement", "csv")))
    assert "'=1+1" in text
    assert "'@样采" in text
    assert '"amount": 12345678901234.5678' in _read(browser().get(address("public_export", "procurement", "json")))
    assert clerk.get(address("export", "procurement", "exe")).status_code == 404
    assert clerk.get(address("list", "nothing")).status_code == 404


def test_another_agencys_clerk_finds_nothing_of_it(made):
    row = rows(made.town)[1]
    stranger = browser(made.stranger)
    assert stranger.get(address("one", "decisions", row.key)).status_code == 404
    assert (
        stranger.post(address("change", "decisions", row.key, "strike"), {"reason": "x", "seen": 1}).status_code
        == 404
    )
    assert "没有符合条件的记录" in stranger.get(address("list", "decisions")).content.decode()
    assert (
        stranger.get(
            address("list", "decisions"), {"cell": "proactive.penalties.decisions", "agency": made.town.key}
        ).status_code
        == 404
    )


def _read(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def test_a_sheet_is_brought_confirmed_and_undone_on_its_pages(made, clerk):
    page = clerk.get(address("list", "decisions")).content.decode()
    assert address("bring", "decisions") in page
    template = clerk.get(address("template", "decisions"))
    assert template["Content-Disposition"].endswith('"decisions-template.xlsx"')
    assert b"".join(template.streaming_content)[:2] == b"PK"
    lines = [line(n=1), line(n=2), line(n=3, 事项="")]
    content = sheet(lines)
    given = {"keeper": made.town.key, "file": SimpleUploadedFile("台账.xlsx", content)}
    answer = clerk.post(address("bring", "decisions"), given)
    assert answer.status_code == 302, answer.content.decode()
    one = answer["Location"]
    waiting = clerk.get(one).content.decode()
    assert "等待检查" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert "登记没有问题的" not in waiting
    part = clerk.get(one, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Refresh" not in part
    swept()
    assert clerk.get(one, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = clerk.get(one).content.decode()
    assert "登记没有问题的 2 行" in page
    assert "事项：没有填写。" in page
    assert not Decision.objects.exists()
    sheet_of_refused = clerk.get(one + "refused.xlsx")
    assert b"".join(sheet_of_refused.streaming_content)[:2] == b"PK"
    seen = Import.objects.get().version
    unsaid = clerk.post(one + "confirm/", {"seen": seen})
    assert unsaid.status_code == 422
    assert "事项：没有填写。" in unsaid.content.decode()
    stale = clerk.post(one + "confirm/", {"seen": seen - 1, "good_alone": "on"})
    assert "这次导入的情况刚变过" in stale.content.decode()
    assert clerk.post(one + "confirm/", {"seen": seen, "good_alone": "on"}).status_code == 302
    assert "已处理 0 行，共 3 行" in clerk.get(one).content.decode()
    swept()
    assert Decision.objects.count() == 2
    shown = clerk.get(address("one", "decisions", Decision.objects.first().key)).content.decode()
    assert one in shown
    again = {"keeper": made.town.key, "file": SimpleUploadedFile("又.xlsx", content)}
    answer = clerk.post(address("bring", "decisions"), again, follow=True)
    assert "这个文件以前上传过" in answer.content.decode()
    assert Import.objects.count() == 1
    seen = Import.objects.get().version
    assert clerk.post(one + "undo/", {"seen": seen, "reason": ""}).status_code == 422
    assert clerk.post(one + "undo/", {"seen": seen, "reason": "传错文件"}).status_code == 302
    assert not Decision.objects.exists()
    swept()
    assert "这次导入已撤销" in clerk.get(one).content.decode()
    assert clerk.post(one + "nothing/", {"seen": seen}).status_code == 404
    assert browser(made.stranger).get(one).status_code == 404
    assert browser(made.stranger).get(one + "refused.xlsx").status_code == 404


def test_a_file_that_cannot_be_kept_is_said_on_the_page(made, clerk):
    given = {"keeper": made.town.key, "file": SimpleUploadedFile("空.xlsx", b"")}
    assert clerk.post(address("bring", "decisions"), given).status_code == 422
    assert not Import.objects.exists()


def test_the_years_enforcement_figures_open_to_their_decisions_and_are_those_of_table_two(made, clerk):
    rows(made.town)
    given = {"agency": made.town, "by": CONSOLE, "matter": "样例事项", "publicity": "open"}
    more = (
        ("licence", "样许〔2024〕1号", date(2024, 2, 1), "transferred", "organisation"),
        ("licence", "样许〔2023〕9号", date(2023, 2, 1), "own", "citizen"),
        ("compulsion", "样强〔2024〕1号", date(2024, 3, 1), "own", "organisation"),
    )
    made_rows = [
        actions.record(
            Decision,
            kind=kind,
            number=number,
            decided_on=day,
            power=power,
            subject_kind=subject,
            subject="样例",
            **given,
        )
        for kind, number, day, power, subject in more
    ]
    actions.overturn(made_rows[1], how="revoked", on=date(2024, 5, 1), because="依据不足", by=CONSOLE, seen=1)
    page = clerk.get(address("enforcement"), {"year": "2024"}).content.decode()
    assert "决定的件数与年度报告第二部分一致" in page
    assert "罚没金额" in page
    links = re.findall(r'href="([^"]*cell=enforcement[^"]*)">([0-9]+)<', page)
    assert len(links) == 3 * len(enforcement.columns())
    counted = 0
    for link, value in links:
        listed = clerk.get(link.replace("&amp;", "&")).content.decode()
        found = re.search(r"共 ([0-9]+) 条", listed)
        assert int(found[1] if found else 0) == int(value), link
        counted += int(value)
    figures = {line.kind: line.figures for line in enforcement.figures(made.town, 2024)}
    assert (figures["licence"]["decisions"], figures["licence"]["transferred"], figures["licence"]["revoked"]) == (
        1,
        1,
        1,
    )
    assert (figures["penalty"]["decisions"], figures["penalty"]["citizen"]) == (2, 2)
    assert figures["compulsion"]["organisation"] == 1
    print(f"{len(links)} figures, {counted} records behind them")
    table = csv.reader(
        io.StringIO(clerk.get(address("enforcement_export", "csv"), {"year": "2024"}).content.decode()[1:])
    )
    assert [line[:2] for line in table][1:] == [["行政许可", "1"], ["行政处罚", "2"], ["行政强制", "1"]]
    assert clerk.get(address("enforcement_export", "xlsx")).content[:2] == b"PK"
    assert clerk.get(address("enforcement_export", "json")).status_code == 404
    wrong = {"cell": "enforcement.licence.citizens", "agency": made.town.key, "year": "2024"}
    assert clerk.get(address("list", "decisions"), wrong).status_code == 200


def test_a_workbook_of_rows_has_text_alone_and_large_ones_come_as_csv(made, clerk, monkeypatch):
    given = {
        "keeper": made.town.key, "title": "=1+1", "number": "@样采", "concluded_on": "2024-05-06", "supplier": "样例公司",
        "amount": "12345678901234.5678", "publicity": "open",
    }  # fmt: skip
    assert clerk.post(address("new", "procurement"), given).status_code == 302
    for answer in (
        clerk.get(address("export", "procurement", "xlsx")), browser().get(address("public_export", "procurement", "xlsx")),
    ):  # fmt: skip
        page = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
        cells = [cell for line in page.iter_rows(min_row=2) for cell in line if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert {"=1+1", "@样采", "12345678901234.5678"} <= {cell.value for cell in cells}
    monkeypatch.setattr(answers, "MOST_IN_WORKBOOK", 0)
    answer = clerk.get(address("export", "procurement", "xlsx"))
    assert answer["Content-Disposition"].endswith('"procurement.csv"')
    assert "'=1+1" in _read(answer)
