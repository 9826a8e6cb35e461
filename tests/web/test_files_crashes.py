"""A process killed between file and record leaves nothing half: either both are there, or the sweep removes the rest."""

import pytest

from tests.web import installation

KEEP = """
import os, signal
from pathlib import Path
from django.db import transaction
from gongkai.web.files import actions, store
from gongkai.web.files.actions import keep

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def dying(place, name, after):
    was = getattr(place, name)
    def instead(*given, **more):
        if not after:
            die()
        result = was(*given, **more)
        die()
    setattr(place, name, instead)

{fault}
with transaction.atomic():
    keep(b"x" * 300_000, "年报.pdf")
    {before_commit}
print("kept")
"""
POINTS = {
    "part begun": ("store.os.fsync = die", "pass"),
    "part written": ("dying(store, 'write_part', True)", "pass"),
    "not renamed": ("dying(store.LocalStore, '_settle', False)", "pass"),
    "renamed, folder not synced": ("Path.replace, was = (lambda s, t: (was(s, t), die())), Path.replace", "pass"),
    "content settled": ("dying(store.LocalStore, 'put', True)", "pass"),
    "record not written": ("dying(actions, '_format', True)", "pass"),
    "record not committed": ("", "die()"),
}
STANDING = """
from datetime import timedelta
from pathlib import Path
from django.conf import settings
from django.utils import timezone
from gongkai.web.files import collection, queries
from gongkai.web.files.models import File
later = timezone.now() + timedelta(days=1, hours=1)
records = list(File.objects.all())
whole = all(queries.content(file).read() == b"x" * 300_000 for file in records)
named = [p.name for p in Path(settings.FILES).glob("??/??/*")]
right = all(__import__("hashlib").sha256(p.read_bytes()).hexdigest() == p.name for p in Path(settings.FILES).glob("??/??/*"))
collection.collect_contents(later)
left = [p.name for p in Path(settings.FILES).rglob("*") if p.is_file()]
print(len(records), whole, right, left == [file.digest for file in records])
"""


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    made = installation.create(tmp_path_factory.mktemp("crashes"))
    yield made
    installation.remove(made)


@pytest.mark.parametrize("point", POINTS)
def test_a_process_killed_at_this_point_leaves_no_record_and_nothing_that_stays(platform, point):
    fault, before_commit = POINTS[point]
    status, out = platform.run(KEEP.format(fault=fault, before_commit=before_commit))
    assert (status, out) == (-9, ""), point
    assert platform.printed(STANDING) == "0 True True True"


def test_after_all_that_a_file_is_kept_whole(platform):
    assert platform.printed(KEEP.format(fault="", before_commit="pass")) == "kept"
    assert platform.printed(STANDING) == "1 True True True"
