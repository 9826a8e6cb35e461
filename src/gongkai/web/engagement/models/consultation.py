"""A consultation on a draft: what is asked of whom, from when until when, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Record
from gongkai.web.engagement.models.words import CHANGES, SHOWN, STATES, SUMMARIES, Choices, codes
from gongkai.web.files.models import File
from gongkai.web.publications.models import Document


def known(model: str, field: str, choices: Choices, *more: str) -> models.BaseConstraint:
    """A field holds only the codes that there are."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*codes(choices), *more]}), name=f"engagement_{model}_{field}_known"
    )


class Consultation(Record):
    """A draft decision on which an agency asks for comments. The draft is a released document, or text and files of its own.

    `opens_on` and `closes_on` are the first and the last day on which comments are taken; whether it is open is computed
    from them. `hands` are all who had a hand in the draft, as the audit names people; they do not approve it. `examined` is
    the digest of what the gate last looked through. `summary` tells what became of the comments, besides the answers.
    """

    agency = models.ForeignKey(Agency, verbose_name="机关", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(
        Document, verbose_name="草案文件", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField("名称", max_length=200)
    why = models.TextField("起草说明", max_length=5000)
    body = models.TextField("草案正文", blank=True, default="")
    asked = models.CharField("征求意见的对象", max_length=300)
    ways = models.TextField("其他提出意见的方式", max_length=1000, blank=True, default="")
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    shorter_because = models.CharField("缩短期限的说明", max_length=500, blank=True, default="")
    state = models.CharField("状态", max_length=12, choices=STATES, default="draft")
    drafter = models.CharField("拟稿人", max_length=60)
    hands = models.JSONField("经手人", default=list)
    examined = models.CharField("检查时的摘要值", max_length=64, blank=True, default="")
    returned_because = models.CharField("退回理由", max_length=500, blank=True, default="")
    opened_at = models.DateTimeField("批准时间", null=True, blank=True)
    opened_by = models.CharField("批准人", max_length=60, blank=True, default="")
    stopped_because = models.CharField("终止理由", max_length=500, blank=True, default="")
    withdrawn_because = models.CharField("撤下理由", max_length=500, blank=True, default="")
    summary = models.TextField("采纳情况说明", blank=True, default="")
    summary_state = models.CharField("采纳情况", max_length=12, choices=SUMMARIES, default="none")
    summary_hands = models.JSONField("采纳情况经手人", default=list)
    summary_at = models.DateTimeField("采纳情况公布时间", null=True, blank=True)

    class Meta:
        verbose_name = "意见征集"
        constraints: ClassVar = [
            known("consultation", "state", STATES),
            known("consultation", "summary_state", SUMMARIES),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="engagement_consultation_period"),
            models.CheckConstraint(
                condition=~Q(state__in=SHOWN) | (Q(opened_at__isnull=False) & ~Q(opened_by="")),
                name="engagement_consultation_opened",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(stopped_because=""), name="engagement_consultation_stopped_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_because=""),
                name="engagement_consultation_withdrawn_why",
            ),
            models.CheckConstraint(
                condition=~Q(summary_state="published") | Q(summary_at__isnull=False),
                name="engagement_consultation_summary_at",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "state"], name="engagement_cons_agency"),
            models.Index(fields=["state", "closes_on"], name="engagement_cons_listed"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def public(self) -> bool:
        """Whether everybody sees it."""
        return self.state in SHOWN


class Enclosure(Record):
    """A file that goes with the draft, which the gate has looked through when it was given."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="enclosures")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("附件名称", max_length=160)
    by = models.CharField("上传人", max_length=60)

    class Meta:
        verbose_name = "草案附件"
        ordering: ClassVar = ["pk"]


class Change(Record):
    """That a period was made longer, or a consultation stopped: from which last day, until which, and why."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField("变更", max_length=10, choices=CHANGES)
    before = models.DateField("原截止日期")
    after = models.DateField("新截止日期", null=True, blank=True)
    reason = models.CharField("理由", max_length=500)
    by = models.CharField("办理人", max_length=60)

    class Meta:
        verbose_name = "意见征集变更"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            known("change", "kind", CHANGES),
            models.CheckConstraint(
                condition=~Q(kind="extended") | Q(after__gt=F("before")), name="engagement_change_longer"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="engagement_change_why"),
        ]
