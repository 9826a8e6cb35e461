"""Cleaning: what is folded, what must stay."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from gongkai.documents.characters import PREFERRED, WITHOUT_EQUIVALENT, clean, radicals
from tools.radicals import BLOCKS, DATABASE, TARGET, as_toml, equivalents

FOLDED = [
    ("⼀、总体⼯作情况", "一、总体工作情况"),
    ("中华⼈⺠共和国", "中华人民共和国"),
    ("镇⻓、⻛险、⻝品、⺟亲、⻅⾯、⼾籍", "镇长、风险、食品、母亲、见面、户籍"),
    ("行政执法\uf9b5卷", "行政执法例卷"),
    ("１２３４．５", "1234.5"),
    ("ＰＤＦ文件ａ", "PDF文件a"),
    ("９８％", "98%"),
    ("－５", "-5"),
    ("1，234，567件", "1,234,567件"),
    ("１，２３４", "1,234"),
    ("\u3000 0", "0"),
    ("2021\u00a0年", "2021 年"),
    ("行政\u200b许可\ufeff", "行政许可"),
    ("收\u00ad到", "收到"),
    ("a\x00b\x07", "ab"),
    ("总  计", "总 计"),
    ("其他\t结果\n维持", "其他 结果 维持"),
    ("坏\ud800字", "坏\ufffd字"),
]
KEPT = [
    "（一）予以公开",
    "3.危及“三安全一稳定”",
    "时间：2021年；地点，甲",
    "2021，234件",
    "12，34",
    "①②㎡㎏",
    "〔2021〕30号",
    "规 章",
    "—",
    "plain text, 1,234.5",
    "",
]


@pytest.mark.parametrize(("given", "expected"), FOLDED)
def test_what_only_looks_different_is_folded_and_the_original_is_kept(given: str, expected: str) -> None:
    assert clean(given) == (expected, given)


@pytest.mark.parametrize("text", KEPT)
def test_what_the_office_wrote_stays_and_counts_as_unchanged(text: str) -> None:
    assert clean(text) == (text, None)


def test_plain_white_space_at_the_ends_goes_without_being_a_change() -> None:
    assert clean(" \t行政许可 \n") == ("行政许可", None)


def test_cleaning_twice_changes_nothing_more() -> None:
    cleaned = [clean(given)[0] for given, _ in FOLDED]
    assert len(cleaned) > 10
    assert [clean(text) for text in cleaned] == [(text, None) for text in cleaned]


def test_long_texts_are_cleaned_like_short_ones() -> None:
    assert clean("⼀" * 5000) == ("一" * 5000, "⼀" * 5000)


def test_every_assigned_radical_has_an_ordinary_character() -> None:
    table = radicals()
    assigned = [point for block in BLOCKS for point in block if unicodedata.name(chr(point), "")]
    assert len(assigned) == 329
    assert set(assigned) == set(table) | WITHOUT_EQUIVALENT
    for point in table:
        # The newest ideographs are still unknown to the database of an older Python.
        name = unicodedata.name(table[point], "CJK UNIFIED IDEOGRAPH-2B739")
        assert name.startswith("CJK UNIFIED IDEOGRAPH"), hex(point)
        assert clean(chr(point)) == (table[point], chr(point))


def test_every_compatibility_ideograph_with_one_canonical_form_is_folded() -> None:
    checked = 0
    for point in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)):
        canonical = unicodedata.normalize("NFC", chr(point))
        if canonical != chr(point):
            assert clean(chr(point))[0] == canonical
            checked += 1
    assert checked > 900


def test_the_tool_reads_points_ranges_and_comments() -> None:
    lines = ["# EquivalentUnifiedIdeograph-1.0.txt", "2E81 ; 5382 # x", "2EBE..2EC0 ; 8279", "31D0 ; 4E00", ""]
    assert equivalents(lines) == {0x2E81: 0x5382, 0x2EBE: 0x8279, 0x2EBF: 0x8279, 0x2EC0: 0x8279}
    assert '2E81 = "厂"' in as_toml({0x2E81: 0x5382}, "made")


@pytest.mark.skipif(not DATABASE.is_file(), reason="Unicode's table is not on this machine (Debian: unicode-data)")
def test_the_committed_table_is_what_the_tool_makes_of_unicodes_file() -> None:
    found = equivalents(DATABASE.read_text(encoding="utf-8").splitlines())
    assert len(found) == 328
    assert {point: chr(ideograph) for point, ideograph in found.items()} | PREFERRED == radicals()
    assert Path(TARGET).is_file()
