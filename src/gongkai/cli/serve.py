"""`gongkai serve`: brings the database and the static files up to date, and runs the site until it is stopped."""

from __future__ import annotations

import os
import socket
import time
import webbrowser
from contextlib import closing
from ipaddress import ip_address
from pathlib import Path

import gongkai
from gongkai import messages
from gongkai.cli.command import command, option
from gongkai.cli.entry import GOOD
from gongkai.cli.screen import somebody_looks
from gongkai.cli.terminal import say
from gongkai.errors import InvalidInput

LOOPBACK_NAME = "localhost"


@command("serve")
@option("--host", type=str, default="127.0.0.1", show_default=True)
@option("--port", type=int, default=8000, show_default=True)
@option("--workers", type=int, default=0)
@option("--demo", is_flag=True)
@option("--open", "open_page", is_flag=True)
def serve(host: str, port: int, workers: int, demo: bool, open_page: bool) -> int:
    """Prepare, say where the site is, and serve until Ctrl-C or SIGTERM."""
    begun = time.monotonic()
    may_listen(host)
    _free(host, port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    _prepare(address, demo=demo)
    from gongkai.cli.serving import Server

    def ready() -> None:
        say(messages.text("cli.serve.ready", address=f"{address}/", seconds=f"{time.monotonic() - begun:.1f}"))
        if open_page and somebody_looks():
            webbrowser.open(f"{address}/")

    Server(host, port, workers or _workers(), ready).run()
    return GOOD


def may_listen(host: str) -> None:
    """Refuse an address that others can reach while the names of the site are not set.

    Without `GONGKAI_HOSTS` the site would answer others by an error, and believe whatever name they ask for if it did not.
    """
    if not _is_loopback(host) and not os.environ.get("GONGKAI_HOSTS", "").strip():
        raise InvalidInput("cli.serve.hosts", host=host)


def _is_loopback(host: str) -> bool:
    try:
        return host == LOOPBACK_NAME or ip_address(host).is_loopback
    except ValueError:
        return False


def _free(host: str, port: int) -> None:
    """See before anything else is done whether the place can be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((host, port))
        except (OSError, OverflowError) as error:
            raise InvalidInput("cli.serve.port", host=host, port=port, reason=str(error)) from error


def _prepare(address: str, *, demo: bool) -> None:
    """Bring database and static files up to date; at the first start make what is to be shown and print the links."""
    if not (Path(gongkai.__file__).parent / "web" / "static" / "vendor" / "bootstrap").is_dir():
        raise InvalidInput("cli.serve.vendor")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    say(messages.text("cli.serve.data", path=settings.DATA))
    say(messages.text("cli.serve.database"))
    call_command("migrate", interactive=False, verbosity=0)
    say(messages.text("cli.serve.static"))
    call_command("collectstatic", interactive=False, verbosity=0)
    if demo:
        _make_demo()
    _first_links(address)
    connections.close_all()


def _make_demo() -> None:
    """Make the county that is shown and load the sample reports, where the site has no agency yet."""
    from gongkai.web.agencies.demo import make_demo
    from gongkai.web.agencies.models import Agency
    from gongkai.web.audit.actor import Actor
    from gongkai.web.reports.demo import load_samples

    if Agency.objects.exists():
        return
    say(messages.text("cli.serve.demo"))
    console = Actor("console")
    make_demo(console)
    load_samples(console)


def _first_links(address: str) -> None:
    from gongkai.web.accounts import actions, invitations
    from gongkai.web.accounts.models import User
    from gongkai.web.settings import declared

    if User.objects.exists():
        return
    say(messages.text("cli.serve.first"))
    for one in actions.first_links().values():
        # The site's own origin where it has one: behind a proxy nobody else reaches the place listened on.
        link = (
            invitations.address(one.token)
            if declared.items("GONGKAI_ORIGINS")
            else address + invitations.path(one.token)
        )
        say(f"  {one.user.get_administrator_display()}  {one.user.login}\n    {link}")


def _workers() -> int:
    """Two processes a core and one more, as is usual where a process does one thing at a time; at most nine."""
    return min(2 * (os.cpu_count() or 1) + 1, 9)
