"""Look at a made-up document: `python -m tests.generator KIND SEED [FAULT]` prints it or writes it to a file.

Without a fault it is the document that the tests call by that kind and seed, a slip in it where they plant one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.generator import KINDS, make, render
from tests.generator.examine import document
from tests.generator.faults import FAULTS


def main(arguments: list[str]) -> None:
    """Print a text, write any other kind to `made.<ending>` in the working folder, and list what must be found."""
    if len(arguments) not in (2, 3) or arguments[0] not in KINDS:
        sys.exit(
            f"usage: python -m tests.generator KIND SEED [FAULT]\nkinds: {' '.join(KINDS)}\nfaults: {' '.join(FAULTS)}"
        )
    kind, seed = arguments[0], int(arguments[1])
    if len(arguments) == 3:
        made = make(seed, blanks=KINDS[kind].positions, fault=FAULTS[arguments[2]])
        made.planted = arguments[2]
        written = render(kind, made)
    else:
        made, written = document(kind, seed)
    if written.ending == "txt":
        for coding in ("utf-8-sig", "gb18030"):
            try:
                print(written.data.decode(coding))
                break
            except UnicodeDecodeError:
                continue
    else:
        path = Path(f"made.{written.ending}")
        path.write_bytes(written.data)
        print(path)
    print(f"--- {made.agency} {made.year} {made.forms} {made.planted}", *made.expected, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
