"""Puts lines that belong together into one text."""

from __future__ import annotations

from collections.abc import Iterable


def join_lines(lines: Iterable[str]) -> str:
    """Join lines: without a space between Chinese, with one between Latin words or figures."""
    joined = ""
    for line in lines:
        line = line.strip()
        if not line:
            continue
        if joined and _latin(joined[-1]) and _latin(line[0]):
            joined += " "
        joined += line
    return joined


def _latin(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign in ".,;:!?%)(")
