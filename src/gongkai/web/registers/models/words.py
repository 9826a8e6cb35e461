"""The codes that the registers hold, with their words."""

from __future__ import annotations

Choices = tuple[tuple[str, str], ...]

RULE_KINDS: Choices = (("administrative_rule", "规章"), ("normative_document", "行政规范性文件"))
DECISION_KINDS: Choices = (("licence", "行政许可"), ("penalty", "行政处罚"), ("compulsion", "行政强制"))
POWERS: Choices = (("own", "本机关职权"), ("transferred", "下放（赋权）"), ("entrusted", "受委托"))
"""By which power an agency acts: a power handed down counts for who uses it, an entrusted one for who entrusted it."""
SUBJECTS: Choices = (("citizen", "自然人"), ("organisation", "法人或者其他组织"))
PUBLICITY: Choices = (("open", "公开"), ("withheld", "依法不公开"), ("withdrawn", "已撤下"))
OVERTURNINGS: Choices = (
    ("changed", "变更"),
    ("revoked", "撤销"),
    ("unlawful", "确认违法"),
    ("void", "确认无效"),
)


def codes(choices: Choices) -> list[str]:
    """Return the codes of a set of choices."""
    return [code for code, _ in choices]


SERVICE_KINDS: Choices = (
    ("licence", "行政许可"),
    ("confirmation", "行政确认"),
    ("payment", "行政给付"),
    ("award", "行政奖励"),
    ("ruling", "行政裁决"),
    ("other", "其他行政权力"),
    ("service", "公共服务"),
)
AUDIENCES: Choices = (
    ("citizen", "自然人"),
    ("organisation", "法人或者其他组织"),
    ("both", "自然人和法人或者其他组织"),
)
POWER_KINDS: Choices = (
    ("licence", "行政许可"),
    ("penalty", "行政处罚"),
    ("compulsion", "行政强制"),
    ("levy", "行政征收"),
    ("payment", "行政给付"),
    ("inspection", "行政检查"),
    ("confirmation", "行政确认"),
    ("award", "行政奖励"),
    ("ruling", "行政裁决"),
    ("other", "其他行政权力"),
)
BUDGET_KINDS: Choices = (("budget", "预算"), ("accounts", "决算"))
BUDGET_SCOPES: Choices = (("government", "政府"), ("department", "部门"), ("unit", "单位"))
POST_KINDS: Choices = (("civil_service", "公务员"), ("institution", "事业单位工作人员"), ("other", "其他工作人员"))
STAGES: Choices = (
    ("approval", "审批"),
    ("tender", "招标投标"),
    ("expropriation", "征收补偿"),
    ("building", "施工"),
    ("completed", "竣工"),
    ("stopped", "停建"),
)
