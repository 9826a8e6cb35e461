"""The arithmetic of numbers: check characters, dates inside of them, the segments and issuers that are given out."""

from __future__ import annotations

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"

NOT_MOBILE = frozenset({"140", "142", "143", "154", "160", "161", "163", "164", "168", "169", "179", "194"})
"""Prefixes that no operator serves people with, as of 2026; what is labelled as a telephone is taken all the same."""

ISSUERS = (
    "62",
    "955",
    "4",
    "51",
    "52",
    "53",
    "54",
    "55",
    "35",
    "34",
    "37",
    "60",
    "65",
    "68",
    "69",
    "84",
    "87",
    "88",
    "90",
    "94",
    "98",
)
"""How bank cards begin: UnionPay, the state banks' old ranges, the international schemes, regional banks."""


def is_identity(signs: str, today: date) -> bool:
    """Whether 18 signs are an identity number: a day of birth from 1900 to `today` and the right check character.

    The region is not looked at: codes of the past are on valid cards, and lists of them are never complete.
    """
    if len(signs) != 18 or signs[6:8] not in ("19", "20") or signs[10] > "1" or signs[12] > "3":
        return False
    if not signs[:17].isdigit() or signs[0] == "0":
        return False
    # By the arithmetic of ISO 7064 mod 11-2, as GB 11643 says.
    total = sum(int(sign) * weight for sign, weight in zip(signs, _WEIGHTS, strict=False))
    if _CHECKS[total % 11] != signs[17].upper():
        return False
    birth = _date(signs[6:10], signs[10:12], signs[12:14])
    return birth is not None and date(1900, 1, 1) <= birth <= today


def is_rounded(signs: str, today: date) -> bool:
    """Whether 18 figures may be an identity number that a sheet stored as a figure, which loses the last three."""
    if len(signs) != 18 or not signs.endswith("000") or not signs.isdigit() or signs[6:8] not in ("19", "20"):
        return False
    birth = _date(signs[6:10], signs[10:12], signs[12:14])
    return birth is not None and birth <= today


def born(signs: str) -> date:
    """The day of birth in a valid identity number."""
    return date(int(signs[6:10]), int(signs[10:12]), int(signs[12:14]))


def old_born(signs: str) -> date | None:
    """The day of birth in an identity number of 15 figures, None where there is none; they were given out until 1999."""
    if signs[0] == "0" or signs[6:12] == "000000":
        return None
    return _date("19" + signs[6:8], signs[8:10], signs[10:12])


def is_credit_code(signs: str) -> bool:
    """Whether 18 signs are a unified social credit code, by its own check character (GB 32100)."""
    upper = signs.upper()
    if len(upper) != 18 or any(sign not in _CREDIT for sign in upper):
        return False
    total = sum(_CREDIT.index(sign) * pow(3, place, 31) for place, sign in enumerate(upper[:17]))
    return _CREDIT[(31 - total % 31) % 31] == upper[17]


def is_card(signs: str) -> bool | None:
    """Whether figures are a bank card: length, issuer and the Luhn digit. None where no issuer begins like that."""
    if signs.startswith("4") or signs[:2] in ("51", "52", "53", "54", "55", "35"):
        lengths: tuple[int, ...] = (16,)
    elif 2221 <= int(signs[:4]) <= 2720:
        lengths = (16,)
    elif signs[:2] in ("34", "37"):
        lengths = (15,)
    elif signs.startswith(ISSUERS):
        lengths = (16, 17, 18, 19)
    else:
        return None
    return _luhn(signs) if len(signs) in lengths else None


def mobile_like(signs: str) -> bool:
    """Whether 11 figures begin as mobile numbers do."""
    return len(signs) == 11 and signs.isdigit() and "13" <= signs[:2] <= "19" and signs[:3] not in NOT_MOBILE


def _luhn(signs: str) -> bool:
    total = 0
    for place, sign in enumerate(reversed(signs)):
        value = int(sign) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(signs)) > 1


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
