"""Licences granted, penalties and compulsory measures: one row a decision."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.web.agencies.models import Agency
from gongkai.web.registers.models.row import STANDING, Row, brought_index, known, whole
from gongkai.web.registers.models.words import DECISION_KINDS, OVERTURNINGS, POWERS, SUBJECTS, codes


class Decision(Row):
    """A decision. `agency` keeps it, `in_name_of` is the agency whose act it is and in whose report it counts.

    With an entrusted power (行政处罚法 20) that is the agency that entrusted it, else the keeper itself, also where the
    power was handed down to it (24). A penalty that was overturned is taken from publication by `withdraw_by` at the latest.
    """

    kind = models.CharField("种类", max_length=12, choices=DECISION_KINDS)
    number = models.CharField("决定书文号", max_length=100)
    number_key = models.CharField("文号检索式", max_length=100, editable=False)
    decided_on = models.DateField("决定日期")
    matter = models.CharField("事项", max_length=300)
    power = models.CharField("职权来源", max_length=12, choices=POWERS)
    in_name_of = models.ForeignKey(Agency, verbose_name="以谁的名义", on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField("相对人类别", max_length=12, choices=SUBJECTS)
    subject = models.CharField("相对人名称", max_length=200)
    overturned = models.CharField("被改变的方式", max_length=10, choices=OVERTURNINGS, blank=True, default="")
    overturned_on = models.DateField("被改变的日期", null=True, blank=True)
    overturned_because = models.CharField("被改变的理由", max_length=500, blank=True, default="")
    withdraw_by = models.DateField("最迟撤下日期", null=True, blank=True)

    class Meta:
        verbose_name = "行政许可、处罚和强制决定"
        constraints: ClassVar = [
            known("decision", "kind", DECISION_KINDS),
            known("decision", "power", POWERS),
            known("decision", "subject_kind", SUBJECTS),
            *whole("decision"),
            models.CheckConstraint(
                condition=(Q(power="entrusted") & ~Q(in_name_of=F("agency")))
                | (~Q(power="entrusted") & Q(in_name_of=F("agency"))),
                name="registers_decision_whose_act",
            ),
            models.CheckConstraint(
                condition=Q(overturned="", overturned_on__isnull=True, withdraw_by__isnull=True)
                | (
                    Q(overturned__in=codes(OVERTURNINGS), overturned_on__gte=F("decided_on"))
                    & ~Q(overturned_because="")
                ),
                name="registers_decision_overturned_whole",
            ),
            models.UniqueConstraint(
                fields=["in_name_of", "kind", "number_key"],
                condition=STANDING,
                name="registers_decision_number_once",
            ),
        ]
        indexes: ClassVar = [
            # All that the figures ask for stands in it, so that no engine goes on to the rows themselves.
            models.Index(
                fields=["in_name_of", "decided_on", "kind", "brought", "struck_at"],
                condition=STANDING,
                name="registers_decision_figures",
            ),
            models.Index(fields=["agency", "decided_on"], name="registers_decision_kept"),
            brought_index("decision"),
        ]

    def __str__(self) -> str:
        """The number."""
        return self.number
