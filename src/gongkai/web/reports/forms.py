"""What people type about reports; what it means and whether it may be is the actions' matter."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.web.agencies.queries import Standing
from gongkai.web.reports.models import READINGS, REASONS, SCOPES, STATES

OUTSIDE = "outside"
_ANY = ("", "全部")


class Seen(forms.Form):
    """Every change says which version of the report it was made upon."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class Filters(forms.Form):
    """Looking for reports."""

    words = forms.CharField(label="名称或文件名", required=False, max_length=60)
    year = forms.IntegerField(label="年度", required=False, min_value=2008, max_value=2100)
    state = forms.ChoiceField(label="发布状态", required=False, choices=[_ANY, *STATES])
    reading = forms.ChoiceField(label="读取状态", required=False, choices=[_ANY, *READINGS])


class Confirm(Seen):
    """Whose report it is, for which year and scope."""

    agency = forms.ChoiceField(label="报告机关", help_text="报告上印的名称与机关名录中的哪个机关一致，由您确认。")
    year = forms.IntegerField(label="年度", min_value=2008, max_value=2100)
    scope = forms.ChoiceField(label="统计范围", choices=SCOPES)
    other_name = forms.BooleanField(required=False)

    def __init__(self, *args: Any, candidates: list[Standing], printed: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        # Asked for only where somebody else's report is about to be confirmed.
        if not printed:
            del self.fields["other_name"]
        else:
            self.fields["other_name"].label = f"报告写的是“{printed}”，仍要归到上面选的机关"
        choices = [(one.key, one.name) for one in candidates]
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "请选择"), *choices, (OUTSIDE, "不是本系统内的机关")]


class Correct(Seen):
    """What the file prints in a cell."""

    cell = forms.CharField(widget=forms.HiddenInput, max_length=80)
    value = forms.CharField(
        label="原文印的数", required=False, max_length=40, help_text="照原文填写；原文没有数的，留空。"
    )
    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class Waive(Seen):
    """Why a finding needs no correction."""

    finding = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="说明", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class Withdraw(Seen):
    """Which waiver is taken back."""

    waiver = forms.CharField(widget=forms.HiddenInput, max_length=20)


class Unpublish(Seen):
    """Why a report is taken back."""

    reason = forms.CharField(label="撤下理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class Discard(Seen):
    """Why a draft is deleted, and that it is meant so."""

    reason = forms.ChoiceField(label="删除理由", choices=[("", "请选择"), *REASONS])
    sure = forms.BooleanField(label="确定删除，删除后不能恢复", required=True)


class Upload(forms.Form):
    """For which agency files are uploaded; the files themselves are taken from the request, for there may be many."""

    keeper = forms.ChoiceField(label="上传机关")

    def __init__(self, *args: Any, keepers: list[Standing], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["keeper"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(one.key, one.name) for one in keepers]


class Compare(forms.Form):
    """Two reports to put side by side."""

    first = forms.CharField(label="第一份", max_length=20)
    second = forms.CharField(label="第二份", max_length=20)
