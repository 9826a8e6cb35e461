"""A comparison as JSON objects and as words: what corresponds how, what differs, which text is the same."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from gongkai import messages
from gongkai.messages import Language
from gongkai.report.compare import CellChange, Comparison
from gongkai.report.likeness import Likeness
from gongkai.report.model import Report
from gongkai.report.write.json import Json
from gongkai.report.write.layout import NUMERALS
from gongkai.report.write.wording import cell_name, figure

PLACES = Decimal("0.0001")


def comparison_object(of: Comparison) -> Json:
    """The comparison for JSON; shares and ratios are fractions of one with four decimals."""
    return {
        "schema": 1,
        "first": _report(of.first),
        "second": _report(of.second),
        "corresponding": {how: of.count(how) for how in ("same", "sum", "none")},
        "cells": [_cell(change) for change in of.cells],
        "text": {"whole": _likeness(of.whole), "sections": {n: _likeness(text) for n, text in of.text.items()}},
    }


def change_name(of: Comparison, change: CellChange) -> str:
    """What the cells are called, by the side that has one cell for it."""
    if change.first and (len(change.first) == 1 or not change.second):
        return cell_name(of.first.sheet, change.first[0])
    return cell_name(of.second.sheet, change.second[0])


def signed(change: CellChange) -> str:
    """The difference with its sign, a dash where there is none."""
    if change.difference is None:
        return "—"
    return f"{'+' if change.difference > 0 else ''}{figure(change.difference)}"


def percent(share: Decimal | float | None, *, sign: bool = False) -> str:
    """A share as a percentage with one decimal, a dash where there is none."""
    if share is None:
        return "—"
    return f"{Decimal(share) * 100:{'+' if sign else ''}.1f}%"


def section_name(number: str, language: Language | None = None) -> str:
    """A section by its number as the language writes it, the whole text by its word."""
    if number == "whole":
        return messages.text("write.compare.whole", language)
    numeral = NUMERALS[int(number)] if (language or messages.default_language()) == "zh" else number
    return messages.text("write.compare.section_number", language, numeral=numeral)


def _report(report: Report) -> Json:
    return {
        "path": report.path,
        "agency": report.agency,
        "year": report.year,
        "scope": report.scope,
        "form": report.form,
    }


def _cell(change: CellChange) -> Json:
    return {
        "first": list(change.first),
        "second": list(change.second),
        "how": change.how,
        "values": [change.first_value, change.second_value],
        "kinds": list(change.kinds),
        "difference": change.difference,
        "ratio": None if change.ratio is None else _rounded(change.ratio),
    }


def _likeness(text: Likeness) -> Json:
    return {
        "lengths": [text.first_length, text.second_length],
        "shares": [_rounded(text.first_share), _rounded(text.second_share)],
        "passages": [
            {"length": len(passage.text), "text": passage.text, "offsets": [passage.first, passage.second]}
            for passage in text.passages
        ],
    }


def _rounded(share: Decimal | float) -> Decimal:
    return Decimal(share).quantize(PLACES, ROUND_HALF_UP)
