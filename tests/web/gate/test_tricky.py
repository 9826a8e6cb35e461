"""Cases made by hand, one sentence each: what must be found, and what must not."""

from __future__ import annotations

import random
import tomllib
from datetime import date
from pathlib import Path

import pytest

from gongkai.web.publications.gate import WordLists, examine
from tests.web.gate import made_up

CASES = tomllib.loads(Path(__file__).with_name("tricky.toml").read_text(encoding="utf-8"))["case"]
TODAY = date(2026, 11, 21)
WORDS = WordLists(own_addresses=("示范省示范县人民路1号",), own_telephones=("13900009999",))


def values() -> dict[str, str]:
    rng = random.Random("tricky")
    many = [made_up.identity(rng) for _ in range(300)]
    number, ending = next(one for one in many if one[-1] != "X"), next(one for one in many if one[-1] == "X")
    digits = next(one for one in many if one.isdigit() and one != number)
    mobile, old = made_up.mobile(rng), made_up.old_identity(rng)
    cards = [made_up.card(rng) for _ in range(100)]
    card, long = next(one for one in cards if len(one) == 16), next(one for one in cards if len(one) == 19)
    code = next(one for one in (made_up.credit_code(rng) for _ in range(100_000)) if one.isdigit())
    wide = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
    return {
        "id": number, "a": number[:6], "b": number[6:14], "c": number[14:], "x": ending, "x_small": ending.lower(), "id_digits": digits,
        "id_wide": number.translate(wide), "id_spelt": number.translate(str.maketrans("0123456789", "〇一二三四五六七八九")),
        "id_bold": "".join(chr(0x1D7CE + int(sign)) for sign in digits), "id_spaced": " ".join(number), "id_tabbed": "\t".join(number),
        "id_wrong": number[:-1] + ("2" if number[-1] == "1" else "1"), "child": made_up.identity(rng, child=True), "old": old,
        "m": mobile, "ma": mobile[:3], "mb": mobile[3:7], "mc": mobile[7:], "m_wide": mobile.translate(wide),
        "m_spelt": mobile.translate(str.maketrans("0123456789", "零一二三四五六七八九")), "m_references": "".join(f"&#{ord(sign)};" for sign in mobile), "card": card,
        "card_spaced": " ".join(card[at : at + 4] for at in range(0, 16, 4)), "long": long, "code": code,
    }  # fmt: skip


VALUES = values()


def test_there_are_at_least_sixty_cases_with_names_of_their_own() -> None:
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)
    assert sum(not case["found"] for case in CASES) >= 25


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case) -> None:
    text = case["text"].format(**VALUES)
    if case.get("format") == "html":
        text = f"<!DOCTYPE html><html><body>{text}</body></html>"
    found = examine(text.encode(), "case.html" if "format" in case else "case.txt", today=TODAY, words=WORDS)
    assert found.format == case.get("format", "text")
    codes = sorted(one.code for one in found.findings if one.severity != "notice")
    assert codes == sorted(case["found"]), [(one.code, one.masked, one.context) for one in found.findings]
