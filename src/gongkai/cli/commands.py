"""The command `gongkai`, its global options and the list of its commands."""

from __future__ import annotations

import click

import gongkai as package
from gongkai.cli.command import Group, Option, language


class Gongkai(Group):
    """All commands by name; the value is the module that has the command under the same name."""

    commands_at = {  # noqa: RUF012 - never changed
        name: f"gongkai.cli.{name}"
        for name in (
            "read",
            "check",
            "compare",
            "aggregate",
            "write",
            "waive",
            "deadline",
            "law",
            "fee",
            "demo",
            "doctor",
            "sweep",
            "serve",
            "administrators",
            "audit",
            "search",
            "rekey",
            "backup",
            "restore",
        )
    }


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value:
        click.echo(f"gongkai {package.__version__}")
        ctx.exit()


@click.group("gongkai", cls=Gongkai, invoke_without_command=True, subcommand_metavar="COMMAND [ARGS]...")
@click.option("--version", cls=Option, is_flag=True, is_eager=True, expose_value=False, callback=_version)
@language
@click.pass_context
def gongkai(ctx: click.Context) -> None:
    """Read, check, compare and add up annual disclosure reports; without a command show the help."""
    if ctx.invoked_subcommand is None:
        raise click.exceptions.NoArgsIsHelpError(ctx)
