"""The law by command: instruments, articles in every spelling, rules, parameters, refusals, and cost."""

import json
import re
import subprocess
import sys

import pytest

from gongkai.cli.terminal import width
from gongkai.law.articles import instruments
from gongkai.law.citation import numeral
from gongkai.law.parameters import in_force, parameters
from gongkai.law.rules import rules
from gongkai.messages import LANGUAGES, catalogue
from tests.guards.source import ROOT
from tests.guards.test_command_line import HEAVY

SPELLINGS = [
    (("33",), "regulation", "33"),
    (("３３",), "regulation", "33"),
    (("第三十三条",), "regulation", "33"),
    (("regulation", "33"), "regulation", "33"),
    (("regulation.33.2",), "regulation", "33"),
    (("条例", "第三十三条"), "regulation", "33"),
    (("《条例》第三十三条第二款",), "regulation", "33"),
    (("政府信息公开条例", "33"), "regulation", "33"),
    (("条例第20条第（八）项",), "regulation", "20"),
    (("Regulation,", "art.", "33.2"), "regulation", "33"),
    (("reconsideration_law.23.1(4)",), "reconsideration_law", "23"),
    (("行政复议法第二十三条第一款第（四）项",), "reconsideration_law", "23"),
    (("Reconsideration", "Law", "23"), "reconsideration_law", "23"),
    (("中华人民共和国行政处罚法", "48"), "penalty_law", "48"),
    (("2025年司法解释", "1"), "interpretation_2025", "1"),
    (("interpretation_2025.1",), "interpretation_2025", "1"),
    (("法释〔2025〕8号",), "interpretation_2025", None),
    (("regulation",), "regulation", None),
]


@pytest.mark.parametrize(
    ("words", "instrument", "article"), SPELLINGS, ids=[" ".join(words) for words, _, _ in SPELLINGS]
)
def test_an_article_is_found_however_it_is_written(gongkai, words, instrument, article):
    code, out, err = gongkai("law", *words, "--json")
    assert (code, err) == (0, "")
    said = json.loads(out)
    assert (said["instrument"]["id"], said["article"]) == (instrument, article)


def test_every_article_is_found_by_its_numeral_and_its_citation(gongkai):
    found = 0
    for held in instruments().values():
        for number in list(held.articles)[:3]:
            for words in ((held.short, f"第{numeral(number)}条"), (f"{held.id}.{number}",), (held.english, number)):
                said = json.loads(gongkai("law", *words, "--json")[1])
                assert (said["instrument"]["id"], said["article"]) == (held.id, number), words
                found += 1
    assert found > 100


def test_an_article_is_shown_with_its_rules_values_and_what_is_left_to_people(gongkai):
    code, out, err = gongkai("law", "33")
    assert (code, err) == (0, "")
    flat = re.sub(r"\n +", "", out)
    for part in (
        "《条例》第三十三条\n中华人民共和国政府信息公开条例（国务院令第711号、自 2019-05-15 施行）",
        "内容",
        "由人办",
        "deadlines.answer",
        "✓ 答复期限：20 个工作日（《条例》第三十三条第二款、自 2019-05-15）",
        "● 征求意见逾期无答复，答复期限是否继续计算：是（",
        "可由本机关设置",
    ):
        assert part in flat, part
    assert "third_party.period" not in out
    said = json.loads(gongkai("law", "33", "--json")[1])
    assert {"deadlines.answer", "deadlines.plain_answer"} <= {rule["name"] for rule in said["rules"]}
    assert {"answer.period", "extension.most"} <= {given["name"] for given in said["parameters"]}
    assert said["summary"]["zh"]
    assert said["summary"]["en"]
    assert said["people"]["zh"]
    assert "Regulation, art. 33\n" in gongkai("law", "33", "--lang", "en")[1]


def test_every_value_of_a_regional_choice_is_shown(gongkai):
    out = gongkai("law", "fee_measure")[1]
    assert "▲ 缴费后处理期限怎样计算：重新起算全部期限" in out
    assert "resume：接着计算剩余的期限" in out
    assert "地区51" in gongkai("law", "fee_measure_sichuan")[1]


def test_all_instruments_are_listed(gongkai):
    out = gongkai("law")[1]
    assert [held.id for held in instruments().values() if f"{held.id}　{held.short}" not in out] == []
    assert len(instruments()) > 25
    said = json.loads(gongkai("law", "--json")[1])["instruments"]
    assert [held["id"] for held in said] == list(instruments())
    assert said[0]["articles"] == [str(number) for number in range(1, 57)]


def test_all_rules_are_listed_with_what_they_do_and_their_articles(gongkai):
    said = json.loads(gongkai("law", "--rules", "--json")[1])["rules"]
    assert [rule["name"] for rule in said] == list(rules())
    assert all(rule["does"] and rule["articles"] for rule in said)
    out = gongkai("law", "--rules", "--lang", "en")[1]
    assert [name for name in rules() if f"{name}\n" not in out] == []


def test_parameters_are_those_in_force_on_the_day_and_in_the_region(gongkai):
    sichuan = json.loads(gongkai("law", "--parameters", "--on", "2026-03-02", "--region", "510000", "--json")[1])
    country = json.loads(gongkai("law", "--parameters", "--on", "2026-03-02", "--json")[1])
    early = json.loads(gongkai("law", "--parameters", "--on", "2020-03-02", "--json")[1])
    period = {given["name"]: given for given in sichuan["parameters"]}["fee.payment_period"]
    assert (period["value"], period["unit"], period["region"]) == (20, "working_day", "51")
    from datetime import date

    assert {given["name"] for given in country["parameters"]} == set(in_force(date(2026, 3, 2)).parameters)
    assert len(country["parameters"]) > 40
    assert "fee.payment_period" not in {given["name"] for given in early["parameters"]}
    out = gongkai("law", "--parameters", "--on", "2026-03-02", "--region", "510000")[1]
    assert out.startswith("2026-03-02（周一）有效的参数，地区：510000，共 ")
    assert "✓ 缴费期限：20 个工作日（" in out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", [(), ("33",), ("regulation",), ("fee_measure",), ("--rules",), ("--parameters",)])
def test_nothing_is_wider_than_eighty_cells(gongkai, line, language):
    out = gongkai("law", *line, "--lang", language)[1]
    assert len(out.splitlines()) > 10
    assert max(map(width, out.splitlines())) <= 80


WRONG = [
    (("57",), "《条例》没有登记第57条。相近的有：《条例》第五十三条、"),
    (("条例", "第五十七条"), "《条例》没有登记第五十七条。相近的有："),
    (("reconsideration_law", "2"), "《行政复议法》"),
    (("条例", "附则"), "“附则”不是《条例》的条号"),
    (("复议法", "23"), "没有登记“复议法 23”这个法规文件。相近的有：行政复议法 (reconsideration_law)"),
    (("regulaton", "3"), "条例 (regulation)"),
    (("xyz", "3"), "没有登记“xyz 3”这个法规文件。全部列出"),
    (("holiday_notice", "3"), "没有登记“holiday_notice 3”这个法规文件"),
    (("report_form_2021", "3"), "没有分条登记"),
    (("33", "--rules"), "一次只能看一种"),
    (("--rules", "--parameters"), "一次只能看一种"),
    (("33", "--on", "2026-01-01"), "--on 和 --region 只用于 --parameters"),
    (("--region", "51"), "--on 和 --region 只用于 --parameters"),
    (("--parameters", "--on", "soon"), "--on：“soon”不是日期"),
    (("--parameters", "--region", "四川"), "“四川”不是行政区划代码"),
]


@pytest.mark.parametrize(("line", "words"), WRONG, ids=[" ".join(line) for line, _ in WRONG])
def test_what_is_not_there_ends_with_two_and_what_comes_near(gongkai, line, words):
    code, out, err = gongkai("law", *line)
    assert (code, out) == (2, "")
    assert words in err
    code, out, err = gongkai("law", *line, "--lang", "en")
    assert (code, out) == (2, "")
    assert not re.search(r"\b(law|cli)\.[a-z]+\.", err), err


def test_json_has_the_keys_of_the_reference(gongkai):
    text = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    chapter = text.partition("## gongkai law")[2].partition("\n## ")[0]
    article = json.loads(gongkai("law", "33", "--json")[1])
    keys = [*article, *article["instrument"], *article["rules"][0], *article["parameters"][0]]
    keys += json.loads(gongkai("law", "--parameters", "--json")[1])
    assert len(keys) > 30
    assert [key for key in keys if f"`{key}`" not in chapter] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_parameter_and_choice_has_its_words(language):
    said = catalogue(language)
    wanted = [f"law.rule.{name}" for name in rules()]
    wanted += [f"law.parameter_name.{given.name}" for given in parameters()]
    wanted += [f"law.parameter_value.{given.name}.{choice}" for given in parameters() for choice in given.choices]
    assert len(wanted) > 110
    assert sorted({code for code in wanted if code not in said}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_over_for_rules_and_choices_that_are_gone(language):
    wanted = {f"law.rule.{name}" for name in rules()}
    wanted |= {f"law.parameter_value.{given.name}.{choice}" for given in parameters() for choice in given.choices}
    wanted |= {"law.parameter_value.true", "law.parameter_value.false", "law.rule.invalid"}
    written = {code for code in catalogue(language) if code.startswith(("law.rule.", "law.parameter_value."))}
    assert len(written) > 60
    assert written - wanted == set()


@pytest.mark.parametrize(
    "line", [["law", "--help"], ["law"], ["law", "33"], ["law", "--rules"], ["law", "--parameters"]]
)
def test_the_law_is_shown_without_loading_the_calendar(line):
    code = (
        "import sys\nfrom gongkai.cli.entry import run\n"
        f"run({line!r})\n"
        f"print(sorted({{*{HEAVY!r}, 'chinese_calendar'}} & set(sys.modules)), len(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, encoding="utf-8")
    loaded, _, count = done.stdout.splitlines()[-1].rpartition(" ")
    assert loaded == "[]", loaded
    assert int(count) > 50
