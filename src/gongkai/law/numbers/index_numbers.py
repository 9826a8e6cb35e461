"""Index numbers (索引号): an agency's code, the year and a serial, written by a template and read back in any spelling.

A template is text with the fields {code9} or {code18}, {year} and {serial:5}, the serial with its number of digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from gongkai.errors import InvalidInput
from gongkai.law.numbers.organisation_codes import Scheme, schemes
from gongkai.law.numbers.spelling import data, folded
from gongkai.law.rules import carries_out
from gongkai.law.status import Status, status
from gongkai.messages import Listing

_ARTICLE = "index_number_notice"
_FIELD = re.compile(r"\{([^{}]*)\}")
_SERIAL = re.compile(r"serial:([1-9])")


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its text, the kind of code in it, the digits of its serial."""

    text: str
    scheme: Scheme
    digits: int

    def pattern(self) -> re.Pattern[str]:
        """What a number of this template looks like when it is folded."""
        return _pattern(self)


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """An index number as it is written, with its parts. Numbers are equal when they are written in the same way."""

    text: str
    code: str = field(compare=False)
    year: int = field(compare=False)
    serial: int = field(compare=False)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class GivenTemplate:
    """A template that the data gives for a region, from and until a date."""

    name: str
    template: Template
    region: str
    article: str
    since: date
    until: date | None
    status: Status


@carries_out(_ARTICLE, name="numbers.index_number")
def index_number(template: Template, code: str, year: int, serial: int) -> IndexNumber:
    """Write an index number.

    Raises InvalidInput for a code that is not the template's, a year without four digits, and a serial that is not
    positive or has more digits than the template.
    """
    checked = template.scheme.checked(code)
    if not str(year).isdecimal() or len(str(year)) != _year_digits():
        raise InvalidInput("law.numbers.year", article=_ARTICLE, given=year)
    if serial < 1 or len(str(serial)) > template.digits:
        raise InvalidInput("law.numbers.serial", article=_ARTICLE, given=serial, digits=template.digits)
    parts = {template.scheme.field: checked, "year": str(year), "serial": str(serial).zfill(template.digits)}
    text = _FIELD.sub(lambda found: parts[found[1].partition(":")[0]], template.text)
    return IndexNumber(text, checked, year, serial)


@carries_out(_ARTICLE, name="numbers.read_index_number")
def read_index_number(template: Template, given: str) -> IndexNumber:
    """Read an index number in any spelling of its signs: full width, small letters, other hyphens, spaces.

    Raises InvalidInput for what does not fit the template, and for a code whose check character is wrong.
    """
    found = template.pattern().fullmatch(folded(given))
    if found is None:
        raise InvalidInput("law.numbers.index_form", article=_ARTICLE, given=given, template=template.text)
    return index_number(template, found["code"], int(found["year"]), int(found["serial"]))


@carries_out(_ARTICLE, name="numbers.index_template")
def index_template(text: str) -> Template:
    """Read a template given by an office.

    Raises InvalidInput unless it has one code, one year and one serial and no other field, and prints as one line.
    """
    names = sorted(found[1] for found in _FIELD.finditer(text))
    for scheme in schemes().values():
        for digits in filter(None, map(_SERIAL.fullmatch, names)):
            if names == sorted((scheme.field, digits[0], "year")) and _plain(_FIELD.sub("", text)):
                return Template(text, scheme, int(digits[1]))
    raise InvalidInput("law.numbers.template", article=_ARTICLE, given=text)


def template_for(region: str, on: date, name: str | None = None) -> Template:
    """Return the template in force for a region on a date: the one so named, or the first of the narrowest region.

    Raises InvalidInput where there is none.
    """
    fitting = [
        given
        for given in index_templates()
        if region.startswith(given.region)
        and given.since <= on
        and (given.until is None or on < given.until)
        and name in (None, given.name)
    ]
    if not fitting:
        if name is not None:
            known = Listing(tuple(dict.fromkeys(given.name for given in index_templates())))
            raise InvalidInput("law.numbers.template_unknown", article=_ARTICLE, given=name, on=on, known=known)
        raise InvalidInput("law.numbers.no_template", article=_ARTICLE, on=on)
    return max(fitting, key=lambda given: len(given.region)).template


@cache
def index_templates() -> tuple[GivenTemplate, ...]:
    """Every template of the data in its order."""
    return tuple(_given_templates())


def _given_templates() -> Iterator[GivenTemplate]:
    for given in data()["index_template"]:
        yield GivenTemplate(
            given["name"],
            index_template(given["template"]),
            given.get("region", ""),
            given["article"],
            given["from"],
            given.get("until"),
            status(given.get("status", "stated")),
        )


@cache
def _pattern(template: Template) -> re.Pattern[str]:
    """The folded text of a template, its fields as named groups."""
    forms = {"year": f"(?P<year>[0-9]{{{_year_digits()}}})", "serial": f"(?P<serial>[0-9]{{{template.digits}}})"}
    forms[template.scheme.field] = f"(?P<code>{template.scheme.form()})"
    written, end = "", 0
    for found in _FIELD.finditer(template.text):
        written += re.escape(folded(template.text[end : found.start()])) + forms[found[1].partition(":")[0]]
        end = found.end()
    return re.compile(written + re.escape(folded(template.text[end:])))


def _plain(rest: str) -> bool:
    """Whether what stands between the fields prints and has no brace of its own."""
    return rest.isprintable() and "{" not in rest and "}" not in rest


def _year_digits() -> int:
    return int(data()["document_number"]["year_digits"])
