"""A comment on a draft as it came, what everybody sees of it, and the office's answer to it and to others like it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.web.accounts.encrypted import EncryptedField
from gongkai.web.audit.record import Record
from gongkai.web.engagement.models.consultation import Consultation, known
from gongkai.web.engagement.models.words import CHANNELS, COMMENT_STATES, OUTCOMES, WITHHELD

LONGEST = 5000
"""Characters of a comment."""
LONGEST_CONTACT = 100


class Answer(Record):
    """What the office says to one comment, or to several that say the same: in a line what they say, the outcome, why."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="answers")
    heading = models.CharField("意见要点", max_length=300)
    outcome = models.CharField("处理结果", max_length=10, choices=OUTCOMES)
    reason = models.TextField("理由", max_length=2000)

    class Meta:
        verbose_name = "意见处理结果"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            known("answer", "outcome", OUTCOMES),
            models.CheckConstraint(condition=~Q(reason=""), name="engagement_answer_why"),
        ]

    def __str__(self) -> str:
        """What the comments say."""
        return self.heading


class Comment(Record):
    """A comment, whose text never changes. `shown` and `signed` are what everybody reads of text and name.

    `contact` is for the office alone, encrypted, and erased with the name some time after the end; `erased_at` says when.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="comments")
    number = models.PositiveIntegerField("序号")
    text = models.TextField("意见", max_length=LONGEST)
    name = models.CharField("姓名或者单位名称", max_length=60, blank=True, default="")
    agreed = models.BooleanField("同意公布姓名", default=False)
    contact = EncryptedField("联系方式", max_length=800, blank=True, default="")
    channel = models.CharField("来源", max_length=10, choices=CHANNELS)
    by = models.CharField("登记人", max_length=60, blank=True, default="")
    state = models.CharField("状态", max_length=10, choices=COMMENT_STATES, default="waiting")
    shown = models.TextField("公布的意见", blank=True, default="")
    signed = models.CharField("公布的姓名", max_length=60, blank=True, default="")
    masked = models.PositiveIntegerField("遮盖的处数", default=0)
    withheld_for = models.CharField("不公布的情形", max_length=10, choices=WITHHELD, blank=True, default="")
    withheld_because = models.CharField("不公布的说明", max_length=500, blank=True, default="")
    moderated_by = models.CharField("处理人", max_length=60, blank=True, default="")
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments")
    erased_at = models.DateTimeField("个人信息删除时间", null=True, blank=True)

    class Meta:
        verbose_name = "公众意见"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            known("comment", "channel", CHANNELS),
            known("comment", "state", COMMENT_STATES),
            known("comment", "withheld_for", WITHHELD, ""),
            models.UniqueConstraint(fields=["consultation", "number"], name="engagement_comment_number"),
            models.CheckConstraint(
                condition=Q(state="published") & ~Q(shown="") | ~Q(state="published") & Q(shown="", signed=""),
                name="engagement_comment_shown",
            ),
            models.CheckConstraint(
                condition=~Q(state="withheld") | ~Q(withheld_for=""), name="engagement_comment_withheld_why"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["consultation", "state"], name="engagement_comment_state")]
