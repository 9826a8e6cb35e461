"""Document numbers (文号): an agency's character code, the year in brackets and a serial without zeros before it.

The registration numbers of requests and the numbers of letters have this form too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gongkai.errors import InvalidInput
from gongkai.law.numbers.spelling import data, folded, search_key
from gongkai.law.rules import carries_out

_ARTICLE = "document_rules.9"
_DIGITS = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """A document number: the agency's character code (机关代字), the year, the serial (发文顺序号)."""

    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        form = data()["document_number"]
        return f"{self.prefix}{form['opening']}{self.year}{form['closing']}{self.serial}{form['unit']}"


@carries_out(_ARTICLE, name="numbers.document_number")
def document_number(prefix: str, year: int, serial: int | str) -> DocumentNumber:
    """Make a document number to be written; its text has the brackets of the rules and no zero before the serial.

    Raises InvalidInput for a character code that is empty or has brackets, a year without four digits, and a serial that
    is not positive, has too many digits or, given as text, is padded with zeros.
    """
    form = data()["document_number"]
    code, text = folded(prefix), folded(str(serial))
    if not code or form["opening"] in code or form["closing"] in code:
        raise InvalidInput("law.numbers.prefix", article=_ARTICLE, given=prefix)
    if not str(year).isdecimal() or len(str(year)) != form["year_digits"]:
        raise InvalidInput("law.numbers.year", article=_ARTICLE, given=year)
    if not _DIGITS.fullmatch(text) or not text.strip("0") or len(text) > form["serial_digits"]:
        raise InvalidInput("law.numbers.serial", article=_ARTICLE, given=serial, digits=form["serial_digits"])
    if text.startswith("0"):
        raise InvalidInput("law.numbers.padded", article=_ARTICLE, given=serial, expected=text.lstrip("0"))
    return DocumentNumber(code, year, int(text))


@carries_out(_ARTICLE, name="numbers.read_document_number")
def read_document_number(given: str) -> DocumentNumber:
    """Read a document number in any spelling: other brackets, full width, spaces, 第 or zeros before the serial.

    Raises InvalidInput for what has not the three parts.
    """
    found = _pattern().fullmatch(search_key(given))
    if found is None:
        raise InvalidInput("law.numbers.document_form", article=_ARTICLE, given=given)
    return document_number(found["prefix"], int(found["year"]), found["serial"])


@cache
def _pattern() -> re.Pattern[str]:
    """What the normal form of a document number looks like."""
    form = data()["document_number"]
    opening, closing = re.escape(form["opening"]), re.escape(form["closing"])
    year = f"{opening}(?P<year>[0-9]{{{form['year_digits']}}}){closing}"
    return re.compile(f"(?P<prefix>[^{opening}{closing}]+){year}(?P<serial>[0-9]+){form['unit']}")
