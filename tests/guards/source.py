"""The project's own files, as the guards look at them."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "gongkai"
FINDING_CODES = (
    "balance.column",
    "total.column",
    "total.row",
    "total.remedies",
    "year.carried",
    "tree.sum",
    "count.negative",
    "count.fraction",
    "prose.cell",
    "prose.parts",
    "prose.percent",
    "prose.wording",
    "prose.year",
    "prose.agency",
    "year.in_force",
    "section.missing",
    "section.repeated",
    "form.year",
    "level.rules",
    "cell.unreadable",
    "cell.text",
    "fee.section_six",
    "agency.unclear",
    "year.unclear",
    "form.mixed",
    "cell.blank_as_zero",
    "cell.inferred",
    "cell.unit",
    "title.missing",
    "same.previous",
    "same.peer",
)
"""The codes of findings, as promised; typed here so that none can vanish with its code."""
ERRORS = frozenset(
    {"UnreadableDocument", "InvalidInput", "InvalidData", "StorageFailed", "GongkaiError", "impossible"}
)
"""What an error of the package is made with: its classes, and the refusal of an event, which adds its own facts."""
REFUSAL = frozenset({"article", "event", "on"})


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the package, parsed."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that belongs to the project: tracked by git, or not ignored; all but caches without git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True,
        ).stdout.decode("utf-8", "surrogateescape")  # fmt: skip
        paths = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        hidden = {".git", ".venv", "build", "dist", "__pycache__"}
        paths = [path for path in ROOT.rglob("*") if not hidden & set(path.relative_to(ROOT).parts)]
    return tuple(path for path in paths if path.is_file())


def raised_codes() -> dict[str, set[str]]:
    """Every code with which the package raises an error of its own, and the facts given with it."""
    found: dict[str, set[str]] = {}
    for tree in modules().values():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ERRORS
                and node.args
            ):
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    facts = {keyword.arg for keyword in node.keywords if keyword.arg}
                    facts |= REFUSAL if node.func.id == "impossible" else set()
                    found.setdefault(code.value, set()).update(facts)
    return found


def doubt_codes() -> set[str]:
    """Every code of a message that the readers name and never raise: what they report as a doubt."""
    code = re.compile(r"(document|report)(\.[a-z_]+)+")
    named = {
        node.value
        for path, tree in modules().items()
        if path.relative_to(SOURCE).parts[0] == "documents" or path.parent.name == "recognise"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and code.fullmatch(node.value)
    }
    return named - raised_codes().keys()


@cache
def messages_in(language: str) -> dict[str, str]:
    """All messages of a language by code, read without the package's own reader."""
    flat: dict[str, str] = {}

    def walk(tree: dict[str, object], prefix: tuple[str, ...]) -> None:
        for key, value in tree.items():
            path = (*prefix, key)
            if isinstance(value, dict):
                walk(value, path)
            else:
                code = ".".join(part for part in path if part != "_")
                assert code not in flat, f"{code} stands in two files"
                flat[code] = str(value)

    for file in sorted((SOURCE / "messages" / language).glob("*.toml")):
        walk(tomllib.loads(file.read_text(encoding="utf-8")), ())
    return flat
