"""Labelled rows on the terminal: labels in one column, long values broken between words or Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.cli.terminal import GAP, clean, pad, width

WIDTH = 80
"""Cells of a line."""
_PIECE = re.compile(r"\s+|[（《“‘〔]*(?:[!-~]+|\S)[，。；：、！？）》”’〕]*")


def rows(labelled: Sequence[tuple[str, str]], indent: str = "") -> str:
    """Rows of a label and a value, a value of several lines under one another; rows without a value are left out."""
    shown = [(label, value) for label, value in labelled if value]
    labels = max((width(label) for label, _ in shown), default=0)
    return "\n".join(hanging(pad(label, labels) + GAP, value, indent) for label, value in shown)


def hanging(lead: str, value: str, indent: str = "") -> str:
    """A value after its lead; all further lines begin where the first line of the value does."""
    room = WIDTH - width(indent) - width(lead)
    lines = [line for given in value.split("\n") for line in wrapped(clean(given), room)]
    blank = " " * width(lead)
    return "\n".join(f"{indent}{lead if not at else blank}{line}".rstrip() for at, line in enumerate(lines))


def wrapped(text: str, to: int) -> Iterator[str]:
    """Lines of at most `to` cells, as far as single words allow; marks stay with what they close or open."""
    line = ""
    for piece in _PIECE.findall(text):
        if line and width(line) + width(piece.rstrip()) > to:
            yield line.rstrip()
            line = ""
        line = line + piece if line or not piece.isspace() else ""
    yield line.rstrip()
