"""Readers that are killed, and sweeps that run at once: every file is read into one result, and none is lost."""

import pytest

from tests.web import installation

MAKE = """
from datetime import date
from gongkai.web.agencies.models import Agency, Name
from gongkai.web.audit.actor import Actor
from gongkai.web.reports import actions
from importlib import resources
county = Agency.objects.create(kind="government", level="county")
Name.objects.create(agency=county, name="样例县人民政府", since=date(2020, 1, 1))
sample = resources.files("gongkai.cli").joinpath("samples", "2022-pingchangguan.txt").read_bytes()
given = [(f"{n}.txt", sample + b"\\n" * n) for n in range(1, %d)] + [("坏.docx", b"PK\\x03\\x04" + b"\\0" * 99)]
actions.upload(given, keeper=county, by=Actor("console"))
"""
FAULTS = {
    "under way": "reading.read = die",
    "read, not written": "was = reading.read; reading.read = lambda file: (was(file), die())",
    "written, not committed": "was = actions.settle; actions.settle = lambda *given: (was(*given), die())",
}
SWEEP = """
import os, signal
from datetime import timedelta
from django.utils import timezone
from gongkai.web.notices.sweep import tick
from gongkai.web.reports import actions, reading
from gongkai.web.reports.effects_due import EFFECTS

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

{fault}
now = timezone.now() + timedelta(minutes={minutes}) if {minutes} else None
total = 0
while done := tick(now, EFFECTS).done:
    total += done
print(total)
"""
STANDING = """
from collections import Counter
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.agencies.models import Agency
from gongkai.web.notices.models import Lease, Notification
from gongkai.web.reports.models import Reading, Report
county = Agency.objects.get()
states = Counter(Reading.objects.values_list("state", flat=True))
read = Counter(Entry.objects.filter(verb="report.read").values_list("object_key", flat=True))
print(states["read"], states["unreadable"], states["pending"] + states["reading"], Reading.objects.count(),
      Report.objects.exclude(assembled="").count(), sum(read.values()), max(read.values(), default=0),
      Lease.objects.count(), Notification.objects.count(), verify(county.chain).whole)
"""


@pytest.fixture
def platform(tmp_path):
    made = installation.create(tmp_path)
    yield made
    installation.remove(made)


def test_readers_killed_at_every_point_repeat_nothing_and_lose_nothing(platform):
    platform.printed(MAKE % 3)
    for fault in FAULTS.values():
        status, _ = platform.run(SWEEP.format(fault=fault, minutes=0))
        assert status == -9
    assert platform.printed(STANDING) == "0 0 3 3 0 0 0 3 0 True"
    assert platform.printed(SWEEP.format(fault="", minutes=0)) == "0"
    assert platform.printed(SWEEP.format(fault="", minutes=8)) == "3"
    assert platform.printed(STANDING) == "2 1 0 3 2 3 1 0 1 True"


def test_a_file_that_kills_its_reader_every_time_is_given_up_with_its_reason(platform):
    platform.printed(MAKE % 1)
    for n in range(3):
        status, _ = platform.run(SWEEP.format(fault=FAULTS["under way"], minutes=8 * n or 0))
        assert status == -9
    platform.printed(SWEEP.format(fault=FAULTS["under way"], minutes=30))
    code = "from gongkai.web.reports.models import Reading; print(Reading.objects.get().state, Reading.objects.get().code)"
    assert platform.printed(code) == "unreadable reports.gave_up"


def test_two_sweeps_at_once_read_every_file_once(platform):
    platform.printed(MAKE % 20)
    running = [platform.begin(SWEEP.format(fault="", minutes=0)) for _ in range(2)]
    ended = [process.communicate(timeout=240) for process in running]
    assert all(process.returncode == 0 for process in running), ended
    done = [int(out) for out, _ in ended]
    assert sum(done) == 20
    assert min(done) > 0
    assert platform.printed(STANDING) == "19 1 0 20 19 20 1 0 1 True"
