"""Write docs/reference/settings.md from what is declared and the messages; with --check only compare.

python tools/settings_reference.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from gongkai.messages import text  # noqa: E402
from gongkai.web.settings.declared import DECLARED, GROUPS, Declared, Group  # noqa: E402
from tools.generated import write_or_check  # noqa: E402


def page() -> str:
    """The whole page: how settings are made, then a table a group."""
    lines = [
        "# Settings",
        "",
        "The platform is set by environment variables, read once when a process starts. `gongkai doctor` shows those of a machine, whether",
        "each can be used, and names that are probably misspelt. None of them comes from the law: statutory numbers are in",
        "[the law](law.md). A list has commas between its items; a switch is `yes` or `no`; a secret is never shown or logged.",
        "",
        "平台用环境变量设置，进程启动时读取一次。`gongkai doctor` 列出这台机器上的设置，哪些不能用，哪些名称可能写错。法定的期限、数额不在这里，见",
        "[法律](law.md)。列表用逗号分隔；开关写 `yes` 或 `no`；密码一类不显示，也不进日志。",
        "",
        "This page is made by `python tools/settings_reference.py` from the source and the messages.",
        "",
    ]
    return "\n".join([*lines, *(line for group in GROUPS for line in chapter(group))]).rstrip() + "\n"


def chapter(group: Group) -> Iterator[str]:
    """The table of a group; nothing for one without settings."""
    chosen = [setting for setting in DECLARED if setting.group == group]
    if not chosen:
        return
    yield from (f"## {text(f'setting.group.{group}', 'en')} · {text(f'setting.group.{group}', 'zh')}", "")
    yield from ("| Setting | What it is for | 用途 | Value | Default | Example |", "|---|---|---|---|---|---|")
    yield from map(_row, chosen)
    yield ""


def _row(setting: Declared) -> str:
    row = (
        f"`{setting.name}`", text(f"setting.{setting.name}", "en"), text(f"setting.{setting.name}", "zh"),
        _value(setting), _code(setting.default), _code(setting.example),
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _value(setting: Declared) -> str:
    """What kind of value it takes, in which unit, from what on."""
    if setting.kind == "choice":
        return ", ".join(map(_code, setting.choices))
    if setting.kind == "number":
        unit = f" of {text(f'setting.unit.{setting.unit}', 'en')}" if setting.unit else ""
        return f"number{unit}, at least {setting.least}"
    return setting.kind


def _code(written: str) -> str:
    return f"`{written}`" if written else ""


if __name__ == "__main__":
    sys.exit(write_or_check({"settings.md": page()}, __file__, sys.argv[1:]))
