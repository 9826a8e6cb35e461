"""Nothing is half read in silence: every command says what a file left in doubt."""

import json

import pytest

from gongkai import messages
from tests.cli.reports import report_text

CODE = "document.bad_bytes"
SENTENCE = messages.text(CODE, "zh")


@pytest.fixture
def doubtful(tmp_path):
    """A text with one byte that makes no character."""
    path = tmp_path / "doubtful.txt"
    path.write_bytes(report_text().encode().replace("人员较少".encode(), b"\xff" + "人员较少".encode()))
    return path


@pytest.fixture
def plain(tmp_path):
    path = tmp_path / "plain.txt"
    path.write_text(report_text(agency="某某县第二镇人民政府"), encoding="utf-8")
    return path


def test_read_marks_the_row_and_says_the_doubt_below_the_table(gongkai, doubtful, plain):
    code, out, err = gongkai("read", doubtful, plain)
    assert (code, err) == (0, "")
    rows = [line for line in out.splitlines() if "200/200" in line]
    assert [line.endswith(" ◇") for line in rows] == [True, False]
    (said,) = [line for line in out.splitlines() if line.startswith("◇ 阅读说明")]
    assert SENTENCE in said
    assert str(doubtful) in said


def test_check_says_the_doubt_before_the_findings(gongkai, doubtful):
    wrong = doubtful.read_bytes().replace(
        "一、本年新收政府信息公开申请数量|||0".encode(), "一、本年新收政府信息公开申请数量|||7".encode()
    )
    doubtful.write_bytes(wrong)
    code, out, _ = gongkai("check", doubtful)
    assert code == 1
    assert f"  ◇ 阅读说明  {CODE}\n    {SENTENCE}\n" in out
    assert out.index("◇ 阅读说明") < out.index("✕ 需要更正  ")


def test_json_has_the_doubt_as_its_last_key_and_none_where_there_is_none(gongkai, doubtful, plain):
    first, second = (json.loads(line) for line in gongkai("read", doubtful, plain, "--json")[1].splitlines())
    assert list(first)[-1] == "doubts"
    assert first["doubts"] == [{"code": CODE, "message": SENTENCE}]
    assert "doubts" not in second


@pytest.mark.parametrize(
    "line", [["aggregate"], ["compare"], ["aggregate", "--json"], ["compare", "--json"], ["write", "--to", "csv"]]
)
def test_what_has_no_place_for_doubts_says_them_beside_the_result(gongkai, doubtful, plain, line):
    code, out, err = gongkai(line[0], doubtful, plain, *line[1:])
    assert code == 0
    assert SENTENCE not in out
    assert err.count(SENTENCE) == 1
    assert str(doubtful) in err


def test_english_output_says_doubts_in_english(gongkai, doubtful):
    assert (
        f"◇ About the reading  {CODE}\n    {messages.text(CODE, 'en')}"
        in gongkai("check", doubtful, "--lang", "en")[1]
    )
