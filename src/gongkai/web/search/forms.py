"""What somebody looks for, and by what it is narrowed down."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.web.search.sources import SOURCES, VALIDITIES
from gongkai.web.search.words import LONGEST


class Asked(forms.Form):
    """Words, and a choice among the kinds, agencies and years of what was found."""

    q = forms.CharField(
        label="检索词", required=False, max_length=LONGEST, widget=forms.TextInput({"type": "search"})
    )
    kind = forms.ChoiceField(label="类型", required=False)
    agency = forms.ChoiceField(label="机关", required=False)
    column = forms.ChoiceField(label="栏目", required=False)
    year = forms.ChoiceField(label="年份", required=False)
    validity = forms.ChoiceField(label="有效性", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", [(one.code, one.label) for one in SOURCES])
        self.offer("validity", [(one, one) for one in VALIDITIES])
        for name in ("agency", "column", "year"):
            given = str(self.data.get(name, ""))[:LONGEST]
            self.offer(name, [(given, given)] if given else [])

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set the choices of a field, all of them first."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
        field.choices = [("", "全部"), *choices]
