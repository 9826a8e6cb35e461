"""Rows of a sheet as values of a register, with everything that is wrong in each, in the words of the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from gongkai.errors import GongkaiError, InvalidInput
from gongkai.law.numbers.spelling import search_key
from gongkai.law.refusals import sentence
from gongkai.messages import Listing
from gongkai.web.agencies.models import Agency, Name
from gongkai.web.agencies.queries import held
from gongkai.web.publications.models import Document
from gongkai.web.registers.bulk import spelling
from gongkai.web.registers.bulk.columns import Column, columns, folded
from gongkai.web.registers.declared import DECLARED
from gongkai.web.registers.declared.declaration import TYPED_AS
from gongkai.web.registers.given import amount, completed, document
from gongkai.web.registers.models import AmountField, Row

Values = dict[str, Any]


@dataclass(slots=True)
class Line:
    """A row of the sheet: its number, its cells as they stand, what it says, or every reason why it cannot be entered.

    `as_kept` are the cells of a row that was kept since it was looked through, as they were written then.
    """

    number: int
    cells: list[str]
    values: Values = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    double: bool = False
    double_of: str = ""
    as_kept: bytes = b""

    @property
    def key(self) -> tuple[Any, ...]:
        """What may be there only once; empty before the row was read without fault."""
        return tuple(self.values.get("once", ()))


class Reader:
    """Reads the rows of one sheet for an agency; `today` is asked once, so that all rows are held to the same day."""

    def __init__(self, register: type[Row], agency: Agency) -> None:
        self.register, self.agency, self.today = register, agency, timezone.localdate()
        self._columns = columns(register)
        self._agencies: dict[str, Agency | None] = {}
        self._documents: dict[str, Document] = {}
        self._declared = DECLARED[register]
        self._fields = {TYPED_AS.get(name, name): name for name in self._declared.fields}
        self._money = _amounts(register, self._fields)
        self._related = [name for name in self._declared.fields if register._meta.get_field(name).is_relation]

    def read(self, number: int, cells: list[str], named: Mapping[str, str]) -> Line:
        """Return what a row says, or what is wrong in each of its cells and in the row as a whole."""
        line = Line(number, cells)
        found: Values = {}
        for column in self._columns:
            given = named.get(column.code, "")
            if not given and not column.needed:
                # A day that is not there is None, a text is empty.
                if column.kind == "text":
                    found[column.code] = ""
                continue
            try:
                found[column.code] = self._value(column, given)
            except GongkaiError as error:
                line.wrong.append(f"{column.head}：{sentence(error, 'zh')}")
        if line.wrong:
            return line
        try:
            line.values = self._whole({self._fields.get(code, code): value for code, value in found.items()})
        except GongkaiError as error:
            line.wrong.append(sentence(error, "zh"))
        return line

    def _value(self, column: Column, given: str) -> object:
        if not given:
            raise InvalidInput("registers.bulk.empty")
        match column.kind:
            case "text":
                if len(given) > column.longest:
                    raise InvalidInput("registers.bulk.long", length=len(given), longest=column.longest)
                if not given.isprintable() and any(
                    not one.isprintable() and one not in "\r\n\t\u3000" for one in given
                ):
                    raise InvalidInput("registers.bulk.unseen")
                return given
            case "word":
                code = column.words.get(given) or column.words.get(folded(given))
                if code is None:
                    raise InvalidInput("registers.bulk.word", given=given[:40], known=Listing(column.choices))
                return code
            case "day":
                return spelling.day(given)
            case "month":
                return spelling.month(given)
            case "amount":
                return amount(self._money[column.code], given)
            case "count":
                return spelling.count(given)
            case "agency":
                return self._agency(given)
            case "document":
                return self._document(given)

    def _agency(self, called: str) -> Agency:
        """An agency by the name that it has today; the same name is looked for once."""
        if called not in self._agencies:
            found = list(Name.objects.filter(held(self.today), name=called).select_related("agency")[:2])
            self._agencies[called] = found[0].agency if len(found) == 1 else None
        agency = self._agencies[called]
        if agency is None:
            raise InvalidInput("registers.bulk.agency", given=called[:60])
        return agency

    def _document(self, index_number: str) -> Document:
        """A released document by its index number; the same one is looked for once."""
        if index_number not in self._documents:
            self._documents[index_number] = document(index_number)
        return self._documents[index_number]

    def _whole(self, found: Values) -> Values:
        """The values of a row, held against each other. What is plainly right is taken at once, all else asked as on the form."""
        if not self._plain(found):
            if found.get("power") != "entrusted" and "in_name_of" in found:
                raise InvalidInput("registers.bulk.entrusting_not_asked")
            found = completed(self.register, self.agency, found)
        elif "number_key" in self._declared.once:
            found["number_key"] = search_key(found["number"])
        values = dict(found)
        values["agency_id"] = self.agency.pk
        for name in self._related:
            # In whose name an agency acts is itself, where nothing else is said.
            held = values.pop(name, None) or (self.agency if name == "in_name_of" else None)
            values[f"{name}_id"] = held.pk if held is not None else None
        if values["publicity"] != "withheld":
            values["withheld_by"] = ""
        values["once"] = tuple(values[name] for name in self._declared.once)
        return values

    def _plain(self, found: Values) -> bool:
        """Whether a row, each cell of which is good, needs no further question: the most frequent ones of every register."""
        if found["publicity"] != "open" or any(
            found[name] > self.today for name in self._declared.happened if name in found
        ):
            return False
        return self._declared.asks_nothing_more(found)


def _amounts(register: type[Row], fields: Mapping[str, str]) -> dict[str, AmountField]:
    """The fields of money by the codes of their columns."""
    found = {code: register._meta.get_field(name) for code, name in fields.items()}
    return {code: field for code, field in found.items() if isinstance(field, AmountField)}
