"""The codes that documents hold, with their words."""

from __future__ import annotations

from gongkai.law.catalogues.catalogue import load

Choices = tuple[tuple[str, str], ...]


def _of(catalogue: str) -> Choices:
    return tuple((item.id, item.label) for item in load(catalogue).items)


TIMINGS: Choices = _of("timing")
ATTRIBUTES: Choices = _of("disclosure_attributes")
ORIGINS: Choices = _of("attribute_origins")
STATES: Choices = (
    ("draft", "拟稿"),
    ("review", "审核中"),
    ("approved", "已签发"),
    ("scheduled", "等待定时发布"),
    ("released", "已发布"),
    ("correcting", "已发布，更正审核中"),
    ("withdrawn", "已撤回"),
    ("archived", "已归档"),
    ("discarded", "已作废"),
)
SHOWN = ("released", "correcting")
"""The states in which everybody sees a document."""
REVIEWS: Choices = (("first_review", "初审初校"), ("second_review", "复审复校"), ("third_review", "终审终校"))
SECRECY, APPROVAL = "secrecy_review", "approval"
STEPS: Choices = (
    *REVIEWS,
    (SECRECY, "保密审查"),
    (APPROVAL, "签发"),
    ("return", "退回"),
)
AWAITED: Choices = (
    ("drafting", "拟稿人提交"),
    *STEPS[:-1],
    ("release", "发布"),
    ("nothing", "无"),
)
"""What a document waits for."""
RESULTS: Choices = (
    ("passed", "通过"),
    ("unclear", "不能确定，报请审定"),
    ("refused", "不宜公开"),
    ("returned", "退回"),
)
RELATIONS: Choices = (("amends", "修改"), ("repeals", "废止"), ("interprets", "解读"), ("based_on", "依据"))
SUBJECTS: Choices = (("title", "标题"), ("particulars", "摘要等信息"), ("body", "正文"), ("attachment", "附件"))
FINDINGS: Choices = (
    ("open", "待处理"),
    ("asked", "已申请放行"),
    ("redacted", "已脱敏"),
    ("overridden", "已放行"),
    ("gone", "已不存在"),
)
STANDING_FINDINGS = ("open", "asked")
"""The states in which a finding of severity error holds a document up."""
SEVERITIES: Choices = (("error", "须处理"), ("warning", "请核对"), ("notice", "提示"))


def codes(choices: Choices) -> list[str]:
    """Return the codes of a set of choices."""
    return [code for code, _ in choices]
