"""Writes `documents/radicals.toml` from Unicode's EquivalentUnifiedIdeograph.txt.

    python -m tools.radicals [FILE]

The file is part of the Unicode Character Database; Debian's package `unicode-data` has it under /usr/share/unicode.
Only the two blocks of radicals are taken; the strokes of the CJK Strokes block do not stand for characters in text.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

DATABASE = Path("/usr/share/unicode/EquivalentUnifiedIdeograph.txt")
TARGET = Path(__file__).parent.parent / "src" / "gongkai" / "documents" / "radicals.toml"
BLOCKS = (range(0x2E80, 0x2F00), range(0x2F00, 0x2FE0))


def equivalents(lines: Iterable[str]) -> dict[int, int]:
    """Return radical to ideograph, for the code points of `BLOCKS`, from the lines of the database's file."""
    pairs: dict[int, int] = {}
    for line in lines:
        fields = [field.strip() for field in line.partition("#")[0].split(";")]
        if len(fields) != 2:
            continue
        first, _, last = fields[0].partition("..")
        for point in range(int(first, 16), int(last or first, 16) + 1):
            if any(point in block for block in BLOCKS):
                pairs[point] = int(fields[1], 16)
    return pairs


def as_toml(pairs: dict[int, int], version: str) -> str:
    """Return the data file's text, a line a radical with its name."""
    lines = [
        "# Radicals and the ordinary characters that they stand for.",
        "# Written by `python -m tools.radicals`; changes by hand belong into `documents/characters.py`.",
        f"# Source: {version}, Unicode Character Database, https://www.unicode.org/terms_of_use.html",
        "",
        "[equivalent]",
    ]
    for point, ideograph in sorted(pairs.items()):
        lines.append(f'{point:04X} = "{chr(ideograph)}"  # {unicodedata.name(chr(point))}')
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the data file."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else DATABASE
    if not source.is_file():
        sys.exit(f"{source} is missing; install Debian's unicode-data or name the file")
    lines = source.read_text(encoding="utf-8").splitlines()
    pairs = equivalents(lines)
    TARGET.write_text(as_toml(pairs, lines[0].lstrip("# ")), encoding="utf-8")
    print(f"{len(pairs)} radicals written to {TARGET}")


if __name__ == "__main__":
    main()
