"""What the documents say is so: commands exist, codes are complete, links lead somewhere, the schema is the real one."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.guards.source import FINDING_CODES, ROOT, messages_in, raised_codes

READMES = ("README.md", "README.zh.md")
DOCUMENTS = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def targets():
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("name", READMES)
def test_the_commands_of_the_readme_are_in_the_makefile(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)", text))
    assert {"run", "test"} <= named
    assert named <= targets()
    assert re.search(r"^make test$", text, re.MULTILINE)


@pytest.mark.parametrize("name", READMES)
def test_what_the_readme_quotes_is_what_the_command_prints(name):
    sample = "src/gongkai/cli/samples/2024-sample.pdf"
    text = (ROOT / name).read_text(encoding="utf-8")
    assert f"`{sample}`" in text
    (block,) = re.findall(r"\n\n((?:    [^\n]+\n)*?    样例县(?:.*\n    .+)+)", text)
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "check", sample],
        cwd=ROOT, capture_output=True, timeout=120, env={**os.environ, "GONGKAI_LANG": "zh"},
    )  # fmt: skip
    printed = done.stdout.decode("utf-8").splitlines()
    quoted = [line.removeprefix("    ") for line in block.splitlines()]
    assert len(quoted) >= 6
    assert [line for line in quoted if line not in printed] == []


@pytest.mark.parametrize("name", READMES)
def test_every_command_line_of_the_readme_names_a_command_and_its_options(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    chapters = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    lines = re.findall(r"gongkai ([a-z]+)((?: [^\s`]+)*)", text)
    assert len(lines) >= 6
    for command, rest in lines:
        chapter = chapters.partition(f"## gongkai {command}\n")[2].partition("\n## ")[0]
        assert chapter, command
        assert [option for option in re.findall(r"--[a-z]+", rest) if option not in chapter] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_inside_the_project_lead_somewhere(path):
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (path.parent / link).exists()] == []


def test_there_are_documents_with_links_to_guard():
    assert len(DOCUMENTS) >= 8
    assert sum(path.read_text(encoding="utf-8").count("](") for path in DOCUMENTS) > 15


def test_the_reference_of_findings_is_what_the_messages_say():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "findings_reference.py"), "--check"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_reference_of_findings_names_every_code():
    text = (ROOT / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
    assert len(FINDING_CODES) == 31
    assert [code for code in FINDING_CODES if f"`{code}`" not in text] == []


def test_every_error_of_a_document_is_in_the_reference():
    text = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    codes = [code for code in raised_codes() if code in messages_in("en")]
    assert len(codes) > 20
    assert [code for code in codes if f"`{code}`" not in text] == []


def test_the_schema_document_has_every_key_of_a_line_in_its_order():
    from gongkai.report.write.json import report_object
    from tests.report.made import make_report

    text = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `(\w+)` \|", text.partition("## The line")[2].partition("\n## ")[0], re.MULTILINE)
    assert table == list(report_object(make_report(doubts=("document.ocr",))))
    example = json.loads(re.search(r"```json\n(.*?)\n```", text, re.DOTALL)[1])
    assert list(example) == table
