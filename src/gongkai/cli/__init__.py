"""The command line: it parses, calls and prints; what it calls is imported when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `gongkai` with the process's arguments and end the process with the exit code."""
    from gongkai.cli.entry import run

    sys.exit(run(sys.argv[1:] if arguments is None else arguments))
