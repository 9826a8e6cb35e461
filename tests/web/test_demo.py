"""The demonstration county: whole, lawful, made once, and nobody in it with a password."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter

import pytest

from gongkai.cli.entry import run
from gongkai.documents.source import Source
from gongkai.errors import InvalidInput
from gongkai.report.check import check
from gongkai.report.reading import read_report
from gongkai.web.accounts import invitations
from gongkai.web.accounts.models import Invitation, User
from gongkai.web.agencies import policies, queries
from gongkai.web.agencies.models import ROLES, Agency, Member
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Chain, Entry
from gongkai.web.demo import county, people, whole
from gongkai.web.demo.composing import Written, compose
from gongkai.web.demo.figures import Size, added_up, of_years
from gongkai.web.demo.people import PREFIX
from gongkai.web.demo.writing import web_page, word_file
from gongkai.web.registers import amiss
from gongkai.web.registers import policies as registers
from gongkai.web.registers.models import Budget, Project, Service, Subsidy
from gongkai.web.registers.shown import LISTS
from gongkai.web.reports.frozen import thaw
from gongkai.web.reports.models import Batch, Correction, Reading, Report, Waiver
from tests.guards.source import messages_in
from tests.web.people import person

pytestmark = pytest.mark.django_db
YEARS = range(2021, 2031)


@pytest.mark.parametrize("writer", [web_page, word_file])
def test_a_written_report_is_read_back_figure_by_figure_without_a_finding(writer):
    ending, before, cells = {web_page: "html", word_file: "docx"}[writer], None, 0
    for year, figures in of_years("示范县教育局", Size(9, 2, 60, 12, 1, 61), YEARS).items():
        written = Written("示范县教育局", "县教育局", year, "示范县示范路10号", "0000-00000010")
        report = read_report(Source(writer(compose(written, figures)), f"report.{ending}"))
        assert (report.agency, report.year, report.scope) == ("示范县教育局", year, "own")
        assert {cell: report.value(cell) for cell in figures} == figures
        assert check(report, before) == ()
        before, cells = report, cells + len(figures)
    assert cells > 1000


def test_figures_are_the_same_each_time_and_an_area_is_the_sum_of_its_parts():
    parts = [of_years(name, Size(8, 1), YEARS)[2024] for name in ("甲局", "乙局")]
    assert parts == [of_years(name, Size(8, 1), YEARS)[2024] for name in ("甲局", "乙局")]
    assert parts[0] != parts[1]
    whole_area = added_up(parts)
    assert whole_area["requests.new.total"] == sum(part["requests.new.total"] for part in parts) > 0


def state():
    """Everything that a second run could change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (
            Agency,
            User,
            Invitation,
            Member,
            Batch,
            Report,
            Reading,
            Correction,
            Waiver,
            Entry,
            Service,
            Subsidy,
        )
    ]


@pytest.fixture
def kept():
    return []


def test_the_county_is_whole_and_made_once(kept):
    told = []
    assert whole.make(CONSOLE, keep=kept.extend, tell=told.append)
    _people_of_every_role(kept)
    _reports_of_four_years()
    _lists_with_every_state()
    assert len(told) >= 14
    chains = Chain.objects.values_list("name", flat=True)
    assert len(chains) > 10
    assert all(verify(name).whole for name in chains)
    fields = {field for entry in Entry.objects.all() for field in entry.result}
    assert len(fields) > 20
    assert {field for field in fields if f"audit.field.{field}" not in messages_in("zh")} == set()
    before = state()
    assert not whole.make(CONSOLE, keep=kept.extend, tell=told.append)
    assert state() == before
    fresh = people.new_links(CONSOLE)
    assert {link.login for link in fresh} == {link.login for link in kept}
    assert not any(invitations.find(link.token) for link in kept)
    assert all(invitations.find(link.token) for link in fresh)


def _people_of_every_role(links):
    today, agencies = queries.today(), county.agencies()
    everybody = User.objects.filter(login__startswith=PREFIX)
    assert everybody.count() == User.objects.count() > 30
    assert not any(user.has_usable_password() for user in everybody)
    assert all(user.name.startswith("示范") for user in everybody)
    left = everybody.get(is_active=False)
    assert {link.login for link in links} == {user.login for user in everybody if user != left}
    assert not policies.roles(left, today)
    assert all(invitations.find(link.token) for link in links)
    assert set(everybody.values_list("administrator", flat=True)) == {"", "system", "security", "audit"}
    held = Member.objects.filter(agency=agencies["示范县人民政府办公室"], until__isnull=True)
    assert set(held.values_list("role", flat=True)) == {role for role, _ in ROLES}
    for name in ("示范县教育局", "示范县民政局", *(name for name in agencies if re.search("[镇乡]人民政府$", name))):
        roles = set(Member.objects.filter(agency=agencies[name]).values_list("role", flat=True))
        assert {"clerk", "reviewer", "secrecy_reviewer", "approver"} <= roles, name
    covers = Member.objects.get(covers__isnull=False)
    assert policies.can(covers.user, "prepare", covers.agency, today)
    assert covers.until > today
    assert all("console" not in entry.actor for entry in Entry.objects.filter(verb="agencies.grant"))


def _lists_with_every_state():
    for of in LISTS:
        assert registers.public(of.model).exists(), of.slug
    assert Service.objects.filter(amiss.incomplete()).count() == 1
    assert [bool(amiss.late(one)) for one in Budget.objects.order_by("pk")] == [False, True]
    assert Budget.objects.filter(document__isnull=False).count() == 1
    shown = Subsidy.objects.values_list("publicity", flat=True)
    assert Counter(shown) == {"open": 6, "withdrawn": 3}
    assert Project.objects.filter(publicity="withdrawn").count() == 1


def _reports_of_four_years():
    last, agencies = queries.today().year - 1, county.agencies()
    assert len(agencies) == 12
    for agency in agencies.values():
        own = Report.objects.filter(agency=agency)
        assert sorted(own.values_list("year", flat=True)) == list(range(last - 3, last + 1))
        for report in own.order_by("year"):
            assert thaw(report.assembled).sheet.forms
    assert Counter(Report.objects.values_list("state", flat=True)) == {"published": 12 * 4 - 1 + 6, "draft": 2}
    assert Report.objects.filter(outside=True, state="published").count() == 6
    draft = Report.objects.get(state="draft", agency__isnull=False)
    assert draft.errors >= 2
    unreadable = Reading.objects.get(state="unreadable")
    assert unreadable.code == "document.truncated"
    corrected = Correction.objects.get()
    assert corrected.reason
    assert corrected.report.errors == corrected.report.warnings == 0
    explained = Waiver.objects.first().report
    assert (explained.state, explained.errors, explained.waived > 0) == ("published", 0, True)
    assert Report.objects.filter(outside=False, state="published", warnings__gt=0).exists()
    top, area = agencies[county.COUNTY], {}
    for report in Report.objects.filter(agency=top):
        assert report.scope == "area"
        area[report.year] = thaw(report.assembled).value("requests.new.total")
    parts = Report.objects.filter(agency__in=agencies.values(), year=last - 3).exclude(agency=top)
    assert area[last - 3] == sum(thaw(report.assembled).value("requests.new.total") for report in parts)
    acts = Entry.objects.filter(verb__in=("report.upload", "report.publish"))
    assert acts.count() > 50
    assert all(entry.actor.startswith("user:") for entry in acts)


def test_made_up_agencies_do_not_come_among_real_ones(kept):
    Agency.objects.create(kind="government", level="county")
    with pytest.raises(InvalidInput) as refused:
        whole.make(CONSOLE, keep=kept.extend)
    assert refused.value.code == "demo.not_empty"
    assert kept == []
    assert Agency.objects.count() == 1


def test_links_are_kept_where_only_their_owner_reads_them(settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / people.LINKS_FILE).write_text("old")
    before = os.umask(0)
    try:
        path = people.keep_links("new\n")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == "new\n"


def test_the_command_gives_new_links_only_where_the_county_is(capsys, settings, tmp_path):
    settings.DATA = tmp_path
    assert run(["demo", "--links"]) == 2
    assert "gongkai demo" in capsys.readouterr().err
    county.make_demo(CONSOLE)
    person(f"{PREFIX}office.clerk", name="示范县办丙")
    person("somebody.else")
    assert run(["demo", "--links"]) == 0
    said = capsys.readouterr()
    (token,) = re.findall(r"/office/invitation/([\w-]+)/", said.out)
    assert invitations.find(token).user.login == f"{PREFIX}office.clerk"
    assert token in (tmp_path / people.LINKS_FILE).read_text(encoding="utf-8")
    assert said.out.count("示范县办丙") == 1
