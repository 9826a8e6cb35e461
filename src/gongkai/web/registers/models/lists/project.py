"""Major construction projects: their approval and how far they are (重大建设项目)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.web.registers.models.amounts import YuanField
from gongkai.web.registers.models.row import STANDING, Row, brought_index, known, not_negative, whole
from gongkai.web.registers.models.words import STAGES


class Project(Row):
    """A construction project (第二十条第十项): its approval, its builder, its money and how far it is."""

    title = models.CharField("项目名称", max_length=300)
    stage = models.CharField("所处阶段", max_length=14, choices=STAGES)
    number = models.CharField("批准文号", max_length=100)
    approved_on = models.DateField("批准日期")
    builder = models.CharField("建设单位", max_length=200)
    contractor = models.CharField("施工单位", max_length=200, blank=True, default="")
    place = models.CharField("建设地点", max_length=300)
    scale = models.CharField("建设内容和规模", max_length=1000, blank=True, default="")
    yuan = YuanField("总投资")
    spent = YuanField("已完成投资", null=True, blank=True)
    begins_on = models.DateField("开工日期", null=True, blank=True)
    ends_on = models.DateField("竣工日期", null=True, blank=True)
    as_of = models.DateField("更新日期")

    class Meta:
        verbose_name = "重大建设项目"
        constraints: ClassVar = [
            known("project", "stage", STAGES),
            *whole("project"),
            not_negative("project", "yuan", "spent"),
            models.CheckConstraint(
                condition=Q(begins_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="registers_project_in_order",
            ),
            models.UniqueConstraint(fields=["agency", "title"], condition=STANDING, name="registers_project_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "as_of"], condition=STANDING, name="registers_project_listed"),
            brought_index("project"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title
