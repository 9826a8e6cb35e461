"""What people type about an office's catalogue; what it means and whether it may be is the actions' matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.models import fields_for_model

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import Standing
from gongkai.web.publications.duties import queries
from gongkai.web.publications.duties.given import FIELDS, fields_of
from gongkai.web.publications.duties.words import CATALOGUES, CHANNELS, STANDARD
from gongkai.web.publications.forms import ItemReason, Reason, Seen
from gongkai.web.publications.models import Duty
from gongkai.web.publications.models.duty import joined
from gongkai.web.publications.models.words import Choices

__all__ = ["Adopt", "Bind", "Filters", "ItemReason", "Reason", "Seen", "item"]
_DAY = {"type": "date"}
_CHOOSE = ("", "请选择")
_PART = "."
_HELP = {
    "first": "例如：低保。",
    "second": "例如：低保对象名单。没有二级事项的不填。",
    "content": "公开的要素，例如：对象姓名、保障金额、监督电话。",
    "basis": "法律、法规、规章或者文件的名称、文号和条款。",
    "discloser": "负责公开的机关，或者本机关的内设机构。",
    "group": "公开对象是特定群体的，写明是哪些人。",
    "timing": "每月、每季度的，一期要有一份文件；随时产生的，从成文日期起算。",
    "law": "随时产生的信息适用哪一种法定期限。",
    "days": "随时产生的：本机关承诺的工作日，比法定期限短的才起作用，当天公开填 0。每月、每季度、每年的：期满以后再给几天。",
    "deadline": "每年固定日期以前公开的填月和日，例如 01-31。",
    "months": "长期公开的：几个月核对一次。不填的按本地设置。",
    "since": "从这一天起要求公开；填早一些，以前各期也列出来。",
}


class Adopt(forms.Form):
    """Which fields of a catalogue of the law an agency takes over."""

    keeper = forms.ChoiceField(label="机关")
    proactive = forms.MultipleChoiceField(
        label="《条例》规定的主动公开事项", required=False, widget=forms.CheckboxSelectMultiple
    )
    standard = forms.MultipleChoiceField(
        label="基层政务公开标准目录的领域", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="只选本机关有职责的领域。引入以后，再按标准目录补充二级事项和要素。",
    )  # fmt: skip

    def __init__(self, *given: Any, keepers: Sequence[Standing], agency: Agency | None, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["keeper"].choices = [(one.key, one.name) for one in keepers]  # type: ignore[attr-defined]
        known = agency or (keepers[0].agency if keepers else Agency(level=""))
        for name, catalogue in (("proactive", "proactive"), ("standard", STANDARD)):
            items = fields_of(known, catalogue)
            self.fields[name].choices = [(item.id, item.label) for item in items]  # type: ignore[attr-defined]
            self.initial.setdefault(name, [item.id for item in items] if name == "proactive" else [])


class Filters(forms.Form):
    """Looking for items."""

    words = forms.CharField(label="事项或者内容", required=False, max_length=60)
    state = forms.ChoiceField(label="完成情况", required=False)
    field = forms.ChoiceField(label="领域", required=False)
    agency = forms.ChoiceField(label="机关", required=False)

    def __init__(
        self, *given: Any, held: Iterable[tuple[str, str]], agencies: Iterable[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*given, **more)
        everything = ("", "全部")
        states = [*queries.STATE_WORDS.items(), ("retired", "已停用")]
        for name, choices in (("state", states), ("field", held), ("agency", agencies)):
            self.fields[name].choices = [everything, *choices]  # type: ignore[attr-defined]


class Bind(forms.Form):
    """Which document fulfils an item, and for which period."""

    document = forms.ChoiceField(label="文件")
    period = forms.TypedChoiceField(label="属于哪一期", coerce=date.fromisoformat)

    def __init__(
        self, *given: Any, documents: Choices, periods: Sequence[tuple[str, str]] | None, **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.fields["document"].choices = [_CHOOSE, *documents]  # type: ignore[attr-defined]
        if periods is None:
            del self.fields["period"]
        else:
            self.fields["period"].choices = periods  # type: ignore[attr-defined]


class Item(forms.Form):
    """What an item of the catalogue says; `values` are what the actions take."""

    def values(self) -> dict[str, Any]:
        """Return what was typed under the names of the fields."""
        found = {name: value for name, value in self.cleaned_data.items() if name in FIELDS}
        found["catalogue"], _, found["field"] = self.cleaned_data["place"].partition(_PART)
        found["channels"] = joined(self.cleaned_data["channels"])
        return found


def item(
    agency: Agency | None, data: Any = None, *, held: Duty | None = None, keepers: Sequence[Standing] = ()
) -> Item:
    """Return the form of an item, filled with one where it is changed; a new one asks for which agency it is."""
    made: dict[str, Any] = {}
    if keepers:
        made["keeper"] = forms.ChoiceField(label="机关", choices=[(one.key, one.name) for one in keepers])
    places = [
        (f"{catalogue}{_PART}{one.id}", f"{label}：{one.label}")
        for catalogue, label in CATALOGUES[:-1]
        for one in fields_of(agency or Agency(level=""), catalogue)
    ]
    made["place"] = forms.ChoiceField(label="领域", choices=[_CHOOSE, *places, (f"own{_PART}", CATALOGUES[-1][1])])
    made |= dict(fields_for_model(Duty, fields=[name for name in FIELDS if name not in ("catalogue", "field")]) or {})
    for name in ("content", "basis"):
        made[name].widget = forms.Textarea(attrs={"rows": 3})
    made["channels"] = forms.MultipleChoiceField(
        label=made["channels"].label, choices=CHANNELS, required=False, widget=forms.CheckboxSelectMultiple
    )
    made["since"].widget = forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    for name, says in _HELP.items():
        made[name].help_text = says
    initial: dict[str, Any] = {"channels": ["website"], "since": None}
    if held is not None:
        made["seen"] = forms.IntegerField(widget=forms.HiddenInput)
        initial = {name: getattr(held, name) for name in FIELDS}
        initial |= {
            "seen": held.version,
            "channels": held.channel_list,
            "place": f"{held.catalogue}{_PART}{held.field}",
        }
    form: Item = type("ItemForm", (Item,), made)(data, initial=initial)
    return form


def bind(duty: Duty, data: Any = None) -> Bind:
    """Return the form by which a document is bound to an item."""
    documents = tuple((one.key, f"{one.title}（{one.get_state_display()}）") for one in queries.bindable(duty)[:200])
    return Bind(
        data, documents=documents, periods=queries.periods(duty) if duty.periodic else None, auto_id="bind_%s"
    )
