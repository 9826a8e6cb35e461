"""An office's catalogue of what it publishes, item by item, and which documents fulfil an item."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Record
from gongkai.web.publications.duties.words import AUDIENCES, CATALOGUES, LAWS, LEVELS, MONTHS, STATES, TIMINGS, WAYS
from gongkai.web.publications.models.document import Document, known

_JOINT = " "
_LONGEST_DAYS = 366


class Duty(Record):
    """An item of an agency's catalogue: what is disclosed, on which basis, by whom, where, to whom, and by when.

    `field` is the id of an item of the catalogue it stands in, empty in the agency's own. `channels` are ids of the
    standard catalogue, parted by spaces. How `timing` works: `event`: within the time of the duty `law` of the law from the day a document
    was made, or within `days` working days where the office promises less; a period: once in each, `days` calendar days
    after its end at the latest; `yearly` with `deadline` (MM-DD): by that date of each year; `standing`: shown for good and
    looked over when the law's time is over, or after `months`. It is expected from `since` on.
    """

    agency = models.ForeignKey(Agency, verbose_name="机关", on_delete=models.PROTECT, related_name="+")
    catalogue = models.CharField("目录", max_length=20, choices=CATALOGUES)
    field = models.CharField("领域", max_length=60, blank=True, default="")
    first = models.CharField("一级事项", max_length=200)
    second = models.CharField("二级事项", max_length=200, blank=True, default="")
    content = models.TextField("公开内容（要素）", max_length=2000, blank=True, default="")
    basis = models.TextField("公开依据", max_length=2000, blank=True, default="")
    discloser = models.CharField("公开主体（责任机关或者内设机构）", max_length=200, blank=True, default="")
    channels = models.CharField("公开渠道和载体", max_length=300, blank=True, default="website")
    audience = models.CharField("公开对象", max_length=20, choices=AUDIENCES, default="everyone")
    group = models.CharField("特定群体", max_length=200, blank=True, default="")
    way = models.CharField("公开方式", max_length=20, choices=WAYS, default="proactive")
    level = models.CharField("公开层级", max_length=20, choices=LEVELS, blank=True, default="")
    timing = models.CharField("公开时限", max_length=12, choices=TIMINGS)
    law = models.CharField("法定期限", max_length=40, choices=LAWS, default="publication")
    days = models.PositiveSmallIntegerField("本机关期限（天）", null=True, blank=True)
    deadline = models.CharField("每年截止日期", max_length=5, blank=True, default="")
    months = models.PositiveSmallIntegerField("核对周期（月）", null=True, blank=True)
    since = models.DateField("自哪一天起")
    checked_on = models.DateField("最近核对日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=STATES, default="active")
    retired_on = models.DateField("停用日期", null=True, blank=True)
    retired_because = models.CharField("停用理由", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "公开事项"
        ordering: ClassVar = ["agency", "catalogue", "pk"]
        constraints: ClassVar = [
            known("duty", "catalogue", CATALOGUES),
            known("duty", "timing", TIMINGS),
            known("duty", "law", LAWS),
            known("duty", "state", STATES),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__lte=_LONGEST_DAYS), name="publications_duty_days"
            ),
            models.CheckConstraint(
                condition=~Q(state="retired") | (Q(retired_on__isnull=False) & ~Q(retired_because="")),
                name="publications_duty_retired_why",
            ),
            models.UniqueConstraint(
                fields=["agency", "catalogue", "field", "first", "second"],
                condition=Q(state="active"),
                name="publications_duty_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "state"], name="publications_duty_listed")]

    def __str__(self) -> str:
        """The item as people call it."""
        return f"{self.first}：{self.second}" if self.second else self.first

    @property
    def periodic(self) -> bool:
        """Whether something is expected in each period."""
        return self.timing in MONTHS

    @property
    def channel_list(self) -> list[str]:
        """The ids of the channels."""
        return self.channels.split(_JOINT) if self.channels else []


class Fulfilment(Record):
    """That a document fulfils an item: of one for each period, in which, named by its first day. Unbound it stays, with why."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="fulfilments")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="fulfilments")
    period = models.DateField("期间", null=True, blank=True)
    by = models.CharField("登记人", max_length=60)
    ended_at = models.DateTimeField("取消时间", null=True, blank=True)
    ended_because = models.CharField("取消理由", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "公开事项的完成情况"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_because=""), name="publications_fulfilment_ended_why"
            ),
            models.UniqueConstraint(
                fields=["duty", "document"], condition=Q(ended_at__isnull=True), name="publications_fulfilment_once"
            ),
        ]


def joined(channels: list[str]) -> str:
    """Return ids of channels as they are kept."""
    return _JOINT.join(channels)
