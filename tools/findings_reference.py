"""Write docs/reference/findings.md, errors.md and doubts.md from the rules and messages; with --check only compare.

python tools/findings_reference.py [--check]
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "gongkai"

sys.path.insert(0, str(ROOT))

from tools.generated import write_or_check  # noqa: E402

ERRORS = {"UnreadableDocument", "InvalidInput", "InvalidData", "StorageFailed", "impossible"}
SEVERITIES = {"error": "needs correction, exit code 1", "warning": "to be looked at", "notice": "to be known"}
SOURCES = {"form": "the notice that gives the form", "own": "rule of this software"}


def findings() -> str:
    """The page of findings: code, severity, origin, and what is said in both languages."""
    rules = tomllib.loads((SOURCE / "report" / "rules.toml").read_text(encoding="utf-8"))["findings"]
    chinese, english = messages("zh"), messages("en")
    lines = [
        "# Findings",
        "",
        "Codes never change. The words are templates; names in braces are filled with the report's own figures.",
        "This page is made by `python tools/findings_reference.py` from the rules and the messages.",
        "",
    ]
    for code, rule in rules.items():
        origin = SOURCES.get(rule["source"], rule["source"])
        lines += [f"## `{code}`", "", f"{rule['severity']}: {SEVERITIES[rule['severity']]}. Source: {origin}.", ""]
        keys = [key for key in chinese if key == f"finding.{code}" or key.startswith(f"finding.{code}.")]
        lines += [line for key in keys for line in (f"- {chinese[key]}", f"  {english[key]}")]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def errors() -> str:
    """The page of errors: every code that the package raises and what is said."""
    chinese, english = messages("zh"), messages("en")
    lines = [
        "# Errors",
        "",
        'In JSON an unreadable file is `{"path": …, "error": {"code": …, "message": …}}`. Codes never change.',
        "This page is made by `python tools/findings_reference.py` from the source and the messages.",
        "",
        "| Code | 中文 | English |",
        "|---|---|---|",
    ]
    known = sorted(code for code in raised() if code in chinese)
    lines += [f"| `{code}` | {_cell(chinese[code])} | {_cell(english[code])} |" for code in known]
    return "\n".join(lines) + "\n"


def doubts() -> str:
    """The page of doubts: what a reader says about a file that it could read only with a reservation."""
    chinese, english = messages("zh"), messages("en")
    lines = [
        "# Doubts",
        "",
        "What a file left in doubt when it was read: shown before the findings (◇ 阅读说明), on the page, in the workbook, and in JSON",
        "under `doubts`. A doubt does not change the verdict or the exit code. This page is made by",
        "`python tools/findings_reference.py` from the source and the messages.",
        "",
        "| Code | 中文 | English |",
        "|---|---|---|",
    ]
    readers = [*(SOURCE / "documents").rglob("*.py"), *(SOURCE / "report" / "recognise").rglob("*.py")]
    known = sorted(code for code in named(readers) - raised() if code in chinese)
    lines += [f"| `{code}` | {_cell(chinese[code])} | {_cell(english[code])} |" for code in known]
    return "\n".join(lines) + "\n"


def named(paths: Iterable[Path]) -> set[str]:
    """The codes of messages about files and reports that modules name."""
    code = re.compile(r"(document|report)(\.[a-z_]+)+")
    return {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and code.fullmatch(node.value)
    }


def raised() -> set[str]:
    """The codes with which the package raises its own errors."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ERRORS
                and node.args
            ):
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    found.add(code.value)
    return found


def messages(language: str) -> dict[str, str]:
    """All messages of a language."""
    sys.path.insert(0, str(SOURCE.parent))
    from gongkai.messages import catalogue

    return dict(catalogue("zh" if language == "zh" else "en"))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(
        write_or_check(
            {"findings.md": findings(), "errors.md": errors(), "doubts.md": doubts()}, __file__, sys.argv[1:]
        )
    )
