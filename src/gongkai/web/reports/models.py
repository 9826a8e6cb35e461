"""Annual reports as they were read from files: readings, corrections of single cells, waivers, publication."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Record
from gongkai.web.files.models import File

READINGS = (("pending", "等待读取"), ("reading", "正在读取"), ("read", "已读取"), ("unreadable", "读不出"))
WAITING = ("pending", "reading")
STATES = (("draft", "未发布"), ("published", "已发布"), ("withdrawn", "已撤下"), ("superseded", "已被新版替代"))
REASONS = (
    ("wrong_file", "传错了文件"),
    ("twice", "与另一份重复"),
    ("no_report", "不是年度报告"),
    ("wrong_agency", "传到了别的机关"),
    ("unneeded", "不再需要"),
)
"""Why a draft is deleted: chosen, for what people write themselves could not be erased from the audit."""
SCOPES = (("own", "本机关"), ("area", "全区域"), ("unknown", "不明"))


def _codes(choices: tuple[tuple[str, str], ...]) -> list[str]:
    return [code for code, _ in choices]


class Batch(Record):
    """Files that were uploaded together. `duplicates` are names of files that were there already; `refused` says why.

    `once` marks the person and the word with which a program asked that this upload happen once, `given` what it gave.
    """

    keeper = models.ForeignKey(Agency, verbose_name="上传机关", on_delete=models.PROTECT, related_name="+")
    by = models.CharField("上传人", max_length=60)
    duplicates = models.JSONField("重复的文件", default=list)
    refused = models.JSONField("没有保存的文件", default=list)
    once = models.CharField("只办一次的标记", max_length=64, null=True, blank=True, unique=True)
    given = models.CharField("所给文件的摘要", max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "上传批次"


class Report(Record):
    """An annual report of an agency for a year and a scope, in an edition; `keeper` is the agency that uploaded it.

    `printed_agency` is the name as printed; the link to an agency is a person's confirmation, and `outside` says that the
    agency is none of this platform's. `assembled` is the current reading with its corrections, findings and waivers.
    """

    keeper = models.ForeignKey(Agency, verbose_name="保管机关", on_delete=models.PROTECT, related_name="kept_reports")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="reports")
    agency = models.ForeignKey(
        Agency, verbose_name="报告机关", null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    outside = models.BooleanField("系统外机关", default=False)
    printed_agency = models.CharField("报告所印机关名称", max_length=120, blank=True, default="")
    title = models.CharField("标题", max_length=300, blank=True, default="")
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    scope = models.CharField("统计范围", max_length=10, choices=SCOPES, default="unknown")
    edition = models.PositiveSmallIntegerField("版次", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=STATES, default="draft")
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    withdrawn_because = models.TextField("撤下理由", blank=True, default="")
    assembled = models.TextField("当前内容", blank=True, default="")
    errors = models.PositiveIntegerField("未说明的错误", default=0)
    warnings = models.PositiveIntegerField("未说明的提醒", default=0)
    waived = models.PositiveIntegerField("已说明", default=0)

    class Meta:
        verbose_name = "年度报告"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=_codes(STATES)), name="reports_report_state_known"),
            models.CheckConstraint(condition=Q(scope__in=_codes(SCOPES)), name="reports_report_scope_known"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(published_at__isnull=False, year__isnull=False) & (Q(agency__isnull=False) | Q(outside=True))),
                name="reports_report_published_whole",
            ),
            models.UniqueConstraint(
                fields=["agency", "year", "scope", "edition"], name="reports_report_edition_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "year", "scope"],
                condition=Q(state="published", agency__isnull=False),
                name="reports_report_one_published",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "year"], name="reports_report_published")]

    def __str__(self) -> str:
        """The title as printed, or the key of a report that has not been read."""
        return self.title or self.key


class Reading(Record):
    """One reading of a file by one version of the reader.

    `line` is what `gongkai read --json` prints, `frozen` the whole report as read; both without corrections, both JSON in
    text, for PostgreSQL would change the order of their keys. `code` and `message` say why a file could not be read.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="readings")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    reader = models.CharField("读取程序版本", max_length=20, blank=True, default="")
    state = models.CharField("状态", max_length=10, choices=READINGS, default="pending")
    code = models.CharField("原因代码", max_length=60, blank=True, default="")
    message = models.TextField("原因", blank=True, default="")
    line = models.TextField("读取结果", blank=True, default="")
    frozen = models.TextField("读取全文", blank=True, default="")
    ended_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "读取"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=_codes(READINGS)), name="reports_reading_state_known"),
            models.CheckConstraint(condition=~Q(state="unreadable") | ~Q(code=""), name="reports_reading_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="reports_reading_due")]

    @property
    def waits(self) -> bool:
        """Whether the file has yet to be read."""
        return self.state in WAITING


class Correction(Record):
    """That a cell was misread: what the file prints there, seen by a person. The later one of a cell holds.

    `was` and `value` are figures as text, empty where there is none. It is put upon every new reading of the report.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="corrections")
    cell = models.CharField("单元格", max_length=80)
    was = models.CharField("原读数", max_length=40, blank=True, default="")
    value = models.CharField("更正为", max_length=40, blank=True, default="")
    reason = models.TextField("理由")
    by = models.CharField("更正人", max_length=60)

    class Meta:
        verbose_name = "读数更正"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="reports_correction_reason"),
        ]


class Waiver(Record):
    """That a finding needs no correction, and why; it lapses by itself when a value changes."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="waivers")
    code = models.CharField("核对代码", max_length=40)
    cells = models.JSONField("单元格", default=list)
    values = models.JSONField("有关的数", default=list)
    detail = models.TextField("内容", blank=True, default="")
    reason = models.TextField("说明")
    by = models.CharField("说明人", max_length=60)
    on = models.DateField("日期")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = "核对说明"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="reports_waiver_reason"),
        ]


class PageImage(models.Model):
    """A page of a PDF as a picture, drawn when it was first looked at; `digest` is the PDF's."""

    digest = models.CharField("原文件摘要", max_length=64)
    page = models.PositiveIntegerField("页码")
    picture = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "页面图像"
        constraints: ClassVar = [models.UniqueConstraint(fields=["digest", "page"], name="reports_pageimage_once")]
