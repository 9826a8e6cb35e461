"""Every page over a tree of 50,000 agencies against the same page over one of 50.

`python -m benchmarks tree`: two installations on SQLite (and two on PostgreSQL where one answers) are asked in turns for every address of the site and
the office that answers, as nobody and as six people. A page is to take at most three times as long. The tree as one file and
the machine's list of a thousand addresses grow with the tree; the first is left out, the second is measured. The database knows how large its tables are, as it does after any import.
"""

from __future__ import annotations

import http.client
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import quote

from benchmarks._serving import Place, databases, place, serving

SMALL, LARGE = (5, 3, 2), (37, 37, 36)
"""How many agencies stand below one, level by level: 51 and 50,691 in all."""
ROUNDS, AGAIN = 3, 15
MOST = 3.0
_MAKE = """
from benchmarks import _tree
print(json.dumps({name: json.dumps(asked) for name, asked in _tree.addresses(_tree.make([int(given) for given in sys.argv[1:]])).items()}))
"""


class Site:
    """A site that is asked for one page at a time."""

    def __init__(self, port: int, asked: dict[str, str]) -> None:
        self.port = port
        self.asked = {name: json.loads(given) for name, given in asked.items()}

    def answers(self, name: str) -> bool:
        """Whether an address shows a page to who asks."""
        return self._get(name)[0] == 200

    def takes(self, name: str) -> float:
        """The seconds until a page is whole."""
        return self._get(name)[1]

    def _get(self, name: str) -> tuple[int, float]:
        given = self.asked[name]
        headers = {"Host": "127.0.0.1", "Accept-Encoding": "gzip"}
        if given["session"]:
            headers["Cookie"] = f"sessionid={given['session']}"
        began = time.perf_counter()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", quote(given["path"], safe="/?=&%"), headers=headers)
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer.status, time.perf_counter() - began


def main() -> int:
    """Measure on every engine that is here; 0 where no page takes longer than it may."""
    good = True
    with tempfile.TemporaryDirectory() as folder, databases(2) as engines:
        for engine, (small, large) in engines:
            small_place = place(Path(folder) / f"{engine}-small", small)
            large_place = place(Path(folder) / f"{engine}-large", large)
            good = _measured(engine, small_place, large_place) and good
    return 0 if good else 1


def _measured(engine: str, small_place: Place, large_place: Place) -> bool:
    given = small_place.made(_MAKE, *map(str, SMALL)), large_place.made(_MAKE, *map(str, LARGE))
    with serving(small_place, 1) as small_port, serving(large_place, 1) as large_port:
        small, large = Site(small_port, given[0]), Site(large_port, given[1])
        names = [name for name in small.asked if small.answers(name) and large.answers(name)]
        ratios = {name: _ratio(small, large, name, ROUNDS) for name in names}
        # Noise makes a page look slow now and then: what is over is measured again, longer.
        over = [name for name, ratio in ratios.items() if ratio > MOST]
        ratios |= {name: _ratio(small, large, name, AGAIN) for name in over}
    worst = sorted(ratios, key=lambda name: -ratios[name])
    slow = [name for name in worst if ratios[name] > MOST]
    print(
        f"{engine}: {len(names)} pages; median {median(ratios.values()):.2f}; over {MOST:.0f}: {len(slow)} (measured again: {len(over)})",
        flush=True,
    )
    for name in worst[: max(5, len(slow))]:
        print(f"  {ratios[name]:.2f}  {name}", flush=True)
    return bool(names) and not slow


def _ratio(small: Site, large: Site, name: str, rounds: int) -> float:
    turns = [(small.takes(name), large.takes(name)) for _ in range(rounds)]
    return median(theirs for _, theirs in turns) / median(ours for ours, _ in turns)


if __name__ == "__main__":
    sys.exit(main())
