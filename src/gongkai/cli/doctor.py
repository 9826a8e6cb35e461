"""`gongkai doctor`: the parts of this machine, the settings of an installation, and how the installation is."""

from __future__ import annotations

import gongkai
from gongkai import messages
from gongkai.cli import settings_shown
from gongkai.cli.checkup import Check, checkup
from gongkai.cli.command import as_json, command
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.parts import Part, parts
from gongkai.cli.terminal import mark, pad, say
from gongkai.report.write.json import dumps
from gongkai.web.settings import validity

WIDTH = 18


@command("doctor")
@as_json
def doctor(as_json: bool) -> int:
    """Say how everything is; ends with 1 only where a needed part is missing or something must not be as it is."""
    found, checks = parts(), checkup()
    bad = any(part.needed and not part.there for part in found) or any(one.state == "error" for one in checks)
    if as_json:
        say(dumps(_everything(found, checks)))
    else:
        _show(found, checks)
    return BAD if bad else GOOD


def _everything(found: list[Part], checks: list[Check]) -> dict[str, object]:
    return {
        "gongkai": gongkai.__version__,
        "parts": [{**part._asdict(), "gives": messages.text(f"cli.doctor.{part.name}")} for part in found],
        "settings": settings_shown.rows() if checks else [],
        "unknown": validity.unknown() if checks else {},
        "platform": [one._asdict() for one in checks],
    }


def _show(found: list[Part], checks: list[Check]) -> None:
    say(f"gongkai {gongkai.__version__}")
    for part in found:
        kind = "good" if part.there else "error" if part.needed else "notice"
        state = "there" if part.there else "missing" if part.needed else "optional"
        say(
            f"{mark(kind, pad(part.name, WIDTH))}{messages.text(f'cli.doctor.state.{state}')}"
            f"  {part.version or '—'}  {messages.text(f'cli.doctor.{part.name}')}"
        )
    if not checks:
        return
    say(f"\n{messages.text('cli.doctor.heading.settings')}")
    for line in settings_shown.lines():
        say(line)
    say(f"\n{messages.text('cli.doctor.heading.platform')}")
    for one in checks:
        say(mark(one.state, f"{pad(messages.text(f'cli.checkup.{one.name}.name'), WIDTH)}{one.message}"))
