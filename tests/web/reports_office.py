"""A county with a township below it and another beside it, people in them, and reports uploaded and read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources

from gongkai.web.accounts.models import User
from gongkai.web.agencies.models import Agency, Edge, Member, Name, Tree
from gongkai.web.audit.actor import Actor
from gongkai.web.notices.sweep import tick
from gongkai.web.reports import actions
from gongkai.web.reports.effects_due import EFFECTS
from gongkai.web.reports.models import Report
from tests.web.people import person

SINCE = date(2019, 1, 1)
SAMPLES = {
    file.name: file.read_bytes()
    for file in sorted(resources.files("gongkai.cli").joinpath("samples").iterdir(), key=lambda file: file.name)
}
MADE_UP = "2024-sample.pdf"
"""The sample with mistakes planted in it."""


@dataclass(frozen=True)
class Office:
    county: Agency
    town: Agency
    beside: Agency
    clerk: User
    approver: User
    stranger: User


def _agency(name, kind, level, under=None):
    made = Agency.objects.create(kind=kind, level=level)
    Name.objects.create(agency=made, name=name, since=SINCE)
    if under is not None:
        Edge.objects.create(child=made, parent=under, kind="region", since=SINCE)
    return made


def _person(login, agency, *roles):
    user = person(login)
    for role in roles:
        Member.objects.create(user=user, agency=agency, role=role, since=SINCE)
    return user


def office():
    county = _agency("样例县人民政府", "government", "county")
    Tree.objects.update_or_create(id=1, defaults={"root": county})
    town = _agency("样例县青石镇人民政府", "government", "township", county)
    beside = _agency("样例县白水镇人民政府", "government", "township", county)
    return Office(
        county, town, beside,
        _person("clerk", county, "clerk"), _person("approver", county, "approver"),
        _person("stranger", beside, "clerk", "approver"),
    )  # fmt: skip


def actor(user):
    return Actor("user", user.key)


def sweep():
    """Sweep until nothing is left to read."""
    total = 0
    while done := tick(effects=EFFECTS).done:
        total += done
    return total


def upload(made, *names, given=()):
    """Upload samples by name, and other files as pairs of name and content."""
    files = [(name, SAMPLES[name]) for name in names] + list(given)
    return actions.upload(files, keeper=made.county, by=actor(made.clerk))


def read(made, name=MADE_UP):
    """Upload a sample and have it read."""
    batch = upload(made, name)
    assert sweep() == 1
    return Report.objects.get(batch=batch)


def confirmed(made, report, agency=None):
    return actions.confirm_agency(
        report, agency=agency or made.town, year=report.year, scope=report.scope, by=actor(made.clerk),
        seen=report.version, other_name=True,
    )  # fmt: skip


def published(made, report):
    return actions.publish(report, by=actor(made.approver), seen=report.version)
