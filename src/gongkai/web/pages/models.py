"""A page of the public as it was rendered, with the stamp of what it showed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Page(models.Model):
    """A rendered page. `stamp` stands for everything that it shows; under another stamp it is rendered anew.

    `content` is the page compressed by gzip, as it is sent; `digest` is that of the page itself, its entity tag.
    """

    key = models.CharField("页面", max_length=300, unique=True)
    stamp = models.CharField("内容标记", max_length=64)
    digest = models.CharField("摘要", max_length=64)
    content = models.BinaryField("内容")

    class Meta:
        verbose_name = "公开页面"
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(stamp=""), name="pages_page_stamp")]
