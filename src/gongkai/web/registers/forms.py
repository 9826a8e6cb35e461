"""What people type to change a row or to bring many; what it means and whether it may be is the actions' matter."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.web.agencies.queries import Standing
from gongkai.web.registers.models.words import OVERTURNINGS

DAY = {"type": "date"}


class Seen(forms.Form):
    """Every change says which version of the row it was made upon."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class Reason(Seen):
    """Why a row is struck or taken from publication."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class Ended(Seen):
    """From which day on a document is no longer in force, and by what."""

    on = forms.DateField(label="自哪一天起不再有效", widget=forms.DateInput(attrs=DAY))
    because = forms.CharField(label="依据", max_length=500, help_text="写明废止或者宣布失效的文件名称和文号。")


class Overturned(Seen):
    """How, when and why a decision was overturned."""

    how = forms.ChoiceField(label="方式", choices=[("", "请选择"), *OVERTURNINGS])
    on = forms.DateField(label="日期", widget=forms.DateInput(attrs=DAY))
    because = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class Bring(forms.Form):
    """A sheet of rows, and for which agency."""

    keeper = forms.ChoiceField(label="登记机关")
    file = forms.FileField(label="表格文件", help_text="XLSX 或者 CSV，第一张工作表。")

    def __init__(self, *given: Any, keepers: list[Standing], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["keeper"].choices = [(one.key, one.name) for one in keepers]  # type: ignore[attr-defined]


class GoodAlone(Seen):
    """Confirming an import of which some rows were refused."""

    good_alone = forms.BooleanField(label="有问题的行这次不登记，改正后另行上传")
