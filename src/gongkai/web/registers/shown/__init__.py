"""What is shown of the rows of each register: heads and cells, for the office and for everybody, on pages and in files."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.web.registers.models import Row
from gongkai.web.registers.shown.column import Column, Register
from gongkai.web.registers.shown.figures import FIGURES
from gongkai.web.registers.shown.lists import LISTS

REGISTERS: Mapping[str, Register] = {found.slug: found for found in (*FIGURES, *LISTS)}
"""Every register by its name in addresses."""


def register_of(row: Row) -> Register:
    """Return the register that a row is of."""
    return next(found for found in REGISTERS.values() if found.model is type(row))


def written(cell: object) -> str:
    """Return what stands in a cell as text; nothing where there is nothing."""
    return "" if cell is None else str(cell)


__all__ = ["FIGURES", "LISTS", "REGISTERS", "Column", "Register", "register_of", "written"]
