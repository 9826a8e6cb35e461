"""Columns line up although Chinese characters are two cells wide, and nothing from a file reaches the terminal raw."""

import pytest

from gongkai.cli import terminal
from gongkai.cli.check import spread
from gongkai.cli.folder import file_name
from tests.report.made import make_report


@pytest.mark.parametrize(
    ("text", "cells"),
    [("abc", 3), ("公开", 4), ("（）", 4), ("e\u0301", 1), ("a公", 3), ("", 0), ("ｱ", 1), ("𠀀", 2)],
)
def test_width_counts_cells(text, cells):
    assert terminal.width(text) == cells


def test_tables_line_up():
    lines = terminal.table(["机关", "件"], [["甲镇", "12"], ["a", "3"]], right=(1,)).split("\n")
    assert lines == ["机关  件", "────  ──", "甲镇  12", "a      3"]
    assert len({terminal.width(line) for line in lines}) == 1


def test_what_is_too_long_is_cut_at_a_cell():
    assert terminal.fit("政府信息公开", 7) == "政府信…"
    assert terminal.fit("政府", 4) == "政府"


def test_a_long_cell_name_keeps_its_column():
    assert terminal.fit_label("（二）部分公开（区分处理的）·自然人", 20) == "（二）部分公…·自然人"
    assert terminal.fit_label("规章·其他", 20) == "规章·其他"


def test_control_characters_never_reach_the_terminal():
    assert terminal.clean("a\x1b[31m\x00b\u202ec\n") == "a�[31m�b�c�"


@pytest.mark.parametrize(
    ("given", "spreads"),
    [
        ("a --previous b c", "a --previous b --previous c"),
        ("--previous b a", "--previous b a"),
        ("a b --previous c --json", "a b --previous c --json"),
        ("a --waivers w b --previous c d", "a --waivers w b --previous c --previous d"),
        ("a --previous b --children c d", "a --previous b --children c --children d"),
        ("a --previous=b c", "a --previous=b c"),
        ("a --previous b -- c", "a --previous b -- c"),
        ("a --previous -", "a --previous -"),
        ("a --previous", "a --previous"),
    ],
)
def test_previous_takes_all_files_up_to_the_next_option(given, spreads):
    assert spread(given.split()) == spreads.split()


def test_file_names_are_safe_and_never_the_same_twice():
    taken = set()
    names = [
        file_name(make_report(agency=agency, path="x/y.txt"), taken)
        for agency in ("甲镇", "甲镇", "../../etc/passwd", "a b<>:|?*", None, "长" * 100)
    ]
    assert len(set(names)) == 6
    assert not [name for name in names if set(name) & set('/\\<>:|?*" ') or name.startswith(".")]
    assert names[:3] == ["甲镇-2023", "甲镇-2023-2", "etc_passwd-2023"]
    assert names[4] == "y-2023"
