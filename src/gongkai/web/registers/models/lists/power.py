"""What an agency may do, and what it answers for (权责清单)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.web.registers.models.row import STANDING, Row, brought_index, known, whole
from gongkai.web.registers.models.words import POWER_KINDS, POWERS


class Power(Row):
    """A power of an agency: its kind, its basis, who carries it, the duties that go with it, and for what one is held to account."""

    title = models.CharField("职权名称", max_length=300)
    number = models.CharField("职权编码", max_length=100, blank=True, default="")
    kind = models.CharField("职权类别", max_length=12, choices=POWER_KINDS)
    power = models.CharField("职权来源", max_length=12, choices=POWERS)
    basis = models.CharField("设定依据", max_length=2000)
    handler = models.CharField("承办机构", max_length=200)
    duties = models.CharField("责任事项", max_length=4000)
    accountability = models.CharField("追责情形", max_length=4000, blank=True, default="")
    as_of = models.DateField("更新日期")

    class Meta:
        verbose_name = "权责清单"
        constraints: ClassVar = [
            known("power", "kind", POWER_KINDS),
            known("power", "power", POWERS),
            *whole("power"),
            models.UniqueConstraint(
                fields=["agency", "kind", "title"], condition=STANDING, name="registers_power_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "as_of"], condition=STANDING, name="registers_power_listed"),
            brought_index("power"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title
