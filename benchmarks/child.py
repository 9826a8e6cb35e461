"""What a child process costs: its start apart from the reading, against reading the same page in this process."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

from gongkai.documents import Source, read
from gongkai.documents.child import read_limited
from tests.documents.html_made import page

ROUNDS = 25


def main() -> None:
    """Print the medians, taken in turns."""
    source = Source(page(), "page.html")
    start, bare, child, here = [], [], [], []
    for _ in range(ROUNDS):
        for times, run in (
            (bare, lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)),
            (start, lambda: subprocess.run([sys.executable, "-c", "import gongkai.documents.html"], check=True)),
            (child, lambda: read_limited(source)),
            (here, lambda: read(source)),
        ):
            begin = perf_counter()
            run()
            times.append((perf_counter() - begin) * 1000)
    print(
        f"child process, styled page: python alone {median(bare):.0f} ms, start with the reader loaded {median(start):.0f} ms,"
        f" read_limited {median(child):.0f} ms = {median(child) / median(start):.2f}x its start;"
        f" reading here {median(here):.2f} ms"
    )


if __name__ == "__main__":
    main()
