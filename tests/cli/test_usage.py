"""Wrong usage, language, encodings, pipes and interruptions: never a traceback, always the right exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import gongkai as package
from tests.cli.reports import report_text

PYTHON = [sys.executable, "-m", "gongkai"]
USAGE = [
    (("reed",), "没有“reed”这个命令", 'no command "reed"'),
    (("read",), "缺少 FILE", "FILE... is missing"),
    (("read", "x", "--jso"), "没有“--jso”这个选项", 'no option "--jso"'),
    (("compare", "a"), "缺少 B", "B is missing"),
    (("compare", "a", "b", "c"), "多出了：c", "Too much was given: c"),
    (("write", "a", "--to", "doc"), "--to 只能是：html、xlsx、json、csv", "--to must be one of"),
    (("write", "a"), "缺少 --to", "--to is missing"),
    (("write", "a", "--to"), "--to 后面要写一个值", "--to needs a value"),
    (("check", "a", "--previous"), "--previous 后面要写一个值", "--previous needs a value"),
]


@pytest.mark.parametrize(("line", "chinese", "english"), USAGE, ids=[" ".join(line) for line, _, _ in USAGE])
def test_wrong_usage_is_told_in_the_chosen_language_and_ends_with_two(gongkai, line, chinese, english):
    code, out, err = gongkai(*line)
    assert (code, out) == (2, "")
    assert chinese in err
    assert "看用法：gongkai" in err
    code, _, err = gongkai("--lang", "en", *line)
    assert code == 2
    assert english in err
    assert "See: gongkai" in err


def test_the_language_may_stand_before_or_after_the_command(gongkai):
    assert "Show this help" in gongkai("--lang", "en", "read", "--help")[1]
    assert "Show this help" in gongkai("read", "--lang=en", "--help")[1]


def test_version_and_help_and_no_command(gongkai):
    assert gongkai("--version") == (0, f"gongkai {package.__version__}\n", "")
    assert gongkai("--help")[0] == 0
    code, out, _ = gongkai()
    assert (code, "命令" in out) == (2, True)


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 500, b"%PDF-1.7\nbroken", b"PK\x03\x04broken", b"<html>"])
def test_a_broken_file_is_a_line_with_a_reason_and_ends_with_one(gongkai, tmp_path, content):
    path = tmp_path / "坏.bin"
    path.write_bytes(content)
    code, out, err = gongkai("read", path)
    assert "Traceback" not in out + err
    assert code in (0, 1)
    if code:
        assert "坏.bin" in err


def test_a_name_that_is_no_utf8_is_shown_replaced(gongkai, tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    Path(path).write_text(report_text(), encoding="utf-8")
    code, out, _ = gongkai("read", path, "--json")
    assert code == 0
    assert "\ufffd.txt" in out


def test_output_is_utf8_even_where_the_locale_is_c(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(report_text(), encoding="utf-8")
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "GONGKAI_LANG": "zh"}
    plain.pop("PYTHONIOENCODING", None)
    done = subprocess.run([*PYTHON, "read", str(path), "--json"], env=plain, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert "某某县样例镇人民政府" in done.stdout.decode("utf-8")


def test_standard_input_is_read():
    done = subprocess.run(
        [*PYTHON, "read", "-", "--json"], input=report_text().encode(), capture_output=True, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    assert '"path": "-"' in done.stdout.decode()


def test_a_reader_that_went_away_is_no_error_message(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(report_text(), encoding="utf-8")
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*PYTHON, "read", str(path), "--json"], stdout=write, stderr=subprocess.PIPE, timeout=120)
    os.close(write)
    assert done.returncode == 141
    assert done.stderr == b""


def test_an_interruption_ends_quietly(gongkai, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("gongkai.cli.pipeline.read_report", interrupted)
    code, out, err = gongkai("read", "a.txt")
    assert (code, out, err.strip()) == (130, "", "已停止。")


def test_a_defect_of_the_program_is_told_as_one_and_stops_no_other_file(gongkai, monkeypatch, tmp_path):
    from gongkai.cli import pipeline

    real = pipeline.read_report

    def sometimes(path, **more):
        if "bad" in str(path):
            raise IndexError("a defect")
        return real(path, **more)

    monkeypatch.setattr(pipeline, "read_report", sometimes)
    for name in ("bad.txt", "good.txt"):
        (tmp_path / name).write_text(report_text(), encoding="utf-8")
    code, out, err = gongkai("read", tmp_path)
    assert code == 1
    assert "某某县样例镇人民政府" in out
    assert "这是程序的缺陷" in err


@pytest.mark.parametrize(
    ("line", "first"),
    [([], "用法：gongkai [选项] 命令 …"), (["--lang", "en"], "Usage: gongkai [OPTIONS] COMMAND [ARGS]...")],
)
def test_without_a_command_the_help_is_shown_in_the_chosen_language(gongkai, line, first):
    code, out, err = gongkai(*line)
    assert (code, err) == (2, "")
    assert out.splitlines()[0] == first


def test_a_file_that_is_not_there_is_named_once_and_in_the_language(gongkai, tmp_path):
    lost = tmp_path / "lost.pdf"
    code, _, err = gongkai("read", lost)
    assert code == 1
    assert err.count(str(lost)) == 1
    assert "没有这个文件" in err
    assert "没有这个文件" in gongkai("aggregate", lost, "--expected", tmp_path / "list.txt")[2]


def test_two_reports_of_one_name_are_told_apart_by_their_files(gongkai, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(report_text(), encoding="utf-8")
    (tmp_path / "c.txt").write_text(report_text(year=2022), encoding="utf-8")
    out = gongkai("read", tmp_path)[1]
    assert ["  a.txt" in out, "  b.txt" in out, "c.txt" in out] == [True, True, False]
