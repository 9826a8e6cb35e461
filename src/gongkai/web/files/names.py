"""Names of files as strangers give them, made fit for showing, storing and sending."""

from __future__ import annotations

import unicodedata

LONGEST = 120
"""Characters of a name that are kept; the ending is always among them."""
NAMELESS = "未命名"
_LONGEST_ENDING = 12
_CONTROLS = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def clean(given: str) -> str:
    """Return the last part of a name, on one line, without signs that hide or turn text; never empty.

    Both kinds of slashes part a path, whatever the system. The name is for people only: no path is ever made of it.
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in _CONTROLS)
    shown = " ".join(shown.split()).strip(". ")
    return _shortened(shown) or NAMELESS


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
