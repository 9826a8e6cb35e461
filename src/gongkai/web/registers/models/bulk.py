"""A sheet of rows for a register that an agency brings: looked through, confirmed by a person, taken, and perhaps undone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Record
from gongkai.web.files.models import File
from gongkai.web.registers.models.words import Choices, codes

BULK_REGISTERS: Choices = (
    ("decisions", "行政许可、处罚和强制决定"),
    ("charges", "行政事业性收费"),
    ("procurement", "政府集中采购"),
    ("documents", "规章和行政规范性文件"),
    ("services", "办事指南"),
    ("powers", "权责清单"),
    ("budgets", "预算和决算"),
    ("subsidies", "补贴发放公示"),
    ("posts", "招考录用"),
    ("projects", "重大建设项目"),
)
STATES: Choices = (
    ("pending", "等待检查"),
    ("checked", "等待确认"),
    ("unreadable", "不能导入"),
    ("taking", "正在登记"),
    ("taken", "已登记"),
    ("clearing", "正在退回"),
    ("undoing", "正在撤销"),
    ("undone", "已撤销"),
    ("dropped", "已放弃"),
)
HIDDEN = ("taking", "clearing", "undoing")
"""While an import is in one of these states nobody sees its rows; the step out of it shows all of them, or none, at once."""
LIVE = ("pending", "checked", "taking", "taken", "clearing", "undoing")
"""States in which the same file would be given twice."""


class Import(Record):
    """A file of rows for one register of an agency.

    `round` counts how often it was looked through, `ticket` marks the worker at it, `reached` is the number of the last
    row of the sheet that is done with. `whole` says that it was confirmed without a single row refused. `heads` are the headings
    of the sheet in their order, `unused` those that no column of the register has. `skipped` are rows marked as examples.
    `checked` holds the good rows as they were looked through, from then until they are entered or let be.
    """

    agency = models.ForeignKey(Agency, verbose_name="登记机关", on_delete=models.PROTECT, related_name="+")
    register = models.CharField("台账", max_length=12, choices=BULK_REGISTERS)
    file = models.ForeignKey(File, verbose_name="文件", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField("文件摘要", max_length=64)
    checked = models.ForeignKey(
        File,
        verbose_name="检查过的行",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    by = models.CharField("上传人", max_length=60)
    state = models.CharField("状态", max_length=10, choices=STATES, default="pending")
    round = models.PositiveIntegerField("检查次数", default=1)
    ticket = models.CharField("办理标记", max_length=20, blank=True, default="")
    reached = models.PositiveIntegerField("已办到的行", default=0)
    rows = models.PositiveIntegerField("行数", default=0)
    good = models.PositiveIntegerField("可以登记的行数", default=0)
    refused = models.PositiveIntegerField("不能登记的行数", default=0)
    doubles = models.PositiveIntegerField("重复的行数", default=0)
    skipped = models.PositiveIntegerField("跳过的示例行数", default=0)
    whole = models.BooleanField("全部登记", default=False)
    heads = models.JSONField("表头", default=list)
    unused = models.JSONField("没有用到的列", default=list)
    code = models.CharField("原因代码", max_length=60, blank=True, default="")
    message = models.TextField("原因", blank=True, default="")
    confirmed_by = models.CharField("确认人", max_length=60, blank=True, default="")
    ended_at = models.DateTimeField("完成时间", null=True, blank=True)
    undone_because = models.CharField("撤销理由", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "台账批量导入"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(register__in=codes(BULK_REGISTERS)), name="registers_import_register_known"
            ),
            models.CheckConstraint(condition=Q(state__in=codes(STATES)), name="registers_import_state_known"),
            models.CheckConstraint(condition=~Q(state="unreadable") | ~Q(code=""), name="registers_import_reason"),
            models.CheckConstraint(
                condition=~Q(state__in=("undoing", "undone")) | ~Q(undone_because=""),
                name="registers_import_undone_because",
            ),
            models.UniqueConstraint(
                fields=["agency", "register", "digest"], condition=Q(state__in=LIVE), name="registers_import_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state"], condition=Q(state__in=("pending", *HIDDEN)), name="registers_import_due")
        ]

    def __str__(self) -> str:
        """The name of the register and how many rows the sheet has."""
        return f"{self.get_register_display()}（{self.rows}行）"


class RefusedRow(models.Model):
    """A row of a sheet that cannot be entered: its number there, its cells under the headings, and why.

    `double_of` is the key of the row that has the same number already, empty where there is none.
    """

    given = models.ForeignKey(Import, verbose_name="导入", on_delete=models.CASCADE, related_name="refusals")
    number = models.PositiveIntegerField("行号")
    cells = models.JSONField("内容", default=list)
    why = models.TextField("原因")
    double = models.BooleanField("重复", default=False)
    double_of = models.CharField("已登记的记录", max_length=20, blank=True, default="")

    class Meta:
        verbose_name = "不能登记的行"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["given", "number"], name="registers_refusedrow_once")
        ]

    @property
    def agency(self) -> Agency:
        """The agency that brought the sheet."""
        return self.given.agency


def hidden() -> models.QuerySet[Import]:
    """Return the imports whose rows nobody sees now."""
    return Import.objects.filter(state__in=HIDDEN)
