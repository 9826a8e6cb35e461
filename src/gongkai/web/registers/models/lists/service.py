"""Guides to what people come to the counter for (办事指南)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.web.registers.models.row import STANDING, Row, brought_index, known, whole
from gongkai.web.registers.models.words import AUDIENCES, SERVICE_KINDS


class Service(Row):
    """How one thing is done: who may ask for it, with what, where, how long it takes and what it costs.

    A guide may be entered before all of it is known; what it lacks of its key elements (`law.catalogues`, service_guide)
    is told to the office until it is there. Periods are working days, 0 where it is done at once; the promised one is not
    longer than that of the law.
    """

    title = models.CharField("事项名称", max_length=300)
    number = models.CharField("事项编码", max_length=100, blank=True, default="")
    kind = models.CharField("事项类型", max_length=12, choices=SERVICE_KINDS)
    audience = models.CharField("服务对象", max_length=12, choices=AUDIENCES)
    basis = models.CharField("设定依据", max_length=2000, blank=True, default="")
    conditions = models.CharField("办理条件", max_length=2000, blank=True, default="")
    materials = models.CharField("申请材料", max_length=4000, blank=True, default="")
    steps = models.CharField("办理流程", max_length=4000, blank=True, default="")
    statutory_days = models.PositiveSmallIntegerField("法定办结时限（工作日）", null=True, blank=True)
    promised_days = models.PositiveSmallIntegerField("承诺办结时限（工作日）", null=True, blank=True)
    fee = models.CharField("收费标准", max_length=500, blank=True, default="")
    fee_basis = models.CharField("收费依据", max_length=500, blank=True, default="")
    telephone = models.CharField("咨询电话", max_length=100, blank=True, default="")
    complaints = models.CharField("监督电话", max_length=100, blank=True, default="")
    place = models.CharField("办理地点", max_length=300, blank=True, default="")
    hours = models.CharField("办理时间", max_length=300, blank=True, default="")
    handler = models.CharField("办理机构", max_length=200, blank=True, default="")
    as_of = models.DateField("更新日期")

    class Meta:
        verbose_name = "办事指南"
        constraints: ClassVar = [
            known("service", "kind", SERVICE_KINDS),
            known("service", "audience", AUDIENCES),
            *whole("service"),
            models.CheckConstraint(
                condition=Q(statutory_days__isnull=True)
                | Q(promised_days__isnull=True)
                | Q(promised_days__lte=F("statutory_days")),
                name="registers_service_promise",
            ),
            models.UniqueConstraint(fields=["agency", "title"], condition=STANDING, name="registers_service_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "as_of"], condition=STANDING, name="registers_service_listed"),
            brought_index("service"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title
