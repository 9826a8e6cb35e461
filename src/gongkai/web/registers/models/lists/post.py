"""Posts for which people are recruited, and what came of it (招考录用)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.web.registers.models.row import STANDING, Row, brought_index, known, whole
from gongkai.web.registers.models.words import POST_KINDS


class Post(Row):
    """A post, how many are wanted and who may apply; later how many were taken on. Names of candidates do not stand here."""

    title = models.CharField("职位名称", max_length=200)
    number = models.CharField("职位代码", max_length=60)
    kind = models.CharField("招考类别", max_length=14, choices=POST_KINDS)
    employer = models.CharField("用人单位", max_length=200)
    places = models.PositiveIntegerField("招录人数")
    conditions = models.CharField("报考条件", max_length=2000)
    announced_on = models.DateField("公告日期")
    apply_until = models.DateField("报名截止日期", null=True, blank=True)
    exam_on = models.DateField("考试日期", null=True, blank=True)
    taken = models.PositiveIntegerField("录用人数", null=True, blank=True)
    result_on = models.DateField("结果公布日期", null=True, blank=True)
    result = models.CharField("结果说明", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "招考录用"
        constraints: ClassVar = [
            known("post", "kind", POST_KINDS),
            *whole("post"),
            models.CheckConstraint(
                condition=Q(taken__isnull=True) | Q(taken__lte=F("places"), result_on__isnull=False),
                name="registers_post_taken",
            ),
            models.CheckConstraint(
                condition=(Q(apply_until__isnull=True) | Q(apply_until__gte=F("announced_on")))
                & (Q(exam_on__isnull=True) | Q(exam_on__gte=F("announced_on")))
                & (Q(result_on__isnull=True) | Q(result_on__gte=F("announced_on"))),
                name="registers_post_in_order",
            ),
            models.UniqueConstraint(
                fields=["agency", "announced_on", "number"], condition=STANDING, name="registers_post_once"
            ),
        ]
        indexes: ClassVar = [brought_index("post")]

    def __str__(self) -> str:
        """The title."""
        return self.title
