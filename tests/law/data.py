"""The data files of the law, as the tests look at them: without the package's own readers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LAW = Path(__file__).parents[2] / "src" / "gongkai" / "law"
CITING = frozenset({"article", "articles", "basis"})


def citations() -> list[tuple[str, str]]:
    """Every citation in a data file of the law, with the file that holds it."""
    files = [file for file in sorted(LAW.rglob("*.toml")) if file.name != "articles.toml"]
    return [
        (str(file.relative_to(LAW)), cited)
        for file in files
        for cited in _cited(tomllib.loads(file.read_text(encoding="utf-8")))
    ]


def entries(name: str) -> dict[str, Any]:
    """The entries of one data file."""
    return tomllib.loads((LAW / name).read_text(encoding="utf-8"))


def _cited(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, within in value.items():
            yield from _cited(within, name)
    elif isinstance(value, list):
        for within in value:
            yield from _cited(within, key)
    elif isinstance(value, str) and key in CITING:
        yield value
