"""Promises about the source itself: layers, sizes, nothing unfinished, nothing that names a machine or a host."""

import ast
import re
import subprocess
import sys

from tests.guards.source import ROOT, SOURCE, modules, project_files

TEXT = {".py", ".toml", ".md", ".css", ".txt", ".cfg", ".json", ""}
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")
FOREIGN = re.compile(r"(/home/|/root/|/work/(main|shared)|/tmp/brief)")
LONGEST = 400


def test_rooms_import_only_those_below_them():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    kept = re.search(r"Contracts: (\d+) kept, 0 broken", done.stdout)
    assert kept, done.stdout
    assert int(kept[1]) >= 2


def written():
    """The modules that a person writes: all but the migrations, which a program makes."""
    return {path: tree for path, tree in modules().items() if path.parent.name != "migrations"}


def test_no_module_is_longer_than_four_hundred_lines():
    lengths = {
        str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines()) for path in written()
    }
    assert len(lengths) > 50
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_module_is_named_for_nothing():
    names = {part for path in modules() for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert len(names) > 50
    assert names & {"utils", "util", "helpers", "common", "core", "base", "misc"} == set()


def test_every_module_says_what_it_is_for():
    assert len(modules()) > 50
    assert [str(path) for path, tree in written().items() if not ast.get_docstring(tree)] == []


def test_nothing_is_left_unfinished_and_no_machine_is_named():
    searched, found = 0, []
    for path in project_files():
        if path.suffix not in TEXT or path.name == "requirements.lock":
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        searched += 1
        found += [
            (str(path.relative_to(ROOT)), hit[0]) for rule in (UNFINISHED, FOREIGN) for hit in rule.finditer(text)
        ]
    assert searched > 100
    assert [hit for hit in found if not hit[0].startswith("tests/guards/")] == []


def test_the_lock_file_pins_every_part_with_hashes_and_names_no_address():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([A-Za-z0-9][\w.-]*)==", text, re.MULTILINE)
    assert len(pins) > 20
    assert text.count("--hash=sha256:") >= len(pins)
    assert not re.search(r"://|--index-url|--find-links|--extra-index|@ file", text)


def test_every_part_of_the_package_is_in_the_lock_file():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=\[;! ]", given)[0].lower().replace("_", "-") for given in project["dependencies"]}
    pinned = {
        name.lower() for name in re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    }
    assert len(wanted) >= 6
    assert wanted - pinned == set()
