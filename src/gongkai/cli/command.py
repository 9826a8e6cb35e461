"""Commands whose help is looked up by name, in the language chosen at run time, and imported when they are used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click

from gongkai import messages
from gongkai.cli.usage import ExtraArguments, ReaderGone, UnknownCommand
from gongkai.messages import LANGUAGES

SPOKEN = {
    "[OPTIONS]": "cli.usage.any_options",
    "COMMAND [ARGS]...": "cli.usage.any_command",
    "[required]": "cli.usage.required",
    "[default: ": "cli.usage.default",
}
"""The words that click puts into help pages, to their messages."""


def _help(command: str, parameter: str) -> str:
    """The help of an option: the command's own, else the one that all commands share."""
    catalogue = messages.catalogue(messages.default_language())
    return catalogue.get(f"cli.help.{command}.{parameter}") or catalogue[f"cli.help.any.{parameter}"]


class Option(click.Option):
    """An option whose help is the message `cli.help.<command>.<name>` or `cli.help.any.<name>`."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's name and help."""
        self.help = _help(str(ctx.command.name), str(self.name))
        record = super().get_help_record(ctx)
        return (record[0], _spoken(record[1])) if record else None


class _Spoken(click.Command):
    """Help pages with headings in the chosen language."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = _spoken(" ".join(self.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, pieces, messages.text("cli.usage.usage"))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, then its examples."""
        del ctx
        formatter.write_paragraph()
        for line in messages.text(f"cli.help.{self.name}").split("\n"):
            formatter.write(f"  {line}\n" if line else "\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        records = [
            record for p in self.get_params(ctx) if isinstance(p, Option) and (record := p.get_help_record(ctx))
        ]
        if records:
            _section(formatter, "cli.usage.options", records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, with a help text of its own language."""
        if not self.get_help_option_names(ctx):
            return None
        return Option(["--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help)


class Command(_Spoken):
    """A command; all have `--lang`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and complain in the chosen language about what is too much."""
        self.allow_extra_args = ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise ExtraArguments(list(rest), ctx)
        return rest


class Group(_Spoken, click.Group):
    """The group of all commands; a command's module is imported when the command is used."""

    commands_at: Mapping[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order in which they are shown."""
        del ctx
        return list(self.commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command; None where there is no such command."""
        del ctx
        if cmd_name not in self.commands_at:
            return None
        found: click.Command = getattr(import_module(self.commands_at[cmd_name]), cmd_name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for."""
        if args and not args[0].startswith("-") and args[0] not in self.commands_at:
            raise UnknownCommand(args[0], self.list_commands(ctx), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is asked for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands with the first line of their help."""
        super().format_options(ctx, formatter)
        names = self.list_commands(ctx)
        rows = [(name, messages.text(f"cli.help.{name}").split("\n")[0]) for name in names]
        _section(formatter, "cli.usage.commands", rows)


def command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function a command with `--lang`."""

    def make(function: Callable[..., Any]) -> click.Command:
        language(function)
        return click.command(name, cls=Command)(function)

    return make


def option(*names: str, **more: Any) -> Callable[[Any], Any]:
    """An option with its help in the messages."""
    return click.option(*names, cls=Option, **more)


language = option("--lang", type=click.Choice(LANGUAGES), expose_value=False, is_eager=True)
as_json = option("--json", "as_json", is_flag=True)
files = click.argument("files", nargs=-1, required=True, metavar="FILE...")


def _section(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    """A heading with its own colon, and the list below it."""
    formatter.write_paragraph()
    formatter.write(f"{messages.text(heading)}\n")
    with formatter.indentation():
        formatter.write_dl(rows)


def _spoken(said: str) -> str:
    """What click says, in the chosen language."""
    for words, code in SPOKEN.items():
        said = said.replace(words, messages.text(code))
    return said


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()
