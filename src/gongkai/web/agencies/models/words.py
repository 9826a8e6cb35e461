"""The codes that records of the tree may hold, with their words: kinds, levels and lines are those of the law."""

from __future__ import annotations

from gongkai.law.remedies.body import KINDS as _KINDS
from gongkai.law.remedies.body import LEVELS as _LEVELS
from gongkai.law.remedies.data import data
from gongkai.messages import text

Choices = tuple[tuple[str, str], ...]


def _said(what: str, codes: tuple[str, ...]) -> Choices:
    return tuple((code, text(f"law.body.{what}.{code}", "zh")) for code in codes)


LEVELS = _said("level", _LEVELS)
KINDS = _said("kind", _KINDS)
LINES = _said("line", tuple(data()["line"]["names"]))
EDGES: Choices = (("region", "所属人民政府"), ("vertical", "上一级主管部门"), ("led_by", "设立或者管理它的部门"))
"""How an agency stands under another: it belongs to a government, has a department above it in its vertical line, or was
set up or is led by a department (of these there may be several)."""
SEVERAL = "led_by"
ROLES: Choices = (
    ("clerk", "经办人"),
    ("reviewer", "审核人"),
    ("secrecy_reviewer", "保密审查人"),
    ("approver", "签发人"),
    ("head", "公开工作机构负责人"),
    ("supervisor", "下级机关监督员"),
    ("reader", "查阅人"),
)
COLUMNS: Choices = (
    ("guide", "政府信息公开指南"),
    ("rules", "政府信息公开制度"),
    ("statutory", "法定主动公开内容"),
    ("annual_reports", "政府信息公开年报"),
    ("requests", "依申请公开"),
)
"""The columns that every site has, in their order."""


def codes(choices: Choices) -> list[str]:
    """Return the codes of a set of choices."""
    return [code for code, _ in choices]
