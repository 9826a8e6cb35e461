"""A list that was brought for a channel, and the rows of it that cannot be entered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Record
from gongkai.web.files.models import File
from gongkai.web.publications.models.words import Choices, codes

STATES: Choices = (
    ("pending", "等待检查"),
    ("checked", "等待确认"),
    ("unreadable", "不能导入"),
    ("taking", "正在登记"),
    ("taken", "已登记"),
    ("undone", "已撤销"),
    ("dropped", "已放弃"),
)
WORKING = ("pending", "taking")
"""States out of which the sweep brings a list."""
LIVE = ("pending", "checked", "taking", "taken")
"""States in which the same file would be given twice."""


class ShowingImport(Record):
    """A file with what was released on a channel: looked through, confirmed by a person, entered as one, perhaps undone as one.

    `round` counts how often it was looked through. `whole` says that it was confirmed without a single row refused. `heads`
    are the headings in their order, `unused` those that nothing is done with. `matched` are rows that are documents of the
    platform.
    """

    channel = models.ForeignKey(
        "publications.Channel", verbose_name="公开渠道", on_delete=models.PROTECT, related_name="+"
    )
    file = models.ForeignKey(File, verbose_name="文件", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField("文件摘要", max_length=64)
    by = models.CharField("上传人", max_length=60)
    state = models.CharField("状态", max_length=10, choices=STATES, default="pending")
    round = models.PositiveIntegerField("检查次数", default=1)
    rows = models.PositiveIntegerField("行数", default=0)
    good = models.PositiveIntegerField("可以登记的行数", default=0)
    matched = models.PositiveIntegerField("对应本站文件的行数", default=0)
    refused = models.PositiveIntegerField("不能登记的行数", default=0)
    doubles = models.PositiveIntegerField("重复的行数", default=0)
    whole = models.BooleanField("全部登记", default=False)
    heads = models.JSONField("表头", default=list)
    unused = models.JSONField("没有用到的列", default=list)
    code = models.CharField("原因代码", max_length=60, blank=True, default="")
    message = models.TextField("原因", blank=True, default="")
    confirmed_by = models.CharField("确认人", max_length=60, blank=True, default="")
    undone_because = models.CharField("撤销理由", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "渠道公开记录导入"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=codes(STATES)), name="publications_import_state_known"),
            models.CheckConstraint(condition=~Q(state="unreadable") | ~Q(code=""), name="publications_import_reason"),
            models.CheckConstraint(
                condition=~Q(state="undone") | ~Q(undone_because=""), name="publications_import_undone_because"
            ),
            models.UniqueConstraint(
                fields=["channel", "digest"], condition=Q(state__in=LIVE), name="publications_import_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state"], condition=Q(state__in=WORKING), name="publications_import_due")
        ]

    def __str__(self) -> str:
        """Which channel, and how many rows."""
        return f"{self.channel}（{self.rows}行）"

    @property
    def agency(self) -> Agency:
        """The agency whose channel it is."""
        return self.channel.agency


class RefusedShowing(models.Model):
    """A row of a list that cannot be entered: its number there, its cells under the headings, and why.

    `double_of` is the key of the entry that is there already, empty where there is none.
    """

    given = models.ForeignKey(ShowingImport, verbose_name="导入", on_delete=models.CASCADE, related_name="refusals")
    number = models.PositiveIntegerField("行号")
    cells = models.JSONField("内容", default=list)
    why = models.TextField("原因")
    double = models.BooleanField("重复", default=False)
    double_of = models.CharField("已登记的记录", max_length=20, blank=True, default="")

    class Meta:
        verbose_name = "不能登记的渠道公开记录"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["given", "number"], name="publications_refusedshowing_once")
        ]

    @property
    def agency(self) -> Agency:
        """The agency whose channel it is."""
        return self.given.agency
