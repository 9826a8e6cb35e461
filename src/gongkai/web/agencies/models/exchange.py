"""Files of the whole tree that were given in, and which agencies each of them made or changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from gongkai.web.agencies.models.agency import Agency
from gongkai.web.audit.record import Record


class Import(Record):
    """A file of the tree: looked through first, and taken over as a whole or not at all.

    `tree` is the version of the tree for which it was looked through. The content is let go when it is taken over.
    """

    by = models.CharField("导入人", max_length=60)
    file_name = models.CharField("文件名", max_length=200)
    content = models.BinaryField("内容")
    digest = models.CharField("摘要", max_length=64)
    tree = models.PositiveBigIntegerField("机关树版本")
    given_at = models.DateTimeField("提交时间", default=timezone.now)
    applied_at = models.DateTimeField("生效时间", null=True, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)
    agencies = models.ManyToManyField(Agency, related_name="imports")

    class Meta:
        verbose_name = "机关树导入"
        ordering: ClassVar = ["-given_at"]
