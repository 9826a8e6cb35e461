"""Rules (规章) and normative documents, with the dates from which and until which they are in force."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.web.registers.models.row import STANDING, Row, brought_index, known, whole
from gongkai.web.registers.models.words import RULE_KINDS


class Rule(Row):
    """A rule or a normative document of an agency; of a joint one, the agency that leads keeps it.

    In force from `effective_on` on, through `expires_on`, and no longer on `repealed_on` or `lapsed_on`. `number_key` is
    the document number folded, so that it is the same in every spelling.
    """

    kind = models.CharField("类别", max_length=20, choices=RULE_KINDS)
    title = models.CharField("名称", max_length=300)
    number = models.CharField("文号", max_length=100)
    number_key = models.CharField("文号检索式", max_length=100, editable=False)
    issued_on = models.DateField("制发日期")
    effective_on = models.DateField("施行日期")
    expires_on = models.DateField("有效期至", null=True, blank=True)
    term = models.CharField("有效期说明", max_length=100, blank=True, default="")
    review_number = models.CharField("合法性审核编号", max_length=100, blank=True, default="")
    filing_number = models.CharField("备案编号", max_length=100, blank=True, default="")
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    lapsed_on = models.DateField("宣布失效日期", null=True, blank=True)
    ended_because = models.CharField("废止或者失效的依据", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "规章和行政规范性文件"
        constraints: ClassVar = [
            known("rule", "kind", RULE_KINDS),
            *whole("rule"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("effective_on")),
                name="registers_rule_term",
            ),
            models.CheckConstraint(
                condition=Q(repealed_on__isnull=True) | Q(repealed_on__gte=F("issued_on")),
                name="registers_rule_repealed_after",
            ),
            models.CheckConstraint(
                condition=Q(lapsed_on__isnull=True) | Q(lapsed_on__gte=F("issued_on")),
                name="registers_rule_lapsed_after",
            ),
            models.CheckConstraint(
                condition=Q(repealed_on__isnull=True) | Q(lapsed_on__isnull=True), name="registers_rule_ends_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "number_key"], condition=STANDING, name="registers_rule_number_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "kind", "issued_on"], condition=STANDING, name="registers_rule_counted"),
            brought_index("rule"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title
