"""How certain a piece of legal data is: stated in a published text, unverified, or this software's own reading."""

from __future__ import annotations

from typing import Literal, get_args

from gongkai.errors import InvalidData

Status = Literal["stated", "unverified", "ours"]
STATUSES: tuple[Status, ...] = get_args(Status)


def status(given: str) -> Status:
    """Return `given` as a status. Raises InvalidData for any other word."""
    for known in STATUSES:
        if given == known:
            return known
    raise InvalidData("law.status.unknown", given=given, known=", ".join(STATUSES))
