"""Amounts as the database keeps them: whole 元, or whole 分, so that no engine rounds them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models

WAN, FEN = 10_000, 100
"""How many 元 are one 万元, how many 分 one 元. Whole 元 are 万元 with four decimals, whole 分 are 元 with two."""
_WAN_PLACES, _YUAN_PLACES = Decimal("0.0001"), Decimal("0.01")


class AmountField(models.BigIntegerField):  # type: ignore[type-arg]
    """An amount of money. People read and write it in `unit`; the table holds a whole number, `parts` of which are one unit."""

    parts, unit, places = WAN, "万元", _WAN_PLACES

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """For the database it is a whole number like any other."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BigIntegerField", args, kwargs

    def told(self, value: int) -> Decimal:
        """Return an amount in its unit, with all its decimals."""
        return (Decimal(value) / self.parts).quantize(self.places)


class YuanField(AmountField):
    """Whole 元, read and written in 万元 with four decimals."""


class FenField(AmountField):
    """Whole 分, read and written in 元 with two decimals."""

    parts, unit, places = FEN, "元", _YUAN_PLACES


def ten_thousands(yuan: int) -> Decimal:
    """Return an amount of whole 元 in 万元, with four decimals."""
    return (Decimal(yuan) / WAN).quantize(_WAN_PLACES)
