"""Codes of organisations: the nine characters of GB 11714 and the eighteen of the unified social credit code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law.articles import is_known
from gongkai.law.numbers.spelling import data, folded
from gongkai.law.rules import carries_out
from gongkai.messages import Phrase, phrase


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a kind of code is made: alphabet, weights, modulus and check characters, and which places are digits."""

    name: str
    field: str
    article: str
    alphabet: str
    weights: tuple[int, ...]
    modulus: int
    checks: str
    digits: tuple[int, ...] = ()
    hyphen_after: int = 0

    @property
    def length(self) -> int:
        """How many characters a code has, its check character included."""
        return len(self.weights) + 1

    def check_character(self, body: str) -> str:
        """Return the check character of a code's other characters, which must be of the alphabet."""
        values = map(self.alphabet.index, body)
        total = sum(weight * value for weight, value in zip(self.weights, values, strict=True))
        return self.checks[-total % self.modulus]

    def form(self) -> str:
        """Return the regular expression of a folded code; its characters and its check are not judged by it."""
        head = f"[0-9A-Z]{{{self.hyphen_after}}}{_hyphen()}?" if self.hyphen_after else ""
        return f"{head}[0-9A-Z]{{{self.length - self.hyphen_after}}}"

    def checked(self, given: str) -> str:
        """Return a code in its normal form. Raises InvalidInput naming what is wrong and what should stand there."""
        code = folded(given).replace(_hyphen(), "")
        if len(code) != self.length:
            length, expected = len(code), self.length
            raise InvalidInput(
                "law.numbers.code_length",
                article=self.article, kind=self._kind(), given=given, length=length, expected=expected,
            )  # fmt: skip
        self._judge_characters(code, given)
        self._judge_check(code, given)
        return code

    def _judge_characters(self, code: str, given: str) -> None:
        """Refuse the first character that cannot stand at its place."""
        for at, character in enumerate(code, 1):
            allowed = self._allowed(at)
            if character not in allowed:
                raise InvalidInput(
                    "law.numbers.code_character",
                    article=self.article, kind=self._kind(), given=given,
                    position=at, character=character, allowed=allowed,
                )  # fmt: skip

    def _judge_check(self, code: str, given: str) -> None:
        """Refuse a check character that does not follow from the others."""
        expected = self.check_character(code[:-1])
        if code[-1] != expected:
            raise InvalidInput(
                "law.numbers.code_check",
                article=self.article, kind=self._kind(), given=given,
                position=self.length, character=code[-1], expected=expected,
            )  # fmt: skip

    def _kind(self) -> Phrase:
        return phrase(f"law.numbers.kind.{self.name}")

    def _allowed(self, at: int) -> str:
        """The characters that may stand at a place, counted from 1."""
        if at == self.length:
            return self.checks
        return "".join(filter(str.isdigit, self.alphabet)) if at in self.digits else self.alphabet


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A unified social credit code, with the region and the organisation code that stand in it.

    `organisation_fits` says whether the organisation code has its own check character right; the check of the whole
    code does not cover that.
    """

    code: str
    region: str
    organisation: str
    organisation_fits: bool

    def __str__(self) -> str:
        return self.code


@carries_out("old_organisation_codes", name="numbers.organisation_code")
def organisation_code(given: str) -> str:
    """Return an organisation code (组织机构代码) in its normal form: nine characters without a hyphen.

    Full width, small letters, spaces and hyphens are read. Raises InvalidInput naming the wrong character and, where only
    the check character is wrong, the one that it should be.
    """
    return scheme("organisation").checked(given)


@carries_out("organisation_codes", name="numbers.credit_code")
def credit_code(given: str) -> CreditCode:
    """Return a unified social credit code (统一社会信用代码) of eighteen characters with its parts.

    Full width, small letters, spaces and hyphens are read. Raises InvalidInput as `organisation_code` does.
    """
    code = scheme("credit").checked(given)
    parts = data()["code"]["credit"]
    region, organisation = code[slice(*parts["region"])], code[slice(*parts["organisation"])]
    return CreditCode(code, region, organisation, _fits(organisation))


def printed(organisation: str) -> str:
    """Return an organisation code as it is printed, with a hyphen before its check character: 00001434-9."""
    at = scheme("organisation").hyphen_after
    return organisation[:at] + _hyphen() + organisation[at:]


def scheme(name: str) -> Scheme:
    """Return one kind of code: `organisation` or `credit`."""
    return schemes()[name]


@cache
def schemes() -> Mapping[str, Scheme]:
    """Every kind of code by its name. Raises InvalidData where the file breaks its own rules."""
    return {name: _scheme(name, given) for name, given in data()["code"].items()}


def _scheme(name: str, given: Mapping[str, Any]) -> Scheme:
    found = Scheme(
        name,
        given["field"],
        given["article"],
        given["alphabet"],
        tuple(given["weights"]),
        given["modulus"],
        given["checks"],
        tuple(given.get("digits", ())),
        given.get("hyphen_after", 0),
    )
    whole = len(found.checks) == found.modulus and len(set(found.alphabet)) == len(found.alphabet)
    if not whole or not is_known(found.article):
        raise InvalidData("law.numbers.scheme", name=name, article=found.article)
    return found


def _fits(organisation: str) -> bool:
    try:
        organisation_code(organisation)
    except InvalidInput:
        return False
    return True


def _hyphen() -> str:
    return str(data()["spelling"]["hyphen"][0])
