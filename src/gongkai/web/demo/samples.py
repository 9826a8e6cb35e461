"""The sample reports of the package, with the real figures of five towns, as published reports of agencies outside the platform."""

from __future__ import annotations

from importlib import resources

from django.utils import timezone

from gongkai.web.agencies import queries as agencies
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.notices.sweep import tick
from gongkai.web.reports import actions
from gongkai.web.reports.effects_due import EFFECTS
from gongkai.web.reports.models import Report


def load_samples(by: Actor, keeper: Agency | None = None, approver: Actor | None = None) -> list[Report]:
    """Upload, read and publish those samples that are not there yet; return what was published now.

    `keeper` is the agency that shows them, the one at the top of the tree where none is given; `approver` publishes them
    where `by` only prepares. They are published under the names that they print.
    """
    top = agencies.root(timezone.localdate()) if keeper is None else None
    keeper = keeper or (top.agency if top else None)
    if keeper is None:
        return []
    samples = resources.files("gongkai.cli").joinpath("samples")
    given = {file.name: file for file in sorted(samples.iterdir(), key=lambda file: file.name)}
    mine = Report.objects.filter(keeper=keeper, readings__file__name__in=given)
    known = set(mine.values_list("readings__file__name", flat=True))
    missing = [(name, file.read_bytes()) for name, file in given.items() if name not in known]
    if missing:
        actions.upload(missing, keeper=keeper, by=by)
    while tick(effects=EFFECTS).done:
        pass
    waiting = mine.filter(state="draft").exclude(assembled="").order_by("pk")
    return [_published(report, by, approver or by) for report in waiting]


def _published(report: Report, by: Actor, approver: Actor) -> Report:
    year, scope = report.year or timezone.localdate().year, report.scope
    confirmed = actions.confirm_agency(report, agency=None, year=year, scope=scope, by=by, seen=report.version)
    return actions.publish(confirmed, by=approver, seen=confirmed.version)
