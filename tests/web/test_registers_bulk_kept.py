"""The good rows of a sheet are kept from the look to the entry: read once, entered as they were checked, left nowhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.web.agencies.models import Member
from gongkai.web.files import collection
from gongkai.web.files.models import File
from gongkai.web.files.store import store
from gongkai.web.registers import actions
from gongkai.web.registers.bulk import kept, working
from gongkai.web.registers.bulk.lines import Line
from gongkai.web.registers.models import Decision, Import
from gongkai.web.registers.shown import REGISTERS
from tests.web.people import person
from tests.web.registers_office import GIVEN
from tests.web.registers_sheets import brought, row, swept, taken
from tests.web.reports_office import actor, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    found = office()
    Member.objects.create(user=person("town-clerk"), agency=found.town, role="clerk", since=date(2019, 1, 1))
    return found


@pytest.fixture
def clerk(made):
    return actor(made.town.members.get().user)


def unread(*_given, **_more):
    raise AssertionError("the sheet was read once more")


def values(register):
    """What the rows of a register say, without what each row has of its own."""
    own = {"id", "key", "version", "created_at", "brought_id", "struck_at", "struck_because"}
    rows = register.every.order_by("pk").values()
    return [{name: value for name, value in one.items() if name not in own} for one in rows]


@pytest.mark.parametrize("slug", REGISTERS)
def test_a_row_is_entered_as_it_was_checked_and_the_sheet_is_not_read_again(made, clerk, slug, monkeypatch):
    """The control: without what was kept the sheet is read again, and says the same."""
    register, found = REGISTERS[slug].model, []
    for forget in (False, True):
        given = brought([row(slug, n=n) for n in range(1, 8)], made.town, clerk, slug)
        assert given.checked is not None
        if forget:
            given.change(given.version, checked=None)
        else:
            monkeypatch.setattr(working, "opened", unread)
        taken(given, clerk)
        monkeypatch.undo()
        found.append(values(register))
        actions.undo(given, reason="再来一次", by=clerk, seen=given.version)
        swept()
        register.every.all().delete()
    assert found[0] == found[1]
    assert len(found[0]) == 7


def test_what_was_kept_is_gone_however_an_import_ends(made, clerk):
    ended = {}
    for number, end in enumerate(("taken", "dropped", "gave up")):
        given = brought([row(n=100 * number + n) for n in range(1, 4)], made.town, clerk)
        assert given.checked.name == kept.NAME
        digest = given.checked.digest
        if end == "dropped":
            actions.drop(given, by=clerk, seen=given.version)
        else:
            actions.confirm(given, good_alone=False, by=clerk, seen=given.version)
            if end == "gave up":
                actions.give_up_taking(Import.objects.get(pk=given.pk))
            swept()
        given.refresh_from_db()
        assert given.checked is None, end
        ended[end] = digest
    later = timezone.now() + timedelta(days=2)
    assert collection.collect_records(later) >= 3
    assert not File.objects.filter(name=kept.NAME).exists()
    collection.collect_contents(later + timedelta(days=2))
    for end, digest in ended.items():
        with pytest.raises(FileNotFoundError):
            store().open(digest)
            raise AssertionError(end)


def test_a_worker_that_dies_in_the_look_leaves_no_record(made, clerk, monkeypatch):
    given, _ = actions.bring(b"x", "x.csv", register="decisions", agency=made.town, by=clerk)
    monkeypatch.setattr(working, "opened", unread)
    with pytest.raises(AssertionError, match="once more"):
        working.look_through(given)
    assert not File.objects.filter(name=kept.NAME).exists()


def test_rows_that_are_lost_from_the_store_are_read_again(made, clerk):
    given = brought([row(n=n) for n in range(1, 4)], made.town, clerk)
    later = (timezone.now() + timedelta(days=1)).timestamp()
    assert store().remove(given.checked.digest, later)
    assert taken(given, clerk).good == 3


def test_a_row_that_somebody_else_entered_comes_back_with_its_cells(made, clerk):
    lines = [row(n=n) for n in range(1, 4)] + [row(n=9, 事项="")]
    given = brought(lines, made.town, clerk)
    standing = actions.record(Decision, agency=made.town, by=clerk, **GIVEN[Decision](2), publicity="open")
    given = taken(given, clerk, good_alone=True)
    assert (given.good, given.refused) == (2, 2)
    told = given.refusals.get(number=3)
    assert (told.double, told.double_of) == (True, standing.key)
    assert "样罚〔2024〕2号" in told.cells
    assert "占道经营" in told.cells


def test_tabs_breaks_and_odd_signs_in_cells_are_kept():
    cells = ["一\t二", "三\n四\r\n五", "\u2028", '引"号', "\\t", ""]
    with kept.gathering() as good:
        good.add([Line(7, cells, {"on": date(2024, 5, 6), "words": "甲\t乙\n丙", "number": None, "once": (1, 2)})])
        content = good.put()
    [[line]] = kept.batches(File(digest=content.digest), 10)
    assert (line.number, kept.cells(line)) == (7, cells)
    assert line.values == {"on": "2024-05-06", "words": "甲\t乙\n丙", "number": None}
