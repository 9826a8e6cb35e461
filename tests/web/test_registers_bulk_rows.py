"""What stands in sheets: every kind of wrong row with its reason, spellings, files that are no sheets, hostile cells."""

import io
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.registers.bulk import sheet as sheets
from gongkai.web.registers.bulk import spelling, workbooks
from gongkai.web.registers.models import Decision
from tests.web.people import browser
from tests.web.registers_sheets import HEADS, brought, row, separated, sheet, taken
from tests.web.reports_office import actor, office

TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
WRONG = [
    ("decisions", {"种类": ""}, "种类：没有填写。"),
    ("decisions", {"种类": "行政奖励"}, "种类：“行政奖励”不是可以填的内容，只能填：行政许可、行政处罚、行政强制"),
    ("decisions", {"决定书文号": ""}, "决定书文号：没有填写。"),
    ("decisions", {"决定书文号": "样" * 101}, "决定书文号：有101个字，最多100个。"),
    ("decisions", {"决定日期": ""}, "决定日期：没有填写。"),
    ("decisions", {"决定日期": "5/6/2024"}, "决定日期：“5/6/2024”看不出是哪一天"),
    ("decisions", {"决定日期": "2024-02-30"}, "决定日期：“2024-02-30”看不出是哪一天"),
    ("decisions", {"决定日期": "45418"}, "决定日期：“45418”看不出是哪一天"),
    ("decisions", {"决定日期": TOMORROW}, f"日期{TOMORROW}在今天以后"),
    ("decisions", {"事项": "占\u0007道"}, "事项：有看不见的控制字符"),
    ("decisions", {"职权来源": "上级安排"}, "职权来源：“上级安排”不是可以填的内容"),
    ("decisions", {"职权来源": "受委托"}, "受委托作出的决定，请选择委托机关"),
    ("decisions", {"职权来源": "受委托", "委托机关": "没有这个机关"}, "委托机关：机关名录里没有“没有这个机关”"),
    ("decisions", {"职权来源": "受委托", "委托机关": "样例县青石镇人民政府"}, "不能是本机关自己"),
    ("decisions", {"委托机关": "样例县人民政府"}, "填了委托机关，但职权来源不是“受委托”"),
    ("decisions", {"相对人类别": "外星人"}, "相对人类别：“外星人”不是可以填的内容，只能填：自然人、法人或者其他组织"),
    ("decisions", {"相对人名称": ""}, "相对人名称：没有填写。"),
    ("decisions", {"公开情况": "已撤下"}, "公开情况：“已撤下”不是可以填的内容，只能填：公开、依法不公开"),
    ("decisions", {"公开情况": "依法不公开"}, "依法不公开的，请写明依据哪一条"),
    ("decisions", {"种类": "?", "决定日期": "?", "事项": ""}, "种类：“?”不是可以填的内容"),
    ("charges", {"金额（万元）": "1.23456"}, "金额（万元）：“1.23456”不是金额"),
    ("charges", {"金额（万元）": "-1"}, "金额（万元）：“-1”不是金额"),
    ("charges", {"金额（万元）": "约三万"}, "金额（万元）：“约三万”不是金额"),
    ("charges", {"月份": "2024年13月"}, "月份：“2024年13月”看不出是哪个月"),
    ("procurement", {"成交日期": "2024年"}, "成交日期：“2024年”看不出是哪一天"),
    ("documents", {"有效期至": "2024-03-31"}, "有效期至2024-03-31，早于施行日期2024-04-01"),
    ("documents", {"类别": "规章"}, "规章只能由国务院部门"),
]


@pytest.fixture
def made():
    return office()


@pytest.fixture
def clerk(made):
    from gongkai.web.agencies.models import Member
    from tests.web.people import person

    user = person("town-clerk")
    Member.objects.create(user=user, agency=made.town, role="clerk", since=date(2019, 1, 1))
    return actor(user)


@pytest.mark.django_db
def test_every_kind_of_wrong_row_is_refused_with_its_number_and_reason(made, clerk):
    held = 0
    for register in dict.fromkeys(one[0] for one in WRONG):
        cases = [one for one in WRONG if one[0] == register]
        rows = [row(register, n, **changed) for n, (_, changed, _) in enumerate(cases, 1)] + [row(register, 99)]
        given = brought(rows, made.town, clerk, register)
        assert (given.good, given.refused) == (1, len(cases)), register
        for refusal, (_, changed, said) in zip(given.refusals.order_by("number"), cases, strict=True):
            assert said in refusal.why, (changed, refusal.why)
            assert set(changed.values()) - {""} <= set(refusal.cells)
            held += 1
        assert [one.number for one in given.refusals.order_by("number")] == list(range(2, 2 + len(cases)))
    print(f"{held} kinds of wrong rows")
    assert held == len(WRONG) >= 20


@pytest.mark.django_db
def test_every_fault_of_a_row_is_named_not_only_the_first(made, clerk):
    given = brought([row(种类="?", 决定日期="?", 事项="")], made.town, clerk)
    assert len(given.refusals.get().why.split("\n")) == 3


@pytest.mark.parametrize(
    "given",
    ["2024-05-06", "2024/5/6", "2024.05.06", "2024年5月6日", "20240506", "２０２４－０５－０６", "二〇二四年五月六日", "二零二四年五月六日",
     "2024年05月06日", " 2024-5-6 ", "2024-05-06 00:00:00", "2024/5/6 0:00"],
)  # fmt: skip
def test_a_day_is_known_in_every_usual_spelling(given):
    assert spelling.day(given) == date(2024, 5, 6)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("二〇二四年十二月三十一日", date(2024, 12, 31)), ("二〇二四年十月二十日", date(2024, 10, 20)), ("二〇二四年十月十日", date(2024, 10, 10)),
     ("二〇二四年一月二十五日", date(2024, 1, 25)), ("2024年10月1日", date(2024, 10, 1))],
)  # fmt: skip
def test_tens_in_chinese_days_are_counted(given, expected):
    assert spelling.day(given) == expected


@pytest.mark.parametrize(
    "given", ["2024-05", "2024/5", "2024年5月", "2024年05月份", "202405", "2024-05-31", "二〇二四年五月"]
)
def test_a_month_is_known_in_every_usual_spelling(given):
    assert spelling.month(given) == date(2024, 5, 1)


@pytest.mark.parametrize(
    "given", ["", "24-05-06", "5/6/2024", "2024-13-01", "2024-00-10", "2024", "45418", "2024-5", "today", "20245"]
)
def test_what_could_mean_two_days_or_none_is_no_day(given):
    with pytest.raises(InvalidInput):
        spelling.day(given)


@pytest.mark.django_db
def test_dates_and_amounts_of_a_workbook_keep_their_exact_value(made, clerk):
    book = openpyxl.Workbook()
    page = book.active
    page.append(HEADS["procurement"])
    amounts = [0.1, 25.1, 0.0001, 1234567.1234, 99999999.9999, 0.3, 3, 1e6]
    for n, amount in enumerate(amounts, 1):
        page.append([f"设备{n}", f"样采{n}", date(2024, 5, 6), "样例公司", amount, "公开", None])
    out = io.BytesIO()
    book.save(out)
    given = taken(brought(None, made.town, clerk, "procurement", out.getvalue()), clerk)
    from gongkai.web.registers.models import Procurement

    found = list(Procurement.objects.filter(brought=given).order_by("pk"))
    assert [one.yuan for one in found] == [1000, 251000, 1, 12345671234, 999999999999, 3000, 30000, 10_000_000_000]
    assert {one.concluded_on for one in found} == {date(2024, 5, 6)}


def _bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.MOST_UNPACKED + 1))
    return out.getvalue()


NO_SHEETS = {
    "nothing known": (b"\x00\x01\x02" * 99, ("registers.bulk.unreadable", "registers.bulk.no_heads")),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, ("registers.bulk.old_format",)),
    "a broken workbook": (b"PK\x03\x04" + b"\0" * 600, ("registers.bulk.unreadable",)),
    "a bomb": (_bomb, ("registers.bulk.too_heavy",)),
    "prose": ("关于台账的说明\n第一行\n第二行".encode(), ("registers.bulk.no_heads",)),
    "no column": (lambda: sheet([row()], heads=HEADS["decisions"][:3] + HEADS["decisions"][4:]), ("registers.bulk.no_column",)),
    "a column twice": (lambda: sheet([row()], heads=[*HEADS["decisions"], "案由"]), ("registers.bulk.column_twice",)),
    "another unit": (
        lambda: sheet([row("charges")], "charges", heads=[head.replace("万元", "元") for head in HEADS["charges"]]),
        ("registers.bulk.no_column",),
    ),
    "only headings": (lambda: sheet([]), ("registers.bulk.no_rows",)),
    "a quotation without end": (separated([row()]) + '"开'.encode(), ("registers.bulk.unreadable",)),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("what", NO_SHEETS)
def test_what_is_no_sheet_of_the_register_is_refused_whole_with_a_sentence(made, clerk, what):
    content, codes = NO_SHEETS[what]
    register = "charges" if what == "another unit" else "decisions"
    given = brought(None, made.town, clerk, register, content() if callable(content) else content)
    assert given.state == "unreadable"
    assert given.code in codes, given.message
    assert "{" not in given.message
    assert given.message


@pytest.mark.django_db
def test_more_rows_than_allowed_are_refused_whole(made, clerk, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 20)
    assert brought([row(n=n) for n in range(1, 21)], made.town, clerk).state == "checked"
    assert brought([row(n=n) for n in range(1, 22)], made.town, clerk).code == "registers.bulk.too_many"


PAYLOADS = (
    "=HYPERLINK(\"http://example.invalid\",\"x\")", "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1",
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}", "{% debug %}", "'; DROP TABLE registers_decision; --",
    "%s %(x)s {0}", "\\N", "😀𠮷",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_no_payload_in_a_cell_becomes_a_formula_markup_or_a_command(made, clerk, kind):
    good = [row(n=n, 事项=payload) for n, payload in enumerate(PAYLOADS, 1)]
    bad = [row(n=100 + n, 事项=payload, 种类=payload) for n, payload in enumerate(PAYLOADS, 1)]
    content = sheet(good + bad) if kind == "xlsx" else separated(good + bad)
    given = taken(brought(None, made.town, clerk, content=content), clerk, good_alone=True)
    assert (given.good, given.refused) == (len(PAYLOADS), len(PAYLOADS))
    assert list(Decision.objects.order_by("pk").values_list("matter", flat=True)) == list(PAYLOADS)
    page = openpyxl.load_workbook(io.BytesIO(workbooks.refused(given))).worksheets[0]
    cells = [cell for line in page.iter_rows(min_row=2) for cell in line if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    client = browser(made.town.members.get().user)
    shown = client.get(reverse("registers:import", args=[given.key])).content.decode()
    shown += client.get(reverse("registers:list", args=["decisions"])).content.decode()
    assert "<script>alert" not in shown
    assert "onerror=alert(1)>" not in shown
    assert "&lt;script&gt;" in shown
    exported = b"".join(client.get(reverse("registers:export", args=["decisions", "csv"])).streaming_content).decode()
    assert "'=HYPERLINK" in exported
    print(f"{len(PAYLOADS)} payloads as good rows and as refused ones")
