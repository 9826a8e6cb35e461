"""A backup while officers work: what comes out of it holds together; with the snapshot taken out it does not."""

import json

import pytest

from tests.web import installation

OFFICERS = 2
OFFICER = """
import os, time
from datetime import date
from pathlib import Path
from gongkai.web.agencies import actions
from gongkai.web.agencies.actions.structure import Founding, Place
from gongkai.web.agencies.models import Name
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.demo.county import COUNTY, made_up_code
from gongkai.web.reports.actions import upload
county = Name.objects.get(name=COUNTY).agency
acts, stop, number, longest = Path({acts!r}), Path({stop!r}), {first}, 0.0
while not stop.exists():
    begun = time.monotonic()
    naming = actions.Naming(f"示范县第{{number}}局", f"第{{number}}局", "", made_up_code(number))
    actions.found(Founding(naming, "department", "county", (Place("region", county),), outside=False),
                  since=date(2020, 1, 1), by=CONSOLE)
    upload([(f"{{number}}.txt", f"made-up report {{number}}".encode())], keeper=county, by=CONSOLE)
    longest, number = max(longest, time.monotonic() - begun), number + 1
    with acts.open("ab") as file:
        file.write(b".")
print(number - {first}, longest)
"""
TAKE = """
import json, time
from contextlib import nullcontext
from pathlib import Path
from gongkai.web.backup import take as taking
acts, seen = Path({acts!r}), []

def wait(number, steps, name):
    before, until = acts.stat().st_size, time.monotonic() + 20
    while number <= {tables} and acts.stat().st_size < before + 2 and time.monotonic() < until:
        time.sleep(0.005)
    seen.append(acts.stat().st_size - before)

{fault}
taken = taking.take(Path({path!r}), progress=wait)
print(json.dumps([sum(seen), sum(1 for acts in seen if acts), taken.manifest.rows, taken.manifest.files]))
"""
WITHOUT = "taking.snapshot = lambda connection: nullcontext()"
COUNTED = """
import json
from gongkai.web.agencies.models import Agency, Edge, Name
from gongkai.web.reports.models import Batch, Reading, Report
from gongkai.web.files.models import File
from gongkai.web.files.queries import content
files = [content(file).read() for file in File.objects.all()]
print(json.dumps([model.objects.count() for model in (Agency, Name, Edge, Batch, Report, Reading, File)]))
"""


@pytest.fixture(params=["", WITHOUT], ids=["with the snapshot", "control without it"])
def under_load(request, tmp_path):
    """Take a backup while officers work; give its path, what was seen, and which it is."""
    site = installation.create(tmp_path / "site")
    acts, stop, path = tmp_path / "acts", tmp_path / "stop", tmp_path / "a.gongkai"
    try:
        site.printed(
            "from gongkai.web.demo.county import make_demo; from gongkai.web.audit.actor import CONSOLE; make_demo(CONSOLE)"
        )
        begun = json.loads(site.printed(COUNTED))
        acts.touch()
        tables = json.loads(site.gongkai("backup", "--digest", "--json").stdout)["tables"]
        officers = [
            site.begin(OFFICER.format(acts=str(acts), stop=str(stop), first=1000 * (1 + number)))
            for number in range(OFFICERS)
        ]
        taken = json.loads(
            site.printed(TAKE.format(acts=str(acts), path=str(path), fault=request.param, tables=tables))
        )
        stop.touch()
        done = [officer.communicate(timeout=60) for officer in officers]
        assert all(officer.returncode == 0 for officer in officers), done
        yield path, taken, begun, [out.split() for out, _ in done], bool(request.param)
    finally:
        installation.remove(site)


def test_what_is_taken_while_officers_work_holds_together(under_load, place):
    path, (acts, steps, _, files), (founded, named, placed, *_), officers, control = under_load
    assert acts >= 20
    assert steps >= 20
    assert len(officers) == OFFICERS
    assert all(int(number) > 0 for number, _ in officers)
    target = place("target")
    done = target.gongkai("restore", str(path), "--json")
    if control:
        assert done.returncode == 1
        assert "refer to rows which are not there" in done.stderr or json.loads(done.stdout)["broken"]
        return
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["broken"], said["lost"], said["files"]) == ([], [], files)
    assert target.gongkai("backup", "--digest").stdout.strip() == said["digest"]
    agencies, names, edges, batches, reports, readings, kept = json.loads(target.printed(COUNTED))
    assert batches == reports == readings == kept
    # An officer may stand between founding and uploading, never within one of them.
    assert batches <= agencies - founded <= batches + OFFICERS
    assert names - agencies == named - founded
    assert edges == agencies - founded + placed


COLLECTED = """
import json, os, time
from datetime import timedelta
from pathlib import Path
from django.utils import timezone
from gongkai.web.backup import take as taking
from gongkai.web.files import collection
from gongkai.web.files.actions import keep
from gongkai.web.files.models import File
from gongkai.web.files.store import store
{fault}
keep(b"a content that nothing uses any more", "a.txt"), keep(b"another", "b.txt")
long_ago = timezone.now() - timedelta(days=2)
File.objects.update(created_at=long_ago)
for path in store().root.glob("??/??/*"):
    os.utime(path, (long_ago.timestamp(),) * 2)
removed = []

def collect(number, steps, name):
    # The sweep of one day shortly before midnight, and the one of the next day shortly after.
    if number == steps - 1:
        removed.append(collection.collect_records(timezone.now()))
        removed.append(collection.collect_contents(timezone.now() + timedelta(minutes=5)))

taken = taking.take(Path({path!r}), progress=collect)
print(json.dumps([removed, len(taken.manifest.lost), File.objects.count()]))
"""


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("", [[2, 0], 0, 0]),
        # The control: without a new day for contents whose record goes, the backup comes too late.
        ("collection._give_again = lambda file: None", [[2, 2], 2, 0]),
    ],
)
def test_a_content_whose_record_goes_during_a_backup_is_still_there_to_be_copied(fault, expected, tmp_path):
    site = installation.create(tmp_path / "site")
    try:
        code = COLLECTED.format(fault=fault, path=str(tmp_path / "a.gongkai"))
        assert json.loads(site.printed(code)) == expected
    finally:
        installation.remove(site)
