"""Whether the name that a report prints is the name of an agency, as it is called or ever was."""

from __future__ import annotations

from gongkai.web.agencies.models import Agency

_SAYS_WHO = 6
"""Characters from which the end of a name says whose it is; 人民政府 and 镇人民政府 are everybody's."""


def differs(printed: str, agency: Agency) -> bool:
    """Whether a report prints the name of somebody else. One that prints no name contradicts nobody.

    The names of the regions above may stand before either name or be left out.
    """
    read = _compact(printed)
    called = (_compact(word) for name in agency.names.all() for word in (name.name, name.short) if word)
    return bool(read) and not any(_same(read, name) for name in called)


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _SAYS_WHO and long.endswith(short))


def _compact(name: str) -> str:
    return "".join(name.split())
