"""`gongkai search`: makes the search index of this machine anew from the records."""

from __future__ import annotations

import click

from gongkai import messages
from gongkai.cli.command import command
from gongkai.cli.entry import GOOD
from gongkai.cli.installation import start
from gongkai.cli.terminal import say


@command("search")
@click.argument("act", type=click.Choice(["rebuild"]), metavar="rebuild")
def search(act: str) -> int:
    """Make the index anew beside the old one, which goes on answering until the new one takes its place."""
    del act
    start()
    from gongkai.web.search.refreshing import rebuild

    say(messages.text("cli.search.rebuilt", number=rebuild().written))
    return GOOD
