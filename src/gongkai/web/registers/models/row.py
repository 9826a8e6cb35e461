"""What every row of a register has: whose it is, whether everybody may see it, and whether it was entered by mistake."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Record
from gongkai.web.registers.models.bulk import Import, hidden
from gongkai.web.registers.models.words import PUBLICITY, Choices, codes

Kept = TypeVar("Kept", bound="Row")


class Shown(models.Manager[Kept]):
    """The rows of a register as everybody meets them: without those of an import that is not, or no longer, there as a whole."""

    def get_queryset(self) -> models.QuerySet[Kept]:
        """Leave the rows of imports under way out; the question is part of every query, so no answer is half an import."""
        return super().get_queryset().filter(~Q(brought__in=hidden().values("pk")))


class Row(Record):
    """A row of a register. `agency` is who keeps it; a struck row was entered by mistake, and counts and shows nowhere.

    `withheld_by` is the provision by which a row is not public. A row withdrawn from publication goes on counting.
    `brought` is the import that it came with; `every` reaches the rows of imports under way too, for the import alone.
    """

    agency = models.ForeignKey(Agency, verbose_name="登记机关", on_delete=models.PROTECT, related_name="+")
    publicity = models.CharField("公开情况", max_length=10, choices=PUBLICITY)
    withheld_by = models.CharField("不公开依据", max_length=200, blank=True, default="")
    withdrawn_on = models.DateField("撤下日期", null=True, blank=True)
    withdrawn_because = models.CharField("撤下理由", max_length=500, blank=True, default="")
    struck_at = models.DateTimeField("作废时间", null=True, blank=True)
    struck_because = models.CharField("作废理由", max_length=500, blank=True, default="")
    brought = models.ForeignKey(
        Import, verbose_name="批量导入", null=True, blank=True, editable=False, on_delete=models.PROTECT,
        related_name="+", db_index=False,
    )  # fmt: skip

    objects = Shown()
    every = models.Manager()

    class Meta:
        abstract = True


def known(model: str, field: str, choices: Choices) -> models.BaseConstraint:
    """A field holds only the codes that there are."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": codes(choices)}), name=f"registers_{model}_{field}_known"
    )


def whole(model: str) -> list[models.BaseConstraint]:
    """What every register demands of how a row is shown: a basis for withholding it, reasons for taking it away."""
    return [
        known(model, "publicity", PUBLICITY),
        models.CheckConstraint(
            condition=~Q(publicity="withheld") | ~Q(withheld_by=""), name=f"registers_{model}_basis"
        ),
        models.CheckConstraint(
            condition=~Q(publicity="withdrawn") | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
            name=f"registers_{model}_withdrawn",
        ),
        models.CheckConstraint(
            condition=Q(struck_at__isnull=True) | ~Q(struck_because=""), name=f"registers_{model}_struck"
        ),
    ]


def brought_index(model: str) -> models.Index:
    """The rows of an import are found by it: few rows have one, so that the others cost nothing."""
    return models.Index(
        fields=["brought", "id"], condition=Q(brought__isnull=False), name=f"registers_{model}_brought"
    )


def not_negative(model: str, *fields: str) -> models.BaseConstraint:
    """Amounts are not below nothing; one that is not known is no amount."""
    return models.CheckConstraint(
        condition=Q(*(Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}) for field in fields)),
        name=f"registers_{model}_not_negative",
    )


STANDING: Q = Q(struck_at__isnull=True)
"""The rows that were not entered by mistake."""


class Correction(Record):
    """That a row was entered wrongly: what stood there before, and why it was corrected."""

    agency = models.ForeignKey(Agency, verbose_name="登记机关", on_delete=models.PROTECT, related_name="+")
    register = models.CharField("台账", max_length=20)
    row = models.CharField("记录编号", max_length=20)
    before = models.JSONField("更正前", default=dict)
    reason = models.CharField("理由", max_length=500)
    by = models.CharField("更正人", max_length=60)

    class Meta:
        verbose_name = "台账更正"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="registers_correction_reason")]
        indexes: ClassVar = [models.Index(fields=["row"], name="registers_correction_row")]
