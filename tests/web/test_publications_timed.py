"""Releases at a time: nothing early, nothing lost, across midnight, after a killed worker, and with two of them at once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.notices.sweep import tick
from gongkai.web.publications import policies
from gongkai.web.publications.effects_due import EFFECTS
from tests.web import installation
from tests.web.publications_office import approved, do, drafted, fresh, office
from tests.web.test_publications import refused

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def made():
    return office()


@pytest.mark.django_db
def test_nothing_comes_early_and_nothing_is_lost_across_midnight(made):
    year = timezone.localdate().year + 1
    midnight = datetime(year, 1, 1, tzinfo=ZONE)
    times = [midnight - timedelta(seconds=1), midnight, midnight + timedelta(seconds=1)]
    documents = [do(made, "schedule", approved(made, drafted(made)), "clerk", at=at) for at in times]
    seen = []
    for at in (midnight - timedelta(hours=1), *times, midnight + timedelta(hours=1)):
        tick(at, EFFECTS)
        seen.append(policies.public().count())
    assert seen == [0, 1, 2, 3, 3]
    numbers = [fresh(document).index_number[-10:] for document in documents]
    assert numbers == [f"{year - 1}-00001", f"{year}-00001", f"{year}-00002"]
    assert [fresh(document).released_at for document in documents] == times
    by = set(Entry.objects.filter(verb="publications.release").values_list("actor", flat=True))
    assert by == {"sweep"}


@pytest.mark.django_db
def test_a_time_is_taken_back_or_moved_and_only_the_last_one_counts(made):
    now = timezone.now()
    hour = timedelta(hours=1)
    document = do(made, "schedule", approved(made, drafted(made)), "clerk", at=now + hour)
    document = do(made, "schedule", document, "clerk", at=now + 3 * hour)
    assert tick(now + 2 * hour, EFFECTS).done == 0
    document = do(made, "unschedule", document, "clerk")
    assert tick(now + 4 * hour, EFFECTS).done == 0
    document = do(made, "schedule", document, "clerk", at=now + 5 * hour)
    document = do(made, "return_back", document, "approver", reason="再核")
    assert tick(now + 6 * hour, EFFECTS).done == 0
    assert not policies.public().exists()
    refused(lambda: do(made, "schedule", approved(made, document), "clerk", at=now - hour), "past")


MAKE = """
from datetime import timedelta
from django.utils import timezone
from gongkai.web.agencies.models import Agency
from tests.web.publications_office import approved, do, drafted, office
made = office()
for _ in range({count}):
    do(made, "schedule", approved(made, drafted(made)), "clerk", at=timezone.now() + timedelta(minutes=1))
"""
FAULTS = {
    "before": "due.actions.release_due = die",
    "number given, not written": "was = numbers.give; numbers.give = lambda *given: (was(*given), die())",
    "written, not committed": "was = due.actions.release_due; due.actions.release_due = lambda *a, **k: (was(*a, **k), die())",
}
SWEEP = """
import os, signal
from datetime import timedelta
from django.utils import timezone
from gongkai.web.notices.sweep import tick
from gongkai.web.publications import effects_due as due, numbers

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

{fault}
total, now = 0, timezone.now() + timedelta(minutes={minutes})
while done := tick(now, due.EFFECTS).done:
    total += done
print(total)
"""
STANDING = """
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.agencies.models import Agency
from gongkai.web.publications.models import Counter, Document
shown = Document.objects.filter(state="released")
numbers = sorted(int(one.index_number[-5:]) for one in shown)
print(shown.count(), numbers == list(range(1, len(numbers) + 1)), sum(Counter.objects.values_list("last", flat=True)),
      Entry.objects.filter(verb="publications.release").count(), verify(Agency.objects.first().chain).whole)
"""


@pytest.fixture
def platform(tmp_path):
    made = installation.create(tmp_path)
    yield made
    installation.remove(made)


def test_a_worker_killed_at_every_point_releases_each_once(platform):
    platform.printed(MAKE.format(count=3))
    for fault in FAULTS.values():
        status, _ = platform.run(SWEEP.format(fault=fault, minutes=2))
        assert status == -9
    assert platform.printed(STANDING) == "0 True 0 0 True"
    assert platform.printed(SWEEP.format(fault="", minutes=10)) == "3"
    assert platform.printed(STANDING) == "3 True 3 3 True"


def test_two_sweeps_at_once_release_each_once(platform):
    platform.printed(MAKE.format(count=12))
    running = [platform.begin(SWEEP.format(fault="", minutes=2)) for _ in range(2)]
    ended = [process.communicate(timeout=240) for process in running]
    assert all(process.returncode == 0 for process in running), ended
    assert sum(int(out) for out, _ in ended) == 12
    assert platform.printed(STANDING) == "12 True 12 12 True"


KILLED = """
import os, signal
from gongkai.web.files import actions as files
from gongkai.web.publications import actions
from gongkai.web.publications.actions import attaching
from gongkai.web.publications.models import Document
from tests.web.publications_office import drafted, office
from gongkai.web.audit.actor import Actor
made = office() if not Document.objects.exists() else None
document = drafted(made) if made else Document.objects.select_related("agency", "current").first()

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

{fault}
actions.attach(document, name="附件.txt", content=b"text", by=Actor("console"), seen=document.version)
"""
HALF = """
from gongkai.web.files.models import File
from gongkai.web.publications.models import Attachment, Document, GateFinding
print(Document.objects.count(), Attachment.objects.count(), File.objects.count(), GateFinding.objects.count(),
      Document.objects.get().version)
"""


def test_killed_between_file_and_record_nothing_is_there_by_half(platform):
    faults = ("files.record = die", "attaching.clean.keep = die")
    for fault in faults:
        status, _ = platform.run(KILLED.format(fault=fault))
        assert status == -9
    assert platform.printed(HALF) == "1 0 0 0 1"
    platform.printed(KILLED.format(fault=""))
    assert platform.printed(HALF) == "1 1 1 0 2"
