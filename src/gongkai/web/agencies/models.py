"""Agencies with their dated names, codes and parents, and the roles that people hold in them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.web.audit.record import Record

LEVELS = (("state", "国家"), ("province", "省级"), ("city", "市级"), ("county", "县级"), ("township", "乡级"))
KINDS = (
    ("government", "人民政府"),
    ("department", "政府部门"),
    ("field_office", "派出机构"),
    ("inner_body", "内设机构"),
    ("subdistrict", "街道办事处"),
    ("development_zone", "开发区管理委员会"),
    ("authorised_organisation", "法律、法规授权的组织"),
)
EDGES = (("region", "所属地区"), ("vertical", "垂直领导"), ("led_by", "双重领导"))
ROLES = (
    ("clerk", "经办人"),
    ("reviewer", "审核人"),
    ("secrecy_reviewer", "保密审查人"),
    ("approver", "签发人"),
    ("head", "公开工作机构负责人"),
    ("supervisor", "下级机关监督员"),
    ("reader", "查阅人"),
)


def _period(model: str) -> list[models.BaseConstraint]:
    """A dated row ends after it begins."""
    return [
        models.CheckConstraint(
            condition=Q(until__isnull=True) | Q(until__gt=F("since")), name=f"agencies_{model}_period"
        )
    ]


class Agency(Record):
    """An agency, for as long as it exists under whatever name. `chain` is where acts on it are recorded."""

    kind = models.CharField("类型", max_length=30, choices=KINDS)
    level = models.CharField("层级", max_length=10, choices=LEVELS)
    founded = models.DateField("设立日期", null=True, blank=True)
    dissolved = models.DateField("撤销日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", verbose_name="职责承接机关", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supervises = models.BooleanField("政府信息公开工作主管部门", default=False)

    class Meta:
        verbose_name = "机关"

    @property
    def chain(self) -> str:
        """The name of the agency's chain in the audit."""
        return f"agency:{self.key}"


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
        constraints: ClassVar = [
            *_period("name"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(until__isnull=True), name="agencies_name_one_current"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["name"], name="agencies_name_name")]


class Edge(models.Model):
    """That an agency stands under another, in which way and from when."""

    child = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField("关系", max_length=10, choices=EDGES)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = "隶属关系"
        constraints: ClassVar = [
            *_period("edge"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="agencies_edge_not_itself"),
            models.UniqueConstraint(
                fields=["child", "kind"],
                condition=Q(until__isnull=True) & ~Q(kind="led_by"),
                name="agencies_edge_one_current",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["parent", "kind"], name="agencies_edge_down")]


class Member(Record):
    """A role that a person holds in an agency, from and until a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="members")
    role = models.CharField("角色", max_length=20, choices=ROLES)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = "角色"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"], condition=Q(until__isnull=True), name="agencies_member_once"
            ),
        ]
