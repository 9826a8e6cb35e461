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
