"""What people type for a field of a register, under which heading, and what they are told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from django.db import models

from gongkai.web.agencies.models import Agency
from gongkai.web.registers.declared.declaration import TYPED_AS, Declared
from gongkai.web.registers.models import AmountField
from gongkai.web.registers.models.words import Choices

Kind = Literal["text", "day", "month", "word", "amount", "count", "agency", "document"]
_HINTS: Mapping[str, str] = {
    "day": "例如 2026-01-05 或者 2026年1月5日",
    "month": "例如 2026-01 或者 2026年1月",
    "count": "填整数",
    "document": "填已经发布的文件的索引号",
    "entrusting": "职权来源是“受委托”的，填机关名录里的全称",
    "withheld_by": "依法不公开的，写明依据哪部法律、法规的哪一条",
    "matter": "公开的记录里不要写公民的姓名、住址等个人信息",
    "subject": "公民的姓名对外只显示姓氏",
    "effective_on": "可以晚于今天",
    "expires_on": "没有有效期的不填",
}


def kind_of(of: Any) -> Kind:
    """Return what people type for a field of a register."""
    if of.is_relation:
        return "agency" if of.related_model is Agency else "document"
    if of.choices:
        return "word"
    if isinstance(of, AmountField):
        return "amount"
    if isinstance(of, models.IntegerField):
        return "count"
    if isinstance(of, models.DateField):
        return "month" if of.name == "month" else "day"
    return "text"


def head_of(of: Any) -> str:
    """Return the heading of a field: what it is called, and of money in which unit it is typed."""
    called = str(of.verbose_name)
    if kind_of(of) == "agency":
        return "委托机关"
    if isinstance(of, AmountField):
        # Where the field says what the table holds, people type a bare amount.
        return f"{'金额' if '（' in called and called.endswith('元）') else called}（{of.unit}）"
    return called


def said_of(declared: Declared, of: Any) -> str:
    """Return what the register says of a field, nothing where it says nothing."""
    code = TYPED_AS.get(of.name, of.name)
    return declared.help.get(code) or _HINTS.get(code, "")


def hint_of(declared: Declared, of: Any) -> str:
    """Return what the template of a sheet says of a column: what the register says, else how such a cell is written."""
    if said := said_of(declared, of):
        return said
    if isinstance(of, AmountField):
        return f"以{of.unit}为单位，最多{-int(of.places.as_tuple().exponent)}位小数"
    kind = kind_of(of)
    if kind == "word":
        return f"只填：{'、'.join(own for _, own in choices_of(of.choices))}"
    if kind == "day" and of.name in declared.happened:
        return f"{_HINTS[kind]}，不能晚于今天"
    return _HINTS.get(kind) or f"最多{of.max_length}个字"


def choices_of(choices: Choices) -> list[tuple[str, str]]:
    """Return the choices that a person has: what an act of its own brings about is none."""
    return [(code, said) for code, said in choices if code != "withdrawn"]
