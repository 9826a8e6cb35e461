"""Filters for the parts of pages that every app uses (templates `parts/`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()

STATE_ICONS = {
    "ok": "check-circle",
    "soon": "clock-fill",
    "due": "alarm-fill",
    "overdue": "exclamation-circle-fill",
    "wrong": "exclamation-circle-fill",
    "doubt": "exclamation-triangle-fill",
    "paused": "pause-circle-fill",
    "done": "check-circle-fill",
}


@register.filter
def state_icon(state: str) -> str:
    """Return the icon of a badge's state."""
    return STATE_ICONS[state]


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """Return the numbers to link from a page: the first, those near, the last, with … where some are left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else "…" for number in shown]


@register.filter
def beside(heads: Sequence[str], cells: Iterable[Any]) -> list[tuple[str, Any]]:
    """Return every cell of a row with the head of its column."""
    return list(zip(heads, cells, strict=True))
