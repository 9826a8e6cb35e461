"""Subsidies paid to people, shown for a time (补贴发放公示)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.web.registers.models.amounts import FenField
from gongkai.web.registers.models.lists.passing import Passing, passing, passing_index
from gongkai.web.registers.models.row import STANDING, brought_index, whole


class Subsidy(Passing):
    """What one beneficiary got of a programme. Everybody sees the name masked, and nothing by which the person could be found.

    `serial` is the number in the list of the batch, which tells people of one name apart.
    """

    programme = models.CharField("补贴项目", max_length=200)
    batch = models.CharField("批次", max_length=100)
    serial = models.CharField("序号", max_length=20)
    beneficiary = models.CharField("补贴对象", max_length=100)
    village = models.CharField("村（社区）", max_length=100)
    standard = models.CharField("补贴标准", max_length=300)
    fen = FenField("补贴金额")

    class Meta:
        verbose_name = "补贴发放公示"
        constraints: ClassVar = [
            *whole("subsidy"),
            *passing("subsidy"),
            models.CheckConstraint(condition=Q(fen__gte=0), name="registers_subsidy_not_negative"),
            models.UniqueConstraint(
                fields=["agency", "programme", "batch", "serial"],
                condition=STANDING,
                name="registers_subsidy_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "shown_from"], condition=STANDING, name="registers_subsidy_listed"),
            passing_index("subsidy"),
            brought_index("subsidy"),
        ]

    def __str__(self) -> str:
        """The programme, the batch and the number in it; no name."""
        return f"{self.programme}（{self.batch}）{self.serial}号"
