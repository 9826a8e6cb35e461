"""The forms of the tree: a name, a place, an end; each carries the version that the person saw."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from gongkai.web.accounts.forms import PlainForm
from gongkai.web.agencies.models import EDGES, KINDS, LEVELS, LINES

_AGENCY_HINT = "填写名称全称、统一社会信用代码或者标识"


def day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    """Return a field for a date."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


def text(label: str, longest: int, *, required: bool = False, hint: str = "", rows: int = 0) -> forms.CharField:
    """Return a field for text; with `rows` one of several lines."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=longest, required=required, help_text=hint, widget=widget)


class ActForm(PlainForm):
    """A form for an act on something that others may change meanwhile; `seen` is the version shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "form-check-input"

    def show_again(self, version: int) -> None:
        """Keep all that was typed, and carry the version that stands now."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
        data["seen"] = str(version)
        self.data = data


class Found(ActForm):
    """An agency to be founded."""

    name = text("名称", 120, required=True, hint="全称")
    short = text("简称", 40)
    kind = forms.ChoiceField(label="类型", choices=KINDS)
    level = forms.ChoiceField(label="层级", choices=LEVELS)
    region_code = text("行政区划代码", 12, hint="两位至十二位数字，没有可以不填")
    unified_code = text("统一社会信用代码", 40, hint="18位，最后一位是校验码")
    line = forms.ChoiceField(label="垂直管理系统", choices=(("", "不属于"), *LINES), required=False)
    region = text("所属人民政府", 120, hint=_AGENCY_HINT)
    vertical = text("上一级主管部门", 120, hint="垂直管理系统内的上一级；" + _AGENCY_HINT)
    led_by = text("设立或者管理它的部门", 120, hint=_AGENCY_HINT)
    outside = forms.BooleanField(label="系统外机关", required=False, help_text="不使用本系统，只用于确定复议机关")
    since = day("自", hint="设立的日期")


class Rename(ActForm):
    """Another name from a day on."""

    name = text("新名称", 120, required=True, hint="全称")
    short = text("简称", 40, hint="没有改变的，不用修改")
    since = day("自", hint="启用新名称的日期")


class Recode(ActForm):
    """Other codes from a day on."""

    region_code = text("行政区划代码", 12, hint="两位至十二位数字，没有可以不填")
    unified_code = text("统一社会信用代码", 40, hint="18位，最后一位是校验码")
    since = day("自", hint="启用新代码的日期")


class CorrectName(ActForm):
    """A name, a code or a date that was mistyped."""

    name = text("名称", 120, required=True)
    short = text("简称", 40)
    region_code = text("行政区划代码", 12)
    unified_code = text("统一社会信用代码", 40)
    since = day("自")
    reason = text("更正理由", 500, required=True, rows=3, hint="例如：录入时把2020年写成2002年")


class CorrectEdge(ActForm):
    """The first day of a place that was mistyped."""

    since = day("自")
    reason = text("更正理由", 500, required=True, rows=3)


class Move(ActForm):
    """Another place from a day on."""

    kind = forms.ChoiceField(label="关系", choices=EDGES)
    parent = text("新的上级机关", 120, hint=_AGENCY_HINT + "；不填表示结束这种关系")
    leaves = forms.ChoiceField(
        label="取代", required=False, help_text="“设立或者管理它的部门”可以有几个，请选被取代的"
    )
    since = day("自", hint="变更的日期")


class Merge(ActForm):
    """The agency into which this one is merged."""

    into = text("并入", 120, required=True, hint=_AGENCY_HINT + "；下级机关一并转入")
    since = day("自", hint="合并的日期，从这一天起本机关不再存在")


class Split(ActForm):
    """An agency that is split off this one."""

    name = text("分设机关的名称", 120, required=True, hint="全称")
    short = text("简称", 40)
    region_code = text("行政区划代码", 12)
    unified_code = text("统一社会信用代码", 40)
    since = day("自", hint="分设的日期")
    ends = forms.BooleanField(label="本机关同时撤销", required=False, help_text="撤销后，下级机关转到分设的机关下面")


class Dissolve(ActForm):
    """The end of an agency."""

    since = day("撤销日期", hint="从这一天起不再存在")
    successor = text("职责承接机关", 120, hint=_AGENCY_HINT + "；没有可以不填")
    reason = text("撤销依据或者理由", 500, required=True, rows=3)


class PutInCharge(ActForm):
    """Whether an office is in charge of disclosure."""

    in_charge = forms.BooleanField(
        label="作为政府信息公开工作主管部门", required=False, help_text="一级人民政府只有一个"
    )


class Upload(PlainForm):
    """A sheet of the tree."""

    file = forms.FileField(label="XLSX 文件", help_text="使用本页下载的模板，或者导出后修改的文件")


class Confirm(ActForm):
    """That a sheet which was looked through is to hold."""
