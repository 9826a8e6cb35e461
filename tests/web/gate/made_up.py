"""Made-up persons and the numbers of made-up persons: no region has the codes 9901 to 9999, no name is anybody's.

Shares nothing with the package: the arithmetic of check digits is written anew, from the definitions.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

FAMILY = "赵钱孙李周吴郑王冯陈"
GIVEN = ("示例", "样本", "小样", "小例", "某甲", "某乙", "示范", "试验")
MOBILE_STARTS = (
    *("130", "131", "132", "133", "134", "135", "136", "137", "138", "139", "145", "147", "149", "150", "151", "152", "153", "155"),
    *("156", "157", "158", "159", "162", "165", "166", "167", "170", "171", "172", "173", "175", "176", "177", "178", "180", "181"),
    *("182", "183", "184", "185", "186", "187", "188", "189", "190", "191", "192", "193", "195", "196", "197", "198", "199"),
)  # fmt: skip
CARD_STARTS = ("622202", "621700", "622848", "623058", "621226", "456351", "518710", "955880", "620522", "628888")


def name(rng: random.Random) -> str:
    """A name that says it is an example."""
    return rng.choice(FAMILY) + rng.choice(GIVEN)


def identity(rng: random.Random, *, child: bool = False) -> str:
    """An identity number of 18 signs: the sum of all signs, doubled from the right, leaves one when divided by eleven."""
    first, last = (date(2010, 1, 1), date(2025, 12, 31)) if child else (date(1930, 1, 1), date(2006, 12, 31))
    birth = first + timedelta(days=rng.randrange((last - first).days))
    body = f"{rng.randrange(990100, 999999):06d}{birth:%Y%m%d}{rng.randrange(1000):03d}"
    for last_sign in range(11):
        total = last_sign
        for place, sign in enumerate(reversed(body), 1):
            total += int(sign) << place
        if total % 11 == 1:
            return body + ("X" if last_sign == 10 else str(last_sign))
    raise AssertionError(body)


def old_identity(rng: random.Random) -> str:
    """An identity number of 15 figures."""
    birth = date(1930, 1, 1) + timedelta(days=rng.randrange(25_000))
    return f"{rng.randrange(990100, 999999):06d}{birth:%y%m%d}{rng.randrange(1000):03d}"


def mobile(rng: random.Random) -> str:
    """A mobile number with four zeros in the middle."""
    return f"{rng.choice(MOBILE_STARTS)}0000{rng.randrange(10_000):04d}"


def card(rng: random.Random) -> str:
    """A bank card: 16 or 19 figures whose last makes the sum a multiple of ten."""
    start = rng.choice(CARD_STARTS)
    length = 16 if start[0] in "45" or rng.random() < 0.3 else 19
    if start == "955880":
        length = 19
    body = start + "".join(rng.choice("0123456789") for _ in range(length - 7))
    return body + next(str(sign) for sign in range(10) if _sum_of_ten(f"{body}{sign}") % 10 == 0)


def _sum_of_ten(signs: str) -> int:
    doubled = ["0246813579"[int(sign)] for sign in signs[-2::-2]]
    return sum(map(int, signs[-1::-2])) + sum(map(int, doubled))


def address(rng: random.Random) -> str:
    """A home address down to the door, in a place that is none."""
    town = rng.choice(("示范县样本镇", "示例市试验区", "样板县示例乡"))
    street, house, room = rng.randrange(1, 300), rng.randrange(1, 30), rng.choice((101, 202, 301, 402, 1103))
    return town + rng.choice(
        (
            f"例子路{street}号{house}栋{rng.randrange(1, 5)}单元{room}室",
            f"样例村{rng.randrange(1, 12)}组{street}号",
            f"示意小区{house}号楼{room}室",
            f"试验村第{rng.choice('一二三四五六')}村民小组{street}号",
            f"模拟街{street}号附{rng.randrange(1, 9)}号",
            f"样例家园{house}幢{room}",
        )
    )


def credit_code(rng: random.Random) -> str:
    """A unified social credit code with its check sign."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = rng.choice(("91", "11", "12", "92", "93")) + f"{rng.randrange(990100, 999999):06d}"
    body += "".join(rng.choice("0123456789" if rng.random() < 0.5 else alphabet) for _ in range(9))
    weight, total = 1, 0
    for sign in body:
        total += alphabet.index(sign) * weight
        weight = weight * 3 % 31
    return body + alphabet[-total % 31]


def number(rng: random.Random, length: int) -> str:
    """Figures that mean nothing."""
    return rng.choice("123456789") + "".join(rng.choice("0123456789") for _ in range(length - 1))
