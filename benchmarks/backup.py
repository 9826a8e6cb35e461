"""Taking a backup on SQLite: peak memory with ten times the rows, and contents against a plain copy that is synced as well.

To reach: at most 1.1 times the memory, and 0.15 of the copy's speed: a backup proves every byte by its digest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROWS, TIMES = 20_000, 10
FILES, FILE_BYTES, ROUNDS = 40, 5 << 20, 3
MEMORY, SPEED = 1.1, 0.15
_MADE = """
import os
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.web.files.actions import keep
from gongkai.web.notices.models import Notification
def rows(wanted):
    for begin in range(0, wanted, 2000):
        Notification.objects.bulk_create(
            Notification(cause=f"{begin}-{number}", user="made-up", title="标题" * 20, body="正文" * 200)
            for number in range(min(2000, wanted - begin))
        )
"""
_TAKEN = """
import os, resource, sys, time
from pathlib import Path
from gongkai.web.backup.take import take
begun = time.perf_counter()
taken = take(Path(sys.argv[1]), force=True, progress=lambda *_: None)
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, taken.manifest.rows)
"""
_COPIED = """
import os, sys, time
from pathlib import Path
begun = time.perf_counter()
with open(sys.argv[1], "wb") as target:
    for path in sorted(Path(os.environ["GONGKAI_DATA"], "files").glob("??/??/*")):
        with path.open("rb") as source:
            while chunk := source.read(1 << 18):
                target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
print(time.perf_counter() - begun)
"""


def main() -> int:
    """Print the figures; 1 where one is missed."""
    with tempfile.TemporaryDirectory() as folder:
        peaks = [_rows(f"{folder}/{rows}", rows) for rows in (ROWS, ROWS * TIMES)]
        ratio = peaks[1] / peaks[0]
        print(
            f"backup, peak memory: {peaks[0]:.0f} MiB with {ROWS} rows, {peaks[1]:.0f} MiB with {ROWS * TIMES}"
            f" = {ratio:.3f}x (to reach: at most {MEMORY})"
        )
        speeds = _contents(f"{folder}/contents")
        size = FILES * FILE_BYTES / 2**20
        share = speeds[1] / speeds[0]
        print(
            f"backup, contents of {size:.0f} MiB: {size / speeds[0]:.0f} MiB/s, plain copy {size / speeds[1]:.0f} MiB/s"
            f" = {share:.2f} of it (to reach: {SPEED})"
        )
    return int(ratio > MEMORY or share < SPEED)


def _rows(data: str, rows: int) -> float:
    _run(data, f"{_MADE}rows({rows})")
    seconds, peak, held = _run(data, _TAKEN, f"{data}.gongkai").split()
    print(f"backup, {held} rows: {float(seconds):.1f} s, {int(held) / float(seconds):.0f} rows/s")
    return float(peak)


def _contents(data: str) -> tuple[float, float]:
    """Seconds of a backup and of a copy, each the median of some taken in turns."""
    _run(data, f"{_MADE}[keep(os.urandom({FILE_BYTES}), 'a.bin') for _ in range({FILES})]")
    taken, copied = [], []
    for _ in range(ROUNDS):
        taken.append(float(_run(data, _TAKEN, f"{data}.gongkai").split()[0]))
        copied.append(float(_run(data, _COPIED, f"{data}.copy")))
    return median(taken), median(copied)


def _run(data: str, code: str, *arguments: str) -> str:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.web.settings.platform"}
    environment |= {"GONGKAI_DATA": data, "DATABASE_URL": "", "PYTHONPATH": str(Path("src").resolve())}
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}", *arguments],
        env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
