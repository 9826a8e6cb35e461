"""The fee by command: the working on the terminal and as JSON, refusals, and what is imported for it."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.guards.test_command_line import HEAVY

DAY = ("--date", "2025-03-03")


def rows(out):
    """The lines of figures in a printed table."""
    lines = [line.split() for line in out.splitlines()]
    return [line for line in lines if len(line) == 5 and line[0].isdigit()]


def test_items_after_others_are_charged_slice_by_slice(gongkai):
    code, out, err = gongkai("fee", "--items", 45, "--before", 10, *DAY)
    assert (code, err) == (0, "")
    assert rows(out) == [
        ["11", "30", "20", "100.00", "2000.00"],
        ["31", "40", "10", "200.00", "2000.00"],
        ["41", "50", "10", "300.00", "3000.00"],
        ["51", "55", "5", "400.00", "2000.00"],
    ]
    for part in ("按件计收", "第 11 至 55 件，共 45 件", "2025-03-03", "合计：9000.00 元（人民币玖仟元整）",
                 "《信息处理费管理办法》（国办函〔2020〕109号）", "《条例》第四十二条", "103049950", "次日起 30 日"):  # fmt: skip
        assert part in out, part
    doubtful = out.partition("没有核实")[2].splitlines()[1:]
    assert [line.split("：")[0].strip() for line in doubtful] == [
        "哪些申请计入当月件数", "缴费期限", "缴费后处理期限怎样计算",
    ]  # fmt: skip
    assert all("（未核实）" in line or "（本软件的理解）" in line for line in doubtful)


def test_pages_are_charged_and_the_region_changes_the_period(gongkai):
    code, out, _ = gongkai("fee", "--pages", 2219, "--region", "510000", *DAY)
    assert code == 0
    assert rows(out)[-1] == ["201", "2219", "2019", "40.00", "80760.00"]
    assert "合计：83460.00 元（人民币捌万叁仟肆佰陆拾元整）" in out
    assert "次日起 20 个工作日" in out
    assert "四川" in out
    doubtful = out.partition("没有核实")[2]
    assert "多件申请的页数是否累加：否（未核实）" in doubtful
    assert "缴费期限" not in doubtful


def test_sheets_larger_than_a4_are_converted_and_said_to_be(gongkai):
    code, out, _ = gongkai("fee", "--pages", 20, "--larger-sides", 12, *DAY)
    assert code == 0
    assert "共 32 页" in out
    assert "大于A4的纸每面计几页：1 页（本软件的理解）" in out


def test_nothing_to_pay_needs_no_notice(gongkai):
    code, out, _ = gongkai("fee", "--items", 10, *DAY)
    assert code == 0
    assert "不收费，不用发收费通知" in out
    assert "缴费期限" not in out
    said = json.loads(gongkai("fee", "--items", 10, "--json", *DAY)[1])
    assert (said["amount"], said["notice"], said["settings"]) == (0, None, [])


def test_json_has_amounts_in_fen_and_every_setting_with_its_status(gongkai):
    code, out, _ = gongkai("fee", "--pages", 31, "--json", *DAY)
    said = json.loads(out)
    assert code == 0
    assert {name: said[name] for name in ("mode", "date", "region", "quantity", "before", "amount", "yuan")} == {
        "mode": "per_volume", "date": "2025-03-03", "region": "", "quantity": 31, "before": 0, "amount": 1000, "yuan": "10.00",
    }  # fmt: skip
    assert said["words"] == "人民币壹拾元整"
    assert said["working"][1] == {"from": 31, "to": 31, "count": 1, "each": 1000, "amount": 1000}
    assert [line["citation"] for line in said["articles"]] == ["fee_measure.5", "regulation.42", "fee_measure"]
    assert {setting["name"]: setting["status"] for setting in said["settings"]} == {
        "fee.pages_added": "unverified", "fee.payment_period": "unverified", "fee.after_payment": "unverified",
    }  # fmt: skip
    assert said["notice"] == {"subject": "103049950", "refundable": True}


def test_without_a_date_it_is_today_in_china(gongkai):
    days = [datetime.now(UTC) + timedelta(hours=8)]
    said = json.loads(gongkai("fee", "--items", 11, "--json")[1])
    days.append(datetime.now(UTC) + timedelta(hours=8))
    assert said["date"] in {day.date().isoformat() for day in days}


@pytest.mark.parametrize(("line", "words"), [
    ((), "要写明"),
    (("--items", 5, "--pages", 31), "不能两种并用"),
    (("--items", 5, "--larger-sides", 1), "不能两种并用"),
    (("--items", 0), "从1到"),
    (("--items", -3), "从1到"),
    (("--pages", 0), "从1到"),
    (("--items", 5, "--before", -1), "从1到"),
    (("--items", 10**30), "从1到"),
    (("--items", 5, "--date", "2020-12-31"), "自2021-01-01起"),
    (("--items", 5, "--date", "3.3"), "2025-03-03"),
    (("--items", 5, "--region", "川"), "行政区划代码"),
    (("--items", "五"), "整数"),
])  # fmt: skip
def test_what_cannot_be_charged_is_wrong_usage_and_says_why(gongkai, line, words):
    code, out, err = gongkai("fee", *line)
    assert (code, out) == (2, "")
    assert words in err


def test_the_fee_is_said_in_english_too(gongkai):
    code, out, _ = gongkai("fee", "--pages", 31, "--lang", "en", *DAY)
    assert code == 0
    for part in ("Charged by volume", "Total: 10.00 yuan", "within 30 days", "Fee measure", "not verified"):
        assert part in out, part


def test_the_command_imports_nothing_heavy():
    heavy = (*HEAVY, "chinese_calendar", "gongkai.documents", "gongkai.report")
    code = (
        "import sys\nfrom gongkai.cli.entry import run\n"
        "code = run(['fee', '--items', '45'])\n"
        f"print(code, sorted(set({heavy!r}) & set(sys.modules)), len(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, encoding="utf-8")
    code, _, rest = done.stdout.splitlines()[-1].partition(" ")
    found, _, count = rest.rpartition(" ")
    assert (code, found) == ("0", "[]")
    assert int(count) > 50
