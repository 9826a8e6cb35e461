"""Looking for rows of a register: words, year, agency, and the kinds that the register has."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import named
from gongkai.web.registers.declared import DECLARED
from gongkai.web.registers.models import Row
from gongkai.web.registers.shown import Register

_MOST_AGENCIES = 300
"""Agencies to choose from; where there are more, they are found by the directory."""


class Filters(forms.Form):
    """Looking for rows; what a register has no use for is not asked."""

    words = forms.CharField(label="名称或编号", required=False, max_length=60)
    year = forms.IntegerField(label="年度", required=False, min_value=1949, max_value=2100)

    def __init__(self, of: Register, data: Any, rows: QuerySet[Row], *, office: bool) -> None:
        super().__init__(data)
        self.of, declared = of, DECLARED[of.model]
        if not declared.searched:
            del self.fields["words"]
        if agencies := _keepers(of, rows, str(data.get("agency", ""))):
            choices = [("", "全部"), *agencies]
            self.fields["agency"] = forms.ChoiceField(label="机关", required=False, choices=choices)
        for name in declared.facets:
            field: Any = of.model._meta.get_field(name)
            choices = [("", "全部"), *field.choices]
            self.fields[name] = forms.ChoiceField(label=field.verbose_name, required=False, choices=choices)
        if office and of.lacking is not None:
            self.fields["lacking"] = forms.BooleanField(label=of.lacking_says, required=False)

    def applied(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that fit, the latest first; what cannot be asked is not asked."""
        self.is_valid()
        wanted = getattr(self, "cleaned_data", {})
        declared, found = DECLARED[self.of.model], Q()
        if words := wanted.get("words"):
            fitting = Q()
            for name in declared.searched:
                fitting |= Q(**{f"{name}__icontains": words})
            found &= fitting
        if year := wanted.get("year"):
            dated = "year" if "year" in declared.fields else f"{self.of.dated}__year"
            found &= Q(**{dated: year})
        if agency := wanted.get("agency"):
            found &= Q(**{f"{self.of.whose}__key": agency})
        for name in declared.facets:
            if chosen := wanted.get(name):
                found &= Q(**{name: chosen})
        if wanted.get("lacking") and self.of.lacking is not None:
            found &= self.of.lacking()
        return rows.filter(found).order_by(f"-{self.of.dated}", "-pk")


def _keepers(of: Register, rows: QuerySet[Row], asked: str) -> list[tuple[str, str]]:
    """The agencies of which there are rows, by their names of today, where there is more than one to choose from."""
    kept = Agency.objects.filter(Exists(rows.filter(**{of.whose: OuterRef("pk")}).order_by()))
    found = [(one.agency.key, one.name) for one in named(kept, timezone.localdate())[:_MOST_AGENCIES]]
    return found if len(found) > 1 or asked else []
