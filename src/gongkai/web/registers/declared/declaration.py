"""The form of a declaration, and the names under which fields that are no plain values are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.web.agencies.models import Agency
from gongkai.web.registers.models import Row

SHOWN = ("publicity", "withheld_by")
"""What is given for a row of every register: whether it is public, and if not by which provision."""
TYPED_AS: Mapping[str, str] = {"yuan": "amount", "fen": "amount", "in_name_of": "entrusting"}
"""Under which names forms and sheets ask for fields whose value is not what people type."""
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Declared:
    """What a register declares.

    `fields` are given for a row, in the order of its form; `once` by which fields a row is there only once, and `named_by`
    the one by which a person knows it. `happened` are dates that do not lie ahead, `searched` what words are looked for
    in, `facets` fields with choices by which lists are narrowed. `check` refuses what contradicts itself, or adds what
    follows (InvalidInput). `spellings` are usual headings of sheets, `help` is said on forms and in the template.
    """

    model: type[Row]
    fields: tuple[str, ...]
    once: tuple[str, ...]
    named_by: str
    happened: tuple[str, ...]
    searched: tuple[str, ...]
    facets: tuple[str, ...] = ()
    check: Callable[[Values, Agency], None] | None = None
    spellings: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)
    help: Mapping[str, str] = field(default_factory=dict)
    plain: Callable[[Values], bool] | None = None

    def asks_nothing_more(self, values: Values) -> bool:
        """Whether a row, each cell of which is good, contradicts itself in nothing that `check` would have to say."""
        return self.check is None if self.plain is None else self.plain(values)
