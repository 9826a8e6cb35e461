"""Write a backup for the tests to keep: `python -m tools.kept_backup tests/data/backups/1-first`.

Makes a small installation of made-up people, agencies and reports in a folder that goes away again, and writes its backup
(.gongkai) with what is known of it (.json), as the program says it that made it. A later program must restore it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

MAKE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.demo import county, people, reports
county.make_demo(CONSOLE)
found = county.agencies()
people.make_people(found, CONSOLE)
names = ("示范县东河镇人民政府", "示范县南塘乡人民政府", "示范县北岭乡人民政府")
reports.YEARS = 2
reports.make_reports({name: found[name] for name in names}, print)
from gongkai.web.accounts.models import User
from django.utils import timezone
clerk = User.objects.get(login="demo.donghe.clerk")
clerk.set_password("made-up passphrase of a kept backup")
clerk.totp_secret, clerk.password_changed_at = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", timezone.now()
clerk.save()
"""
KNOWN = """
import json
from gongkai.web.accounts.models import User
from gongkai.web.agencies.models import Agency, Member, Name
from gongkai.web.audit.models import Chain, Entry
from gongkai.web.files.models import File
from gongkai.web.reports.models import Correction, Report, Waiver
print(json.dumps({
    "names": sorted(Name.objects.values_list("name", flat=True)),
    "agencies": Agency.objects.count(),
    "logins": sorted(User.objects.values_list("login", flat=True)),
    "secrets": {user.login: user.totp_secret for user in User.objects.exclude(totp_secret="")},
    "members": Member.objects.count(),
    "reports": sorted([report.title, report.year, report.state] for report in Report.objects.all()),
    "corrections": Correction.objects.count(),
    "waivers": Waiver.objects.count(),
    "files": {file.name: file.digest for file in File.objects.all()},
    "heads": {chain.name: [chain.length, chain.head] for chain in Chain.objects.all()},
    "entries": Entry.objects.count(),
}, ensure_ascii=False, indent=1, sort_keys=True))
"""
_LARGEST = 300 * 1024


def main(arguments: list[str]) -> None:
    """Make the installation, its backup and what is known of it."""
    if len(arguments) != 1:
        sys.exit(__doc__)
    path = Path(arguments[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.web.settings.platform"}
        environment |= {"GONGKAI_DATA": f"{folder}/data", "DATABASE_URL": ""}

        def python(*given: str) -> str:
            done = subprocess.run([sys.executable, *given], env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603
            return done.stdout.decode()

        python("-c", f"import django; django.setup()\n{MAKE}")
        path.with_suffix(".json").write_text(
            python("-c", f"import django; django.setup()\n{KNOWN}"), encoding="utf-8"
        )
        backup = path.with_suffix(".gongkai")
        python("-m", "gongkai", "backup", str(backup), "--force")
    size = backup.stat().st_size
    print(f"{backup}: {size} bytes")
    if size > _LARGEST:
        sys.exit(f"more than {_LARGEST}: too large to keep")


if __name__ == "__main__":
    main(sys.argv[1:])
