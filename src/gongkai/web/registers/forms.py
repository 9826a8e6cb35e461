"""What people type about rows of a register; what it means and whether it may be is the actions' matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai.report.write.wording import error_sentence
from gongkai.web.agencies.models import Name
from gongkai.web.agencies.queries import Standing, held
from gongkai.web.registers.given import FIELDS, SHOWN, yuan
from gongkai.web.registers.models import Row
from gongkai.web.registers.models.words import OVERTURNINGS, Choices

_DAY = {"type": "date"}
_HELP = {
    "term": "例如：有效期五年。",
    "month": "填这个月里的任何一天。",
    "matter": "公开的记录里，事项不要写公民的姓名、住址等个人信息。",
    "subject": "公民的姓名对外只显示姓氏。",
    "withheld_by": "依法不公开的，写明依据哪部法律、法规的哪一条。",
}


class Seen(forms.Form):
    """Every change says which version of the row it was made upon."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class Reason(Seen):
    """Why a row is struck or taken from publication."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class Ended(Seen):
    """From which day on a document is no longer in force, and by what."""

    on = forms.DateField(label="自哪一天起不再有效", widget=forms.DateInput(attrs=_DAY))
    because = forms.CharField(label="依据", max_length=500, help_text="写明废止或者宣布失效的文件名称和文号。")


class Overturned(Seen):
    """How, when and why a decision was overturned."""

    how = forms.ChoiceField(label="方式", choices=[("", "请选择"), *OVERTURNINGS])
    on = forms.DateField(label="日期", widget=forms.DateInput(attrs=_DAY))
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


class Filters(forms.Form):
    """Looking for rows."""

    words = forms.CharField(label="名称或编号", required=False, max_length=60)
    year = forms.IntegerField(label="年度", required=False, min_value=1949, max_value=2100)


class Given(forms.Form):
    """The values of a row; `values` are what the actions take."""

    def values(self) -> dict[str, Any]:
        """Return what was typed under the names of the register's fields."""
        given = {name: value for name, value in self.cleaned_data.items() if name in self.taken}
        if "amount" in self.cleaned_data:
            given["yuan"] = self.cleaned_data["amount"]
        if "entrusting" in self.cleaned_data:
            given["in_name_of"] = self.cleaned_data["entrusting"]
        return given

    taken: frozenset[str] = frozenset()

    def clean_amount(self) -> int:
        """An amount in 万元 as whole 元."""
        try:
            return yuan(self.cleaned_data["amount"])
        except GongkaiError as error:
            raise forms.ValidationError(error_sentence(error, "zh")) from None

    def clean_entrusting(self) -> object:
        """An agency by the name that it has today."""
        called = self.cleaned_data["entrusting"].strip()
        if not called:
            return None
        found = list(Name.objects.filter(held(timezone.localdate()), name=called).select_related("agency")[:2])
        if len(found) != 1:
            raise forms.ValidationError("机关名录里没有这个名称，或者有几个同名的机关。请照名录填写全称。")
        return found[0].agency


def given_form(register: type[Row], data: Any = None, *, row: Row | None = None, **more: Any) -> Given:
    """Return the form of a register's row, filled with a row where one is corrected."""
    names = [name for name in (*FIELDS[register], *SHOWN) if name not in ("yuan", "in_name_of")]
    made: dict[str, forms.Field] = dict(fields_for_model(register, fields=names) or {})
    for name, field in made.items():
        field.help_text = _HELP.get(name, "")
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
        if isinstance(field, forms.ChoiceField):
            known: Choices = getattr(register._meta.get_field(name), "choices", None) or ()
            codes = [(code, says) for code, says in known if code != "withdrawn"]
            field.choices = [("", "请选择"), *codes]
    if "yuan" in FIELDS[register]:
        made["amount"] = forms.CharField(label="金额（万元）", max_length=30, help_text="最多四位小数。")
    if "in_name_of" in FIELDS[register]:
        made["entrusting"] = forms.CharField(
            label="委托机关", max_length=120, required=False, help_text="职权来源是“受委托”的，填委托机关的全称。"
        )
    kind = type("RowForm", (Given,), {**made, "taken": frozenset(names)})
    form: Given = kind(data, initial=_initial(row, names) if row else None, **more)
    if row is not None:
        form.fields["reason"] = forms.CharField(label="更正理由", max_length=500)
        form.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=row.version)
        if row.publicity == "withdrawn":
            del form.fields["publicity"], form.fields["withheld_by"]
    return form


def with_keepers(form: Given, keepers: list[Standing]) -> Given:
    """Let a form ask for which agency the row is entered."""
    choices = [(one.key, one.name) for one in keepers]
    form.fields = {"keeper": forms.ChoiceField(label="登记机关", choices=choices), **form.fields}
    return form


def _initial(row: Row, names: list[str]) -> Mapping[str, Any]:
    found = {name: getattr(row, name) for name in names}
    if hasattr(row, "amount"):
        found["amount"] = row.amount
    if getattr(row, "power", "") == "entrusted":
        found["entrusting"] = str(row.in_name_of)  # type: ignore[attr-defined]
    return found
