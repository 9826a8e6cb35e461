"""Sentences as offices write them: what agrees with the table raises no alarm, what contradicts it is found."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.messages import text
from gongkai.report.check import check
from gongkai.report.form import sheet
from gongkai.report.model import Report, SheetCell
from tests.report.made import make_report

_RESULTS = {
    "granted": (8, 2, 0, 1, 0, 1),
    "partly_granted": (3, 1, 0, 0, 0, 0),
    "refused.third_party_rights": (1, 0, 0, 0, 0, 0),
    "refused.deliberative": (2, 0, 0, 1, 0, 0),
    "refused.enforcement_case_file": (0, 1, 0, 0, 0, 0),
    "refused.statutory_lookup": (1, 0, 0, 0, 0, 1),
    "unavailable.not_held": (4, 0, 0, 0, 1, 0),
    "unavailable.needs_creation": (0, 1, 0, 0, 0, 0),
    "unavailable.still_unclear": (1, 0, 0, 0, 0, 0),
    "not_processed.petition_or_complaint": (2, 0, 0, 0, 0, 0),
    "other.miscellaneous": (0, 0, 0, 0, 0, 1),
}
_ROWS = {
    "new": (21, 5, 0, 2, 1, 3),
    "brought_forward": (2, 1, 0, 0, 0, 0),
    **_RESULTS,
    "total": tuple(sum(column) for column in zip(*_RESULTS.values(), strict=True)),
    "carried_forward": (1, 1, 0, 0, 0, 0),
}
_COLUMNS = ("natural_person", "business", "research_org", "nonprofit_org", "legal_service_org", "other_org")
_CELLS: dict[str, int | Decimal | SheetCell] = {
    **{
        f"requests.{row}.{column}": value
        for row, values in _ROWS.items()
        for column, value in zip((*_COLUMNS, "total"), (*values, sum(values)), strict=True)
    },
    "proactive.normative_documents.issued": 3,
    "proactive.normative_documents.repealed": 1,
    "proactive.normative_documents.in_force": 17,
    "proactive.licences.decisions": 412,
    "proactive.penalties.decisions": 58,
    "proactive.compulsion.decisions": 6,
    "proactive.charges.amount": Decimal("12.11"),
    "remedies.reconsideration.upheld": 1,
    "remedies.reconsideration.other": 1,
    "remedies.reconsideration.total": 2,
    "remedies.litigation_direct.upheld": 2,
    "remedies.litigation_direct.overturned": 1,
    "remedies.litigation_direct.pending": 1,
    "remedies.litigation_direct.total": 4,
    "remedies.litigation_after_reconsideration.pending": 3,
    "remedies.litigation_after_reconsideration.total": 3,
}

PARTS_OF_THE_YEAR = (
    "上半年收到申请14件，下半年收到申请18件。",
    "2023年1至11月，收到政府信息公开申请30件；全年共收到32件。",
    "第一季度收到政府信息公开申请8件，第二季度收到政府信息公开申请6件。",
    "12月份收到政府信息公开申请4件。",
    "截至2023年12月31日，累计收到政府信息公开申请1520件。",
)
CARRIED_OVER = (
    "收到申请32件、答复33件（含上年结转3件）、未办结2件。",
    "收到32件政府信息公开申请，答复33件（其中上年结转3件）。",
    "全年共收到申请32件，办结30件（不含结转3件），结转下年度2件。",
    "共收到申请32件（不含上年结转3件）。",
    "共收到依申请公开申请32件，其中自然人21件，法人或其他组织11件；上年结转3件。",
    "全年答复33件，其中上年结转3件、本年新收30件。",
    "全年共收到申请35件（含上年结转3件），结转下年度2件。",
    "收到申请35件，其中新收32件，上年结转3件。",
)
OTHER_OFFICES = (
    "县自然资源局等部门协助我镇办理申请3件。",
    "收到县政府转来的信息公开申请5件。",
    "县行政审批局办理行政许可9000件，我镇办理412件。",
    "全县各乡镇共收到申请210件，我镇收到32件。",
)
OTHER_THINGS = (
    "公文公开属性源头认定：主动公开128件、依申请公开56件、不予公开23件。",
    "全年制发公文207件，其中主动公开128件，依申请公开56件，不予公开23件。",
    "对历史公文进行清理，主动公开转为依申请公开3件，不予公开转为主动公开2件。",
    "废止规范性文件1件，宣布失效0件。",
    "受理行政许可申请420件，办结412件。",
    "行政处罚立案60起，作出处罚决定58件，罚款3.5万元。",
    "收到申请32件，较上年25件增长28%，其中自然人21件，占65.6%，法人或其他组织11件，占34.4%。",
    "不存在因信息公开被复议纠错或败诉情形，未发生超期答复情况。",
    "未收到有关政府信息公开的投诉和举报，未收到要求更正的申请。",
)
CONTRADICTIONS = (
    ("prose.cell", "全年收到政府信息公开申请31件。"),
    ("prose.cell", "2023年1月至12月，收到政府信息公开申请31件。"),
    ("prose.cell", "上半年开展培训2次，全年收到政府信息公开申请31件。"),
    ("prose.cell", "全年累计收到政府信息公开申请31件。"),
    ("prose.cell", "收到申请34件（含上年结转3件）。"),
    ("prose.cell", "收到申请32件，其中自然人20件。"),
    ("prose.cell", "新收申请30件，上年结转3件。"),
    ("prose.cell", "收到申请32件，其中不予公开8件。"),
    ("prose.cell", "我镇办理行政许可413件。"),
    ("prose.wording", "全年未收到政府信息公开申请。"),
    ("prose.wording", "因政府信息公开被申请行政复议2件，均获维持。"),
    ("prose.parts", "全年主动公开信息828条，其中网站479条、微信236条、微博123条。"),
    ("prose.percent", "收到申请32件，其中自然人21件，占75%。"),
)


def _alarms(report: Report) -> list[str]:
    return [finding.code for finding in check(report) if finding.severity != "notice"]


def _report(sentence: str) -> Report:
    return make_report(_CELLS, {"1": sentence})


def test_the_sheet_behind_the_sentences_adds_up() -> None:
    assert _alarms(_report("2023年，我镇认真贯彻条例。")) == []


@pytest.mark.parametrize("sentence", [*PARTS_OF_THE_YEAR, *CARRIED_OVER, *OTHER_OFFICES, *OTHER_THINGS])
def test_a_sentence_that_agrees_with_the_table_raises_no_alarm(sentence: str) -> None:
    assert _alarms(_report(sentence)) == []


@pytest.mark.parametrize(("code", "sentence"), CONTRADICTIONS)
def test_a_plain_contradiction_is_found(code: str, sentence: str) -> None:
    assert _alarms(_report(sentence)) == [code]


def test_upheld_all_but_withdrawn_is_no_contradiction() -> None:
    assert _alarms(_report("因政府信息公开被申请行政复议2件，其中1件撤回终止，其余均获维持。")) == []


def test_a_row_that_the_file_lacks_is_not_taken_for_a_wrong_sum() -> None:
    """What is missing may hold the difference, and is said to be missing; a difference that it cannot hold is still an error."""
    absent = SheetCell(None, "absent", "", None)
    lost = {cell: absent for cell in sheet("2021", "2021", "2021").cells if cell.startswith("requests.total.")}
    findings = check(make_report({**_CELLS, **lost}))
    assert [f.message for f in findings if f.severity != "notice"] == ["finding.cell.unreadable.missing"]
    assert "“（七）总计”" in text(findings[0].message, "zh", **findings[0].facts)
    too_many = {**_CELLS, "requests.granted.natural_person": 80, "requests.granted.total": 84}
    leaf = {cell: absent for cell in _CELLS if cell.startswith("requests.unavailable.not_held.")}
    assert "total.column" in _alarms(make_report({**too_many, **leaf}))
