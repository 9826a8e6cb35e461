"""The prose against the table and against itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.documents import Place
from gongkai.messages import LANGUAGES, text
from gongkai.report.check import check
from gongkai.report.facts import extract
from gongkai.report.model import Mention, Report, SheetCell
from tests.report.made import OFFICIAL_HEADINGS, make_report

Q = "requests"
THREE = {
    f"{Q}.new.natural_person": 3,
    f"{Q}.new.total": 3,
    f"{Q}.brought_forward.natural_person": 1,
    f"{Q}.brought_forward.total": 1,
    f"{Q}.granted.natural_person": 2,
    f"{Q}.granted.total": 2,
    f"{Q}.refused.deliberative.natural_person": 1,
    f"{Q}.refused.deliberative.total": 1,
    f"{Q}.total.natural_person": 3,
    f"{Q}.total.total": 3,
    f"{Q}.carried_forward.natural_person": 1,
    f"{Q}.carried_forward.total": 1,
    "remedies.reconsideration.upheld": 1,
    "remedies.reconsideration.pending": 1,
    "remedies.reconsideration.total": 2,
    "proactive.licences.decisions": 35,
    "proactive.normative_documents.issued": 2,
    "proactive.normative_documents.in_force": 9,
    "proactive.charges.amount": Decimal("12.11"),
}


def _of(report: Report) -> list[tuple[str, str]]:
    findings = check(report)
    for finding in findings:
        assert all("{" not in text(finding.message, language, **finding.facts) for language in LANGUAGES)
    return [(f.code, f.severity) for f in findings]


def _report(sentence: str, **more: object) -> Report:
    return make_report(THREE, {"1": sentence}, **more)  # type: ignore[arg-type]


AGREEING = (
    "收到政府信息公开申请3件，上年结转1件，办结3件，结转下年度1件。",
    "收到政府信息公开申请4件（含上年结转1件），其中自然人3件。",
    "新收政府信息公开申请3件，予以公开2件，不予公开1件。",
    "共办理政府信息公开申请4件（含上年结转1件）。",
    "办理行政许可35件，制发行政规范性文件2件，现行有效9件，行政事业性收费12.11万元。",
    "行政事业性收费121100元，约合行政事业性收费12.1万元。",
    "因政府信息公开被申请行政复议2件，其中维持1件，尚未审结1件，未发生行政诉讼。",
    "全县各级行政机关共收到政府信息公开申请300件，县政府办收到3件。",
    "2022年收到政府信息公开申请8件。公开规范性文件211条。",
    "主动公开政府信息5000条，无上级机关申请的情况。",
)
CONTRADICTING = (
    ("收到政府信息公开申请5件。", "prose.cell"),
    ("新收政府信息公开申请4件。", "prose.cell"),
    ("收到政府信息公开申请3件，办结5件。", "prose.cell"),
    ("收到政府信息公开申请3件，其中法人或其他组织1件。", "prose.cell"),
    ("收到政府信息公开申请3件，不予公开2件。", "prose.cell"),
    ("上年结转政府信息公开申请2件。", "prose.cell"),
    ("收到政府信息公开申请0件。", "prose.cell"),
    ("办理行政许可34件。", "prose.cell"),
    ("行政事业性收费12.5万元。", "prose.cell"),
    ("制发行政规范性文件3件。", "prose.cell"),
    ("因政府信息公开被申请行政复议5件。", "prose.cell"),
    ("全年未收到政府信息公开申请。", "prose.wording"),
    ("无因政府信息公开引起的行政复议。", "prose.wording"),
    ("因政府信息公开被申请行政复议2件，均获维持。", "prose.wording"),
    ("因政府信息公开被提起行政诉讼2件。", "prose.wording"),
)


@pytest.mark.parametrize("sentence", AGREEING)
def test_a_sentence_that_one_reading_fits_is_fine(sentence: str) -> None:
    assert _of(_report(sentence)) == []


@pytest.mark.parametrize(("sentence", "code"), CONTRADICTING)
def test_a_sentence_that_no_reading_fits_is_a_warning(sentence: str, code: str) -> None:
    assert _of(_report(sentence)) == [(code, "warning")]


def test_the_finding_names_both_sides_and_both_places() -> None:
    (finding,) = check(_report("收到政府信息公开申请5件。"))
    assert finding.cells == (f"{Q}.new.total",)
    assert finding.values == (5, 3)
    assert finding.places[0] == Place(line=1)
    assert len(finding.places) == 2


def test_another_scope_is_at_most_noticed() -> None:
    assert _of(_report("全县共收到政府信息公开申请300件。")) == [("prose.cell", "notice")]


def test_a_zero_over_a_blank_agrees_and_a_figure_does_not() -> None:
    blank = {"proactive.licences.decisions": SheetCell(None, "blank", "", None)}
    assert _of(make_report(blank, {"1": "办理行政许可0件。"})) == []
    assert _of(make_report(blank, {"1": "办理行政许可2件。"})) == [("prose.cell", "warning")]


def test_facts_already_read_are_used_and_the_report_is_not_changed() -> None:
    report = _report("收到政府信息公开申请5件。")
    assert check(report)
    assert report.facts == ()
    report.facts = extract(report.prose)
    assert _of(report) == [("prose.cell", "warning")]


def test_figures_in_the_wrong_columns_are_told_with_their_neighbour() -> None:
    row = "proactive.normative_documents"
    report = make_report(
        {f"{row}.made": 211, f"{row}.disclosed": 10, f"{row}.disclosed_to_date": 10},
        {"1": "某某镇人民政府累计主动公开政府信息221条，其中规范性文件211条，乡镇动态10条。"},
        year=2019,
        forms=("2019",) * 3,
    )
    (finding,) = check(report)
    assert (finding.code, finding.severity) == ("prose.cell", "warning")
    assert finding.cells == (f"{row}.disclosed", f"{row}.disclosed_to_date")
    said = text(finding.message, "zh", **finding.facts)
    assert "211" in said
    assert "乡镇动态10条" in said
    assert "错了栏" in said


PARTS = (
    ("共发布各类信息282条，其中网站发布2条，公众号275条，正式文件2条，公示3条。", []),
    ("共发布各类信息282条，其中网站发布2条，公众号275条，正式文件2条，公示4条。", ["warning"]),
    ("共发布各类信息221条，其中规范性文件211条，乡镇动态9条。", ["warning"]),
    ("共发布各类信息221条，其中规范性文件211条，乡镇动态9条等。", []),
    ("共发布各类信息221条，其中包括规范性文件100条，乡镇动态110条。", []),
    ("共发布各类信息221条，其中规范性文件100条，乡镇动态20条。", []),
    ("共发布各类信息221条，其中规范性文件222条。", ["warning"]),
    ("共发布各类信息221条，其中文件200条，会议21次。", []),
    ("共发布各类信息100条，其中政策60条（其中解读20条，图解40条），动态40条。", []),
    ("共发布各类信息100条，其中政策60条（其中解读20条，图解50条），动态40条。", ["warning"]),
    ("共发布各类信息100条，其中政策60条，动态40条，其中镇级30条，村级10条。", []),
    ("共发布各类信息100条，其中政策60条，动态40条；文字70条，视频30条。", []),
    ("共发布各类信息100条。其中，政策60条，动态50条。", ["warning"]),
    ("共发布各类信息100条，其中网站100条，公众号90条，平台80条。", ["notice"]),
    ("共发布各类信息100条，其中政策60条，动态40条，比上年增加30条。", []),
    ("共发布各类信息1,282条，其中网站1,000条，公众号282条。", []),
)


@pytest.mark.parametrize(("sentence", "severities"), PARTS)
def test_parts_add_up_or_are_told(sentence: str, severities: list[str]) -> None:
    found = [f for f in check(make_report(prose={"1": sentence})) if f.code == "prose.parts"]
    assert [f.severity for f in found] == severities


def test_applicants_of_a_list_claim_to_be_complete() -> None:
    report = make_report(prose={"1": "收到政府信息公开申请9件，其中自然人5件，法人或其他组织2件。"})
    assert ("prose.parts", "warning") in _of(report)


PERCENT = (
    ("公开信息300条，其中政策类20条，占6.67%。", None),
    ("公开信息300条，其中政策类20条，占6.6%。", None),
    ("公开信息300条，其中政策类20条，占总数的7%。", None),
    ("公开信息300条，其中政策类20条，占7.5%。", (20, 300, Decimal("7.5"))),
    ("公开信息300条，政策类150条，占比60%。", (150, 300, Decimal("60"))),
    ("公开信息300条，政策类150条，占全县总数的12%。", None),
    ("公开信息12条，较上年的8条增长50%。", None),
    ("公开信息12条，较上年的8条增长40%。", (12, 8, Decimal("40"))),
    ("公开信息12条，比上年增加4条，增长50%。", None),
    ("公开信息12条，比上年增加4条，增长33%。", (12, 8, Decimal("33"))),
    ("公开信息6条，比2022年的8条下降25%。", None),
    ("将公开工作纳入考核，占总分的5%，办结率100%。", None),
)


@pytest.mark.parametrize(("sentence", "values"), PERCENT)
def test_a_percentage_is_that_of_its_two_figures(sentence: str, values: tuple[object, ...] | None) -> None:
    found = [f.values for f in check(make_report(prose={"1": sentence})) if f.code == "prose.percent"]
    assert found == ([values] if values else [])


def test_all_upheld_excepts_pending_cases_only_where_it_says_so() -> None:
    said = "因政府信息公开被申请行政复议2件，已审结的均获维持。"
    assert _of(_report(said)) == []
    overturned = {**THREE, "remedies.reconsideration.overturned": 1, "remedies.reconsideration.pending": 0}
    assert _of(make_report(overturned, {"1": said})) == [("prose.wording", "warning")]


@pytest.mark.parametrize(
    ("charges", "said", "year", "raised"),
    [
        (Decimal("12.11"), "本机关未收取信息处理费。", 2021, False),
        (Decimal("12.11"), "收取信息处理费121100元。", 2021, False),
        (Decimal("12.11"), "收取信息处理费121200元。", 2021, True),
        (0, "收取信息处理费300元。", 2023, True),
        (SheetCell(None, "unreadable", "?", None), "收取信息处理费300元。", 2023, False),
    ],
)
def test_section_six_cannot_receive_more_than_the_charges(
    charges: object, said: str, year: int, raised: bool
) -> None:
    report = make_report({"proactive.charges.amount": charges}, {"6": said}, year=year)  # type: ignore[dict-item]
    assert ("fee.section_six" in [f.code for f in check(report)]) is raised


def test_the_fee_is_no_matter_before_2021() -> None:
    report = make_report(
        {}, {"6": "收取信息处理费300元。"}, year=2020, forms=("2019",) * 3, headings=OFFICIAL_HEADINGS
    )
    assert check(report) == ()


@pytest.mark.parametrize(
    ("prose", "raised"),
    [
        ({"1": "2023年，我镇认真贯彻条例。2024年将继续努力。"}, False),
        ({"1": "2022年，我镇认真贯彻条例。"}, True),
        ({"1": "按照《2022年政务公开工作要点》，我镇认真落实。"}, False),
        ({"1": "根据国办公开办函〔2021〕30号要求。"}, False),
        ({"1": "一年来，我镇认真贯彻条例，较2022年增加3件。"}, False),
        ({"0": "统计期限为2022年1月1日至2022年12月31日。"}, True),
        ({"0": "统计期限为 2023 年 1 月 1 日起至 12 月 31 日止。"}, False),
        ({"end": "2024年1月13日"}, False),
    ],
)
def test_another_year_as_the_reports_own_is_told(prose: dict[str, str], raised: bool) -> None:
    assert [f.code for f in check(make_report(prose=prose, year=2023))] == (["prose.year"] if raised else [])


def test_another_year_in_the_title_is_told() -> None:
    years = (Mention("2023年", "title", None), Mention("2022", "title", Place(line=2)))
    (finding,) = check(make_report(years=years, year=2023))
    assert (finding.message, finding.values) == ("finding.prose.year.title", (2023, 2022))


@pytest.mark.parametrize(
    ("own", "other", "raised"),
    [
        ("某某县样例镇人民政府", "某某县例文镇人民政府", True),
        ("某某县样例镇人民政府", "样例镇人民政府", False),
        ("某某县样例镇人民政府", "样例镇党政综合办公室", False),
        ("某某县样例镇人民政府", "某某县人民政府", False),
        ("某某县样例镇人民政府", "高新区党工委", False),
        ("某某县新县镇人民政府", "新县镇人民政府", False),
        ("某某县样例镇人民政府", "某某县县前街道办事处", True),
        ("某某县教育局", "某某县财政局", True),
        ("某某县人力资源和社会保障局", "某某县人社局", False),
        ("某某县教育局", "试题县教育局", True),
        ("某某县教育局", "教育局", False),
        ("某某县卫生健康委员会", "某某县医疗保障局", True),
        ("某某县人民政府", "试题县人民政府", True),
        ("某某县人民政府", "某某市人民政府", False),
        ("某某县人民政府", "某某市某某县人民政府", False),
    ],
)
def test_another_body_of_the_same_level_is_told(own: str, other: str, raised: bool) -> None:
    signed = make_report(agency=own, agencies=(Mention(other, "signature", Place(line=9)),))
    announced = make_report(prose={"0": f"现公布{other}2023年政府信息公开工作年度报告。"}, agency=own)
    for report in (signed, announced):
        assert [f.code for f in check(report)] == (["prose.agency"] if raised else [])


def test_a_text_in_which_another_town_speaks_is_told() -> None:
    copied = "按照要求，例文镇人民政府公开信息。今后例文镇人民政府将继续努力。"
    assert [f.code for f in check(make_report(prose={"1": copied}))] == ["prose.agency"]
    both = f"样例镇认真贯彻条例。{copied}"
    assert check(make_report(prose={"1": both})) == ()
    general = "各乡镇人民政府、本镇人民政府要公开。各乡镇人民政府、本镇人民政府要公开。"
    assert check(make_report(prose={"1": general})) == ()
