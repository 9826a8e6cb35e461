"""Runs every benchmark and prints its figures: `python -m benchmarks [NAME…]`.

A benchmark is a module here with `main()`. Each has `SECONDS`; one that takes longer or fails is said to have, and the exit code
is 1. Nothing is left out silently.
"""

from __future__ import annotations

import pkgutil
import subprocess
import sys
import time
from pathlib import Path

import benchmarks

SECONDS = 600.0
TOTAL = 2_700.0


def main(wanted: list[str]) -> int:
    """Run the benchmarks named, or all, each in a process of its own."""
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_")]
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(names)}")
        return 2
    deadline = time.monotonic() + TOTAL
    failed = [name for name in (wanted or names) if not _run(name, deadline)]
    print(f"{len(wanted or names)} benchmarks, {len(failed)} failed{': ' + ', '.join(failed) if failed else ''}")
    return 1 if failed else 0


def _run(name: str, deadline: float) -> bool:
    """Run one benchmark; False where it failed, took too long, or no time is left."""
    source = (Path(benchmarks.__path__[0]) / f"{name}.py").read_text(encoding="utf-8")
    if "def main(" not in source:
        print(f"\n== {name}: no main(), only used by others")
        return True
    left = min(SECONDS, deadline - time.monotonic())
    print(f"\n== {name}", flush=True)
    if left <= 0:
        print(f"not run: the {TOTAL:.0f} s for all benchmarks are used up")
        return False
    started = time.monotonic()
    try:
        code = subprocess.run(
            [sys.executable, "-c", f"import sys; from benchmarks.{name} import main; sys.exit(main() or 0)"],
            timeout=left,
        ).returncode
    except subprocess.TimeoutExpired:
        print(f"stopped after {left:.0f} s")
        return False
    print(f"{time.monotonic() - started:.1f} s, exit code {code}")
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
