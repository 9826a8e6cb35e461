"""The columns of a register's sheet: their headings in every usual spelling, what may stand in them, an example."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from gongkai.web.registers.declared import DECLARED, Declared
from gongkai.web.registers.declared.declaration import SHOWN, TYPED_AS
from gongkai.web.registers.declared.fields import Kind, choices_of, head_of, hint_of, kind_of
from gongkai.web.registers.models import Row

EXAMPLE = "示例"
"""How the first cell of a row begins that is only an example and is skipped."""
REASON = "原因"
"""The heading under which a sheet of refused rows says why; read again, that column is passed over."""
_NOISE = re.compile(r"[\s*＊:：“”\"]|（?必填）?|\(必填\)")
_WIDE = {"text": 26, "day": 14, "month": 12, "word": 16, "amount": 16, "count": 12, "agency": 30, "document": 26}
_SPELLINGS: Mapping[str, str] = {
    "kind": "种类 决定种类 类别 决定类别 文件类别 执法类别",
    "number": "决定书文号 文号 决定文号 发文字号 行政许可决定文书号 许可决定书文号 行政处罚决定书文号 处罚决定书文号 采购编号 项目编号 合同编号",
    "decided_on": "决定日期 作出决定日期 作出日期 许可决定日期 处罚决定日期 日期",
    "matter": "事项 事项名称 案由 案件名称 许可事项 许可内容",
    "power": "职权来源 职权类型 权力来源",
    "entrusting": "委托机关 委托机关名称 委托单位",
    "subject_kind": "相对人类别 行政相对人类别 当事人类别",
    "subject": "相对人名称 行政相对人名称 相对人 当事人 当事人名称 当事人姓名或名称",
    "publicity": "公开情况 是否公开 公开属性 公开",
    "withheld_by": "不公开依据 不公开的依据 不予公开依据 不公开理由 不予公开理由",
    "item": "收费项目 收费项目名称 项目",
    "basis": "收费依据 收费标准依据 依据",
    "month": "月份 所属月份 收费月份 年月",
    "amount": "金额（万元） 实收金额（万元） 收费金额（万元） 成交金额（万元） 合同金额（万元）",
    "title": "名称 文件名称 标题 采购项目 采购项目名称 项目名称",
    "concluded_on": "成交日期 合同日期 签订日期 合同签订日期",
    "supplier": "供应商 供应商名称 中标供应商 成交供应商",
    "issued_on": "制发日期 印发日期 发文日期 成文日期",
    "effective_on": "施行日期 实施日期 生效日期",
    "expires_on": "有效期至 失效日期 有效期截止日期",
    "term": "有效期说明 有效期",
    "review_number": "合法性审核编号 合法性审核文号",
    "filing_number": "备案编号 备案文号 备案号",
}
_WORDS: Mapping[str, str] = {
    "licence": "许可",
    "penalty": "处罚",
    "compulsion": "强制",
    "own": "本机关 自有 法定职权 法定",
    "transferred": "下放 赋权 下放赋权",
    "entrusted": "委托 委托执法",
    "citizen": "个人 公民",
    "organisation": "法人 法人或其他组织 法人及其他组织 法人或者非法人组织 组织 企业 单位",
    "open": "主动公开 是",
    "withheld": "不公开 不予公开 否",
    "administrative_rule": "",
    "both": "个人和单位 不限 自然人和法人",
    "accounts": "财政决算 部门决算",
    "budget": "财政预算 部门预算",
    "civil_service": "公务员招录",
    "institution": "事业单位",
    "building": "在建 建设中",
    "completed": "完工 已竣工",
    "normative_document": "规范性文件",
}
"""Usual words for a choice besides its own."""
_EXAMPLES: Mapping[str, str] = {
    "number": "样罚〔2026〕1号", "decided_on": "2026-01-05", "matter": "占用道路经营", "subject": "样例公司",
    "item": "证照工本费", "basis": "样价〔2020〕1号", "month": "2026-01", "amount": "0.125",
    "title": "办公设备采购", "concluded_on": "2026-01-05", "supplier": "样例公司",
    "issued_on": "2026-01-05", "effective_on": "2026-02-01", "expires_on": "2031-01-31", "term": "五年",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its heading as on the form, other headings, what stands in it, whether it must."""

    code: str
    head: str
    kind: Kind
    needed: bool
    spellings: frozenset[str]
    choices: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    longest: int = 0
    example: str = ""
    hint: str = ""

    @property
    def width(self) -> int:
        """How wide the column is in the template, in characters."""
        return _WIDE[self.kind]


@cache
def columns(register: type[Row]) -> tuple[Column, ...]:
    """Return the columns of a register's sheet in the order of its form."""
    declared = DECLARED[register]
    fields = {TYPED_AS.get(name, name): name for name in (*declared.fields, *SHOWN)}
    return tuple(_column(declared, code, register._meta.get_field(name)) for code, name in fields.items())


def folded(head: str) -> str:
    """Return a heading without spaces, marks and brackets of another width, so that usual spellings are one."""
    return unicodedata.normalize("NFKC", _NOISE.sub("", head)).lower()


def recognised(register: type[Row], heads: Sequence[str]) -> dict[str, list[int]]:
    """Return at which places of a row of headings the columns of a register stand, by their codes."""
    found: dict[str, list[int]] = {}
    for at, head in enumerate(heads):
        told = folded(head)
        for column in columns(register):
            if told in column.spellings:
                found.setdefault(column.code, []).append(at)
                break
    return found


def _column(declared: Declared, code: str, of: Any) -> Column:
    head, kind = head_of(of), kind_of(of)
    example = declared.examples.get(code) or _EXAMPLES.get(code, "")
    if code == _marked(declared):
        example = f"{EXAMPLE}：{example}"
    known = Column(
        code, head, kind, not of.blank and kind != "agency", _spellings(declared, code, head), hint=hint_of(declared, of),
        example=example, longest=getattr(of, "max_length", None) or 120,
    )  # fmt: skip
    choices = choices_of(of.choices or ())
    if not choices:
        return known
    words = {folded(said): code for code, own in choices for said in (own, *_WORDS.get(code, "").split())}
    usual = tuple(own for _, own in choices)
    return replace(known, choices=usual, words=words, example=usual[0])


def _marked(declared: Declared) -> str:
    """The column in which the example of the template says that it is one."""
    model = declared.model
    return next(name for name in declared.fields if kind_of(model._meta.get_field(name)) in ("text", "document"))


def _spellings(declared: Declared, code: str, head: str) -> frozenset[str]:
    """The headings under which a column is known: its own, and the usual ones of the register or of all of them."""
    usual = declared.spellings.get(code) or _SPELLINGS.get(code, "")
    unit = re.search(r"（[万]?元）$", head)
    # A heading of money names its unit, so that nothing is taken ten thousand times too large.
    given = [said if unit is None or unit[0] in said else f"{said}{unit[0]}" for said in usual.split()]
    return frozenset(folded(said) for said in (head, *given))
