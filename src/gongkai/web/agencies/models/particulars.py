"""What an agency keeps of itself: its guide, its site, its fee account, and the choices that the law leaves to its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from gongkai.web.agencies.models.agency import Agency
from gongkai.web.agencies.models.words import COLUMNS
from gongkai.web.audit.record import Record


class Guide(Record):
    """The data of the guide (Art 12): how information is arranged and got, and where the office is found."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="guide")
    classification = models.TextField("政府信息的分类", blank=True, default="")
    arrangement = models.TextField("编排体系", blank=True, default="")
    ways = models.TextField("获取方式", blank=True, default="")
    office_name = models.CharField("公开工作机构名称", max_length=120, blank=True, default="")
    address = models.CharField("办公地址", max_length=200, blank=True, default="")
    hours = models.CharField("办公时间", max_length=200, blank=True, default="")
    telephone = models.CharField("联系电话", max_length=60, blank=True, default="")
    fax = models.CharField("传真号码", max_length=60, blank=True, default="")
    email = models.EmailField("电子邮箱", blank=True, default="")
    internet = models.CharField("互联网联系方式", max_length=200, blank=True, default="")
    updated_on = models.DateField("更新日期", null=True, blank=True)

    class Meta:
        verbose_name = "政府信息公开指南"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a site: its code, its label there, and whether it is shown."""

    code: str
    label: str
    on: bool


class Site(Record):
    """What a site shows around its pages: name in the header, columns, and the marks of the footer.

    `columns` holds, by code, what differs from the columns that every site has: {"rules": {"on": false, "label": "…"}}.
    """

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="site")
    header_name = models.CharField("页眉名称", max_length=120, blank=True, default="")
    columns = models.JSONField("栏目", blank=True, default=dict)
    sponsor = models.CharField("主办单位", max_length=120, blank=True, default="")
    site_id_code = models.CharField("网站标识码", max_length=20, blank=True, default="")
    icp = models.CharField("ICP备案号", max_length=60, blank=True, default="")
    police_filing = models.CharField("公安备案号", max_length=60, blank=True, default="")
    contact = models.CharField("联系方式", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "网站"

    def listed(self) -> tuple[Column, ...]:
        """Return every column in its order, as this site has it."""
        return tuple(self._column(code, label) for code, label in COLUMNS)

    def shown(self) -> tuple[Column, ...]:
        """Return the columns that are shown."""
        return tuple(column for column in self.listed() if column.on)

    def _column(self, code: str, label: str) -> Column:
        given: dict[str, Any] = self.columns.get(code, {})
        return Column(code, given.get("label") or label, given.get("on", True))


class LocalChoice(Record):
    """What the place decides: its court, where it receives applications for reconsideration, and its settings of the law.

    `settings` are parameters that the law leaves open, by name, with the value chosen.
    """

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="local_choice")
    court_name = models.CharField("受理行政诉讼的法院", max_length=120, blank=True, default="")
    court_concentrated = models.BooleanField("由集中管辖的法院受理", default=False)
    reconsideration_address = models.CharField("受理行政复议申请的地址", max_length=200, blank=True, default="")
    reconsideration_channel = models.CharField("网上申请行政复议的渠道", max_length=200, blank=True, default="")
    settings = models.JSONField("地方规定", blank=True, default=dict)

    class Meta:
        verbose_name = "地方设置"


class FeeAccount(Record):
    """Where fees for the processing of information are paid in."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="fee_account")
    payee = models.CharField("收款单位", max_length=120, blank=True, default="")
    bank = models.CharField("开户银行", max_length=120, blank=True, default="")
    number = models.CharField("账号", max_length=40, blank=True, default="")
    item_code = models.CharField("非税收入项目代码", max_length=40, blank=True, default="")
    note = models.CharField("缴费说明", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "收费账户"
