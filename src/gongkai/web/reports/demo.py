"""The sample reports of the package, as published reports of a platform that is being shown."""

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


def load_samples(by: Actor, keeper: Agency | None = None) -> list[Report]:
    """Upload, read and publish the samples; return those published. What is there already stays as it is.

    `keeper` is the agency that shows them, the one at the top of the tree where none is given. They are reports of
    agencies outside the platform, and published under the names that they print.
    """
    today = timezone.localdate()
    top = agencies.root(today) if keeper is None else None
    keeper = keeper or (top.agency if top else None)
    if keeper is None:
        return []
    samples = resources.files("gongkai.cli").joinpath("samples")
    given = [(file.name, file.read_bytes()) for file in sorted(samples.iterdir(), key=lambda file: file.name)]
    batch = actions.upload(given, keeper=keeper, by=by)
    while tick(effects=EFFECTS).done:
        pass
    return [_published(report, by) for report in batch.reports.exclude(assembled="").order_by("pk")]


def _published(report: Report, by: Actor) -> Report:
    year, scope = report.year or timezone.localdate().year, report.scope
    confirmed = actions.confirm_agency(report, agency=None, year=year, scope=scope, by=by, seen=report.version)
    return actions.publish(confirmed, by=by, seen=confirmed.version)
