"""A file as it was given: its content by digest, its name, its size, and what it is by its bytes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.web.audit.record import Record


class File(Record):
    """One giving of a file. The content stands in the store under `digest`, once however often it was given.

    `format` is a key of `gongkai.documents.formats.FORMATS`, or empty for bytes that speak for none of them.
    """

    digest = models.CharField("摘要", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    name = models.CharField("文件名", max_length=160)
    format = models.CharField("格式", max_length=10, blank=True, default="")

    class Meta:
        verbose_name = "文件"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="files_file_digest"),
        ]
        indexes: ClassVar = [models.Index(fields=["digest"], name="files_file_digest_index")]
