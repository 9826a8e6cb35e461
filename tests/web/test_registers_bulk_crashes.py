"""Workers that are killed in the midst of an import, and two at one: nothing is lost, nothing is there twice, nothing is half seen."""

import pytest

from tests.web import installation

ROWS = 400
MAKE = f"""
from datetime import date
from gongkai.web.agencies.models import Agency, Name
from gongkai.web.audit.actor import Actor
from gongkai.web.registers import actions
from tests.web.registers_sheets import row, sheet
town = Agency.objects.create(kind="government", level="township")
Name.objects.create(agency=town, name="样例镇人民政府", since=date(2020, 1, 1))
rows = [row(n=n, **({{"事项": ""}} if n % 40 == 0 else {{}})) for n in range(1, {ROWS + 1})]
actions.bring(sheet(rows), "台账.xlsx", register="decisions", agency=town, by=Actor("console"))
"""
SWEEP = """
import os, signal
from datetime import timedelta
from django.utils import timezone
from gongkai.web.notices.sweep import tick
from gongkai.web.registers import actions
from gongkai.web.registers.bulk import working
from gongkai.web.registers.effects_due import EFFECTS
working.BATCH = 50

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def at(place, number):
    was, count = getattr(working, place), [0]
    def counted(*given, **more):
        count[0] += 1
        found = was(*given, **more)
        if count[0] == number:
            die()
        return found
    setattr(working, place, counted)

{fault}
now = timezone.now() + timedelta(minutes={minutes}) if {minutes} else None
total = 0
while done := tick(now, EFFECTS).done:
    total += done
print(total)
"""
CONFIRM = """
from gongkai.web.audit.actor import Actor
from gongkai.web.registers import actions
from gongkai.web.registers.models import Import
given = Import.objects.get()
actions.{act}
"""
STANDING = """
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.registers.models import Decision, Import, RefusedRow
given = Import.objects.get()
rows = Decision.every.filter(brought=given)
print(given.state, given.good, given.refused, RefusedRow.objects.count(), Decision.objects.filter(struck_at=None).count(),
      rows.count(), rows.values("number_key").distinct().count(), Entry.objects.filter(verb="registers.take").count(),
      verify(Agency.objects.get().chain).whole)
"""
LOOKING = {
    "between two batches": "at('_refuse', 3)",
    "looked through, not written": "was = working.look_through; working.look_through = lambda given: (was(given), die())",
    "written, not committed": "was = actions.settle_look; actions.settle_look = lambda *given: (was(*given), die())",
}
TAKING = {
    "in the midst of a batch": "at('_refuse', 4)",
    "between two batches, later": "at('_go_on', 4)",
    "staged, not flipped": "was = working.stage; working.stage = lambda given: (was(given), die())",
    "flipped, not committed": "was = actions.settle_take; actions.settle_take = lambda *given: (was(*given), die())",
}
UNDOING = {"struck, not written": "actions.settle_undo = die"}


@pytest.fixture
def platform(tmp_path):
    made = installation.create(tmp_path)
    yield made
    installation.remove(made)


def killed(platform, faults, minutes):
    """Kill a worker at every point in turn, each after the lease of the one before has run out; return the minutes passed."""
    for fault in faults.values():
        status, _ = platform.run(SWEEP.format(fault=fault, minutes=minutes))
        assert status == -9, fault
        yield platform.printed(STANDING)
        minutes += 6


def test_workers_killed_at_every_point_lose_nothing_and_repeat_nothing(platform):
    platform.printed(MAKE)
    for standing in killed(platform, dict(list(LOOKING.items())[:2]), 0):
        assert standing.startswith("pending 0 0")
    assert platform.printed(SWEEP.format(fault="", minutes=20)) == "1"
    assert platform.printed(STANDING) == "checked 390 10 10 0 0 0 0 True"
    platform.printed(CONFIRM.format(act='confirm(given, good_alone=True, by=Actor("console"), seen=given.version)'))
    seen = []
    for standing in killed(platform, dict(list(TAKING.items())[:2]), 0):
        state, *_, shown, staged, different, taken, whole = standing.split()
        assert (state, shown, staged, taken, whole) == ("taking", "0", different, "0", "True")
        seen.append(int(staged))
    print(f"rows staged when the workers were killed: {seen}")
    assert 0 < seen[0] < seen[1] < 390
    assert platform.printed(SWEEP.format(fault="", minutes=20)) == "1"
    assert platform.printed(STANDING) == "taken 390 10 10 390 390 390 1 True"


def test_a_worker_killed_at_the_flip_leaves_all_or_nothing(platform):
    platform.printed(MAKE)
    status, _ = platform.run(SWEEP.format(fault=LOOKING["written, not committed"], minutes=0))
    assert status == -9
    assert platform.printed(STANDING).startswith("pending 0 0")
    assert platform.printed(SWEEP.format(fault="", minutes=6)) == "1"
    platform.printed(CONFIRM.format(act='confirm(given, good_alone=True, by=Actor("console"), seen=given.version)'))
    for standing in killed(platform, dict(list(TAKING.items())[2:]), 0):
        assert standing == "taking 390 10 10 0 390 390 0 True"
    assert platform.printed(SWEEP.format(fault="", minutes=20)) == "1"
    assert platform.printed(STANDING) == "taken 390 10 10 390 390 390 1 True"
    platform.printed(CONFIRM.format(act='undo(given, reason="传错", by=Actor("console"), seen=given.version)'))
    assert platform.printed(STANDING).startswith("undoing 390 10 10 0 390")
    status, _ = platform.run(SWEEP.format(fault=UNDOING["struck, not written"], minutes=0))
    assert status == -9
    assert platform.printed(STANDING).startswith("undoing 390 10 10 0 390")
    assert platform.printed(SWEEP.format(fault="", minutes=6)) == "1"
    assert platform.printed(STANDING) == "undone 390 10 10 0 390 390 1 True"


def test_of_two_workers_at_one_import_one_goes_on(platform):
    platform.printed(MAKE)
    platform.printed(SWEEP.format(fault="", minutes=0))
    platform.printed(CONFIRM.format(act='confirm(given, good_alone=True, by=Actor("console"), seen=given.version)'))
    # Both think that the lease of the other has run out.
    running = [platform.begin(SWEEP.format(fault="", minutes=minutes)) for minutes in (0, 30)]
    ended = [process.communicate(timeout=240) for process in running]
    assert all(process.returncode == 0 for process in running), ended
    platform.printed(SWEEP.format(fault="", minutes=90))
    assert platform.printed(STANDING) == "taken 390 10 10 390 390 390 1 True"
