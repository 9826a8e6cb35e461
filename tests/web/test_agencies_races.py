"""Two people change one agency at the same time: one is first, the other is told, and nothing is lost."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest
from django.db import connection

from gongkai.errors import GongkaiError
from gongkai.web.agencies import actions, tree
from gongkai.web.agencies.models import Agency, Edge, Guide, Name
from gongkai.web.audit.actor import SYSTEM
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Record, Stale
from tests.web.test_agencies_county import TODAY, founded, small_county
from tests.web.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = 500
SINCE = date(2020, 1, 1)


def many(number):
    """Agencies as they stand in the database, without any act."""
    agencies = Agency.objects.bulk_create([Agency(kind="department", level="county") for _ in range(number)])
    Name.objects.bulk_create([Name(agency=agency, name="原名", since=date(2010, 1, 1)) for agency in agencies])
    return agencies


def renamed(given):
    """Whether the rename by somebody who saw the first version went through."""
    agency, who = given
    try:
        actions.rename(Agency.objects.get(pk=agency.pk), name=f"新名{who}", since=SINCE, by=SYSTEM, seen=1)
    except Stale:
        return False
    return True


def test_of_five_hundred_pairs_who_rename_one_agency_one_each_is_first():
    agencies = many(PAIRS)
    pairs = [(agency, who) for agency in agencies for who in (1, 2)]
    done = at_once(renamed, pairs, workers=4)
    winners = [sum(done[at : at + 2]) for at in range(0, len(done), 2)]
    assert winners == [1] * PAIRS
    assert Name.objects.filter(until=None, since=SINCE).count() == PAIRS
    assert Name.objects.count() == 2 * PAIRS
    assert Entry.objects.filter(verb="agencies.rename").count() == PAIRS
    assert all(verify(agency.chain).whole for agency in agencies[:20])


def test_without_the_version_the_first_of_two_is_lost_unnoticed():
    """The control: the same two guides, written without looking at the version."""
    agency = small_county()["township"]
    actions.keep_guide(agency, values={"address": "原址"}, updated_on=TODAY(), by=SYSTEM, seen=0)

    def unchecked(record, _seen, **values):
        type(record)._default_manager.filter(pk=record.pk).update(**values)
        return record

    with patch.object(Record, "change", unchecked):
        for address in ("甲的地址", "乙的地址"):
            actions.keep_guide(agency, values={"address": address}, updated_on=TODAY(), by=SYSTEM, seen=1)
    assert Guide.objects.get().address == "乙的地址"
    assert Entry.objects.filter(chain=agency.chain, verb="agencies.keep_guide").count() == 3


def test_with_the_version_the_second_of_two_is_told():
    agency = small_county()["township"]
    actions.keep_guide(agency, values={"address": "原址"}, updated_on=TODAY(), by=SYSTEM, seen=0)

    def kept(address):
        try:
            actions.keep_guide(agency, values={"address": address}, updated_on=TODAY(), by=SYSTEM, seen=1)
        except Stale:
            return False
        return True

    done = at_once(kept, ["甲的地址", "乙的地址"], workers=2)
    assert sorted(done) == [False, True]
    assert Guide.objects.get().address == ["甲的地址", "乙的地址"][done.index(True)]
    assert Entry.objects.filter(chain=agency.chain, verb="agencies.keep_guide").count() == 2


def test_two_moves_each_good_alone_never_close_a_ring_together():
    county = small_county()
    pairs = []
    for number in range(12):
        one, other = (founded(f"{name}{number}局", ("region", county["county"])) for name in "甲乙")
        pairs.append((one, other))

    def moved(given):
        child, parent = given
        try:
            actions.move(child, kind="vertical", parent=parent, since=SINCE, by=SYSTEM, seen=1)
        except GongkaiError as error:
            return error.code
        return ""

    done = at_once(moved, [given for pair in pairs for given in (pair, pair[::-1])], workers=4)
    assert sorted(set(done)) == ["", "agencies.ring"]
    assert done.count("") == done.count("agencies.ring") == len(pairs)
    rings = [edge for edge in Edge.objects.all() if tree.closes_ring(edge.child_id, edge.parent_id, SINCE)]
    assert rings == []


def test_two_who_found_the_first_agency_make_one_root():
    def begun(name):
        try:
            founded(name, kind="government")
        except GongkaiError as error:
            return error.code
        return ""

    done = at_once(begun, ["甲县人民政府", "乙县人民政府", "丙县人民政府"], workers=3)
    assert sorted(done) == ["", "agencies.second_root", "agencies.second_root"]
    assert Agency.objects.count() == 1
    assert connection.vendor in ("sqlite", "postgresql")
