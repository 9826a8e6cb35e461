"""Whose report it is: titles, agencies, years, scope, contact, as published reports word them."""

from __future__ import annotations

import pytest

from gongkai.report.model import Report
from gongkai.report.recognise import recognise
from tests.report.sheets import HEADINGS, document

TITLES = [
    ("样例县青石镇人民政府2023年政府信息公开工作年度报告", "样例县青石镇人民政府", 2023),
    ("2023年青石镇政府信息公开工作年度报告", "青石镇", 2023),
    ("青石镇 2023 年政府信息公开工作年度报告", "青石镇", 2023),
    ("样例县民政局2023年度政府信息公开工作年度报告", "样例县民政局", 2023),
    ("2023年度样例县民政局政府信息公开年度报告", "样例县民政局", 2023),
    ("样例县人民政府办公室关于2023年度政府信息公开工作年度报告", "样例县人民政府办公室", 2023),
    ("《样例县青石镇人民政府2023年政府信息公开工作年度报告》", "样例县青石镇人民政府", 2023),
    ("青石镇人民政府信息公开工作2023年度报告", "青石镇人民政府", 2023),
    ("青石镇2023年政府信公开工作年度报告", "青石镇", 2023),
    ("青石街道办事处二〇二三年政府信息公开工作年度报告", "青石街道办事处", 2023),
    ("样例市样例区2023年政务公开工作年度报告", "样例市样例区", 2023),
]


def whole(*opening: str, section_one: str = "我镇认真做好各项工作。", end: tuple[str, ...] = ()) -> Report:
    blocks = [*opening, HEADINGS[0], section_one]
    for heading in HEADINGS[1:]:
        blocks += [heading, "无其他事项。"]
    return recognise(document(*blocks, *end))


@pytest.mark.parametrize(("title", "agency", "year"), TITLES)
def test_a_title_gives_agency_and_year(title: str, agency: str, year: int) -> None:
    """The year first or the name first, spaces inside, numerals, brackets, lost characters."""
    read = whole(title)
    assert (read.agency, read.year, read.agency_from) == (agency, year, "title")


@pytest.mark.parametrize(
    "parts",
    [
        ("样例县青石镇人民政府", "2023年政府信息公开工作年度报告"),
        ("样例县青石镇人民政府", "2023年政府信息公开", "工作年度报告"),
        ("样例县青石镇人民政府关于", "2023年政府信息公开工作", "年度报告"),
    ],
)
def test_a_title_over_several_lines_is_joined(parts: tuple[str, ...]) -> None:
    """The lines of a broken title belong together and are no prose."""
    read = whole(*parts)
    assert (read.agency, read.year) == ("样例县青石镇人民政府", 2023)
    assert read.title == "".join(parts)
    assert "0" not in read.prose


def test_a_title_after_the_first_heading_is_still_the_title() -> None:
    """Some offices put the title below 一、总体情况."""
    blocks = [HEADINGS[0], "青石镇2022年政府信息公开工作年度报告", "2022年，青石镇做好公开。", *HEADINGS[1:]]
    read = recognise(document(*blocks))
    assert (read.title, read.agency, read.year) == ("青石镇2022年政府信息公开工作年度报告", "青石镇", 2022)


def test_a_forwarding_notice_before_the_title_is_not_the_title() -> None:
    """A report wrapped in the letter that sends it on."""
    read = whole(
        "关于报送2023年政府信息公开工作年度报告的函",
        "县政府办公室：",
        "现将我镇报告报上，请审阅。",
        "样例县青石镇人民政府2023年政府信息公开工作年度报告",
    )
    assert (read.agency, read.year) == ("样例县青石镇人民政府", 2023)


def test_without_a_title_the_signature_names_the_agency() -> None:
    """The date of the signature is not the report's year, and a printer's imprint is no signature."""
    read = whole(
        section_one="2021 年，我镇认真做好公开工作。",
        end=("样例市样例县青石镇人民政府", "2022 年 1 月 13 日", "样例县青石镇党政综合办 2022 年 1 月 13 日印"),
    )
    assert read.title is None
    assert (read.agency, read.agency_from) == ("样例市样例县青石镇人民政府", "signature")
    assert (read.year, read.year_from) == (2021, "section")


PREAMBLE = (
    "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、"
    "存在的主要问题及改进情况、其他需要报告的事项六个部分组成。本报告所列数据的统计期限为2023年1月1日至2023年12月31日。"
    "如有疑问，请与青石镇党政办公室联系（地址：样例县青石镇样例路1号；邮编：000000；电话：0000-0000000；"
    "电子邮箱：yangli@example.com）。"
)


def test_a_preamble_gives_period_and_contact_and_opens_no_section() -> None:
    """The sentence that lists all six sections is no heading."""
    read = whole("青石镇2023年政府信息公开工作年度报告", PREAMBLE)
    assert [heading.number for heading in read.headings] == [1, 2, 3, 4, 5, 6]
    assert read.period == ("2023-01-01", "2023-12-31")
    assert read.contact == {
        "address": "样例县青石镇样例路1号",
        "postcode": "000000",
        "phone": "0000-0000000",
        "email": "yangli@example.com",
        "office": "青石镇党政办公室",
    }


@pytest.mark.parametrize(
    ("title", "preamble", "scope"),
    [
        ("样例县青石镇人民政府2023年政府信息公开工作年度报告", "", "own"),
        ("样例县财政局2023年政府信息公开工作年度报告", "", "own"),
        ("样例县2023年政府信息公开工作年度报告", "本报告汇总全县各镇、各部门的数据。", "area"),
        ("样例县人民政府本级2023年政府信息公开工作年度报告", "", "own"),
        ("样例县人民政府2023年政府信息公开工作年度报告", "", "unknown"),
    ],
)
def test_scope_is_own_office_or_whole_area_or_unknown(title: str, preamble: str, scope: str) -> None:
    """A township has only its own figures; a county's report says which it is, or it stays unknown."""
    assert whole(title, *([preamble] if preamble else [])).scope == scope


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("一、总体工作情况", 1),
        ("一、概述", 1),
        ("二、主动公开政府信息的情况", 2),
        ("三、 收到和处理政府信息公开申请情况", 3),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4),
        ("五、当前存在的主要问题及下步改进措施", 5),
        ("六、其它需要报告的事项", 6),
        ("第六部分 其他需要报告的事项", 6),
        ("收到和处理政府信息公开申请情况", 3),
        ("五、存在的主问题及改进情况", 5),
    ],
)
def test_headings_are_known_in_their_usual_wordings(heading: str, number: int) -> None:
    """Other wordings, lost characters and missing numbers."""
    read = recognise(document("青石镇2023年政府信息公开工作年度报告", heading, "内容。"))
    assert [met.number for met in read.headings] == [number]


@pytest.mark.parametrize(
    "line",
    [
        "四、结转下年度继续办理",
        "一、本年新收政府信息公开申请数量",
        "（二）主动公开信息情况",
        "（一）概述",
        "三、本年度办理结果",
        "其他事项",
    ],
)
def test_rows_and_sub_headings_open_no_section(line: str) -> None:
    """Labels of the table carry the same numbers as the sections; bracketed numbers are sub-headings."""
    read = recognise(document("青石镇2023年政府信息公开工作年度报告", line, "内容。"))
    assert read.headings == ()


def test_a_list_of_contents_opens_no_section() -> None:
    """The six names listed before the report do not count as headings."""
    listed = [f"{heading}......{n}" for n, heading in enumerate(HEADINGS, 2)]
    blocks = ["青石镇2023年政府信息公开工作年度报告", "目录", *listed]
    for heading in HEADINGS:
        blocks += [heading, "内容。"]
    read = recognise(document(*blocks))
    assert [heading.number for heading in read.headings] == [1, 2, 3, 4, 5, 6]
    assert [heading.number for heading in recognise(document(*blocks[:2], *HEADINGS, *blocks[8:])).headings] == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]
