"""The codes that consultations and messages hold, with their words."""

from __future__ import annotations

Choices = tuple[tuple[str, str], ...]

STATES: Choices = (
    ("draft", "拟稿"),
    ("asked", "等待批准公开征求意见"),
    ("open", "已公开征求意见"),
    ("stopped", "已终止"),
    ("withdrawn", "已撤下"),
    ("discarded", "已作废"),
)
SHOWN = ("open", "stopped")
"""The states in which everybody sees a consultation."""
SUMMARIES: Choices = (("none", "未提交"), ("asked", "等待批准公布"), ("published", "已公布"))
PHASES: Choices = (
    ("ahead", "即将开始"),
    ("open", "正在征求意见"),
    ("closed", "已截止，采纳情况待公布"),
    ("late", "采纳情况逾期未公布"),
    ("summarised", "已公布采纳情况"),
    ("stopped", "已终止"),
)
"""Where a consultation that everybody sees stands on a day; computed, kept nowhere."""
CHANGES: Choices = (("extended", "延长期限"), ("stopped", "终止"))
CHANNELS: Choices = (
    ("web", "网站"),
    ("letter", "信函"),
    ("mail", "电子邮件"),
    ("telephone", "电话"),
    ("meeting", "座谈、来访"),
)
COMMENT_STATES: Choices = (("waiting", "待处理"), ("published", "已公布"), ("withheld", "不公布"))
WITHHELD: Choices = (
    ("unrelated", "与征求意见的事项无关"),
    ("unlawful", "含有法律、法规禁止发布的内容"),
    ("personal", "含有个人信息，遮盖后不能保持原意"),
    ("secret", "含有商业秘密或者其他不宜公开的内容"),
    ("asked", "提出人要求不公布"),
)
NEEDS_NO_ANSWER = ("unrelated", "unlawful")
"""What is not published for these reasons is no comment on the draft: all others get an outcome."""
OUTCOMES: Choices = (("adopted", "采纳"), ("partly", "部分采纳"), ("declined", "未采纳"))
MESSAGE_KINDS: Choices = (("question", "咨询"), ("suggestion", "建议"), ("complaint", "投诉"))
MESSAGE_STATES: Choices = (
    ("waiting", "办理中"),
    ("asked", "答复等待批准"),
    ("answered", "已答复"),
    ("closed", "不予办理"),
)
UNANSWERED = ("waiting", "asked")
PUBLICITY: Choices = (("private", "不公开"), ("open", "已公开"), ("withdrawn", "已撤下"))


def codes(choices: Choices) -> list[str]:
    """Return the codes of a set of choices."""
    return [code for code, _ in choices]
