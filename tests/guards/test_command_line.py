"""The command line's promises: names, help in both languages, documents, and that help costs nothing."""

import subprocess
import sys

import click
import pytest

from gongkai.cli.command import Option
from gongkai.cli.commands import gongkai
from tests.guards.source import ROOT, messages_in

PROMISED = (
    "read",
    "check",
    "compare",
    "aggregate",
    "write",
    "waive",
    "deadline",
    "law",
    "fee",
    "demo",
    "doctor",
    "sweep",
    "serve",
    "administrators",
    "audit",
    "search",
    "rekey",
    "backup",
    "restore",
)
HEAVY = (
    "pypdfium2",
    "lxml",
    "selectolax",
    "python_calamine",
    "xlsxwriter",
    "rapidocr",
    "onnxruntime",
    "numpy",
    "daft",
    "django",
)


def commands():
    context = click.Context(gongkai)
    return {name: gongkai.get_command(context, name) for name in gongkai.list_commands(context)}


def test_the_promised_commands_are_there():
    assert tuple(commands()) == PROMISED


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_and_option_has_help(language, monkeypatch):
    monkeypatch.setenv("GONGKAI_LANG", language)
    said, seen = messages_in(language), 0
    for name, command in {**commands(), "gongkai": gongkai}.items():
        assert said[f"cli.help.{name}"].strip()
        context = click.Context(command, info_name=name)
        for parameter in command.get_params(context):
            if isinstance(parameter, click.Option):
                assert isinstance(parameter, Option), (name, parameter.name)
                record = parameter.get_help_record(context)
                assert record is not None
                assert record[1].strip(), (name, parameter.name)
                seen += 1
        assert command.get_help(context)
    assert seen > 30


def test_no_help_text_is_left_over():
    known = {"cli.help.gongkai", *(f"cli.help.{name}" for name in commands())}
    for name, command in {**commands(), "gongkai": gongkai}.items():
        known |= {f"cli.help.{name}.{parameter.name}" for parameter in command.params}
    written = {
        code for code in messages_in("zh") if code.startswith("cli.help.") and not code.startswith("cli.help.any.")
    }
    assert len(written) > 20
    assert written - known == set()


def test_every_command_and_option_is_in_the_documents():
    text = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    missing, seen = [], 0
    for name, command in commands().items():
        chapter = text.partition(f"## gongkai {name}")[2].partition("\n## ")[0]
        options = [parameter.opts[-1] for parameter in command.params if isinstance(parameter, click.Option)]
        missing += [
            f"{name} {given}"
            for given in [*options, f"gongkai {name}"]
            if f"{given}" not in chapter and given != "--lang"
        ]
        seen += len(options)
    assert seen > 25
    assert missing == []


@pytest.mark.parametrize("line", [["--help"], ["--version"], ["reed"]])
def test_help_imports_nothing_heavy(line):
    code = (
        "import sys\nfrom gongkai.cli.entry import run\n"
        f"run({line!r})\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), len(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, encoding="utf-8")
    heavy, _, count = done.stdout.splitlines()[-1].rpartition(" ")
    assert heavy == "[]"
    assert int(count) > 50
