"""Rows about persons, which are shown for a time and then come down by themselves."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gongkai.web.registers.models.row import Row


class Passing(Row):
    """A row about a person: everybody sees it from `shown_from` through `shown_until`, and no longer.

    Before rows of persons are shown, what that does to them is assessed (个人信息保护法 55); `assessed_on` is that day.
    """

    shown_from = models.DateField("公示开始日期")
    shown_until = models.DateField("公示截止日期")
    assessed_on = models.DateField("个人信息保护影响评估日期")

    class Meta:
        abstract = True


def on_show(on: date) -> Q:
    """Which of these rows are shown on a day."""
    return Q(shown_from__lte=on, shown_until__gte=on)


def passing(model: str) -> list[models.BaseConstraint]:
    """What holds of the days of such rows."""
    return [
        models.CheckConstraint(
            condition=Q(shown_until__gte=F("shown_from")), name=f"registers_{model}_shown_in_order"
        ),
        models.CheckConstraint(
            condition=Q(assessed_on__lte=F("shown_from")), name=f"registers_{model}_assessed_before"
        ),
    ]


def passing_index(model: str) -> models.Index:
    """What is on show is found by its last day: so little is open at a time that the rest costs nothing."""
    return models.Index(
        fields=["shown_until", "agency"], condition=Q(publicity="open", struck_at__isnull=True),
        name=f"registers_{model}_on_show",
    )  # fmt: skip
