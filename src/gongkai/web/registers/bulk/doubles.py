"""Rows that are there already: in the register, or further up in the same sheet."""

from __future__ import annotations

from collections.abc import Iterable

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
            elif told := standing.get(tuple(map(str, line.key))):
                line.double_of = told
                self._wrong(line, InvalidInput("registers.bulk.standing", head=self._head))

    def lost(self, lines: list[Line]) -> None:
        """Say of rows whose number somebody else has entered since they were looked through where that stands."""
        standing = self._standing(lines)
        for line in lines:
            line.double_of = standing.get(tuple(str(line.values[name]) for name in DECLARED[self.register].once), "")
            self._wrong(line, InvalidInput("registers.bulk.standing", head=self._head))

    def _wrong(self, line: Line, error: InvalidInput) -> None:
        line.wrong.append(sentence(error, "zh"))
        line.double = True

    def _standing(self, good: list[Line]) -> dict[tuple[str, ...], str]:
        """The keys of rows of the register by what may be there only once as text, those of imports under way too."""
        if not good:
            return {}
        names = DECLARED[self.register].once
        # Every column of the index by which a row is there only once is named, so that each is looked up in it.
        wanted = Q(**{f"{name}__in": {line.values[name] for line in good} for name in names})
        found = self.register.every.filter(wanted, STANDING)
        return {
            tuple(map(str, row[:-1])): row[-1] for row in found.values_list(*names, "key").iterator(chunk_size=2000)
        }
