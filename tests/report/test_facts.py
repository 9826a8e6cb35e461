"""Figures in prose become typed facts; sentences about other things do not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.documents import Place
from gongkai.report.facts import extract
from gongkai.report.model import Prose

SAID: tuple[tuple[str, dict[str, object]], ...] = (
    ("2021年，我镇共受理政府信息公开申请0件。", {"requests_new": 0}),
    ("全年未收到政府信息公开申请。", {"requests_new": 0}),
    ("本年度没有收到公民、法人和其他组织的政府信息公开申请。", {"requests_new": 0}),
    ("收到依申请公开申请数量为零。", {"requests_new": 0}),
    ("2023年收到3件政府信息公开申请。", {"requests_new": 3}),
    ("受理依申请公开二十三件。", {"requests_new": 23}),
    ("收到政府信息公开申请1,234件。", {"requests_new": 1234}),
    (
        "全年收到政府信息公开申请5件（含上年结转1件），办结4件，结转下年度继续办理1件。",
        {"requests_total": 5, "brought_forward": 1, "requests_answered": 4, "carried_forward": 1},
    ),
    (
        "收到申请5件，其中新收4件，上年结转1件，均为政府信息公开申请。",
        {"requests_total": 5, "requests_new": 4, "brought_forward": 1},
    ),
    ("新收政府信息公开申请3宗，转下一年度继续办理2宗。", {"requests_new": 3, "carried_forward": 2}),
    (
        "办结政府信息公开申请9件，其中予以公开3件，部分公开2件，不予公开1件，无法提供1件，不予处理1件，其他处理1件。",
        {"requests_answered": 9, "granted": 3, "partly_granted": 2, "refused": 1, "unavailable": 1, "not_processed": 1, "other": 1},
    ),
    ("收到政府信息公开申请3件，其中重复申请2件，本机关不掌握相关政府信息1件。", {"requests_new": 3, "not_processed.repeated": 2, "unavailable.not_held": 1}),
    ("收到政府信息公开申请3件，其中自然人2件、法人或其他组织1件。", {"requests_new": 3, "applicant.natural_person": 2, "applicant.organisation": 1}),
    ("收到政府信息公开申请2件，2件予以公开，1件结转下年度。", {"requests_new": 2, "granted": 2, "carried_forward": 1}),
    ("收到政府信息公开申请5件，其中网络申请3件，信函申请2件。", {"requests_new": 5, "channel.network": 3, "channel.letter": 2}),
    ("累计主动公开政府信息221条，其中规范性文件211条，乡镇动态10条。", {"published_items": 221, "normative_documents.disclosed": 211}),
    ("通过网站、公众号等平台公开办事指南、规范性文件、政策解读等政府信息479条。", {"published_items": 479}),
    ("本年制发行政规范性文件3件，废止1件，现行有效10件。", {"normative_documents.issued": 3, "normative_documents.repealed": 1, "normative_documents.in_force": 10}),
    ("办理行政许可35件，作出行政处罚决定2件，行政强制1件。", {"licences": 35, "penalties": 2, "compulsion": 1}),
    ("行政事业性收费12.11万元。", {"charges": Decimal("12.11")}),
    (
        "因政府信息公开被申请行政复议3件，其中维持2件，纠正1件；被提起行政诉讼1件。",
        {"reconsiderations": 3, "reconsiderations.upheld": 2, "reconsiderations.overturned": 1, "litigations": 1},
    ),
    ("未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。", {"reconsiderations": 0, "litigations": 0}),
    ("因政府信息公开引起的行政复议、行政诉讼0件。", {"reconsiderations": 0, "litigations": 0}),
    ("未收取依申请公开信息处理费。", {"processing_fee.received": 0}),
    ("本年度政府信息公开信息处理费用为0", {"processing_fee.received": 0}),
    ("本年度没有产生信息公开处理费用。", {"processing_fee.received": 0}),
    (
        "收取信息处理费：发出收费通知3件，总金额120元，实际收取的总金额100元。",
        {"processing_fee.notices": 3, "processing_fee.billed": 120, "processing_fee.received": 100},
    ),
)  # fmt: skip

OTHER_THINGS = (
    "公布公开正式文件2条，政务动态30条，“某某”公众号发布信息275条。",
    "电话：0953-2694658，邮编：751101，国办公开办函〔2021〕30号，2022年1月13日。",
    "明确1位分管领导和1名责任人，做到“三到位”，保留4位小数。",
    "接待来访12件次，召开会议3次，培训5次，办理人大建议10件，办结10件。",
    "受理低保申请35件，办理行政复议案件应诉2件。",
    "较上年增加3件，去年收到政府信息公开申请8件，同比增加2件。",
    "自2008年以来，累计收到政府信息公开申请300件。",
    "投入预算资金30万元，减免行政事业性收费5万元。",
    "公布行政许可事项120项，公开行政处罚信息35条，制定规章制度5项。",
    "若未收到申请，无法提供，无障碍浏览，未按时办结。",
    "收到政府信息公开申请300余件。",
    "第3条规范性文件，依据条例第20件。",
)


@pytest.mark.parametrize(("sentence", "said"), SAID, ids=[text[:24] for text, _ in SAID])
def test_a_sentence_says_exactly_these_figures(sentence: str, said: dict[str, object]) -> None:
    assert {fact.what: fact.value for fact in extract({"1": Prose(sentence)})} == said


@pytest.mark.parametrize("sentence", OTHER_THINGS, ids=[text[:16] for text in OTHER_THINGS])
def test_a_sentence_about_other_things_says_none(sentence: str) -> None:
    assert extract({"1": Prose(sentence)}) == ()


def test_figures_of_another_year_are_left_out() -> None:
    facts = extract({"1": Prose("2021年收到政府信息公开申请12件。2020年收到政府信息公开申请8件。")})
    assert [(fact.what, fact.value, fact.year) for fact in facts] == [("requests_new", 12, 2021)]
    assert not extract({"1": Prose("2020年收到政府信息公开申请8件。")}, year=2021)


def test_the_year_a_request_was_brought_forward_from_is_not_another_year() -> None:
    facts = extract({"1": Prose("2021年收到政府信息公开申请12件，2020年结转3件。")})
    assert {fact.what: fact.value for fact in facts} == {"requests_new": 12, "brought_forward": 3}


def test_the_scope_named_beside_a_figure_is_kept() -> None:
    text = "全区各级行政机关共收到政府信息公开申请312件，区政府办收到50件。"
    assert [(f.value, f.scope) for f in extract({"1": Prose(text)})] == [(312, "area"), (50, "own")]


def test_a_fact_knows_its_place_its_section_and_its_words() -> None:
    text = "认真贯彻条例。\n全年收到政府信息公开申请5件。"
    prose = Prose(text, (0, 8), (Place(line=3), Place(line=4)))
    (fact,) = extract({"1": prose})
    assert (fact.place, fact.section, fact.text) == (Place(line=4), "1", "全年收到政府信息公开申请5件")
    assert text[fact.offset] == "5"


def test_the_signature_says_no_figures() -> None:
    assert not extract({"end": Prose("收到政府信息公开申请5件")})


def test_hostile_prose_takes_no_time() -> None:
    # Overlapping words must not make the search back up without end: doubling the text may only double the work.
    text = "政府信息公开" * 2000 + "发布" * 2000 + "等" * 2000 + "5件"
    assert extract({"1": Prose(text)}) == ()
