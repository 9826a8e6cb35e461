"""`gongkai administrators`: one-time links for the three administrators, where there are none yet."""

from __future__ import annotations

from gongkai import messages
from gongkai.cli.command import as_json, command
from gongkai.cli.entry import GOOD
from gongkai.cli.installation import start
from gongkai.cli.terminal import say, tell
from gongkai.report.write.json import dumps


@command("administrators")
@as_json
def administrators(as_json: bool) -> int:
    """Print a link for each administrator that nobody is yet; a link is shown once and sets login data by itself."""
    start(prepare=True)
    from gongkai.web.accounts import actions, invitations

    made = actions.first_links()
    links = {kind: (one.user, invitations.address(one.token)) for kind, one in made.items()}
    if as_json:
        rows = [{"administrator": kind, "login": user.login, "link": link} for kind, (user, link) in links.items()]
        say(dumps({"administrators": rows}))
        return GOOD
    for user, link in links.values():
        say(f"{user.get_administrator_display()}  {user.login}\n  {link}")
    tell(messages.text("cli.administrators.once", days=invitations.GOOD_FOR.days))
    return GOOD
