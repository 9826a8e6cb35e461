"""`gongkai demo`: the demonstration county in the installation, with a link for everybody in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gongkai import messages
from gongkai.cli.command import command, option
from gongkai.cli.entry import GOOD
from gongkai.cli.installation import start
from gongkai.cli.terminal import say, table, tell
from gongkai.errors import InvalidInput

if TYPE_CHECKING:
    from gongkai.web.demo.people import Link


@command("demo")
@option("--links", is_flag=True)
def demo(links: bool) -> int:
    """Make whatever of the demonstration is not there yet, and print the links of its people."""
    start(prepare=True)
    from gongkai.web.accounts import invitations
    from gongkai.web.audit.actor import CONSOLE
    from gongkai.web.demo import county, people, whole

    if links and not county.is_there():
        raise InvalidInput("demo.not_there")
    shown = Links(invitations.address)
    if links:
        shown.keep(people.new_links(CONSOLE))
    elif not whole.make(CONSOLE, keep=shown.keep, tell=tell_making):
        say(messages.text("cli.demo.nothing_new"))
    shown.show()
    return GOOD


def tell_making(what: str) -> None:
    """Say on the standard error what is being made."""
    tell(messages.text("cli.demo.making", what=what))


class Links:
    """The links of people: kept at once in a file of the data folder that only its owner can read, shown at the end."""

    def __init__(self, address: Callable[[str], str]) -> None:
        self._address = address
        self._written = self._path = ""

    def keep(self, made: list[Link]) -> None:
        """Write the links into the file."""
        from gongkai.web.demo import people

        heads = [messages.text(f"cli.demo.head.{name}") for name in ("name", "role", "agency", "login", "link")]
        rows = [[one.name, one.role, one.agency, one.login, self._address(one.token)] for one in made]
        self._written = table(heads, rows)
        self._path = str(people.keep_links(self._written + "\n"))

    def show(self) -> None:
        """Print the links as a table, and where they are kept; nothing where there are none."""
        from gongkai.web.accounts import invitations

        if self._written:
            say(self._written)
            tell(messages.text("cli.demo.kept", path=self._path, days=invitations.GOOD_FOR.days))
