"""The files a person names: paths, folders, patterns and the standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.errors import InvalidInput

STDIN = "-"
ENDINGS = frozenset(
    {
        "pdf",
        "html",
        "htm",
        "shtml",
        "xhtml",
        "mhtml",
        "docx",
        "doc",
        "wps",
        "rtf",
        "xlsx",
        "xls",
        "ofd",
        "txt",
        "text",
        "md",
    }
    | {"png", "jpg", "jpeg", "tif", "tiff", "bmp"}
)
"""What is taken from a folder; a file named by itself is read whatever its ending."""
MANIFEST = ".gongkai-files.json"
"""Marks a folder that this program wrote: what it holds are results, not reports to read."""


@dataclass(slots=True)
class Files:
    """The files in the order given, folders sorted, none twice; `skipped` are those of a folder that are no report."""

    paths: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def find(given: Sequence[str]) -> Files:
    """Find all files that the arguments name. Raises InvalidInput where a pattern or a folder has none."""
    found = Files()
    seen: set[str] = set()
    for argument in given:
        for path in _expand(argument, found.skipped):
            key = path if path == STDIN else os.path.realpath(path)
            if key not in seen:
                seen.add(key)
                found.paths.append(path)
    return found


def shown(path: str) -> str:
    """A path for people and for JSON: bytes that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def _expand(argument: str, skipped: list[str]) -> Iterable[str]:
    if argument == STDIN:
        return [STDIN]
    path = Path(argument)
    if _is_folder(path):
        return _some(argument, list(_walk(path, skipped)), "cli.files.empty_folder")
    if not os.path.lexists(argument) and glob.has_magic(argument):
        matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207 - patterns may be absolute
        inside = [
            file
            for match in matches
            for file in (_walk(Path(match), skipped) if _is_folder(Path(match)) else [match])
        ]
        return _some(argument, inside, "cli.files.no_match")
    return [argument]


def _some(argument: str, paths: list[str], code: str) -> list[str]:
    if not paths:
        raise InvalidInput(code, given=shown(argument))
    return paths


def _walk(folder: Path, skipped: list[str]) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if MANIFEST in names:
            folders.clear()
            skipped.append(place)
            continue
        for name in sorted(names):
            if name.startswith((".", "~$")):
                continue
            path = os.path.join(place, name)  # noqa: PTH118 - keeps bytes that are no UTF-8
            if name.rpartition(".")[2].lower() in ENDINGS:
                yield path
            else:
                skipped.append(path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
