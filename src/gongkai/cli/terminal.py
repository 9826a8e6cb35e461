"""Text on the terminal: columns that line up although Chinese characters are two cells wide."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence

import click

from gongkai import messages

COLOURS = {"error": "red", "warning": "yellow", "notice": "blue", "good": "green", "doubt": "magenta"}
ICONS = {"error": "✕", "warning": "▲", "notice": "●", "good": "✓", "doubt": "◇"}
GAP = "  "


def width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(_cells(character) for character in text)


def pad(text: str, to: int, *, right: bool = False) -> str:
    """Fill with spaces up to `to` cells, on the left when `right`."""
    space = " " * max(0, to - width(text))
    return space + text if right else text + space


def fit(text: str, to: int) -> str:
    """Shorten to `to` cells, with an ellipsis where something is lost."""
    if width(text) <= to:
        return text
    kept, used = "", 0
    for character in text:
        if used + _cells(character) > to - 1:
            break
        kept, used = kept + character, used + _cells(character)
    return kept + "…"


def fit_label(label: str, to: int) -> str:
    """Shorten a cell's name in its row part, so that names of one row stay apart by their columns."""
    row, dot, column = label.rpartition("·")
    return fit(row, to - width(dot + column)) + dot + column if row else fit(label, to)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """A table with aligned columns; `right` are the columns of figures. Control characters are shown as �."""
    lines = [[clean(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(width(line[n]) for line in lines) for n in range(len(heads))]
    written = [
        GAP.join(pad(cell, widths[n], right=n in right) for n, cell in enumerate(line)).rstrip() for line in lines
    ]
    rule = GAP.join("─" * size for size in widths)
    return "\n".join([written[0], rule, *written[1:]])


def clean(text: str) -> str:
    """Text on one line, without anything that a terminal would obey."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cs", "Cf") and c != "\u200d" else c for c in text)


def say(text: str) -> None:
    """Print a line of result."""
    click.echo(text)


def tell(text: str) -> None:
    """Print a line beside the result, on the standard error."""
    click.echo(text, err=True)


def mark(kind: str, words: str) -> str:
    """Icon and words in the colour of `kind`; without colour where the output is no terminal."""
    return click.style(f"{ICONS[kind]} {words}", fg=COLOURS[kind], bold=kind == "error")


def put(content: bytes) -> None:
    """Print bytes as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


class Progress:
    """A line on the standard error that says how far a long run is; nothing where that is no terminal."""

    def __init__(self, total: int, code: str = "cli.files.progress") -> None:
        self._total, self._code = total, code
        self._on = total > 1 and sys.stderr is not None and sys.stderr.isatty()
        self._width = 0

    def at(self, number: int, name: str) -> None:
        """Say that item `number` of the total is being worked on."""
        if self._on:
            line = fit(clean(messages.text(self._code, number=number, total=self._total, name=name)), 78)
            self._show(line)

    def done(self) -> None:
        """Take the line away."""
        if self._on:
            self._show("")
            sys.stderr.write("\r")
            sys.stderr.flush()

    def _show(self, line: str) -> None:
        sys.stderr.write("\r" + pad(line, self._width))
        sys.stderr.flush()
        self._width = width(line)


class Steps:
    """A progress line whose number of steps is known only when the first is told; it is taken away at the end."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._shown: tuple[int, Progress] | None = None

    def __enter__(self) -> Steps:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._shown[1].done()

    def at(self, number: int, total: int, name: str) -> None:
        """Say that step `number` of so many is under way."""
        if self._shown is None or self._shown[0] != total:
            self.__exit__()
            self._shown = (total, Progress(total, self._code))
        self._shown[1].at(number, name)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
