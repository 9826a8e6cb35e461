"""Pages stand alone, escape everything, and lead from every finding to its cells and back."""

import re

import pytest
from lxml import html

from gongkai.documents import Place
from gongkai.errors import UnreadableDocument
from gongkai.report.compare import compare
from gongkai.report.model import Cause, Fact, Finding, SheetCell
from gongkai.report.write.html import Entry, overview_page, report_page
from gongkai.report.write.html.comparison import comparison_page
from gongkai.report.write.html.frame import stylesheet
from tests.report.made import make_report

BAD = "<script>alert(1)</script>\"'&\x00"


def example(**more):
    cells = ("requests.new.natural_person", "requests.total.natural_person")
    return make_report(
        {cells[0]: 3, "requests.granted.total": SheetCell(None, "blank", "", None),
         "requests.granted.business": SheetCell(0, "inferred", "", None)},
        {"1": "全年收到申请3件。\n第二段。", "6": "无。"},
        facts=(Fact("requests.new", 3, "件", Place(line=9), "申请3件", "1", 4),),
        findings=(
            Finding("balance.column", "error", "write.verdict.errors", {"number": 1}, cells, (3, 0),
                    (Place(page=3, table=2, row=4, column=4),), "2021 年表样", Cause("cell", cells[1:], (0,), (3,))),
            Finding("prose.cell", "warning", "write.verdict.warnings", {"number": 1}, cells[:1], (2, 3), waived="已查明"),
        ),
        **more,
    )  # fmt: skip


@pytest.mark.parametrize("forms", [("2021",) * 3, ("2019",) * 3, ("2021", "2019", "2021")])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_has_one_heading_a_language_captions_and_no_broken_anchor(forms, language):
    page = html.fromstring(report_page(make_report(forms=forms), language))
    assert page.get("lang").startswith(language)
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//table[contains(@class,'official')]/caption")) == 3
    assert not page.xpath("//table//th[not(@scope)]")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    anchors = [href for href in page.xpath("//a/@href") if href.startswith("#")]
    assert anchors
    assert {anchor[1:] for anchor in anchors} <= set(ids)


def test_findings_lead_to_their_cells_and_back():
    page = html.fromstring(report_page(example(), "zh"))
    links = page.xpath("//li[@id='f-1']//a/@href")
    assert links == ["#c-requests.new.natural_person", "#c-requests.total.natural_person"]
    for link in links:
        (cell,) = page.xpath(f"//td[@id='{link[1:]}']")
        assert cell.xpath(".//a/@href") == ["#f-1"]
        assert "需要更正" in cell.xpath(".//a/@aria-label")[0]
        assert ("error" in cell.get("class").split()) == link.endswith("total.natural_person")


def test_a_finding_says_both_values_cause_place_and_rule():
    (said,) = html.fromstring(report_page(example(), "zh")).xpath("//li[@id='f-1']")
    text = said.text_content()
    for part in ("3 / 0", "把 0 改为 3", "第3页 表2 第4行 第4列", "2021 年表样", "需要更正"):
        assert part in text
    assert "已查明" in html.fromstring(report_page(example(), "zh")).xpath("//li[@id='f-2']")[0].text_content()


def test_the_verdict_is_in_words():
    def verdict(report):
        return html.fromstring(report_page(report, "zh")).xpath("//*[@role='status']")[0].text_content()

    assert "1 处需要更正" in verdict(example())
    assert "数据勾稽一致" in verdict(make_report())


def test_kinds_of_cells_are_words_too_and_the_legend_has_only_those_present():
    page = html.fromstring(report_page(example(), "zh"))
    assert "空白" in page.xpath("//td[@id='c-requests.granted.total']")[0].text_content()
    assert "推算" in page.xpath("//td[@id='c-requests.granted.business']")[0].text_content()
    assert page.xpath("//div[@class='legend']//li/text()") == ["空白", "推算"]


def test_facts_are_marked_in_the_text():
    page = html.fromstring(report_page(example(), "zh"))
    assert page.xpath("//mark/text()") == ["申请3件"]
    assert "全年收到申请3件。" in page.xpath("//div[@class='prose']")[0].text_content()


def test_nothing_from_a_file_becomes_markup_and_nothing_is_loaded():
    report = example(agency=BAD, path=BAD, title=BAD)
    report.cells["requests.new.business"] = SheetCell(None, "text", BAD, None)
    other = make_report(agency=BAD, prose={"1": BAD})
    pages = [
        report_page(report, "zh"),
        overview_page([Entry(report, "a.html")], [(BAD, UnreadableDocument("no.such", name=BAD))], "zh"),
        comparison_page(compare(report, other), "zh"),
    ]
    for text in pages:
        page = html.fromstring(text)
        assert "&lt;script&gt;" in text
        assert not page.xpath("//script | //img | //link | //iframe | //object | //form")
        assert not page.xpath("//@*[starts-with(name(), 'on') or name() = 'style']")
        assert not re.search(r"https?://|url\(|\x00", text)


def test_the_style_sheet_is_the_only_thing_the_policy_lets_in():
    page = html.fromstring(report_page(make_report(), "zh"))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert page.xpath("//style/text()") == [stylesheet()]
    assert "<" not in stylesheet()


def test_a_table_that_is_not_there_is_said_to_be_missing():
    report = make_report(form_by_table={"proactive": "2021", "requests": None, "remedies": "2021"})
    page = html.fromstring(report_page(report, "zh"))
    assert len(page.xpath("//table[contains(@class,'official')]")) == 2
    assert "没有读到这张表" in page.text_content()


def test_the_overview_lists_reports_and_what_could_not_be_read():
    error = UnreadableDocument("cli.output.exists", path="x")
    page = html.fromstring(
        overview_page([Entry(example(), "a.html", (("下载 Excel", "a.xlsx"),))], [("坏.pdf", error)], "zh")
    )
    assert page.xpath("//tbody/tr/th//text()") == ["某某县样例镇人民政府", "made.txt", "坏.pdf"]
    assert page.xpath("//tbody//a/@href") == ["a.html", "a.xlsx"]
    assert "已经存在" in page.text_content()
    assert len(page.xpath("//h1")) == 1


def test_an_overview_of_nothing_says_what_to_do():
    assert "gongkai read" in html.fromstring(overview_page([], (), "zh")).text_content()


def test_a_comparison_shows_differences_and_common_passages():
    text = "全镇认真落实政府信息公开工作要求并且不断完善各项制度。"
    one = make_report({"requests.new.total": 2}, {"1": text}, year=2022)
    two = make_report({"requests.new.total": 3}, {"1": text + "今年新设了专栏。"})
    page = html.fromstring(comparison_page(compare(one, two), "zh"))
    said = page.text_content()
    for part in ("一、本年新收政府信息公开申请数量·总计", "+1", "+50.0%", "100.0%", text):
        assert part in said
