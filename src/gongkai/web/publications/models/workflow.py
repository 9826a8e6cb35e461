"""What is done with a document on its way: steps with their results, findings of the gate, the agency's procedure, serials."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Record
from gongkai.web.files.models import File
from gongkai.web.publications.models.document import Attachment, Document, Edition, known
from gongkai.web.publications.models.words import FINDINGS, RESULTS, REVIEWS, SEVERITIES, STEPS, SUBJECTS, codes


class Step(Record):
    """A step that somebody took with a document: a review, a secrecy review of one item, an approval, a return.

    `by` is who entered it, as the audit names people; on paper `signer` is who signed, on the day `signed_on`, and `scan`
    the sheet. `item` is what a secrecy review is of: `body`, or the key of an attachment. `paragraph` is the place in
    the text of which the comment speaks.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="steps")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField("送审次数")
    kind = models.CharField("步骤", max_length=20, choices=STEPS)
    item = models.CharField("审查对象", max_length=20, blank=True, default="")
    result = models.CharField("结果", max_length=10, choices=RESULTS)
    comment = models.CharField("意见", max_length=1000, blank=True, default="")
    paragraph = models.PositiveIntegerField("段落", null=True, blank=True)
    by = models.CharField("办理人", max_length=60)
    signer = models.CharField("签字人", max_length=60, blank=True, default="")
    signed_on = models.DateField("签字日期", null=True, blank=True)
    scan = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "办理步骤"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            known("step", "kind", STEPS),
            known("step", "result", RESULTS),
            models.CheckConstraint(
                condition=Q(signer="", signed_on__isnull=True, scan__isnull=True)
                | (~Q(signer="") & Q(signed_on__isnull=False, scan__isnull=False)),
                name="publications_step_on_paper",
            ),
            models.UniqueConstraint(
                fields=["document", "round", "kind"],
                condition=Q(kind__in=[*codes(REVIEWS), "approval"], result="passed"),
                name="publications_step_review_once",
            ),
            models.UniqueConstraint(
                fields=["document", "round", "by"],
                condition=Q(kind__in=codes(REVIEWS), result="passed", signer=""),
                name="publications_step_one_review_each",
            ),
        ]

    @property
    def on_paper(self) -> bool:
        """Whether it was signed on paper."""
        return bool(self.signer)


class GateFinding(Record):
    """What the gate found in a document, masked, and what became of it. The found text itself is kept nowhere.

    `record` says where it stands and shows it masked; `mark` tells by a keyed digest whether it is the same again. `edition` is set for what stands in the
    title, the particulars and the text, `attachment` for what stands in a file. `paragraph` is counted from 1.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="findings")
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.CASCADE, related_name="findings")
    attachment = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.CASCADE, related_name="findings"
    )
    subject = models.CharField("位置", max_length=12, choices=SUBJECTS)
    paragraph = models.PositiveIntegerField("段落", null=True, blank=True)
    code = models.CharField("种类", max_length=60)
    severity = models.CharField("程度", max_length=10, choices=SEVERITIES)
    mark = models.CharField("标记", max_length=64, blank=True, default="")
    record = models.JSONField("检查结果", default=dict)
    state = models.CharField("处理情况", max_length=12, choices=FINDINGS, default="open")
    asked_by = models.CharField("申请人", max_length=60, blank=True, default="")
    asked_because = models.CharField("申请放行的理由", max_length=500, blank=True, default="")
    settled_by = models.CharField("处理人", max_length=60, blank=True, default="")
    settled_because = models.CharField("放行的理由", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "检查结果"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            known("finding", "subject", SUBJECTS),
            known("finding", "severity", SEVERITIES),
            known("finding", "state", FINDINGS),
            models.CheckConstraint(
                condition=~Q(state="overridden") | (~Q(settled_by="") & ~Q(settled_because="") & ~Q(asked_by="")),
                name="publications_finding_overridden_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="overridden") | ~Q(settled_by=models.F("asked_by")),
                name="publications_finding_second_person",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["document", "state"], name="publications_finding_open")]


class Procedure(Record):
    """How many reviews an agency's documents need before the secrecy review and the approval, which none can do without."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")
    reviews = models.PositiveSmallIntegerField("审核次数", default=len(REVIEWS))

    class Meta:
        verbose_name = "审核程序"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reviews__gte=1, reviews__lte=len(REVIEWS)), name="publications_procedure_reviews"
            )
        ]


class Counter(models.Model):
    """The last serial of the index numbers of an agency in a year; whoever gives the next one holds the row."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后一个流水号", default=0)

    class Meta:
        verbose_name = "索引号流水"
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "year"], name="publications_counter_once")]
