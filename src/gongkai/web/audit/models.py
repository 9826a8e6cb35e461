"""The chains of the audit and their entries. Nothing here is ever changed or deleted: the database refuses it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Chain(models.Model):
    """The end of a chain: how many entries it has, and the digest of the last."""

    name = models.CharField("链", max_length=80, primary_key=True)
    length = models.PositiveBigIntegerField("条数", default=0)
    head = models.CharField("末条摘要", max_length=64, default="")

    class Meta:
        verbose_name = "审计链"


class Entry(models.Model):
    """One act: in which chain at which place, when, by whom, what, on what, with which result.

    `digest` covers everything in the entry and the digest of the entry before it.
    """

    chain = models.CharField("链", max_length=80)
    number = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("时间")
    actor = models.CharField("行为人", max_length=60)
    verb = models.CharField("行为", max_length=80)
    kind = models.CharField("对象类型", max_length=60)
    object_key = models.CharField("对象", max_length=60)
    result = models.JSONField("结果", default=dict)
    previous = models.CharField("前一条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "审计记录"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "number"], name="audit_entry_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "object_key"], name="audit_entry_object"),
            models.Index(fields=["object_key"], name="audit_entry_key"),
            models.Index(fields=["actor"], name="audit_entry_actor"),
            models.Index(fields=["at"], name="audit_entry_at"),
        ]
