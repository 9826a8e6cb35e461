"""Budgets and final accounts by their usual headings (预决算)."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.web.publications.models import Document
from gongkai.web.registers.models.amounts import YuanField
from gongkai.web.registers.models.row import STANDING, Row, brought_index, known, not_negative, whole
from gongkai.web.registers.models.words import BUDGET_KINDS, BUDGET_SCOPES

PARTS = ("abroad", "cars", "reception")
"""What the three public expenses are."""
FIRST, LAST = 1949, 2100
"""Years that a budget may be of."""


class Budget(Row):
    """The budget or the final accounts of a year. `document` is the released document in which the whole of it stands.

    A heading that the office does not publish is not known, which is not nothing.
    """

    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)])
    kind = models.CharField("预算或者决算", max_length=12, choices=BUDGET_KINDS)
    scope = models.CharField("范围", max_length=12, choices=BUDGET_SCOPES)
    income = YuanField("收入合计")
    spending = YuanField("支出合计")
    basic = YuanField("基本支出", null=True, blank=True)
    project = YuanField("项目支出", null=True, blank=True)
    three_public = YuanField("“三公”经费合计", null=True, blank=True)
    abroad = YuanField("因公出国（境）费", null=True, blank=True)
    cars = YuanField("公务用车购置及运行费", null=True, blank=True)
    reception = YuanField("公务接待费", null=True, blank=True)
    approved_on = models.DateField("批准日期")
    published_on = models.DateField("公开日期")
    document = models.ForeignKey(
        Document, verbose_name="公开文件", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "预算和决算"
        constraints: ClassVar = [
            known("budget", "kind", BUDGET_KINDS),
            known("budget", "scope", BUDGET_SCOPES),
            *whole("budget"),
            not_negative("budget", "income", "spending", "basic", "project", "three_public", *PARTS),
            models.CheckConstraint(condition=Q(year__gte=FIRST, year__lte=LAST), name="registers_budget_year"),
            models.UniqueConstraint(
                fields=["agency", "year", "kind", "scope"], condition=STANDING, name="registers_budget_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "published_on"], condition=STANDING, name="registers_budget_listed"),
            brought_index("budget"),
        ]

    def __str__(self) -> str:
        """The year and which of the two."""
        return f"{self.year}年{self.get_scope_display()}{self.get_kind_display()}"
