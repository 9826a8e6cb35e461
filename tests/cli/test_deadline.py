"""Deadlines by command: what is printed in both languages, JSON, files, settings, refusals, single periods, and cost."""

import json
import re
import subprocess
import sys
from typing import get_args, get_type_hints

import pytest

from gongkai.cli.period import countable
from gongkai.cli.terminal import width
from gongkai.law.deadlines.clock import Reading
from gongkai.law.deadlines.history import EVENT_KINDS
from gongkai.law.rules import rules
from gongkai.messages import catalogue
from tests.guards.source import ROOT
from tests.guards.test_command_line import HEAVY

RECEIVED = ("--event", "2025-01-20 收到申请")
EXTENDED = (*RECEIVED, "--event", "2025-02-20 延期 天数=20")
CONSULTED = (
    "--event", "2025-04-21 收到申请", "--event", "2025-04-28 征求第三方意见 对象=甲公司",
    "--event", "2025-04-29 第三方收到征求意见书 对象=甲公司", "--event", "2025-05-06 征求其他机关意见 对象=丙局",
)  # fmt: skip
NOTICED = ("--event", "2026-01-15 收到申请", "--event", "2026-01-19 发出收费通知")

STATES = get_args(get_type_hints(Reading)["state"])
HEADLINES = [
    ((*RECEIVED, "--today", "2025-01-20"), "✓ 办理中：最晚 2025-02-21（周五）答复，还有 20 个工作日"),
    ((*RECEIVED, "--today", "2025-02-20"), "✓ 办理中：最晚 2025-02-21（周五）答复，还有 1 个工作日"),
    ((*RECEIVED, "--today", "2025-02-21"), "▲ 办理中：今天 2025-02-21（周五）是答复的最后一天"),
    ((*RECEIVED, "--today", "2025-02-22"), "✕ 办理中：答复期限已于 2025-02-21（周五）届满"),
    ((*RECEIVED, "--today", "2025-02-25"), "✕ 办理中：已逾期 2 个工作日，答复期限是 2025-02-21（周五）"),
    ((*EXTENDED, "--today", "2025-02-25"), "✓ 办理中：最晚 2025-03-21（周五）答复，还有 18 个工作日"),
    ((*CONSULTED[:6], "--today", "2025-05-15"), "▲ 办理中，暂停计算期限：对方一直不答复的，最晚 2025-06-13（周五）答复申请人"),
    ((*CONSULTED, "--today", "2025-05-15"), "▲ 办理中，暂停计算期限：对方答复后接着计算，还有 14 个工作日"),
    ((*RECEIVED, "--event", "2025-02-05 补正告知 期限=2025-02-20", "--today", "2025-02-06"), "▲ 等待补正：收到补正后重新起算，有 20 个工作日"),
    ((*NOTICED, "--today", "2026-01-26"), "▲ 等待缴费：缴费后重新起算，有 20 个工作日"),
    ((*NOTICED, "--today", "2026-01-26", "--set", "fee.after_payment=resume"), "▲ 等待缴费：缴费后接着计算，还有 18 个工作日"),
    (("--event", "2025-01-20 申请到达", "--today", "2025-01-21"), "▲ 尚未确认收到：与申请人确认之后才起算"),
    ((*RECEIVED, "--event", "2025-02-21 答复"), "✓ 已办结：没有超过答复期限 2025-02-21（周五）"),
    ((*RECEIVED, "--event", "2025-02-24 答复"), "✕ 已办结：超过了答复期限 2025-02-21（周五）"),
    ((*NOTICED, "--event", "2026-01-20 撤回申请"), "✓ 已办结"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "headline"), HEADLINES, ids=[headline for _, headline in HEADLINES])
def test_the_first_line_says_how_it_stands(gongkai, line, headline):
    code, out, err = gongkai("deadline", *line)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == headline
    assert max(map(width, out.splitlines())) <= 80
    code, out, err = gongkai("deadline", *line, "--lang", "en")
    assert (code, err) == (0, "")
    assert re.match(r"[✓▲✕] [a-z]", out), out
    assert "答复期限" not in out
    assert max(map(width, out.splitlines())) <= 80


def test_every_state_has_a_headline_and_a_name():
    names = {state: catalogue("zh")[f"law.state.{state}"] for state in STATES}
    shown = [headline[2:] for _, headline in HEADLINES]
    assert len(names) == 6
    assert [
        state for state, name in names.items() if not any(line.partition("：")[0] == name for line in shown)
    ] == []


def test_an_extended_request_is_shown_with_everything_to_check_it(gongkai):
    out = gongkai("deadline", *EXTENDED, "--today", "2025-02-25")[1]
    for part in (
        "今天  2025-02-25（周二）",
        "自 2025-01-20（周一）的次日起，共 40 个工作日（含延期 20 个工作日）",
        "已用 22 个工作日，还有 18 个工作日",
        "依据  《条例》第三十一条、第三十三条第二款",
        "✓ 答复期限：20 个工作日（《条例》第三十三条第二款）",
        "国办发明电〔2025〕7号（2026年），版本 ",
    ):
        assert part in out, part
    assert "暂定" not in out
    assert "逐日" not in out


def test_what_is_awaited_is_said_with_its_last_day(gongkai):
    out = gongkai("deadline", *CONSULTED, "--today", "2025-05-15")[1]
    assert "第三方“甲公司”答复：最晚 2025-05-23（周五）" in out
    assert "其他机关“丙局”答复：没有最后期限" in out
    said = json.loads(gongkai("deadline", *CONSULTED, "--today", "2025-05-15", "--json")[1])
    assert said["awaited"] == [
        {"what": "supplement_notice", "party": "", "last": "2025-04-29"},
        {"what": "third_party", "party": "甲公司", "last": "2025-05-23"},
        {"what": "agency", "party": "丙局", "last": None},
    ]
    late = gongkai("deadline", *CONSULTED, "--today", "2025-05-28")[1]
    assert "第三方“甲公司”答复：期限是 2025-05-23（周五），已过" in late
    sent = gongkai("deadline", *CONSULTED[:4], "--today", "2025-05-15")[1]
    assert "第三方“甲公司”收到征求意见书：没有最后期限" in sent
    assert "申请人收到收费通知：没有最后期限" in gongkai("deadline", *NOTICED, "--today", "2026-01-20")[1]


def test_what_is_uncertain_is_marked(gongkai):
    out = gongkai("deadline", *NOTICED, "--today", "2026-01-26", "--set", "fee.after_payment=resume")[1]
    out = out.replace("\n      ", "")
    assert "▲ 缴费后处理期限怎样计算：接着计算剩余的期限（《信息处理费管理办法》、未核实、" in out
    assert "本机关设定" in out
    assert "● 发出征求意见书的当天是否计入已用期限：是" in gongkai("deadline", *CONSULTED, "--today", "2025-05-15")[1]


def test_a_day_that_hangs_on_holidays_not_yet_published_is_provisional(gongkai, tmp_path):
    line = ("deadline", "--event", "2026-12-10 收到申请", "--today", "2026-12-10")
    assert "暂定  2027年的放假安排还没有公布" in gongkai(*line)[1]
    before = json.loads(gongkai(*line, "--json")[1])
    assert (before["provisional"], before["missing_years"], before["due"]) == (True, [2027], "2027-01-07")
    notices = tmp_path / "2027.toml"
    notices.write_text(
        '[[notice]]\nyear = 2027\nnumber = "样例〔2026〕1号"\nissued = 2026-11-10\n'
        'holidays = [{ name = "元旦", from = 2027-01-01, to = 2027-01-05 }]\n',
        encoding="utf-8",
    )
    after = json.loads(gongkai(*line, "--calendar", notices, "--json")[1])
    assert (after["provisional"], after["missing_years"], after["due"]) == (False, [], "2027-01-12")
    assert after["calendar"]["notice"] == "样例〔2026〕1号"
    assert after["calendar"]["digest"] != before["calendar"]["digest"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_day_is_explained_once_and_within_eighty_cells(gongkai, language):
    line = ("deadline", *CONSULTED[:6], "--event", "2025-05-20 第三方答复 对象=甲公司", "--today", "2025-05-21")
    out = gongkai(*line, "--explain", "--lang", language)[1]
    assert max(map(width, out.splitlines())) <= 80
    days = json.loads(gongkai(*line, "--explain", "--json")[1])["days"]
    assert [day["number"] for day in days if day["number"]] == list(range(1, 21))
    assert len({day["day"] for day in days}) == len(days) > 40
    assert {day["why"] for day in days} == {"counted", "rest", "holiday", "third_party"}
    shown = re.findall(r"^  (\d{4}-\d\d-\d\d) \S+(?: — (\d{4}-\d\d-\d\d) \S+)?  ", out, re.MULTILINE)
    starts = {day["day"] for day in days}
    assert len(shown) >= 10
    assert shown[0][0] == min(starts)
    assert (shown[-1][1] or shown[-1][0]) == max(starts)
    reasons = {"zh": ("不计：征求第三方“甲公司”意见", "劳动节调休上班", "《条例》第三十二条"),
               "en": ("not counted: third party “甲公司” consulted", "make-up day", "art. 32")}  # fmt: skip
    for part in reasons[language]:
        assert part in out, part


def test_json_has_the_keys_of_the_reference(gongkai):
    text = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    chapter = text.partition("## gongkai deadline")[2].partition("\n## ")[0]
    request = json.loads(gongkai("deadline", *RECEIVED, "--today", "2025-02-20", "--json", "--explain")[1])
    period = json.loads(
        gongkai("deadline", "--rule", "duties.publication", "--from", "2026-04-24", "--json", "--explain")[1]
    )
    assert len(request) == 18
    assert len(period) == 14
    assert [key for key in (*request, *period, *request["days"][0]) if f"`{key}`" not in chapter] == []
    assert [state for state in STATES if state not in chapter] == []


def test_the_reference_has_every_event_with_its_labels():
    text = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", text.partition("## gongkai deadline")[2], re.MULTILINE)
    wanted = [
        (kind, *(catalogue(language)[f"law.event.{kind}"] for language in ("zh", "en"))) for kind in EVENT_KINDS
    ]
    assert len(wanted) == 22
    assert rows == wanted


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
def test_events_come_from_a_file_and_from_options_together(gongkai, tmp_path, charset):
    table = tmp_path / "办理.csv"
    table.write_bytes("日期,事件,天数\n2025-01-20,收到申请,\n2025-02-20,延期,20\n".encode(charset))
    said = json.loads(gongkai("deadline", "--file", table, "--event", "2025-03-21 答复", "--json")[1])
    assert [event["kind"] for event in said["events"]] == ["received", "extended", "answered"]
    assert (said["due"], said["late"]) == ("2025-03-21", False)


def test_events_come_from_the_standard_input():
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "deadline", "--file", "-", "--today", "2025-02-03", "--json"],
        input="# 样例\n2025-01-20 收到申请\n".encode(), capture_output=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["due"] == "2025-02-21"


def test_events_out_of_order_are_refused_unless_they_are_to_be_sorted(gongkai):
    line = (
        "deadline",
        "--event",
        "2025-02-20 延期 天数=20",
        "--event",
        "2025-01-20 收到申请",
        "--today",
        "2025-02-25",
    )
    code, out, err = gongkai(*line)
    assert (code, out) == (2, "")
    assert "还没有收到申请" in err
    assert gongkai(*line, "--sort")[0] == 0


WRONG = [
    ((*RECEIVED, "--event", "2025-02-24 延期 天数=5"), "答复期限已于2025-02-21届满，不能再有这一步。（《条例》第三十三条第二款）"),
    ((*RECEIVED, "--today", "2025-01-19"), "2025-01-20 收到申请：晚于要看的那一天"),
    (("--event", "收到申请"), "第1个事件要先写日期，再写事件"),
    ((*RECEIVED, "--event", "2025-01-21 吃饭"), "第2个事件：没有“吃饭”这种事件"),
    ((*RECEIVED, "--event", "2025-01-21 答复 天数=3"), "第2个事件：“天数”不属于“答复”"),
    ((*RECEIVED, "--today", "昨天"), "--today：“昨天”不是日期"),
    ((*RECEIVED, "--set", "answer.period=30"), "“答复期限”由《条例》第三十三条第二款规定，本机关不能自行设置"),
    ((*RECEIVED, "--set", "answer"), "“answer”不是设置的写法"),
    ((*RECEIVED, "--set", "nothing.at.all=1"), "没有“nothing.at.all”这项设置"),
    ((*RECEIVED, "--set", "reasons.suspend="), "不能设为“”"),
    ((*RECEIVED, "--set", "fee.after_payment=later"), "“缴费后处理期限怎样计算”不能设为“later”"),
    ((*RECEIVED, "--region", "四川"), "“四川”不是行政区划代码"),
    ((*RECEIVED, "--calendar", "/nothing.toml"), "日历文件“/nothing.toml”读不出"),
    (("--file", "/nothing.csv"), "事件文件“/nothing.csv”读不出"),
    (("--event", "2018-01-02 收到申请"), "“答复期限”自2019-05-15起才有规定"),
    (("--event", "2039-01-02 收到申请"), "2039-01-02不在其中"),
    ((), "没有要计算的事"),
    (("--rule", "duties.publication"), "只能给一种"),
    (("--from", "2025-01-01"), "只能给一种"),
    ((*RECEIVED, "--rule", "duties.publication", "--from", "2025-01-01"), "只能给一种"),
    (("--rule", "duties.publicaton", "--from", "2025-01-01"), "duties.publication"),
    (("--rule", "deadlines.answer", "--from", "2025-01-01"), "没有“deadlines.answer”这个单个期限"),
    (("--rule", "duties.publication", "--from", "tomorrow"), "--from：“tomorrow”不是日期"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "words"), WRONG, ids=[" ".join(line) for line, _ in WRONG])
def test_what_cannot_be_counted_ends_with_two_and_says_why(gongkai, line, words):
    code, out, err = gongkai("deadline", *line)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
    code, out, err = gongkai("deadline", *line, "--lang", "en")
    assert (code, out) == (2, "")
    assert not re.search(r"\b(law|cli)\.[a-z]+\.", err), err


def test_an_empty_file_has_nothing_to_count(gongkai, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("# 还没有事件\n", encoding="utf-8")
    code, _, err = gongkai("deadline", "--file", empty)
    assert (code, "没有要计算的事" in err) == (2, True)


def test_a_single_period_is_counted_and_explained(gongkai):
    line = ("deadline", "--rule", "deadlines.third_party_opinion", "--from", "2025-04-29", "--today", "2025-05-10")
    code, out, err = gongkai(*line, "--explain")
    assert (code, err) == (0, "")
    for part in (
        "✓ 最晚 2025-05-23（周五），还有 10 个工作日",
        "自 2025-04-29（周二）的次日起 15 个工作日",
        "2025-05-01 周四 — 2025-05-05 周一  不计：劳动节放假（国办发明电〔2024〕12号）",
        "第11至15个工作日",
        "依据  《条例》第三十二条",
    ):
        assert part in out, part
    assert "last day for a third party's opinion" in gongkai(*line, "--lang", "en")[1].replace("\n          ", " ")


def test_a_last_day_that_moves_on_an_ordinary_case_and_a_fixed_date_are_said(gongkai):
    moved = gongkai(
        "deadline", "--rule", "remedies.reconsideration", "--from", "2025-12-18", "--today", "2026-02-24"
    )[1]
    assert "▲ 今天 2026-02-24（周二）是最后一天" in moved
    assert "期限的最后一天 2026-02-16（周一）是休息日，顺延到下一个工作日" in moved
    assert "前提  告知了权利和期限：是" in moved
    fixed = gongkai(
        "deadline", "--rule", "duties.department_report", "--from", "2026-11-18", "--today", "2027-02-01"
    )[1]
    assert "▲ 期限已于 2027-01-31（周日）届满，过了 1 日" in fixed
    assert "不因休息日顺延" in fixed
    assert "暂定" not in fixed


@pytest.mark.parametrize("name", countable())
def test_every_listed_period_can_be_counted(gongkai, name):
    said = json.loads(gongkai("deadline", "--rule", name, "--from", "2026-03-02", "--json", "--explain")[1])
    assert said["rule"] == name
    assert said["due"] >= said["counted_from"] == "2026-03-02"
    assert said["articles"]
    assert gongkai("deadline", "--rule", name, "--from", "2026-03-02", "--lang", "en")[0] == 0


def test_the_listed_periods_are_those_with_a_due_day_and_nothing_to_choose(gongkai):
    said = json.loads(gongkai("deadline", "--rules", "--json")[1])["rules"]
    names = [rule["name"] for rule in said]
    assert len(names) >= 30
    assert {"deadlines.third_party_opinion", "duties.publication", "remedies.reconsideration"} <= set(names)
    assert {"deadlines.answer", "deadlines.receipt", "fees.charge", "outcomes.row"} & set(names) == set()
    assert set(names) < set(rules())
    assert all(rule["does"] and rule["articles"] for rule in said)
    out = gongkai("deadline", "--rules", "--lang", "en")[1]
    assert [name for name in names if f"{name}\n" not in out] == []
    assert max(map(width, out.splitlines())) <= 80


@pytest.mark.parametrize("line", [["deadline", "--help"], ["deadline", "--rules"], ["deadline"]])
def test_the_calendar_is_loaded_only_when_a_date_is_counted(line):
    code = (
        "import sys\nfrom gongkai.cli.entry import run\n"
        f"run({line!r})\n"
        f"print(sorted({{*{HEAVY!r}, 'chinese_calendar'}} & set(sys.modules)), len(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, encoding="utf-8")
    loaded, _, count = done.stdout.splitlines()[-1].rpartition(" ")
    assert loaded == "[]", loaded
    assert int(count) > 50
