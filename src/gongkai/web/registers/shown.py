"""What is shown of the rows of each register: heads and cells, for the office and for everybody, on pages and in files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.web.agencies.queries import standing
from gongkai.web.registers.masking import shown
from gongkai.web.registers.models import Charge, Decision, Procurement, Row, Rule


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its code in files, its head, what stands in it, and whether it is for the office alone."""

    code: str
    head: str
    cell: Callable[[Any], object]
    office: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its name in addresses, its model, its title, what one row is called, the date that orders it, columns."""

    slug: str
    model: type[Row]
    title: str
    dated: str
    says: str
    columns: tuple[Column, ...]

    def seen(self, *, office: bool) -> tuple[Column, ...]:
        """Return the columns that the office, or everybody, sees."""
        return tuple(column for column in self.columns if office or not column.office)


def _field(model: type[Row], name: str, *, office: bool = False) -> Column:
    field = model._meta.get_field(name)
    label = str(getattr(field, "verbose_name", name))
    if getattr(field, "choices", None):
        return Column(name, label, lambda row: getattr(row, f"get_{name}_display")(), office)
    return Column(name, label, lambda row: getattr(row, name), office)


def _agency(head: str, name: str = "agency") -> Column:
    return Column(name, head, lambda row: standing(getattr(row, name), timezone.localdate()).name)


def validity(rule: Rule) -> str:
    """Return whether a rule is in force today, in the words of the public's pages."""
    today = timezone.localdate()
    if rule.repealed_on is not None and rule.repealed_on <= today:
        return "废止"
    if (rule.lapsed_on is not None and rule.lapsed_on <= today) or (
        rule.expires_on is not None and rule.expires_on < today
    ):
        return "失效"
    return "有效" if rule.effective_on <= today else "尚未施行"


_AMOUNT = Column("amount", "金额（万元）", lambda row: row.amount)
REGISTERS: Mapping[str, Register] = {
    found.slug: found
    for found in (
        Register(
            "documents", Rule, "规章和行政规范性文件", "issued_on", "本机关制发的规章和行政规范性文件，及其施行、失效、废止日期。",
            (
                _field(Rule, "title"), _field(Rule, "number"), _agency("制发机关"), _field(Rule, "kind"),
                _field(Rule, "issued_on"), _field(Rule, "effective_on"), _field(Rule, "expires_on"), _field(Rule, "term"),
                Column("validity", "有效性", validity), _field(Rule, "repealed_on"), _field(Rule, "lapsed_on"),
                _field(Rule, "ended_because"), _field(Rule, "review_number", office=True),
                _field(Rule, "filing_number", office=True), _field(Rule, "publicity", office=True),
            ),
        ),
        Register(
            "decisions", Decision, "行政许可、处罚和强制决定", "decided_on", "行政许可、行政处罚、行政强制决定；公民的姓名作了遮盖。",
            (
                _field(Decision, "number"), _field(Decision, "matter"), _field(Decision, "kind"),
                _agency("作出机关", "in_name_of"), _field(Decision, "decided_on"), _field(Decision, "power"),
                _field(Decision, "subject_kind"), Column("subject", "相对人", shown),
                _field(Decision, "publicity", office=True),
            ),
        ),
        Register(
            "charges", Charge, "行政事业性收费", "month", "各收费项目每月实际收取的金额，单位：万元。",
            (
                _field(Charge, "item"), _agency("收费机关"), _field(Charge, "month"), _AMOUNT, _field(Charge, "basis"),
                _field(Charge, "publicity", office=True),
            ),
        ),
        Register(
            "procurement", Procurement, "政府集中采购", "concluded_on", "政府集中采购项目的成交情况，金额单位：万元。",
            (
                _field(Procurement, "title"), _field(Procurement, "number"), _agency("采购机关"),
                _field(Procurement, "concluded_on"), _field(Procurement, "supplier"), _AMOUNT,
                _field(Procurement, "publicity", office=True),
            ),
        ),
    )
}  # fmt: skip
"""Every register by its name in addresses."""


def register_of(row: Row) -> Register:
    """Return the register that a row is of."""
    return next(found for found in REGISTERS.values() if found.model is type(row))


def written(cell: object) -> str:
    """Return what stands in a cell as text; nothing where there is nothing."""
    return "" if cell is None else str(cell)
