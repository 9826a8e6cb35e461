"""`gongkai restore`: an installation out of a backup, on either engine."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gongkai import messages
from gongkai.cli.backup import answering, as_object, tell_lost, tell_of
from gongkai.cli.command import as_json, command, option
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.installation import start
from gongkai.cli.running import runs
from gongkai.cli.terminal import Steps, clean, mark, say, tell
from gongkai.errors import InvalidInput
from gongkai.report.write.json import dumps


@command("restore")
@click.argument("file", metavar="FILE")
@option("--replace", is_flag=True)
@option("--yes", is_flag=True)
@as_json
def restore(file: str, replace: bool, yes: bool, as_json: bool) -> int:
    """Restore a backup; ends with 1 where contents were lost before or a chain of the audit does not hold."""
    start(current=False)
    from gongkai.web.audit import wording
    from gongkai.web.backup.restore import restore as restored_from

    if runs():
        raise InvalidInput("restore.running")
    with answering(), Steps("cli.restore.step") as steps:
        if replace and not yes:
            _ask()
        done = restored_from(Path(file), replace=replace, progress=steps.at)
    broken = [verdict for verdict in done.verdicts if not verdict.whole]
    if as_json:
        facts = {"chains": len(done.verdicts), "broken": [one.chain for one in broken], "key_fits": done.key_fits}
        say(dumps({**as_object(done.manifest), **facts}))
    else:
        say(mark("good", messages.text("cli.restore.done", path=clean(file))))
        tell_of(done.manifest)
        entries = sum(verdict.entries for verdict in done.verdicts)
        say(messages.text("cli.audit.summary", chains=len(done.verdicts), entries=entries, broken=len(broken)))
        for verdict in broken:
            say(mark("error", wording.verdict(verdict)))
    if not done.key_fits:
        tell(mark("warning", messages.text("cli.restore.other_key")))
    return BAD if broken else tell_lost(done.manifest.lost) or GOOD


def _ask() -> None:
    """Have a person say that what is there may go. Raises InvalidInput where nobody can be asked."""
    from django.db import connection

    from gongkai.web.backup import target

    number = target.rows(connection)
    if not number:
        return
    if not sys.stdin.isatty():
        raise InvalidInput("restore.unasked", rows=number)
    click.confirm(messages.text("cli.restore.ask", rows=number), abort=True, err=True)
