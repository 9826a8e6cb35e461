"""How a figure is printed in its cell, and what a reader must make of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from gongkai.report.form import Sheet
from tests.generator.made import Printed, Value

_FULL = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_NOT_APPLICABLE = ("-", "/", "—", "－", "--", "——")


@dataclass(frozen=True)
class Habit:
    """How one office fills its tables: how it writes zero, digits, thousands, and how often it adds units or notes."""

    zero: str = "0"
    full_width: bool = False
    thousands: str = ""
    units: float = 0.0
    mixed: float = 0.0


def habit(rng: Random, *, blanks: bool) -> Habit:
    """An office's habit; `blanks` allows cells left empty, for kinds of file that keep positions."""
    zero = rng.choices(
        ("0", "", "-", "/", "—", "无", "零", "０", "－", "--"), (72, 9 if blanks else 0, 4, 4, 3, 2, 1, 3, 1, 1)
    )[0]
    return Habit(
        zero=zero,
        full_width=rng.random() < 0.05,
        thousands=rng.choices(("", ",", "，"), (80, 17, 3))[0],
        units=0.3 if rng.random() < 0.1 else 0.0,
        mixed=0.2 if zero != "0" and rng.random() < 0.4 else 0.0,
    )


def print_all(rng: Random, the_sheet: Sheet, figures: dict[str, Value], way: Habit) -> dict[str, Printed]:
    """Every cell of the sheet as the office prints it."""
    return {cell: print_cell(rng, the_sheet, cell, figures[cell], way) for cell in the_sheet.cells}


def print_cell(rng: Random, the_sheet: Sheet, cell: str, value: Value, way: Habit) -> Printed:
    """One cell: zero as the office writes it, a figure with separators, units and notes as met in real files."""
    unit = the_sheet.columns[cell].unit
    if value == 0:
        return _zero(rng, unit, way)
    text = f"{value:,}".replace(",", way.thousands) if abs(value) >= 1000 else str(value)
    if the_sheet.columns[cell].signed and value > 0 and rng.random() < 0.1:
        text = f"+{text}"
    if cell.startswith("proactive.") and way.units and rng.random() < way.units:
        text, value = _with_unit(rng, text, value, unit, cell)
    if way.full_width:
        text = text.translate(_FULL)
    return Printed(text, value, "number")


def _zero(rng: Random, unit: str, way: Habit) -> Printed:
    zero = "0" if way.mixed and rng.random() < way.mixed else way.zero
    if zero == "":
        return Printed("", None, "blank")
    if zero in _NOT_APPLICABLE:
        return Printed(zero, None, "not_applicable")
    if zero == "0" and unit == "万元" and rng.random() < 0.1:
        zero = rng.choice(("0.00", "0.0000", "0万元"))
    if zero == "0" and way.units and unit == "件" and rng.random() < 0.2:
        zero = "0件"
    if zero == "0" and way.full_width:
        zero = "０"
    return Printed(zero, 0, "zero")


def _with_unit(rng: Random, text: str, value: Value, unit: str, cell: str) -> tuple[str, Value]:
    if unit == "万元":
        if rng.random() < 0.5:
            whole = int(value * 10_000)
            return f"{whole}元", Decimal(whole) / 10_000
        return f"{text}万元", value
    if cell.endswith((".issued", ".in_force", ".made")) and int(value) > 1 and rng.random() < 0.6:
        part = rng.randint(1, int(value) - 1)
        return f"{text}（其中修订{part}件）", value
    return f"{text}件", value
