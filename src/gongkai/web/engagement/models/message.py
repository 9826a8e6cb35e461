"""A message from a citizen to an agency, its way from agency to agency, the answer, and what everybody reads of both."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.web.accounts.encrypted import EncryptedField
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Record
from gongkai.web.engagement.models.consultation import known
from gongkai.web.engagement.models.words import MESSAGE_KINDS, MESSAGE_STATES, PUBLICITY

LONGEST = 5000
"""Characters of a message, and of an answer."""


class Desk(Record):
    """What an agency decided about its messages: whether somebody else approves every answer."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")
    approval = models.BooleanField("答复须经批准", default=False)

    class Meta:
        verbose_name = "留言办理设置"


class Message(Record):
    """A message, whose text never changes. The writer follows it with `code` and a password of which a digest is kept.

    `due` is the last day under the inspection of sites, `promised` that of the agency's own promise; both are fixed when
    the message comes. `hands` are those who wrote the answer. `shown_title`, `shown_text` and `shown_answer` are what
    everybody reads; name and contact are encrypted, and erased some time after the answer.
    """

    agency = models.ForeignKey(Agency, verbose_name="承办机关", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=MESSAGE_KINDS)
    title = models.CharField("标题", max_length=100)
    text = models.TextField("内容", max_length=LONGEST)
    name = EncryptedField("姓名", max_length=800, blank=True, default="")
    contact = EncryptedField("联系方式", max_length=800, blank=True, default="")
    consent = models.BooleanField("同意隐去个人信息后公开", default=False)
    code = models.CharField("查询码", max_length=12, unique=True)
    digest = models.CharField("查询密码摘要值", max_length=64)
    received_on = models.DateField("收到日期")
    due = models.DateField("最迟答复日期")
    promised = models.DateField("承诺答复日期")
    state = models.CharField("状态", max_length=10, choices=MESSAGE_STATES, default="waiting")
    answer = models.TextField("答复", max_length=LONGEST, blank=True, default="")
    hands = models.JSONField("拟稿人", default=list)
    returned_because = models.CharField("退回理由", max_length=500, blank=True, default="")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    closed_because = models.CharField("不予办理的理由", max_length=500, blank=True, default="")
    publicity = models.CharField("公开", max_length=10, choices=PUBLICITY, default="private")
    shown_title = models.CharField("公开的标题", max_length=100, blank=True, default="")
    shown_text = models.TextField("公开的内容", blank=True, default="")
    shown_answer = models.TextField("公开的答复", blank=True, default="")
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    withdrawn_because = models.CharField("撤下理由", max_length=500, blank=True, default="")
    erased_at = models.DateTimeField("个人信息删除时间", null=True, blank=True)

    class Meta:
        verbose_name = "公众留言"
        constraints: ClassVar = [
            known("message", "kind", MESSAGE_KINDS),
            known("message", "state", MESSAGE_STATES),
            known("message", "publicity", PUBLICITY),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="engagement_message_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(closed_because=""), name="engagement_message_closed_why"
            ),
            models.CheckConstraint(
                condition=~Q(publicity="open") | (Q(consent=True, state="answered", published_at__isnull=False)),
                name="engagement_message_open_consent",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "state", "due"], name="engagement_message_waits"),
            models.Index(fields=["publicity", "published_at"], name="engagement_message_listed"),
        ]

    def __str__(self) -> str:
        """The code: what citizens wrote does not go into the records of others."""
        return self.code


class Transfer(Record):
    """That a message went from one agency to another, and why; both may read it from then on."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="transfers")
    before = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=500)
    by = models.CharField("办理人", max_length=60)

    class Meta:
        verbose_name = "留言转办"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="engagement_transfer_elsewhere"),
            models.CheckConstraint(condition=~Q(reason=""), name="engagement_transfer_why"),
        ]
