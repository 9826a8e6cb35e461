"""Money that came in as administrative charges, and what was bought by centralised procurement."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.web.registers.models.amounts import YuanField, ten_thousands
from gongkai.web.registers.models.row import STANDING, Row, brought_index, whole


class Charge(Row):
    """What was actually collected of an administrative charge in a month; `month` is its first day."""

    item = models.CharField("收费项目", max_length=200)
    basis = models.CharField("收费依据", max_length=300)
    month = models.DateField("月份")
    yuan = YuanField("实收金额（元）")

    class Meta:
        verbose_name = "行政事业性收费"
        constraints: ClassVar = [
            *whole("charge"),
            models.CheckConstraint(condition=Q(yuan__gte=0), name="registers_charge_not_negative"),
            models.CheckConstraint(condition=Q(month__day=1), name="registers_charge_month"),
            models.UniqueConstraint(
                fields=["agency", "item", "month"], condition=STANDING, name="registers_charge_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "month"], condition=STANDING, name="registers_charge_counted"),
            brought_index("charge"),
        ]

    def __str__(self) -> str:
        """The item."""
        return self.item

    @property
    def amount(self) -> Decimal:
        """What was collected, in 万元."""
        return ten_thousands(self.yuan)


class Procurement(Row):
    """A project of centralised procurement (第二十条第九项), with the amount of its contract."""

    title = models.CharField("采购项目", max_length=300)
    number = models.CharField("采购编号", max_length=100)
    concluded_on = models.DateField("成交日期")
    supplier = models.CharField("供应商", max_length=200)
    yuan = YuanField("成交金额（元）")

    class Meta:
        verbose_name = "政府集中采购"
        constraints: ClassVar = [
            *whole("procurement"),
            models.CheckConstraint(condition=Q(yuan__gte=0), name="registers_procurement_not_negative"),
            models.UniqueConstraint(
                fields=["agency", "number"], condition=STANDING, name="registers_procurement_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "concluded_on"], condition=STANDING, name="registers_procurement_counted"),
            brought_index("procurement"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def amount(self) -> Decimal:
        """The amount of the contract, in 万元."""
        return ten_thousands(self.yuan)
