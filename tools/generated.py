"""What the scripts that make pages of the documentation have in common: write the pages, or say which are out of date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"


def write_or_check(pages: Mapping[str, str], script: str, arguments: Sequence[str]) -> int:
    """Write pages, by their names in docs/reference; with --check among the arguments only compare.

    Returns the exit code: 1 where a page is out of date, which is then named with the script that makes it.
    """
    if "--check" not in arguments:
        for name, text in pages.items():
            (REFERENCE / name).write_text(text, encoding="utf-8")
        return 0
    stale = [name for name, text in pages.items() if not _is(REFERENCE / name, text)]
    if stale:
        print(f"out of date: {', '.join(stale)}; run python tools/{Path(script).name}")
    return 1 if stale else 0


def _is(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text
