"""Agencies with their dated names and codes, their places in the tree, and what became of those that ended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.web.agencies.models.words import EDGES, KINDS, LEVELS, LINES, SEVERAL, Choices, codes
from gongkai.web.audit.record import Record


def period(model: str) -> models.BaseConstraint:
    """A dated row ends after it begins; the day it ends is the first on which it no longer holds."""
    return models.CheckConstraint(
        condition=Q(until__isnull=True) | Q(until__gt=F("since")), name=f"agencies_{model}_period"
    )


def known(model: str, field: str, choices: Choices, *more: str) -> models.BaseConstraint:
    """A field holds only the codes that there are."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*codes(choices), *more]}), name=f"agencies_{model}_{field}_known"
    )


class Agency(Record):
    """An agency, for as long as it exists under whatever name. `chain` is where acts on it are recorded.

    `outside` ones do not use the platform and are kept because they review or are answered to; they are not of the tree
    that has the root. `line` is the vertical line that the agency is in. `supervises` marks the office that is in charge
    of disclosure in the region of the government that it belongs to (Art 3).
    """

    kind = models.CharField("类型", max_length=30, choices=KINDS)
    level = models.CharField("层级", max_length=10, choices=LEVELS)
    line = models.CharField("垂直管理系统", max_length=20, choices=LINES, blank=True, default="")
    outside = models.BooleanField("系统外机关", default=False)
    supervises = models.BooleanField("政府信息公开工作主管部门", default=False)
    dissolved = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "机关"
        constraints: ClassVar = [
            known("agency", "kind", KINDS),
            known("agency", "level", LEVELS),
            known("agency", "line", LINES, ""),
        ]

    def __str__(self) -> str:
        """The agency's latest name."""
        latest = self.names.order_by("since", "pk").last()
        return latest.name if latest else self.key

    @property
    def chain(self) -> str:
        """The name of the agency's chain in the audit."""
        return f"agency:{self.key}"


class Tree(models.Model):
    """The tree as a whole, one row: whoever changes its shape holds it, and counts its version up. `root` is its top."""

    version = models.PositiveBigIntegerField("版本", default=1)
    root = models.ForeignKey("agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "机关树"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="agencies_tree_one")]


class Name(models.Model):
    """What an agency is called from a date on, with its codes then."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="names")
    name = models.CharField("名称", max_length=120)
    short = models.CharField("简称", max_length=40, blank=True, default="")
    region_code = models.CharField("行政区划代码", max_length=12, blank=True, default="")
    unified_code = models.CharField("统一社会信用代码", max_length=18, blank=True, default="")
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = "名称和代码"
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            period("name"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(until__isnull=True), name="agencies_name_one_current"
            ),
            models.UniqueConstraint(fields=["agency", "since"], name="agencies_name_once"),
            models.UniqueConstraint(
                fields=["unified_code"],
                condition=Q(until__isnull=True) & ~Q(unified_code=""),
                name="agencies_name_code_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["name", "short"], name="agencies_name_name"),
            models.Index(fields=["region_code"], name="agencies_name_region"),
            models.Index(fields=["unified_code"], name="agencies_name_unified"),
        ]


class Edge(models.Model):
    """That an agency stands under another, in which way and from when."""

    child = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField("关系", max_length=10, choices=EDGES)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = "隶属关系"
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            period("edge"),
            known("edge", "kind", EDGES),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="agencies_edge_not_itself"),
            models.UniqueConstraint(
                fields=["child", "kind"],
                condition=Q(until__isnull=True) & ~Q(kind=SEVERAL),
                name="agencies_edge_one_current",
            ),
            models.UniqueConstraint(
                fields=["child", "parent", "kind"], condition=Q(until__isnull=True), name="agencies_edge_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["parent", "kind"], name="agencies_edge_down")]


class Succession(models.Model):
    """That an agency took over the duties of another, and in which way."""

    WAYS: ClassVar[Choices] = (("merged", "合并"), ("split", "分设"), ("taken_over", "撤销后承接"))
    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="origins")
    way = models.CharField("方式", max_length=10, choices=WAYS)
    since = models.DateField("自")

    class Meta:
        verbose_name = "职责承接"
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["predecessor", "successor", "since"], name="agencies_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="agencies_succession_not_itself"),
        ]
