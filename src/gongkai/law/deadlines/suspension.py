"""Time that is not counted: while a consulted party has not answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.law.deadlines.history import SuspensionKind


class Suspension:
    """Time that is not counted: from the letter to a party until its opinion is there or its period is over.

    Days are places in the calendar. `end` is None while it is open; `reached` says that
    the letter has come, `limit` is the last day of the party's period where silence ends it.
    """

    __slots__ = ("begin", "end", "kind", "limit", "party", "reached")

    def __init__(self, kind: SuspensionKind, party: str, begin: int) -> None:
        self.kind = kind
        self.party = party
        self.begin = begin
        self.reached = False
        self.limit: int | None = None
        self.end: int | None = None

    def until(self, otherwise: int) -> int:
        """Return the last day that is not counted, `otherwise` while nothing ends it."""
        end = otherwise if self.end is None else self.end
        return end if self.limit is None or end < self.limit else self.limit

    def open(self, at: int) -> bool:
        """Whether the day is still one of those not counted, for want of an answer."""
        return self.end is None and (self.limit is None or at <= self.limit)


def counted_out(
    suspensions: Iterable[Suspension], reached: int, upto: int, through: Sequence[int], *, sending_day_used: bool
) -> tuple[int, int]:
    """Return the working days after `reached` up to a day that are not counted, no day twice, and the last such day.

    The suspensions come in the order of their beginning; `through` are the calendar's counted working days.
    """
    total = 0
    for given in suspensions:
        low = given.begin if sending_day_used else given.begin - 1
        high = given.until(upto)
        if low < reached:
            low = reached
        if high > upto:
            high = upto
        if high > low:
            total += through[high] - through[low]
            reached = high
    return total, reached
