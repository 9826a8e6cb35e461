"""Click's complaints about wrong usage, said in the chosen language."""

from __future__ import annotations

from collections.abc import Iterable

import click

from gongkai import messages


def usage_sentence(error: click.ClickException) -> str:
    """What was given, what was expected, and where to look it up."""
    said = _sentence(error)
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "gongkai"
    return f"{said}\n{messages.text('cli.usage.hint', command=path)}"


def _sentence(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = _list(error.possibilities or ()) or messages.text("cli.usage.nothing")
        return messages.text("cli.usage.no_option", option=error.option_name, near=near)
    if isinstance(error, click.MissingParameter):
        return messages.text("cli.usage.missing", name=_name(error))
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    if isinstance(error, click.BadOptionUsage):
        return messages.text("cli.usage.needs_value", option=error.option_name)
    if isinstance(error, UnknownCommand):
        return messages.text("cli.usage.no_command", command=error.command, known=_list(error.known))
    if isinstance(error, ExtraArguments):
        return messages.text("cli.usage.extra", given=" ".join(error.given))
    return messages.text("cli.usage.other", message=error.format_message())


class UnknownCommand(click.UsageError):
    """There is no such command."""

    def __init__(self, command: str, known: list[str], ctx: click.Context) -> None:
        super().__init__(command, ctx)
        self.command = command
        self.known = known


class ExtraArguments(click.UsageError):
    """More was given than the command takes."""

    def __init__(self, given: list[str], ctx: click.Context) -> None:
        super().__init__(" ".join(given), ctx)
        self.given = given


class ReaderGone(Exception):
    """Nobody reads the output any more; click would take the pipe's own error for a failure."""


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return messages.text("cli.usage.choice", name=_name(error), choices=_list(map(str, kind.choices)))
    if isinstance(kind, click.types.IntParamType):
        return messages.text("cli.usage.number", name=_name(error))
    return messages.text("cli.usage.value", name=_name(error), message=error.message)


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    if isinstance(error.param, click.Option):
        return error.param.opts[-1]
    return error.param.make_metavar(error.ctx) if error.ctx else str(error.param.name)


def _list(names: Iterable[str]) -> str:
    return messages.text("list.comma").join(names)
