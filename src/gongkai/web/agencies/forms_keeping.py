"""The forms of what an agency keeps of itself, and of its people."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.law.parameters import parameters
from gongkai.web.agencies.forms import ActForm, day, text
from gongkai.web.agencies.models import COLUMNS, ROLES

_CHOICES = {
    "remedies.zone_departments": (
        "开发区部门的复议机关",
        {"founding_government": "设立开发区的人民政府", "zone_committee": "开发区管理委员会"},
    ),
}
"""The settings of the law that a page offers; a place with others sets them at the console."""


class KeepGuide(ActForm):
    """The data of the guide."""

    classification = text("政府信息的分类", 4000, rows=4)
    arrangement = text("编排体系", 4000, rows=4)
    ways = text("获取方式", 4000, rows=4)
    office_name = text("公开工作机构名称", 120)
    address = text("办公地址", 200)
    hours = text("办公时间", 200)
    telephone = text("联系电话", 60)
    fax = text("传真号码", 60)
    email = text("电子邮箱", 200)
    internet = text("互联网联系方式", 200)
    updated_on = day("更新日期", hint="核对或者修改指南的日期")


class KeepSite(ActForm):
    """Header, footer and columns of a site."""

    header_name = text("页眉名称", 120, hint="不填时显示机关名称")
    sponsor = text("主办单位", 120)
    site_id_code = text("网站标识码", 20)
    icp = text("ICP备案号", 60)
    police_filing = text("公安备案号", 60)
    contact = text("联系方式", 200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in COLUMNS:
            shown = forms.BooleanField(label=f"显示“{label}”", required=False)
            shown.widget.attrs["class"] = "form-check-input"
            named = text(f"“{label}”的栏目名称", 40, hint="不填时用原来的名称")
            named.widget.attrs["class"] = "form-control"
            self.fields[f"on_{code}"], self.fields[f"label_{code}"] = shown, named

    def columns(self) -> dict[str, dict[str, Any]]:
        """Return the columns by code, as the action takes them."""
        given = self.cleaned_data
        return {code: {"on": given[f"on_{code}"], "label": given[f"label_{code}"]} for code, _ in COLUMNS}


class KeepLocalChoice(ActForm):
    """What the place has decided."""

    court_name = text("受理行政诉讼的法院", 120)
    court_concentrated = forms.BooleanField(label="由集中管辖的法院受理", required=False)
    reconsideration_address = text("受理行政复议申请的地址", 200, hint="本机关作为复议机关时写入文书")
    reconsideration_channel = text("网上申请行政复议的渠道", 200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, words) in _CHOICES.items():
            known = {choice for held in parameters() if held.name == name for choice in held.choices}
            choices = (("", "按法律的一般规定"), *((code, word) for code, word in words.items() if code in known))
            field = forms.ChoiceField(label=label, choices=choices, required=False)
            field.widget.attrs["class"] = "form-select"
            self.fields[_field(name)] = field

    def settings(self) -> dict[str, str]:
        """Return the settings of the law that were chosen, by name."""
        given = {name: self.cleaned_data[_field(name)] for name in _CHOICES}
        return {name: value for name, value in given.items() if value}


class KeepFeeAccount(ActForm):
    """Where fees are paid in."""

    payee = text("收款单位", 120)
    bank = text("开户银行", 120)
    number = text("账号", 40)
    item_code = text("非税收入项目代码", 40)
    note = text("缴费说明", 200)


class Grant(ActForm):
    """A role for somebody."""

    login = text("登录名", 60, required=True, hint="对方的账号要先由系统管理员建立")
    role = forms.ChoiceField(label="角色", choices=ROLES)
    since = day("自")
    until = day("至", required=False, hint="到这一天不再担任；长期担任的不填")


class Revoke(ActForm):
    """The end of a role."""

    until = day("至", hint="从这一天起不再担任")
    reason = text("理由", 500, required=True, rows=3)


class Cover(ActForm):
    """Who stands in for whom, from when until when."""

    login = text("休假人员的登录名", 60, required=True)
    colleague = text("代理人员的登录名", 60, required=True)
    since = day("自")
    until = day("至", hint="假期结束、本人回来的那一天")


class HandOver(ActForm):
    """Who takes over from somebody who leaves."""

    login = text("离岗人员的登录名", 60, required=True)
    to = text("接手人员的登录名", 60, required=True)
    since = day("自", hint="离岗的日期，其全部角色从这一天起由接手人员担任")
    reason = text("理由", 500, required=True, rows=3)


def settings_initial(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of the law under the names of their fields."""
    return {_field(name): settings[name] for name in _CHOICES if name in settings}


def _field(name: str) -> str:
    return f"setting_{name.replace('.', '_')}"
