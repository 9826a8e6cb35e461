"""The guide and an annual report's page against a page of one query and one line, on the same server in the same run.

`python -m benchmarks pages`: both are asked for as browsers ask, over 16 connections, in turns; on SQLite, and on PostgreSQL where one
answers. Their requests a second are to reach half of the peer's, and 99 in 100 answers at most twice its time.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks._serving import Load, databases, load, place, serving

CONNECTIONS, WORKERS = 16, 3
ROUNDS, SECONDS = 7, 2.0
LEAST_RATE, MOST_SLOWEST = 0.5, 2.0
_DEMO = """
from gongkai.web.demo.county import make_demo
from gongkai.web.audit.actor import Actor
from gongkai.web.demo.samples import load_samples
county = make_demo(Actor("console"))
report = load_samples(Actor("console"), county)[0]
print(json.dumps({"peer": f"/peer/{county.key}/", "guide": f"/agencies/{county.key}/guide/", "report": f"/reports/{report.key}/"}))
"""


def main() -> int:
    """Measure on every engine that is here; 0 where all reach what they are to reach."""
    good = True
    with tempfile.TemporaryDirectory() as folder, databases(1) as engines:
        for engine, [database] in engines:
            at = place(Path(folder) / engine, database)
            pages = at.made(_DEMO)
            with serving(at, WORKERS) as port:
                good = _measured(engine, port, pages) and good
    return 0 if good else 1


def _measured(engine: str, port: int, pages: dict[str, str]) -> bool:
    found: dict[str, list[Load]] = {name: [] for name in pages}
    for path in pages.values():
        load(port, path, CONNECTIONS, SECONDS / 2)
    for _ in range(ROUNDS):
        for name, path in pages.items():
            found[name].append(load(port, path, CONNECTIONS, SECONDS))
    good = True
    for name in ("guide", "report"):
        turns = list(zip(found[name], found["peer"], strict=True))
        rate = median(ours.rate / peer.rate for ours, peer in turns)
        slowest = median(ours.slowest() / peer.slowest() for ours, peer in turns)
        good = good and rate >= LEAST_RATE and slowest <= MOST_SLOWEST
        print(
            f"{engine}: {name} {rate:.2f} of the peer's requests a second, to reach {LEAST_RATE}; 99 in 100 answers within"
            f" {slowest:.2f} of its time, at most {MOST_SLOWEST:.0f}"
            f" ({sum(len(ours.took) for ours, _ in turns)} requests of {sum(len(peer.took) for _, peer in turns)})"
        )
    return good


if __name__ == "__main__":
    sys.exit(main())
