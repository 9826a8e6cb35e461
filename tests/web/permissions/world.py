"""A world for the permissions: agencies around one county, people of every kind, and a record of every kind.

The agency at hand is the county: `parent` is the city above it, `sibling` the county beside it, `child` the township below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from django.utils import timezone

from gongkai.documents.source import Source
from gongkai.report.check import check
from gongkai.report.reading import read_report
from gongkai.report.write.json import report_line
from gongkai.web.accounts import actions as accounts
from gongkai.web.accounts import invitations
from gongkai.web.accounts.models import User
from gongkai.web.agencies import actions as agencies
from gongkai.web.agencies.exchange.lines import exported
from gongkai.web.agencies.exchange.sheet import write
from gongkai.web.agencies.models import Agency, Edge, FeeAccount, Guide, LocalChoice, Member, Name, Site, Tree
from gongkai.web.audit.actor import CONSOLE, Actor
from gongkai.web.demo.county import made_up_code
from gongkai.web.notices.actions import mail, notify
from gongkai.web.publications import actions as publications
from gongkai.web.reports import actions as reports
from gongkai.web.reports.frozen import freeze
from gongkai.web.reports.models import Reading, Report
from gongkai.web.reports.reading import Outcome
from tests.web import publications_office
from tests.web.people import person
from tests.web.registers_office import imported, rows
from tests.web.reports_office import MADE_UP, SAMPLES

SINCE = date(2015, 1, 1)
ROLES = ("clerk", "reviewer", "secrecy_reviewer", "approver", "head", "supervisor", "reader")
AROUND = ("own", "sibling", "parent", "child")
ABOVE = frozenset({"parent", "top", "office", "city_office"})
"""Where a supervisor stands above the county: the city, the government at the top, and the offices in charge."""


@dataclass(frozen=True)
class Who:
    """A person and what is true of the person: `held` are the roles of today, each with the place where it is held."""

    label: str
    user: User | None
    held: frozenset[tuple[str, str]] = frozenset()
    administrator: str = ""

    @property
    def sees(self) -> bool:
        """Whether the person may read the records of the county."""
        return any(place == "own" or (role == "supervisor" and place in ABOVE) for role, place in self.held)


@dataclass
class World:
    """The agencies by place, the people by label, and the records."""

    places: dict[str, Agency] = field(default_factory=dict)
    people: dict[str, Who] = field(default_factory=dict)
    draft: Report | None = None
    open: Report | None = None
    second: Report | None = None
    waived: Report | None = None
    foreign: Report | None = None
    tokens: dict[str, str] = field(default_factory=dict)
    """What a program of each person shows, by label."""
    records: dict[str, str] = field(default_factory=dict)
    """Keys of further records by what they are."""

    @property
    def own(self) -> Agency:
        """The county."""
        return self.places["own"]

    @property
    def clerk(self) -> User:
        """The county's clerk."""
        return self.people["clerk own"].user


def make() -> World:
    """Make the world."""
    world = World()
    _agencies(world)
    _people(world)
    _kept(world)
    _reports(world)
    _registers(world)
    _documents(world)
    _sheet(world)
    _notices(world)
    for label, who in world.people.items():
        if who.user is not None:
            world.tokens[label] = accounts.make_token(who.user, "程序", scope="write", days=7).written
    world.records["own token"] = world.clerk.tokens.get().key
    return world


def _agencies(world):
    def made(place, name, kind, level, under=None, supervises=False):
        agency = Agency.objects.create(kind=kind, level=level, supervises=supervises)
        Name.objects.create(agency=agency, name=name, since=SINCE)
        if under:
            Edge.objects.create(child=agency, parent=world.places[under], kind="region", since=SINCE)
        world.places[place] = agency

    made("top", "虚构省人民政府", "government", "province")
    made("parent", "虚构市人民政府", "government", "city", "top")
    made("city_office", "虚构市人民政府办公室", "department", "city", "parent", supervises=True)
    made("own", "甲样县人民政府", "government", "county", "parent")
    made("office", "甲样县人民政府办公室", "department", "county", "own", supervises=True)
    made("child", "甲样县东乡人民政府", "government", "township", "own")
    made("sibling", "乙样县人民政府", "government", "county", "parent")
    made("sibling_office", "乙样县人民政府办公室", "department", "county", "sibling", supervises=True)
    Tree.objects.update_or_create(id=1, defaults={"root": world.places["top"]})


def _people(world):
    today = timezone.localdate()
    day = timedelta(days=1)

    def made(label, *held, administrator="", valid=True, **dated):
        user = person(f"p{len(world.people)}", administrator=administrator)
        for role, place in held:
            Member.objects.create(
                user=user, agency=world.places[place], role=role, **{"since": SINCE, **dated}
            )  # fmt: skip
        world.people[label] = Who(label, user, frozenset(held) if valid else frozenset(), administrator)
        return user

    world.people["nobody"] = Who("nobody", None)
    made("without a role")
    for role in ROLES:
        for place in AROUND:
            made(f"{role} {place}", (role, place))
    for place in ("top", "office", "city_office", "sibling_office"):
        made(f"supervisor {place}", ("supervisor", place))
    made("clerk beside, reader here", ("clerk", "sibling"), ("reader", "own"))
    made("approver beside, clerk here", ("approver", "sibling"), ("clerk", "own"))
    for kind in ("system", "security", "audit"):
        made(kind, administrator=kind)
    made("role ended today", ("clerk", "own"), until=today, valid=False)
    made("role begins tomorrow", ("clerk", "own"), since=today + day, valid=False)
    made("role ends tomorrow", ("clerk", "own"), until=today + day)
    made("supervisor ended", ("supervisor", "parent"), until=today, valid=False)
    away = Member.objects.get(user=world.people["clerk own"].user)
    made("cover now", ("clerk", "own"), since=today, until=today + day, covers=away)
    made("cover over", ("clerk", "own"), until=today, covers=away, valid=False)
    made("cover to come", ("clerk", "own"), since=today + day, until=today + 2 * day, covers=away, valid=False)
    made("disabled", ("clerk", "own"), valid=False)
    made("disabled system", administrator="system")
    made("invited")
    made("new")


def _kept(world):
    for agency in world.places.values():
        Guide.objects.create(agency=agency, ways="到政务服务大厅查阅", address="样例路1号", updated_on=SINCE)
        Site.objects.create(agency=agency)
        FeeAccount.objects.create(agency=agency, payee="样例收款单位")
        LocalChoice.objects.create(agency=agency)
    # Somebody new, who has set nothing up: for others the link asks for a code of the telephone as well.
    invited = User.objects.filter(pk=world.people["invited"].user.pk)
    invited.update(totp_secret="", password="", password_changed_at=None)
    world.records["token"] = invitations.issue(invited.get())
    sibling = Agency.objects.get(pk=world.places["sibling"].pk)
    world.records["foreign name"] = str(sibling.names.get().pk)
    world.records["foreign edge"] = str(sibling.parents.get().pk)
    world.records["foreign role"] = Member.objects.get(user=world.people["clerk sibling"].user).key


def read_report_of(name):
    """A sample as the reader reads it."""
    report = read_report(Source(SAMPLES[name], name), name=name)
    report.findings = check(report)
    return report


@cache
def outcome(name=MADE_UP) -> Outcome:
    """What came of reading a sample, once in a process."""
    report = read_report_of(name)
    return Outcome(report, report_line(report, "zh"), freeze(report))


def uploaded(keeper, by, name=MADE_UP, content=None):
    """A report uploaded and read."""
    actor = Actor("user", by.key)
    batch = reports.upload([(name, content or SAMPLES[name])], keeper=keeper, by=actor)
    reports.settle(Reading.objects.get(report__batch=batch), outcome(MADE_UP), timezone.now())
    return Report.objects.get(batch=batch)


def _reports(world):
    clerk, approver = (Actor("user", world.people[f"{role} own"].user.key) for role in ("clerk", "approver"))

    def confirmed(report, year):
        return reports.confirm_agency(
            report, agency=world.own, year=year, scope="own", by=clerk, seen=report.version, other_name=True
        )

    def kept(year, padding):
        content = SAMPLES[MADE_UP] + b"\n" * padding
        return confirmed(uploaded(world.own, world.clerk, content=content), year)

    world.draft, world.waived = kept(2024, 0), kept(2023, 1)
    reports.waive(world.waived, finding=1, reason="原文如此", by=clerk, seen=world.waived.version)
    world.records["waiver"] = world.waived.waivers.get().key
    world.open, world.second = kept(2022, 2), kept(2021, 3)
    for report in (world.open, world.second):
        reports.publish(report, by=approver, seen=report.version)
    stranger = world.people["clerk sibling"].user
    world.foreign = uploaded(world.places["sibling"], stranger)
    reports.waive(
        world.foreign, finding=1, reason="原文如此", by=Actor("user", stranger.key), seen=world.foreign.version
    )
    world.records["foreign waiver"] = world.foreign.waivers.get().key


def _registers(world):
    for place in ("own", "sibling"):
        for row in rows(world.places[place]):
            world.records[f"{place} {row._meta.model_name} {row.publicity}"] = row.key
        world.records[f"{place} sheet"] = imported(world.places[place]).key


def _documents(world):
    """Documents of the county, and of the county beside it, at every step of their way."""
    for place, code in (("own", 2), ("sibling", 3)):
        agency = world.places[place]
        Name.objects.filter(agency=agency).update(unified_code=made_up_code(code))
        publications.set_procedure(agency, reviews=1, by=CONSOLE, seen=0)
        found = publications_office.along_the_way(
            agency, {role: Actor("user", world.people[f"{role} {place}"].user.key) for role in ROLES}
        )
        for state, document in found.items():
            world.records[f"{place} document {state}"] = document.key
            file = document.attachments.first()
            if file is not None:
                world.records[f"{place} file {state}"] = file.key


def _sheet(world):
    """The tree as it stands now, uploaded as a table and not yet taken in."""
    system = Actor("user", world.people["system"].user.key)
    given, _ = agencies.look_through(write(exported()), "tree.xlsx", by=system)
    world.records["import"] = given.key


def _notices(world):
    told = notify(world.clerk.key, "给经办人的通知", cause="world", address="/office/")
    world.records["notice"] = told.key
    mail("somebody@example.invalid", "样例", "样例正文", cause="world")
