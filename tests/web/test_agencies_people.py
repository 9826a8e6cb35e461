"""Roles: who gives them, to whom, for how long, and what they open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.errors import InvalidInput
from gongkai.web.accounts.models import User
from gongkai.web.agencies import actions, policies, queries
from gongkai.web.agencies.actions import Period
from gongkai.web.agencies.models import ROLES, Agency, Member
from gongkai.web.audit.actor import CONSOLE, SYSTEM, Actor
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from tests.web.test_agencies_county import TODAY, founded, small_county

pytestmark = pytest.mark.django_db


def account(login, administrator=""):
    return User.objects.create_user(login, name=f"姓名{login}", administrator=administrator)


def by(user):
    return Actor("user", user.key)


@pytest.fixture
def county():
    return small_county()


@pytest.fixture
def security():
    return account("security", "security")


@pytest.fixture
def clerk():
    return account("clerk")


def refused(code):
    return pytest.raises(InvalidInput, match=code.replace(".", r"\."))


def test_the_security_administrator_gives_a_role(county, security, clerk):
    member = actions.grant(county["education"], user=clerk, role="clerk", since=TODAY(), by=by(security))
    assert policies.can(clerk, "prepare", county["education"], TODAY())
    assert not policies.can(clerk, "prepare", county["education"], TODAY() - timedelta(days=1))
    entry = Entry.objects.get(verb="agencies.grant")
    assert (entry.result["member"], entry.result["user"]) == (member.key, clerk.key)
    assert clerk.name not in str(entry.result)


@pytest.mark.parametrize("giver", ["system", "audit", "", "console", "itself"])
def test_nobody_else_gives_a_role(county, clerk, giver):
    actors = {"console": CONSOLE, "itself": SYSTEM}
    actor = actors.get(giver) or by(account("giver", giver))
    with pytest.raises(PermissionDenied):
        actions.grant(county["education"], user=clerk, role="clerk", since=TODAY(), by=actor)
    assert not Member.objects.exists()


@pytest.mark.parametrize("kind", ["system", "security", "audit"])
def test_no_administrator_gets_a_role(county, security, kind):
    with refused("agencies.administrator"):
        actions.grant(county["office"], user=account("other", kind), role="head", since=TODAY(), by=by(security))


def test_roles_to_oneself_to_the_shut_out_of_no_kind_and_twice_are_refused(county, security, clerk):
    given = {"since": TODAY(), "by": by(security)}
    office = county["office"]
    with refused("agencies.oneself"):
        actions.grant(office, user=security, role="clerk", **given)
    with refused("agencies.role"):
        actions.grant(office, user=clerk, role="king", **given)
    with refused("agencies.inactive"):
        shut = account("shut")
        User.objects.filter(pk=shut.pk).update(is_active=False)
        actions.grant(office, user=shut, role="clerk", **given)
    with refused("agencies.outside_people"):
        actions.grant(founded("外", outside=True), user=clerk, role="clerk", **given)
    actions.grant(office, user=clerk, role="clerk", until=TODAY() + timedelta(days=9), **given)
    with refused("agencies.role_held"):
        actions.grant(office, user=clerk, role="clerk", **given)
    with refused("agencies.too_early"):
        actions.grant(office, user=clerk, role="head", until=TODAY(), **given)
    assert Member.objects.count() == 1


def test_a_role_ends_on_its_day_and_once(county, security, clerk):
    member = actions.grant(county["office"], user=clerk, role="clerk", since=date(2020, 1, 1), by=by(security))
    actions.revoke(member, until=TODAY(), reason="调离", by=by(security), seen=1)
    assert policies.can(clerk, "prepare", county["office"], TODAY() - timedelta(days=1))
    assert not policies.can(clerk, "prepare", county["office"], TODAY())
    assert Member.objects.get().ended_because == "调离"
    assert "调离" not in str(list(Entry.objects.values_list("result", flat=True)))
    with refused("agencies.role_ended"):
        actions.revoke(member, until=TODAY(), reason="调离", by=by(security), seen=2)
    with refused("agencies.reason"):
        actions.revoke(member, until=TODAY(), reason="", by=by(security), seen=2)


def test_a_role_that_would_begin_later_never_holds_once_it_is_taken_back(county, security, clerk):
    since = TODAY() + timedelta(days=30)
    member = actions.grant(county["office"], user=clerk, role="clerk", since=since, by=by(security))
    actions.revoke(member, until=TODAY(), reason="改派", by=by(security), seen=1)
    days = [since + timedelta(days=more) for more in range(-31, 3)]
    assert len(days) == 34
    assert not any(policies.can(clerk, "prepare", county["office"], on) for on in days)


def test_of_two_who_take_a_role_back_one_is_told(county, security, clerk):
    member = actions.grant(county["office"], user=clerk, role="clerk", since=date(2020, 1, 1), by=by(security))
    later = TODAY() + timedelta(days=5)
    actions.revoke(member, until=later, reason="调离", by=by(security), seen=1)
    with pytest.raises(Stale):
        actions.revoke(Member.objects.get(), until=TODAY(), reason="调离", by=by(security), seen=1)


def test_a_colleague_stands_in_until_the_leave_ends(county, security, clerk):
    colleague = account("colleague")
    for agency, role in (("office", "clerk"), ("education", "head")):
        actions.grant(county[agency], user=clerk, role=role, since=date(2020, 1, 1), by=by(security))
    leave = Period(TODAY(), TODAY() + timedelta(days=10))
    made = actions.cover(clerk, during=leave, by_colleague=colleague, by=by(security))
    assert {(member.agency_id, member.role) for member in made} == {
        (county["office"].pk, "clerk"), (county["education"].pk, "head"),
    }  # fmt: skip
    assert policies.can(colleague, "direct", county["education"], leave.until - timedelta(days=1))
    assert not policies.can(colleague, "direct", county["education"], leave.until)
    with refused("agencies.nothing_to_hand"):
        actions.cover(clerk, during=leave, by_colleague=colleague, by=by(security))
    with refused("agencies.leave"):
        actions.cover(clerk, during=Period(TODAY()), by_colleague=colleague, by=by(security))


def test_the_cover_ends_with_the_role_that_it_covers(county, security, clerk):
    colleague = account("colleague")
    member = actions.grant(county["office"], user=clerk, role="clerk", since=date(2020, 1, 1), by=by(security))
    leave = Period(TODAY() - timedelta(days=2), TODAY() + timedelta(days=10))
    actions.cover(clerk, during=leave, by_colleague=colleague, by=by(security))
    actions.revoke(member, until=TODAY(), reason="调离", by=by(security), seen=1)
    assert not policies.can(colleague, "prepare", county["office"], TODAY())


def test_a_cover_neither_begins_before_nor_outlives_the_role_that_it_covers(county, security, clerk):
    colleague, day = account("colleague"), timedelta(days=1)
    ends = {"since": date(2020, 1, 1), "until": TODAY() + 3 * day}
    begins = {"since": TODAY() + 5 * day}
    actions.grant(county["office"], user=clerk, role="clerk", by=by(security), **ends)
    actions.grant(county["education"], user=clerk, role="head", by=by(security), **begins)
    leave = Period(TODAY(), TODAY() + 30 * day)
    made = actions.cover(clerk, during=leave, by_colleague=colleague, by=by(security))
    held = {member.role: (member.since, member.until) for member in made}
    assert held == {"clerk": (TODAY(), ends["until"]), "head": (begins["since"], leave.until)}
    assert not policies.can(colleague, "prepare", county["office"], ends["until"])


def test_who_stood_in_for_somebody_and_takes_over_keeps_the_role_after_the_leave(county, security, clerk):
    colleague, other = account("colleague"), account("other")
    actions.grant(county["office"], user=clerk, role="clerk", since=date(2020, 1, 1), by=by(security))
    leave = Period(TODAY() - timedelta(days=2), TODAY() + timedelta(days=10))
    for stands_in in (colleague, other):
        actions.cover(clerk, during=leave, by_colleague=stands_in, by=by(security))
    (taken,) = actions.hand_over(clerk, to=colleague, on=TODAY(), reason="退休", by=by(security))
    assert (taken.user, taken.until) == (colleague, None)
    assert policies.can(colleague, "prepare", county["office"], TODAY() + timedelta(days=100))
    assert not policies.can(other, "prepare", county["office"], TODAY()), "nobody stands in for who has left"


def test_a_cover_that_is_handed_over_ends_with_the_role_that_it_covers(county, security, clerk):
    colleague, heir = account("colleague"), account("heir")
    role = actions.grant(county["office"], user=clerk, role="clerk", since=date(2020, 1, 1), by=by(security))
    leave = Period(TODAY() - timedelta(days=2), TODAY() + timedelta(days=10))
    actions.cover(clerk, during=leave, by_colleague=colleague, by=by(security))
    actions.hand_over(colleague, to=heir, on=TODAY(), reason="退休", by=by(security))
    assert policies.can(heir, "prepare", county["office"], TODAY())
    role.refresh_from_db()
    actions.revoke(role, until=TODAY(), reason="调离", by=by(security), seen=role.version)
    assert not policies.can(heir, "prepare", county["office"], TODAY())


def test_all_roles_are_handed_over_at_once_or_none(county, security, clerk):
    heir = account("heir")
    for agency, role in (("office", "clerk"), ("education", "head"), ("township", "reviewer")):
        actions.grant(county[agency], user=clerk, role=role, since=date(2020, 1, 1), by=by(security))
    with refused("agencies.administrator"):
        actions.hand_over(clerk, to=account("other", "audit"), on=TODAY(), reason="退休", by=by(security))
    assert len(policies.roles(clerk, TODAY())) == 3
    taken = actions.hand_over(clerk, to=heir, on=TODAY(), reason="退休", by=by(security))
    assert len(taken) == 3
    assert policies.roles(clerk, TODAY()) == []
    assert {member.role for member in policies.roles(heir, TODAY())} == {"clerk", "head", "reviewer"}
    assert Entry.objects.filter(verb="agencies.hand_over").count() == 3
    with refused("agencies.nothing_to_hand"):
        actions.hand_over(clerk, to=heir, on=TODAY(), reason="退休", by=by(security))


def test_every_role_opens_what_the_table_says_and_nothing_else(county, security):
    """Each role in the department, asked in its own, a sibling, the parent and a child agency."""
    asked = 0
    where = {"own": "education", "sibling": "office", "parent": "county", "child": "station"}
    for role, _ in ROLES:
        user = account(role)
        actions.grant(county["education"], user=user, role=role, since=TODAY(), by=by(security))
        for place, name in where.items():
            for permission in policies.PERMISSIONS:
                expected = (place == "own" and permission in policies.ROLE_PERMISSIONS[role]) or (
                    place == "child" and permission in policies.BELOW_PERMISSIONS.get(role, ())
                )
                assert policies.can(user, permission, county[name], TODAY()) is expected, (role, place, permission)
                listed = policies.visible(user, TODAY(), permission).filter(pk=county[name].pk).exists()
                assert listed is expected, (role, place, permission)
                asked += 1
    assert asked == 7 * 4 * 8


def test_the_supervisor_of_the_office_in_charge_sees_the_whole_region(county, security):
    actions.put_in_charge(county["office"], in_charge=True, by=SYSTEM, seen=1)
    county["office"].refresh_from_db()
    user = account("watch")
    actions.grant(county["office"], user=user, role="supervisor", since=TODAY(), by=by(security))
    assert policies.visible(user, TODAY()).count() == Agency.objects.count() == 5
    assert all(policies.can(user, "supervise", agency, TODAY()) for agency in county.values())
    assert not any(policies.can(user, "keep", agency, TODAY()) for agency in county.values())


def test_those_above_still_see_an_agency_that_has_ended(county, security):
    user = account("watch")
    actions.grant(county["education"], user=user, role="supervisor", since=TODAY(), by=by(security))
    actions.dissolve(county["station"], on=date(2020, 1, 1), reason="撤", by=SYSTEM, seen=1)
    assert policies.can(user, "read", county["station"], TODAY())
    assert policies.visible(user, TODAY()).filter(pk=county["station"].pk).exists()
    assert queries.current(county["station"].key, TODAY()) is None


def test_a_shut_account_opens_nothing(county, security, clerk):
    actions.grant(county["office"], user=clerk, role="head", since=TODAY(), by=by(security))
    clerk.is_active = False
    assert not policies.can(clerk, "read", county["office"], TODAY())
    assert not policies.visible(clerk, TODAY()).exists()


@pytest.mark.parametrize(("kind", "opens"), [("system", "tree"), ("security", "people"), ("audit", None)])
def test_administrators_see_agencies_and_do_their_part_only(county, kind, opens):
    user = account("admin", kind)
    assert policies.visible(user, TODAY()).count() == 5
    every = {*policies.PERMISSIONS, "tree", "people"}
    found = {permission for permission in every if policies.can(user, permission, county["office"], TODAY())}
    assert found == ({opens} if opens else set())
