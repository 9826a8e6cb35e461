"""The registers with a million decisions: Table 2 against one aggregate query, and an import against the database's own bulk load.

`python -m benchmarks registers`, on SQLite and where one answers on PostgreSQL. Table 2 of an agency, of a subtree and of the whole tree
is to take at most twice as long as one query that counts the same rows. Entering a sheet of 100,000 decisions after it was confirmed
is to take at most three times as long as loading 100,000 made rows into the same table (COPY; executemany in one transaction),
with an officer at work, whose longest save is to stay below two seconds; looking it through before is measured beside it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks._serving import Place, databases, place

ROWS, SHEET = 1_000_000, 100_000
ROUNDS = 9
MOST_TABLE, MOST_IMPORT, MOST_WAIT = 2.0, 3.0, 2.0
_MAKE = """
from benchmarks import _registers
print(json.dumps(_registers.make(int(sys.argv[1]))))
"""
_RUN = """
import sys
import django; django.setup()
from benchmarks import _registers
getattr(_registers, sys.argv[1])(*sys.argv[2:])
"""


def main(rows: int = ROWS, sheet: int = SHEET) -> int:
    """Measure on every engine that is here; 0 where all reach what they are to reach."""
    good = True
    with tempfile.TemporaryDirectory() as folder, databases(1) as engines:
        for engine, [database] in engines:
            at = place(Path(folder) / engine, database)
            made = at.made(_MAKE, str(rows))
            print(
                f"{engine}: {made['rows']} decisions of {made['agencies']} agencies made in {made['seconds']} s",
                flush=True,
            )
            good = _tables(engine, at) and good
            good = _import(engine, at, sheet) and good
    return 0 if good else 1


def _tables(engine: str, at: Place) -> bool:
    good = True
    for line in at.run(_RUN, "tables", str(ROUNDS)).splitlines():
        name, counted, ours, peer = line.split("\t")
        ratio = float(ours) / float(peer)
        good = good and ratio <= MOST_TABLE
        print(
            f"{engine}: Table 2 of {name}, {counted} decisions: {1000 * float(ours):.1f} ms, one query {1000 * float(peer):.1f} ms"
            f" = {ratio:.2f}x (to reach: at most {MOST_TABLE})",
            flush=True,
        )
    return good


def _import(engine: str, at: Place, sheet: int) -> bool:
    flag = Path(at.environment["GONGKAI_DATA"]) / "ended"
    alone = _officer(at, flag)
    _wait(at, flag, 4.0)
    before = alone.communicate(timeout=60)[0].split()
    flag.unlink()
    at.run(_RUN, "bring", str(sheet))
    looking = at.run(_RUN, "sweep").split()
    officer = _officer(at, flag)
    taking = at.run(_RUN, "take").split()
    flag.touch()
    waits = officer.communicate(timeout=60)[0].split()
    peer = at.run(_RUN, "peer", str(sheet)).split()
    (look, look_peak), (take, take_peak) = ((float(seconds), float(peak)) for seconds, peak in (looking, taking))
    load = float(peer[0])
    print(
        f"{engine}: {sheet} rows loaded by the database {load:.1f} s; entered from the sheet in {take:.1f} s = {take / load:.2f}x"
        f" (to reach: at most {MOST_IMPORT}); looked through before in {look:.1f} s, both {(look + take) / load:.2f}x"
    )
    print(f"{engine}: peak memory of the worker {look_peak:.0f} MiB looking through, {take_peak:.0f} MiB entering")
    print(
        f"{engine}: an officer saved {waits[0]} times meanwhile, the longest {float(waits[1]):.2f} s (to reach: at most {MOST_WAIT}),"
        f" with nothing else going on {before[0]} times, the longest {float(before[1]):.2f} s",
        flush=True,
    )
    return take / load <= MOST_IMPORT and float(waits[1]) <= MOST_WAIT


def _officer(at: Place, flag: Path) -> subprocess.Popen[str]:
    """Begin to save decisions one after the other until there is a flag."""
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, "officer", str(flag)], env=at.environment, stdout=subprocess.PIPE, text=True
    )


def _wait(at: Place, flag: Path, seconds: float) -> None:
    at.run("import sys, time; time.sleep(float(sys.argv[1]))", str(seconds))
    flag.touch()


if __name__ == "__main__":
    sys.exit(main())
