"""What people type about channels and what was released on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.web.agencies.queries import Standing
from gongkai.web.publications.channels.evidence import Line, Photo
from gongkai.web.publications.channels.models import KINDS, Channel

_DAY = {"type": "date"}
_CHOOSE = ("", "请选择")


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"), **more)


class Seen(forms.Form):
    """Every change says which version of the record it was made upon."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class Reason(Seen):
    """Why an entry is struck."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class Called(forms.Form):
    """What a channel is called, where it is and since when."""

    name = forms.CharField(label="渠道名称", max_length=100, help_text="例如：样例镇政务微信公众号、大坪村公示栏。")
    address = forms.CharField(label="网址、账号或者地点", max_length=300, required=False)
    since = _day("启用日期")


class Opened(Called):
    """A new channel, and whose it is."""

    keeper = forms.ChoiceField(label="机关")
    kind = forms.ChoiceField(label="渠道种类", choices=[_CHOOSE, *KINDS])
    field_order = ("keeper", "kind", "name", "address", "since")

    def __init__(self, *given: Any, keepers: Sequence[Standing], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["keeper"].choices = [(one.key, one.name) for one in keepers]  # type: ignore[attr-defined]


class Amended(Seen, Called):
    """A channel called otherwise."""

    field_order = ("seen", "name", "address", "since")


class Closed(Seen):
    """From which day on a channel is out of use."""

    until = _day("自哪一天起停用")


class Evidence(forms.Form):
    """When something was released, and what proves it besides a link."""

    shown_on = _day("公开日期")
    photo = forms.FileField(
        label="照片", required=False, help_text="照片里的拍摄地点、时间、设备等信息会自动清除，原图不保存。"
    )
    signer = forms.CharField(
        label="登记簿：记录人",
        max_length=60,
        required=False,
        help_text="张贴、播放等没有链接的，记下谁、哪天、在哪里办的。",
    )
    signed_on = _day("登记簿：记录日期", required=False)
    place = forms.CharField(label="登记簿：地点", max_length=200, required=False)

    def evidence(self) -> dict[str, Any]:
        """Return what the actions take: the day, the photo, the line of the log."""
        found = self.cleaned_data
        upload = found["photo"]
        return {
            "shown_on": found["shown_on"],
            "photo": Photo(upload.read(), upload.name or "") if upload else None,
            "line": Line(found["signer"], found["signed_on"], found["place"]),
        }


class Alone(Evidence):
    """An item that is on one channel alone."""

    title = forms.CharField(label="标题", max_length=300)
    link = forms.CharField(label="链接", max_length=500, required=False)
    field_order = ("title", "shown_on", "link", "photo", "signer", "signed_on", "place")


class Ticked(Evidence):
    """The channels on which a document was released, with a link for each that has one."""

    def __init__(self, *given: Any, channels: Sequence[Channel] = (), **more: Any) -> None:
        super().__init__(*given, **more)
        self.channels = channels
        for channel in channels:
            self.fields[f"on_{channel.key}"] = forms.BooleanField(label=channel.name, required=False)
            self.fields[f"link_{channel.key}"] = forms.CharField(
                label=f"{channel.name}：链接", max_length=500, required=False
            )
        ticks = [name for channel in channels for name in (f"on_{channel.key}", f"link_{channel.key}")]
        self.order_fields(["shown_on", *ticks, "photo", "signer", "signed_on", "place"])

    def chosen(self) -> dict[Channel, str]:
        """Return the channels that were ticked, or have a link, each with its link."""
        found = self.cleaned_data
        return {
            channel: found[f"link_{channel.key}"]
            for channel in self.channels
            if found[f"on_{channel.key}"] or found[f"link_{channel.key}"].strip()
        }


class Bring(forms.Form):
    """A list of what was released on a channel."""

    file = forms.FileField(label="清单文件", help_text="网站后台或者公众号后台导出的 XLSX、CSV，第一张工作表。")


class GoodAlone(Seen):
    """Confirming an import of which some rows were refused."""

    good_alone = forms.BooleanField(label="有问题的行这次不登记")


class Period(forms.Form):
    """Over which days, of which agency, and whether with all below it."""

    agency = forms.ChoiceField(label="机关", required=False)
    since = _day("自", required=False)
    until = _day("至", required=False)
    below = forms.BooleanField(label="连同所属机关", required=False)

    def __init__(self, *given: Any, agencies: Sequence[Standing], may_sum: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["agency"].choices = [(one.key, one.name) for one in agencies]  # type: ignore[attr-defined]
        if not may_sum:
            del self.fields["below"]


def year() -> tuple[date, date]:
    """Return the first and the last day of this year."""
    this = timezone.localdate().year
    return date(this, 1, 1), date(this, 12, 31)
