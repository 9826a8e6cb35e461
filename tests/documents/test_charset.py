"""Character sets: found by the bytes; labels that lie are found out; damage is measured."""

from __future__ import annotations

import pytest

from gongkai.documents.charset import decode
from gongkai.errors import UnreadableDocument

SIMPLIFIED = "样例县青石镇人民政府2021年政府信息公开工作年度报告。本年收到申请12件，办结10件。\r\n" * 5
TRADITIONAL = "樣例縣青石鎮人民政府2021年政府資訊公開工作年度報告。本年收到申請12件，辦結10件。\n" * 5
SETS = ["utf-8", "utf-8-sig", "gb2312", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("charset", SETS)
def test_the_set_is_found_without_any_label(charset: str) -> None:
    found = decode(SIMPLIFIED.encode(charset))
    assert found.text == SIMPLIFIED
    assert found.doubts == ()


def test_big5_is_told_from_gbk() -> None:
    assert decode(TRADITIONAL.encode("big5")).text == TRADITIONAL
    assert decode(TRADITIONAL.encode("gbk")).text == TRADITIONAL


def test_characters_beyond_gbk_are_read() -> None:
    text = "村名𠮷田、㑇县。本年公开12条。"
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize(
    ("label", "real", "doubts"),
    [
        ("utf-8", "utf-8", ()),
        ("gb2312", "gbk", ()),
        ("GBK", "gb18030", ()),
        ("utf-8", "gbk", ("document.charset_label",)),
        ("gb2312", "utf-8", ("document.charset_label",)),
        ("big5", "gbk", ("document.charset_label",)),
        ("gbk", "utf-16-le", ("document.charset_label",)),
        ("klingon", "gbk", ()),
    ],
)
def test_a_label_counts_only_where_the_bytes_agree(label: str, real: str, doubts: tuple[str, ...]) -> None:
    text = f"<meta charset='{label}'>{SIMPLIFIED}"
    found = decode(text.encode(real), labelled=True)
    assert found.text == text
    assert found.doubts == (doubts if real != "utf-16-le" else ())


def test_ascii_fits_every_label() -> None:
    assert decode(b"<meta charset=gbk>0", labelled=True).doubts == ()


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_a_few_bad_bytes_are_read_with_a_doubt(charset: str) -> None:
    data = bytearray((SIMPLIFIED * 10).encode(charset))
    data[200:200] = b"\xff"
    found = decode(bytes(data))
    assert found.doubts == ("document.bad_bytes",)
    assert 1 <= found.text.count("\ufffd") <= 3
    assert found.text.count("人民政府") >= 49


def test_a_cut_last_character_is_a_bad_byte_and_no_other_set() -> None:
    found = decode(SIMPLIFIED.encode()[:-3])
    assert (found.charset, found.doubts) == ("utf-8", ("document.bad_bytes",))


@pytest.mark.parametrize("share", [0.05, 0.3])
def test_much_damage_is_garbled(share: float) -> None:
    data = bytearray((SIMPLIFIED * 10).encode())
    for at in range(0, len(data), round(1 / share)):
        data[at] = 0xFF
    with pytest.raises(UnreadableDocument) as caught:
        decode(bytes(data), "given")
    assert caught.value.code == "document.garbled"
    assert caught.value.facts["name"] == "given"
