"""Lists of persons: subsidies paid. They are shown for a time, with the names masked, and come down by themselves."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.law.articles import written
from gongkai.web.agencies.models import Agency
from gongkai.web.publications.gate.detect.checks import is_card, is_identity, mobile_like
from gongkai.web.registers.declared.declaration import Declared, Values
from gongkai.web.registers.models import Subsidy

_LONG = re.compile(r"\d(?:[ \-]?\d){9,19}[Xx]?")
"""Figures long enough for the number of a card, a telephone or an account, however they are parted."""
_WORDS = ("programme", "batch", "serial", "beneficiary", "village", "standard")


def _numbers(found: Values) -> str:
    """The field in which the number of a person stands, nothing where there is none."""
    today = timezone.localdate()
    for name in _WORDS:
        for run in _LONG.findall(str(found.get(name, ""))):
            signs = run.replace(" ", "").replace("-", "")
            if is_identity(signs, today) or mobile_like(signs) or (signs.isdigit() and is_card(signs)):
                return name
    return ""


def _subsidy(found: Values, agency: Agency) -> None:
    del agency
    if name := _numbers(found):
        of: Any = Subsidy._meta.get_field(name)
        raise InvalidInput("registers.persons_number", name=str(of.verbose_name))
    begins, ends, assessed = found["shown_from"], found["shown_until"], found["assessed_on"]
    if ends < begins:
        raise InvalidInput("registers.shown_in_order", given=ends, begins=begins)
    if assessed > begins:
        article = written("personal_information_law.55", "zh")
        raise InvalidInput("registers.assessed_late", given=assessed, begins=begins, article=article)


def _plain(found: Values) -> bool:
    return not _numbers(found) and found["assessed_on"] <= found["shown_from"] <= found["shown_until"]


DECLARED = (
    Declared(
        Subsidy,
        ("programme", "batch", "serial", "beneficiary", "village", "standard", "fen", "shown_from", "shown_until", "assessed_on"),
        once=("agency_id", "programme", "batch", "serial"), named_by="serial", happened=("shown_from", "assessed_on"),
        searched=("programme", "batch", "village"), check=_subsidy, plain=_plain,
        spellings={
            "programme": "项目 补贴名称 补贴项目名称 资金名称 补贴种类", "batch": "发放批次 年度批次", "serial": "编号",
            "beneficiary": "姓名 户主姓名 户主 领取人 补助对象 受益人", "village": "村 村名 行政村 村居 村（居） 所在村 社区",
            "standard": "标准 补助标准 发放标准", "amount": "发放金额 补助金额 实发金额 金额",
            "shown_from": "公示起始日期 公示开始时间 公示时间起", "shown_until": "公示结束日期 公示截止时间 公示时间止", "assessed_on": "影响评估日期 评估日期",
        },
        examples={
            "programme": "样例补贴", "batch": "2026年第一批", "serial": "1", "beneficiary": "样小明", "village": "样例村",
            "standard": "每亩100元", "amount": "350.50", "shown_from": "2026-01-05", "shown_until": "2026-01-14", "assessed_on": "2026-01-04",
        },
        help={
            "beneficiary": "对外只显示姓氏。不要写证件号码、电话和账号。", "serial": "在这一批名单里的序号，用来区分同名的人。",
            "shown_until": "这一天以后自动撤下，不再对外显示。", "assessed_on": "公开个人信息以前先做影响评估，填评估完成的日期，不能晚于公示开始日期。",
            "shown_from": "不能晚于今天，从这一天起对外显示。",
        },
    ),
)  # fmt: skip
