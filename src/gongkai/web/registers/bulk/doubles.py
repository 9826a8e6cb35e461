"""Rows that are there already: in the register, or further up in the same sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from gongkai.errors import InvalidInput
from gongkai.law.refusals import sentence
from gongkai.web.registers.bulk.columns import columns
from gongkai.web.registers.bulk.lines import Line
from gongkai.web.registers.declared import DECLARED
from gongkai.web.registers.models import STANDING, Row


class Doubles:
    """Finds the doubles among the rows of one sheet, batch by batch; holds what makes every row so far the only one."""

    def __init__(self, register: type[Row]) -> None:
        self.register = register
        self._seen: dict[int, int] = {}
        self._head = next(one.head for one in columns(register) if one.code == DECLARED[register].named_by)

    def mark(self, lines: Iterable[Line]) -> None:
        """Say of every row that is there already where it stands."""
        good = [line for line in lines if not line.wrong]
        standing = self._standing(good)
        for line in good:
            # Two keys of one hash in a sheet are less likely than a fault of the machine; a tuple each would be ten times the memory.
            first = self._seen.setdefault(hash(line.key), line.number)
            if first != line.number:
                self._wrong(line, InvalidInput("registers.bulk.twice", head=self._head, row=first))
            elif line.key in standing:
                line.double_of = standing[line.key]
                self._wrong(line, InvalidInput("registers.bulk.standing", head=self._head))

    def remember(self, lines: Iterable[Line]) -> None:
        """Hold rows that were written before, so that a later one of the same number is a double."""
        for line in lines:
            if not line.wrong:
                self._seen.setdefault(hash(line.key), line.number)

    def lost(self, lines: Iterable[Line]) -> None:
        """Say of rows that somebody else entered in the same moment."""
        for line in lines:
            self._wrong(line, InvalidInput("registers.bulk.standing", head=self._head))

    def _wrong(self, line: Line, error: InvalidInput) -> None:
        line.wrong.append(sentence(error, "zh"))
        line.double = True

    def _standing(self, good: list[Line]) -> dict[tuple[Any, ...], str]:
        """The keys of rows of the register by what may be there only once, those of imports under way too."""
        if not good:
            return {}
        names = DECLARED[self.register].once
        # Every column of the index by which a row is there only once is named, so that each is looked up in it.
        wanted = Q(**{f"{name}__in": {line.values[name] for line in good} for name in names})
        found = self.register.every.filter(wanted, STANDING)
        return {tuple(row[:-1]): row[-1] for row in found.values_list(*names, "key").iterator(chunk_size=2000)}
