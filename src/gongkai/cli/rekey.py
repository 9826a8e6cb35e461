"""`gongkai rekey`: takes a new secret key, encrypts anew what the old one protected, and forgets former keys."""

from __future__ import annotations

from gongkai import messages
from gongkai.cli.command import command, option
from gongkai.cli.entry import GOOD
from gongkai.cli.installation import start
from gongkai.cli.running import runs
from gongkai.cli.terminal import say
from gongkai.errors import InvalidInput


@command("rekey")
@option("--forget", is_flag=True)
def rekey(forget: bool) -> int:
    """Put a new key first and encrypt everything anew with it; with `--forget` only drop the keys that are not in use.

    Whoever dies on the way leaves keys that open everything. Raises InvalidInput while the site runs.
    """
    from gongkai.web.settings import declared, secret

    data = declared.folder("GONGKAI_DATA")
    if not secret.path(data).exists():
        raise InvalidInput("cli.installation.behind")
    if runs():
        raise InvalidInput("cli.rekey.running")
    if not forget:
        # Before the platform reads its keys.
        secret.put_new(data)
    start()
    from gongkai.web.accounts.rekeying import seal_anew
    from gongkai.web.audit.actor import CONSOLE

    texts = seal_anew(by=CONSOLE)
    if forget:
        say(messages.text("cli.rekey.forgotten", keys=secret.forget_former(data)))
    else:
        say(messages.text("cli.rekey.done", texts=texts))
    return GOOD
