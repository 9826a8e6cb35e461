"""A document with what is said about it, where it stands on its way, and the versions of its text."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Record
from gongkai.web.files.models import File
from gongkai.web.publications.models.words import (
    ATTRIBUTES,
    AWAITED,
    ORIGINS,
    RELATIONS,
    SHOWN,
    STATES,
    TIMINGS,
    Choices,
    codes,
)


def known(model: str, field: str, choices: Choices, *more: str) -> models.BaseConstraint:
    """A field holds only the codes that there are."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*codes(choices), *more]}), name=f"publications_{model}_{field}_known"
    )


class Document(Record):
    """A document of an agency. `publisher` is in whose name it is disclosed, mostly the agency itself.

    `topic` and `column` are ids of the catalogues of topics and of what is disclosed by law. `round` counts how often it
    was submitted: reviews of an earlier round say nothing any more. `awaits` is the next step. `drafter` is who began it,
    as the audit names people. `shown` is the edition that everybody sees, `current` the newest one. The number of the
    index is given once, when the document is released or filed, and never changes.
    """

    agency = models.ForeignKey(Agency, verbose_name="机关", on_delete=models.PROTECT, related_name="+")
    publisher = models.ForeignKey(Agency, verbose_name="发布机构", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=300)
    number = models.CharField("文号", max_length=100, blank=True, default="")
    index_number = models.CharField("索引号", max_length=60, null=True, blank=True, unique=True)
    topic = models.CharField("主题分类", max_length=60)
    column = models.CharField("公开事项", max_length=60)
    joint = models.CharField("联合发文机关", max_length=300, blank=True, default="")
    source = models.CharField("信息来源", max_length=200, blank=True, default="")
    abstract = models.TextField("内容概述", max_length=2000, blank=True, default="")
    keywords = models.CharField("关键词", max_length=200, blank=True, default="")
    formed_on = models.DateField("成文日期")
    effective_on = models.DateField("生效日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    timing = models.CharField("公开时限", max_length=20, choices=TIMINGS)
    attribute = models.CharField("公开属性", max_length=20, choices=ATTRIBUTES)
    origin = models.CharField("公开属性的确定", max_length=20, choices=ORIGINS)
    attribute_reason = models.CharField("不予公开的理由", max_length=500, blank=True, default="")
    state = models.CharField("状态", max_length=12, choices=STATES, default="draft")
    awaits = models.CharField("等待", max_length=20, choices=AWAITED, default="drafting")
    round = models.PositiveIntegerField("送审次数", default=0)
    drafter = models.CharField("拟稿人", max_length=60)
    current = models.ForeignKey(
        "publications.Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    shown = models.ForeignKey(
        "publications.Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    release_at = models.DateTimeField("定时发布时间", null=True, blank=True)
    released_at = models.DateTimeField("发布时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_because = models.CharField("撤回理由", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "公开文件"
        constraints: ClassVar = [
            known("document", "state", STATES),
            known("document", "awaits", AWAITED),
            known("document", "timing", TIMINGS),
            known("document", "attribute", ATTRIBUTES),
            known("document", "origin", ORIGINS),
            models.CheckConstraint(
                condition=~Q(attribute="withheld") | ~Q(attribute_reason=""), name="publications_document_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SHOWN)
                | Q(
                    attribute="proactive", released_at__isnull=False, shown__isnull=False, index_number__isnull=False
                ),
                name="publications_document_released_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(release_at__isnull=False),
                name="publications_document_scheduled_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="publications_document_withdrawn_why",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(expires_on__gte=F("effective_on")),
                name="publications_document_term",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "state", "awaits"], name="publications_doc_waits"),
            models.Index(fields=["state", "column", "released_at"], name="publications_doc_listed"),
            models.Index(fields=["state", "release_at"], name="publications_doc_due"),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def public(self) -> bool:
        """Whether everybody sees it."""
        return self.state in SHOWN


class Edition(Record):
    """A version of a document's text, which never changes: clean web text, and its digest.

    `note` is the public note of a correction. `examined` is the digest of what the gate last looked through, title and
    particulars included. `published_at` is when everybody saw it first.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField("版次")
    body = models.TextField("正文")
    digest = models.CharField("正文摘要值", max_length=64)
    note = models.CharField("更正说明", max_length=500, blank=True, default="")
    by = models.CharField("拟稿人", max_length=60)
    examined = models.CharField("检查时的摘要值", max_length=64, blank=True, default="")
    published_at = models.DateTimeField("发布时间", null=True, blank=True)

    class Meta:
        verbose_name = "文件版本"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="publications_edition_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="publications_edition_number"),
        ]


class Attachment(Record):
    """A file of a document in its order. `file` is what everybody gets; `original` is the sealed one that redaction replaced.

    `examined` is the digest of what the gate last looked through.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    original = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("附件名称", max_length=160)
    order = models.PositiveIntegerField("顺序")
    by = models.CharField("上传人", max_length=60)
    examined = models.CharField("检查时的摘要值", max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "附件"
        ordering: ClassVar = ["order", "pk"]


class Relation(Record):
    """How a document stands to another: it amends, repeals, interprets or rests on it, since a day.

    `target` is the other where it is on this platform; one that is elsewhere is named in `named`.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField("关系", max_length=12, choices=RELATIONS)
    target = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="related_by")
    named = models.CharField("对方文件", max_length=300, blank=True, default="")
    since = models.DateField("自")

    class Meta:
        verbose_name = "文件关系"
        ordering: ClassVar = ["kind", "pk"]
        constraints: ClassVar = [
            known("relation", "kind", RELATIONS),
            models.CheckConstraint(
                condition=Q(target__isnull=False, named="") | (Q(target__isnull=True) & ~Q(named="")),
                name="publications_relation_target",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(target=F("document")), name="publications_relation_other"
            ),
            models.UniqueConstraint(fields=["document", "kind", "target"], name="publications_relation_once"),
        ]
