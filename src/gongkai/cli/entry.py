"""From arguments to exit code: language, UTF-8, and one line instead of a traceback.

0 good; 1 an error finding that no waiver covers, or a file that could not be read; 2 wrong usage. A reader that went
away ends with 141, Ctrl-C with 130, as shells do.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

import click

from gongkai import messages
from gongkai.cli.usage import ReaderGone, usage_sentence
from gongkai.errors import GongkaiError, InvalidData, InvalidInput

GOOD, BAD, WRONG_USAGE, INTERRUPTED, PIPE_GONE = 0, 1, 2, 130, 141


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing but output leaves this function."""
    choose_language(arguments)
    force_utf8()
    try:
        code = _invoke(list(arguments))
        sys.stdout.flush()
        return code
    except (BrokenPipeError, ReaderGone):
        _forget_output()
        return PIPE_GONE
    except (KeyboardInterrupt, click.Abort):
        click.echo(messages.text("cli.stopped"), err=True)
        return INTERRUPTED


def choose_language(arguments: Sequence[str]) -> None:
    """Let `--lang`, wherever it stands, decide the language of the whole process."""
    for at, given in enumerate(arguments):
        name, _, value = given.partition("=")
        if given == "--":
            return
        if name == "--lang":
            chosen = value or (arguments[at + 1] if at + 1 < len(arguments) else "")
            if chosen in messages.LANGUAGES:
                os.environ["GONGKAI_LANG"] = chosen


def force_utf8() -> None:
    """Write UTF-8 whatever the locale says; what has no UTF-8 form is replaced."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _invoke(arguments: list[str]) -> int:
    from gongkai.cli.commands import gongkai

    try:
        result = gongkai.main(arguments, prog_name="gongkai", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return WRONG_USAGE
    except click.ClickException as error:
        click.echo(usage_sentence(error), err=True)
        return WRONG_USAGE
    except GongkaiError as error:
        click.echo(_sentence(error), err=True)
        return WRONG_USAGE if isinstance(error, InvalidInput | InvalidData) else BAD
    return result if isinstance(result, int) else GOOD


def _sentence(error: GongkaiError) -> str:
    """What went wrong and what to do, for refusals of the law with the provision."""
    if error.code.startswith("law."):
        from gongkai.law.refusals import sentence

        return sentence(error)
    from gongkai.report.write.wording import error_sentence

    return error_sentence(error)


def _forget_output() -> None:
    """Keep the interpreter from complaining about a pipe nobody reads when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = None
