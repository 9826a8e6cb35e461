"""Backups of earlier states of the program, kept for good: the newest restores each of them, and everything works.

A new one is made by `python -m tools.kept_backup`; an old one is never made anew.
"""

import json
import zipfile
from pathlib import Path

import pytest

from tools.kept_backup import KNOWN

KEPT = sorted((Path(__file__).parents[1] / "data" / "backups").glob("*.gongkai"))
LARGEST = 300 * 1024
WALK = """
import json
import pyotp
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from gongkai.web.accounts.models import User
from gongkai.web.audit.chain import verify
from gongkai.web.audit.queries import chains
from gongkai.web.files.models import File
from gongkai.web.files.queries import content
from gongkai.web.reports.models import Report
from hashlib import sha256
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()
visitor, seen = Client(), {}
for report in Report.objects.filter(state="published"):
    page = visitor.get(reverse("reports:public_one", args=[report.key]))
    seen[report.title] = [page.status_code, report.title in page.content.decode()]
clerk, officer = User.objects.get(login="demo.donghe.clerk"), Client()
officer.post(reverse("accounts:sign_in"), {"login": clerk.login, "password": "made-up passphrase of a kept backup"})
code = pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").generate_otp(int(timezone.now().timestamp()) // 30)
come_in = officer.post(reverse("accounts:code"), {"code": code})
print(json.dumps({
    "pages": seen, "signed in": [come_in.status_code, officer.get(reverse("reports:list")).status_code],
    "whole": [verify(name).whole for name in chains()],
    "files": all(sha256(content(file).read()).hexdigest() == file.digest for file in File.objects.all()),
}))
"""


def test_there_are_kept_backups_and_they_are_small():
    assert KEPT
    assert all(path.stat().st_size < LARGEST for path in KEPT)
    assert all(path.with_suffix(".json").exists() for path in KEPT)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_kept_backup_is_restored_by_the_newest_program_and_everything_works(path, place):
    site, known = place("site"), json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    done = site.gongkai("restore", str(path), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["key"], said["key_fits"], said["broken"], said["files"]) == (True, True, [], len(known["files"]))
    assert len(known["names"]) > 10
    assert json.loads(site.printed(KNOWN)) == known
    seen = json.loads(site.printed(WALK, GONGKAI_HOSTS="testserver"))
    published = [title for title, _, state in known["reports"] if state == "published"]
    assert sorted(seen["pages"]) == published
    assert len(published) >= 5
    assert set(map(tuple, seen["pages"].values())) == {(200, True)}
    assert seen["signed in"] == [302, 200]
    assert len(seen["whole"]) == len(known["heads"])
    assert all(seen["whole"])
    assert seen["files"]
    assert site.printed("from gongkai.cli.installation import behind; print(behind())") == "0"


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_kept_backup_is_as_it_was_made(path):
    from gongkai.web.backup.verify import verify

    held = verify(path, lambda *_: None)
    assert held.lost == []
    assert held.rows > 100
    with zipfile.ZipFile(path) as file:
        assert json.loads(file.read("manifest.json"))["digest"] == held.digest
