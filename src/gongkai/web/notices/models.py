"""What the sweep remembers, what waits to be mailed, and what people are told in the site."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.audit.record import Record

CHANNELS = (("mail", "邮件"), ("sms", "短信"))
STATES = (("queued", "待发送"), ("sent", "已发送"), ("failed", "发送失败"))


class Done(models.Model):
    """An effect that has been carried out, by its key. The row is written in the same transaction as the effect."""

    key = models.CharField("事项", max_length=200, unique=True)
    at = models.DateTimeField("完成时间", default=timezone.now)

    class Meta:
        verbose_name = "已完成事项"


class Lease(models.Model):
    """Who works on an effect, and until when nobody else does; kept until the effect is done or given up."""

    key = models.CharField("事项", max_length=200, unique=True)
    holder = models.CharField("执行者", max_length=40, blank=True, default="")
    until = models.DateTimeField("占用至")
    tries = models.PositiveIntegerField("次数", default=0)
    failure = models.CharField("上次失败", max_length=80, blank=True, default="")

    class Meta:
        verbose_name = "占用"


class Outbox(Record):
    """A message on its way. `cause` is unique: one cause gives one message, however often it is asked for.

    `recipient` is an address of mail or the number of a telephone; a short message has no subject.
    """

    channel = models.CharField("渠道", max_length=10, choices=CHANNELS, default="mail")
    cause = models.CharField("事由", max_length=160, unique=True)
    recipient = models.CharField("收件人", max_length=254)
    subject = models.CharField("主题", max_length=200, blank=True, default="")
    body = models.TextField("正文")
    state = models.CharField("状态", max_length=10, choices=STATES, default="queued")
    tries = models.PositiveIntegerField("次数", default=0)
    next_try = models.DateTimeField("下次发送", default=timezone.now)
    failure = models.CharField("上次失败", max_length=80, blank=True, default="")
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)

    class Meta:
        verbose_name = "待发消息"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(channel__in=[code for code, _ in CHANNELS]), name="notices_outbox_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[code for code, _ in STATES]), name="notices_outbox_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notices_outbox_sent_at",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["channel", "state", "next_try"], name="notices_outbox_next")]


class Notification(Record):
    """Something that a person is told in the site. `user` is the key of the account; `address` leads to the matter."""

    cause = models.CharField("事由", max_length=160)
    user = models.CharField("用户", max_length=20)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("内容", blank=True, default="")
    address = models.CharField("链接", max_length=200, blank=True, default="")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    class Meta:
        verbose_name = "站内通知"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "cause"], name="notices_notification_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "read_at"], name="notices_notification_unread")]
