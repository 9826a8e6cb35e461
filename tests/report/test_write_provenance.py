"""What is said about the reading of a file: form, doubts, sources; in both languages, on pages and in workbooks."""

import errno
import io
import os
from dataclasses import replace

import openpyxl
import pytest
from lxml import html

from gongkai import messages
from gongkai.documents import Place
from gongkai.errors import UnreadableDocument
from gongkai.report.check.rules import OWN
from gongkai.report.model import Finding, SheetCell
from gongkai.report.write.html import Entry, overview_page, report_page
from gongkai.report.write.provenance import doubts, form_long, form_short, source_words
from gongkai.report.write.verdict import standing, sum_words, verdict, verdict_kind
from gongkai.report.write.wording import error_sentence, places_words
from gongkai.report.write.xlsx import workbook
from tests.report.made import make_report

DOUBTS = ("document.ocr", "report.second_report")


@pytest.mark.parametrize(
    ("forms", "short", "long"),
    [
        (("2021", "2021", "2021"), "2021", "2021 年表样（国办公开办函〔2021〕30号）"),
        (("2021", "2019", "2021"), "2021（依申请公开表：2019）", "（依申请公开表：2019）"),
        (("2019", "2021", "2021"), "2019（依申请公开表：2021、复议诉讼表：2021）", "2019 年表样"),
    ],
)
def test_the_main_form_stands_first_and_words_say_which_tables_differ(forms, short, long):
    report = make_report(forms=forms)
    assert form_short(report, "zh") == short
    assert long in form_long(report, "zh")


def test_a_form_is_named_without_a_main_one_and_a_dash_stands_where_there_is_no_table():
    tables = {"proactive": None, "requests": "2019", "remedies": "2019"}
    assert form_short(make_report(form=None, form_by_table=tables)) == "2019"
    none = make_report(form=None, form_by_table=dict.fromkeys(tables))
    assert (form_short(none), form_long(none)) == ("—", "—")


def test_doubts_are_sentences_and_an_unknown_one_is_its_code():
    report = make_report(doubts=(*DOUBTS, "no.such"))
    assert [doubt.code for doubt in doubts(report)] == [*DOUBTS, "no.such"]
    assert [doubt.sentence for doubt in doubts(report, "en")] == [
        *(messages.text(code, "en") for code in DOUBTS),
        "no.such",
    ]


def test_a_source_is_named_in_the_language_and_notices_keep_their_number():
    own, notice = (Finding("x", "notice", "m", source=source) for source in (OWN, "国办函〔2020〕109号"))
    assert [source_words(own, language) for language in ("zh", "en")] == ["本系统规则", "rule of this software"]
    assert source_words(notice, "en") == "国办函〔2020〕109号"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_shows_doubts_beside_the_verdict_and_the_overview_marks_them(language):
    doubtful, plain = make_report(doubts=DOUBTS), make_report(agency="某某县第二镇人民政府")
    (block,) = html.fromstring(report_page(doubtful, language)).xpath("//div[@class='headline']/div[@class='doubts']")
    assert block.getprevious().get("role") == "status"
    for code in DOUBTS:
        assert messages.text(code, language) in block.text_content()
        assert code in block.text_content()
    assert not html.fromstring(report_page(plain, language)).xpath("//div[@class='doubts']")
    rows = html.fromstring(overview_page([Entry(doubtful, "a.html"), Entry(plain, "b.html")], (), language)).xpath(
        "//tbody/tr"
    )
    assert ["◇" in row.text_content() for row in rows] == [True, False]
    assert messages.text("write.doubt.mark", language, number=2) in rows[0].text_content()
    caption = (
        html.fromstring(overview_page([Entry(doubtful, "a.html")], (), language)).xpath("//caption")[0].text_content()
    )
    assert messages.text("write.doubt.caption", language) in caption


@pytest.mark.parametrize("findings", [(), (Finding("title.missing", "notice", "finding.title.missing", source=OWN),)])
def test_the_workbook_lists_doubts_before_the_findings(findings):
    report = make_report(doubts=DOUBTS, findings=findings)
    page = openpyxl.load_workbook(io.BytesIO(workbook(report, "zh")))["核对结果"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [row[0] for row in rows[:2]] == ["阅读说明"] * 2
    assert [row[7] for row in rows[:2]] == list(DOUBTS)
    assert rows[0][1] == messages.text("document.ocr", "zh")
    assert (rows[2][1], rows[2][6]) == (("没有找到标题。", "本系统规则") if findings else ("没有发现问题。", None))


WARNING = Finding("prose.cell", "warning", "m")
UNREADABLE = SheetCell(None, "unreadable", "3 4", None)
TABLES = ("proactive", "requests", "remedies")


@pytest.mark.parametrize(
    ("cells", "more", "stands", "mark", "words"),
    [
        ({}, {}, "good", "good", "数据勾稽一致"),
        ({}, {"findings": (WARNING,)}, "warning", "warning", "数据勾稽一致，1 处请核实"),
        ({}, {"findings": (replace(WARNING, waived="已查明"),)}, "good", "good", "数据勾稽一致"),
        ({}, {"findings": (replace(WARNING, severity="error"), WARNING)}, "error", "error", "1 处需要更正"),
        ({"requests.new.total": UNREADABLE}, {}, "partial", "warning", "没有读全，读到的数字勾稽一致"),
        (
            {}, {"form_by_table": {**dict.fromkeys(TABLES, "2021"), "requests": None}, "findings": (WARNING,)},
            "partial", "warning", "没有读全，读到的数字勾稽一致，1 处请核实",
        ),
        (
            {}, {"form_by_table": dict.fromkeys(TABLES), "findings": (WARNING,)},
            "no_tables", "warning", "没有找到报告的表格",
        ),
    ],
)  # fmt: skip
def test_no_report_is_called_right_that_was_not_read_whole(cells, more, stands, mark, words):
    report = make_report(cells, **more)
    assert (standing(report), verdict_kind(report), verdict(report, "zh")) == (stands, mark, words)


def test_many_reports_are_summed_up_by_how_they_stand():
    reports = [
        make_report(),
        make_report(),
        make_report(findings=(WARNING,)),
        make_report({"requests.new.total": UNREADABLE}),
    ]
    assert sum_words(reports, 1, "zh") == "共 4 份报告（1 份请核实、1 份没有读全、2 份勾稽一致），1 个文件读不出。"
    assert sum_words([], 2, "zh") == "共 0 份报告，2 个文件读不出。"
    assert sum_words(reports[:1], 0, "en") == "Reports: 1 (reconciled: 1). Files that could not be read: 0."


def test_neighbouring_cells_of_one_row_are_one_place_and_others_are_listed():
    def said(*places, language="zh"):
        return places_words(Finding("x", "notice", "m", places=places), language)

    row = [Place(page=2, table=2, row=16, column=n, box=(0, 0, n, 1)) for n in range(4, 11)]
    assert said(*row) == "第2页 表2 第16行 第4至10列"
    assert said(*reversed(row), language="en") == "page 2 table 2 row 16 columns 4 to 10"
    assert said(row[0], row[1]) == "第2页 表2 第16行 第4列；第2页 表2 第16行 第5列"
    assert said(row[0], row[1], row[3]).count("；") == 2
    assert said(*row[:3], row[0]._replace(row=17)).count("；") == 3
    assert said(*(Place(line=n) for n in (1, 2)), language="en") == "line 1 of the file; line 2 of the file"
    assert said() == ""


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        (os.strerror(errno.ENOENT), "没有这个文件或文件夹"),
        ("not a file", "这不是文件（可能是文件夹或设备）"),
        ("tag 7", "tag 7"),
    ],
)
def test_what_the_system_gives_as_a_reason_is_said_in_the_language(reason, chinese):
    error = UnreadableDocument("document.no_file", name="a.pdf", reason=reason)
    assert error_sentence(error, "zh") == f"打不开“a.pdf”：{chinese}。请检查路径和权限。"
    assert error_sentence(error, "en").isascii()
