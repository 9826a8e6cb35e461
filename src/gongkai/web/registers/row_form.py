"""The form of a register's row, made of what the register declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai.report.write.wording import error_sentence
from gongkai.web.agencies.models import Agency, Name
from gongkai.web.agencies.queries import Standing, held
from gongkai.web.registers.amiss import elements
from gongkai.web.registers.declared import DECLARED
from gongkai.web.registers.declared.declaration import SHOWN, TYPED_AS
from gongkai.web.registers.declared.fields import choices_of, head_of, hint_of, kind_of, said_of
from gongkai.web.registers.forms import DAY
from gongkai.web.registers.given import amount, document
from gongkai.web.registers.models import AmountField, Row, Service

_LONG = 300
"""Words longer than this are typed into a field of several lines."""
_LONGEST_NAME = 120


class Given(forms.Form):
    """The values of a row; `values` are what the actions take."""

    typed_as: Mapping[str, str] = {}
    """Which field of the register each field of the form fills."""

    def values(self) -> dict[str, Any]:
        """Return what was typed under the names of the register's fields."""
        return {name: self.cleaned_data[code] for code, name in self.typed_as.items() if code in self.cleaned_data}


class Meant(forms.CharField):
    """Words that stand for something else: an amount, an agency, a document. `means` finds it, `said` writes it again."""

    def __init__(self, *, means: Callable[[str], Any], said: Callable[[Any], str], **more: Any) -> None:
        super().__init__(**more)
        self.means, self.said = means, said

    def clean(self, value: Any) -> Any:
        """Return what the words mean, None where there are none."""
        words = super().clean(value)
        try:
            return self.means(words) if words else None
        except GongkaiError as error:
            raise forms.ValidationError(error_sentence(error, "zh")) from None

    def prepare_value(self, value: Any) -> Any:
        """Return what is there already in the words that are typed for it."""
        return value if value is None or isinstance(value, str) else self.said(value)


def given_form(register: type[Row], data: Any = None, *, row: Row | None = None, **more: Any) -> Given:
    """Return the form of a register's row, filled with a row where one is corrected."""
    names = {TYPED_AS.get(name, name): name for name in (*DECLARED[register].fields, *SHOWN)}
    made = {code: _field(register, name) for code, name in names.items()}
    kind = type("RowForm", (Given,), {**made, "typed_as": names})
    initial = {code: getattr(row, name) for code, name in names.items()} if row else None
    if row is not None and initial and getattr(row, "power", "") != "entrusted":
        initial.pop("entrusting", None)
    form: Given = kind(data, initial=initial, **more)
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


def _field(register: type[Row], name: str) -> forms.Field:
    of: Any = register._meta.get_field(name)
    kind, hint = kind_of(of), _hint(register, of)
    if isinstance(of, AmountField):
        return Meant(
            label=head_of(of), required=not of.blank, max_length=30, help_text=hint,
            means=lambda words: amount(of, words), said=lambda value: str(of.told(value)),
        )  # fmt: skip
    if kind == "agency":
        return Meant(
            label=head_of(of), required=False, max_length=_LONGEST_NAME, means=_agency, said=str,
            help_text="职权来源是“受委托”的，填委托机关的全称。",
        )  # fmt: skip
    if kind == "document":
        return Meant(
            label=f"{head_of(of)}的索引号", required=not of.blank, max_length=60, help_text=hint, means=document,
            said=lambda value: str(value.index_number or ""),
        )  # fmt: skip
    made: forms.Field = (fields_for_model(register, fields=[name]) or {})[name]
    made.help_text = hint
    if isinstance(made, forms.DateField):
        made.widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    if isinstance(made, forms.ChoiceField):
        made.choices = [("", "请选择"), *choices_of(of.choices or ())]
    if (of.max_length or 0) > _LONG and kind == "text":
        made.widget = forms.Textarea(attrs={"rows": 3, "maxlength": of.max_length})
    return made


def _hint(register: type[Row], of: Any) -> str:
    """What is said under a field; of a service guide, also that it is one of the key elements."""
    said = said_of(DECLARED[register], of)
    if isinstance(of, AmountField):
        said = said or f"{hint_of(DECLARED[register], of)}。"
    if of.name == "month":
        said = "填这个月里的任何一天。"
    if register is Service and any(of.name in fields for _, fields in elements().values()):
        said = f"必备要素，可以先登记、后补齐。{said}"
    return said


def _agency(called: str) -> Agency:
    """An agency by the name that it has today."""
    found = list(Name.objects.filter(held(timezone.localdate()), name=called).select_related("agency")[:2])
    if len(found) != 1:
        raise forms.ValidationError("机关名录里没有这个名称，或者有几个同名的机关。请照名录填写全称。")
    return found[0].agency
