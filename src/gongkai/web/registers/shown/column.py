"""A column of what is shown of a register, a register as pages and files need it, and how columns are made of fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.queries import standing
from gongkai.web.publications.models.words import SHOWN as RELEASED
from gongkai.web.registers.declared import DECLARED
from gongkai.web.registers.declared.declaration import TYPED_AS
from gongkai.web.registers.declared.fields import head_of, kind_of
from gongkai.web.registers.masking import masked
from gongkai.web.registers.models import AmountField, Row

Type = Literal["string", "date", "integer", "number"]
"""What stands in a column, by the names of JSON Schema; a date is a string like 2026-01-05."""
_TYPES: Mapping[str, Type] = {"day": "date", "month": "date", "amount": "number", "count": "integer"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its code in files, its head, what stands in it, and whether it is for the office alone.

    `says` describes it, `unit` is that of an amount. `leads` gives the address of what the cell names.
    """

    code: str
    head: str
    cell: Callable[[Any], object]
    office: bool = False
    type: Type = "string"
    unit: str = ""
    says: str = ""
    leads: Callable[[Any], str] | None = None

    def described(self) -> dict[str, str]:
        """Return what the column means, for whoever reads the file without the page."""
        found = {"title": self.head, "type": self.type, "unit": self.unit, "description": self.says}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its name in addresses, its model, its title, the date that orders it, what it holds, columns.

    `listed` are the codes of the columns of a list, the first ones where there are none. `hides` are fields of persons,
    shown masked, whose whole the office reads on the row's page. `lacks` says what is amiss with a row, and `lacking` asks
    the database for such rows; both are for the office. `whose` is the field by which rows are an agency's.
    """

    slug: str
    model: type[Row]
    title: str
    dated: str
    says: str
    columns: tuple[Column, ...]
    icon: str = "journal-text"
    listed: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    lacks: Callable[[Any], str] | None = None
    lacking: Callable[[], Q] | None = None
    lacking_says: str = ""
    whose: str = "agency"
    linked: tuple[str, ...] = ("agency",)

    def seen(self, *, office: bool) -> tuple[Column, ...]:
        """Return the columns that the office, or everybody, sees."""
        return tuple(column for column in self.columns if office or not column.office)


def of_field(model: type[Row], name: str, *, office: bool = False, head: str = "", mask: bool = False) -> Column:
    """Return the column of a field, as its kind asks for."""
    of: Any = model._meta.get_field(name)
    kind, says = kind_of(of), DECLARED[model].help.get(TYPED_AS.get(name, name), "")
    shown, unit = head or str(of.verbose_name), ""
    leads: Callable[[Any], str] | None = None
    cell: Callable[[Any], object] = lambda row: getattr(row, name)  # noqa: E731 - others take its place
    if of.choices:
        cell = lambda row: getattr(row, f"get_{name}_display")()  # noqa: E731
        says = f"取值：{'、'.join(said for _, said in of.choices)}"
    elif isinstance(of, AmountField):
        shown, unit = head or head_of(of), of.unit
        says = says or f"单位：{of.unit}"
        cell = lambda row: _told(of, getattr(row, name))  # noqa: E731
    elif kind == "document":
        cell, leads = (lambda row: _document(getattr(row, name))), lambda row: _address(getattr(row, name))
    elif mask:
        cell, says = (lambda row: masked(getattr(row, name))), "只显示姓氏"
    return Column(name, shown, cell, office, _TYPES.get(kind, "string"), unit, says, leads)


def of_agency(head: str, name: str = "agency") -> Column:
    """Return the column of an agency under its name of today."""
    return Column(
        name, head, lambda row: standing(getattr(row, name), timezone.localdate()).name, says="机关现在的名称"
    )


def _told(field: AmountField, value: int | None) -> object:
    return None if value is None else field.told(value)


def _document(document: Any) -> str:
    """A document as everybody may know of it; of one that was withdrawn, nothing."""
    return f"{document.title}（{document.index_number}）" if document and document.state in RELEASED else ""


def _address(document: Any) -> str:
    released = document and document.state in RELEASED
    return reverse("publications:public_one", args=[document.key]) if released else ""
