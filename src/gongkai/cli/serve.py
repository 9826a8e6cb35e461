"""`gongkai serve`: brings the database and the static files up to date, and runs the site until it is stopped."""

from __future__ import annotations

import errno
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
from gongkai.web.settings import declared, validity

LOOPBACK_NAME = "localhost"
_REFUSED = {errno.EADDRINUSE: "cli.serve.port_taken", errno.EACCES: "cli.serve.port_forbidden"}


@command("serve")
@option("--host", type=str, default="")
@option("--port", type=int, default=None)
@option("--workers", type=int, default=0)
@option("--demo", is_flag=True)
@option("--open", "open_page", is_flag=True)
def serve(host: str, port: int | None, workers: int, demo: bool, open_page: bool) -> int:
    """Prepare, say where the site is, and serve until Ctrl-C or SIGTERM."""
    begun = time.monotonic()
    validity.require_all()
    host, port = host or declared.text("GONGKAI_LISTEN"), declared.number("GONGKAI_PORT") if port is None else port
    may_listen(host)
    _free(host, port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings.platform")
    address = declared.listens_at(host, port)
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
    if not _is_loopback(host) and not declared.is_given("GONGKAI_HOSTS"):
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
        except OverflowError as error:
            raise InvalidInput("cli.serve.port_range", port=port) from error
        except OSError as error:
            refused = _REFUSED.get(error.errno or 0, "cli.serve.port")
            raise InvalidInput(refused, host=host, port=port, reason=str(error)) from error


def _prepare(address: str, *, demo: bool) -> None:
    """Bring database and static files up to date; at the first start make what is to be shown and print the links."""
    if not (Path(gongkai.__file__).parent / "web" / "static" / "vendor" / "bootstrap").is_dir():
        raise InvalidInput("cli.serve.vendor")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from gongkai.web.files.store import store

    # What is missing for a bucket is said now and not at the first upload.
    store()
    say(messages.text("cli.serve.data", path=settings.DATA))
    say(messages.text("cli.serve.database"))
    call_command("migrate", interactive=False, verbosity=0)
    say(messages.text("cli.serve.static"))
    call_command("collectstatic", interactive=False, verbosity=0)
    if demo:
        _make_demo(address)
    _first_links(address)
    connections.close_all()


def _make_demo(address: str) -> None:
    """Make the county that is shown, with its people and reports, where the site has no agencies of its own."""
    from gongkai.cli.demo import Links, tell_making
    from gongkai.web.agencies.models import Agency
    from gongkai.web.audit.actor import CONSOLE
    from gongkai.web.demo import county, whole

    if Agency.objects.exists() and not county.is_there():
        return
    say(messages.text("cli.serve.demo"))
    shown = Links(lambda token: _full(address, token))
    whole.make(CONSOLE, keep=shown.keep, tell=tell_making)
    shown.show()


def _first_links(address: str) -> None:
    from gongkai.web.accounts import actions
    from gongkai.web.accounts.models import User

    if User.objects.exists():
        return
    say(messages.text("cli.serve.first"))
    for one in actions.first_links().values():
        say(f"  {one.user.get_administrator_display()}  {one.user.login}\n    {_full(address, one.token)}")


def _full(address: str, token: str) -> str:
    """The full address of a link, under the site's own origin where it has one: behind a proxy nobody else reaches this place."""
    from gongkai.web.accounts import invitations
    from gongkai.web.settings import declared

    own = declared.items("GONGKAI_ORIGINS")
    return invitations.address(token) if own else address + invitations.path(token)


def _workers() -> int:
    """Two processes a core and one more, as is usual where a process does one thing at a time; at most nine."""
    return min(2 * (os.cpu_count() or 1) + 1, 9)
