"""Settings: each is declared once, used, explained in both languages and in the documents, and read in one place."""

import ast
import re
import subprocess
import sys

import pytest

from gongkai.web.settings.declared import DECLARED, GROUPS
from tests.guards.source import ROOT, SOURCE, messages_in, modules

NAME = re.compile(r"GONGKAI_[A-Z0-9_]+|DATABASE_URL")
DECLARING = SOURCE / "web" / "settings"
LANGUAGE = {SOURCE / "messages" / "__init__.py", SOURCE / "cli" / "entry.py"}
"""Messages lie below the platform and read the language themselves."""


def named():
    """Every setting that a string of the source names as a whole, outside the declarations, with the modules that do."""
    found = {}
    for path, tree in modules().items():
        if DECLARING not in path.parents or path.name == "platform.py":
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
                    found.setdefault(node.value, set()).add(path)
    return found


def test_every_declared_setting_is_used_and_no_other_is_named():
    declared = {setting.name for setting in DECLARED}
    assert len(declared) == len(DECLARED) > 15
    assert set(named()) - declared == set()
    assert declared - set(named()) == set()


def test_the_environment_is_read_for_settings_in_one_place():
    """`os.environ` with a setting's name stands in `settings.declared` alone; the language is the one exception."""
    reading, seen = set(), 0
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
                seen += 1
        text = path.read_text(encoding="utf-8")
        if re.search(r"(environ|getenv)[^\n]*[\"'](GONGKAI_|DATABASE_URL)", text):
            reading.add(path)
    assert seen > 5
    assert reading == LANGUAGE


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_setting_group_and_unit_is_explained(language):
    said = messages_in(language)
    wanted = [setting.name for setting in DECLARED]
    wanted += [f"group.{group}" for group in GROUPS]
    wanted += [f"unit.{setting.unit}" for setting in DECLARED if setting.unit]
    assert [name for name in wanted if not said.get(f"setting.{name}", "").strip()] == []
    written = {code.removeprefix("setting.") for code in said if NAME.fullmatch(code.removeprefix("setting."))}
    assert written - {setting.name for setting in DECLARED} == set()


def test_every_setting_has_an_example_that_can_be_used(monkeypatch):
    from gongkai.web.settings.validity import wrong

    assert [setting.name for setting in DECLARED if not setting.example] == []
    for setting in DECLARED:
        monkeypatch.setenv(setting.name, setting.example)
        assert wrong(setting) is None, setting.name
        monkeypatch.delenv(setting.name)
        assert wrong(setting) is None, setting.name


def test_the_reference_of_settings_is_what_is_declared():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "settings_reference.py"), "--check"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    text = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert [setting.name for setting in DECLARED if f"`{setting.name}`" not in text] == []


def test_the_documents_name_no_setting_that_does_not_exist():
    known, seen = {setting.name for setting in DECLARED} | {"GONGKAI_TEST_DATABASE", "GONGKAI_WHOLE"}, 0
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        names = set(re.findall(r"`(GONGKAI_[A-Z0-9_]+)`", path.read_text(encoding="utf-8")))
        seen += len(names)
        assert names - known == set(), path
    assert seen > 20
