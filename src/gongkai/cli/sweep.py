"""`gongkai sweep`: brings about what is due: reads uploaded reports, sends mails, collects files that nothing needs."""

from __future__ import annotations

import os
import signal
from threading import Event

from gongkai import messages
from gongkai.cli.command import command, option
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.terminal import say


@command("sweep")
@option("--once", is_flag=True)
def sweep(once: bool) -> int:
    """Tick until stopped, or with `--once` until nothing is due; ends with 1 where something failed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings.platform")
    import django

    django.setup()
    if once:
        return _once()
    from gongkai.web.notices.sweep import run

    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    say(messages.text("cli.sweep.running"))
    run(stop)
    return GOOD


def _once() -> int:
    from gongkai.web.notices.sweep import Tick, tick

    total = Tick()
    while True:
        ticked = tick()
        total.add(ticked)
        if not ticked.done:
            break
    say(messages.text("cli.sweep.done", done=total.done, failed=total.failed, given_up=total.given_up))
    _tell_outgoing()
    return BAD if total.failed or total.given_up else GOOD


def _tell_outgoing() -> None:
    """Say that messages wait because nothing is named to send them, so that nobody takes them for sent."""
    from gongkai.web.notices.queries import outgoing

    for channel in ("mail", "sms"):
        standing = outgoing(channel)
        if standing.queued and not standing.can_send:
            say(messages.text(f"cli.sweep.no_{channel}", number=standing.queued))
