"""`gongkai audit`: proves the chains of the audit, and exports their ends to be kept elsewhere."""

from __future__ import annotations

from typing import TextIO

import click

from gongkai import messages
from gongkai.cli.command import as_json, command, option
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.installation import start
from gongkai.cli.terminal import mark, say
from gongkai.errors import InvalidInput
from gongkai.report.write.json import dumps


@command("audit")
@click.argument("act", type=click.Choice(["verify", "heads"]), metavar="verify|heads")
@option("--chain", type=str, default="")
@option("--heads", "known", type=click.File(encoding="utf-8"))
@as_json
def audit(act: str, chain: str, known: TextIO | None, as_json: bool) -> int:
    """Prove the chains, ending with 1 where one does not hold, or print a line of JSON for the end of each."""
    start()
    return _heads(chain) if act == "heads" else _verify(chain, known, as_json)


def _heads(chain: str) -> int:
    from gongkai.web.audit import heads

    names = _chosen(chain, set())
    for line in heads.export():
        if not chain or names == heads.read([line]).keys():
            say(line)
    return GOOD


def _verify(chain: str, known: TextIO | None, as_json: bool) -> int:
    from gongkai.web.audit import heads, wording
    from gongkai.web.audit.chain import verify

    kept = heads.read(known) if known else {}
    found = [verify(name, kept.get(name)) for name in sorted(_chosen(chain, set(kept)))]
    broken = sum(not verdict.whole for verdict in found)
    if as_json:
        rows = [
            {
                "chain": one.chain,
                "whole": one.whole,
                "entries": one.entries,
                "wrong_at": one.wrong_at,
                "wrong": one.wrong,
            }
            for one in found
        ]
        say(dumps({"chains": rows, "broken": broken}))
    else:
        for verdict in found:
            say(mark("good" if verdict.whole else "error", wording.verdict(verdict)))
        entries = sum(verdict.entries for verdict in found)
        say(messages.text("cli.audit.summary", chains=len(found), entries=entries, broken=broken))
    return BAD if broken else GOOD


def _chosen(chain: str, kept: set[str]) -> set[str]:
    """The chains to look at: the one named, or all of the database and of the file."""
    from gongkai.web.audit.queries import chains

    known = {*chains(), *kept}
    if chain and chain not in known:
        raise InvalidInput("audit.no_chain", chain=chain, known=messages.Listing(tuple(sorted(known))))
    return {chain} if chain else known
