"""Reading, checking, comparing, adding up and writing by command, on files as they come."""

import csv
import io
import json

import openpyxl
import pytest

from tests.cli.reports import report_text

NEW = "requests.new.total"
WRONG = {"requests.new.natural_person": 3}
RIGHT = {
    "requests.new.natural_person": 3,
    NEW: 3,
    "requests.granted.natural_person": 3,
    "requests.granted.total": 3,
    "requests.total.natural_person": 3,
    "requests.total.total": 3,
}


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.txt"
    path.write_text(report_text(RIGHT), encoding="utf-8")
    return path


@pytest.fixture
def wrong(tmp_path):
    path = tmp_path / "wrong.txt"
    path.write_text(report_text(WRONG, agency="某某县错误镇人民政府"), encoding="utf-8")
    return path


def test_read_prints_a_table_and_ends_with_zero(gongkai, good):
    code, out, err = gongkai("read", good)
    assert (code, err) == (0, "")
    assert "某某县样例镇人民政府" in out
    assert "200/200" in out


def test_read_json_is_one_line_a_file_in_order_and_one_where_any_is_wrong(gongkai, good, wrong, tmp_path):
    lost = tmp_path / "lost.pdf"
    code, out, _ = gongkai("read", good, wrong, lost, "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [line["path"] for line in lines] == [str(good), str(wrong), str(lost)]
    assert lines[0]["cells"][NEW]["value"] == 3
    assert [finding["code"] for finding in lines[1]["findings"] if finding["severity"] == "error"]
    assert lines[2]["error"]["code"] == "document.no_file"
    assert lines[2]["error"]["message"]


def test_read_out_writes_overview_pages_workbooks_and_data(gongkai, good, wrong, tmp_path):
    out = tmp_path / "result"
    code, said, _ = gongkai("read", good, wrong, "--out", out)
    assert code == 1
    assert str(out / "index.html") in said
    names = {path.name for path in out.iterdir()}
    assert {"index.html", "reports.jsonl", "cells.csv", "findings.csv"} < names
    assert {path.suffix for path in out.iterdir()} >= {".html", ".xlsx"}
    overview = (out / "index.html").read_text(encoding="utf-8")
    assert "某某县样例镇人民政府-2023.html" in overview
    assert (out / "某某县样例镇人民政府-2023.html").exists()


def test_results_are_replaced_but_changed_or_foreign_files_are_not(gongkai, good, tmp_path):
    out = tmp_path / "result"
    assert gongkai("read", good, "--out", out)[0] == 0
    assert gongkai("read", good, "--out", out)[0] == 0
    (out / "index.html").write_text("mine", encoding="utf-8")
    code, _, err = gongkai("read", good, "--out", out)
    assert code == 2
    assert "index.html" in err
    assert (out / "index.html").read_text(encoding="utf-8") == "mine"
    assert gongkai("read", good, "--out", out, "--force")[0] == 0
    assert not list(out.glob("*.part"))


def test_folders_are_read_recursively_without_results_and_hidden_files(gongkai, tmp_path):
    for name in ("b/1.txt", "a/2.txt", ".hidden.txt", "notes.zip"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report_text(RIGHT, agency=f"某某县{path.stem}镇人民政府"), encoding="utf-8")
    gongkai("read", tmp_path / "in" / "a", "--out", tmp_path / "in" / "result")
    code, out, err = gongkai("read", tmp_path / "in", "--json")
    assert code == 0
    assert [json.loads(line)["path"][-7:] for line in out.splitlines()] == ["a/2.txt", "b/1.txt"]
    assert "2 个文件" in err


def test_patterns_are_matched_and_no_match_is_wrong_usage(gongkai, good, tmp_path):
    assert gongkai("read", good.parent / "g*.txt")[0] == 0
    code, _, err = gongkai("read", tmp_path / "x*.txt")
    assert (code, "x*.txt" in err) == (2, True)
    (tmp_path / "empty").mkdir()
    assert gongkai("read", tmp_path / "empty")[0] == 2


def test_the_same_file_named_twice_is_read_once(gongkai, good):
    assert len(gongkai("read", good, good, "--json")[1].splitlines()) == 1


def test_check_says_what_where_and_by_which_rule(gongkai, wrong):
    code, out, _ = gongkai("check", wrong)
    assert code == 1
    for part in ("处需要更正", "balance.column", "位置：表2 第4行", "依据：国办公开办函〔2021〕30号"):
        assert part in out


def test_check_finds_last_years_report_by_agency_and_scope(gongkai, tmp_path):
    before, now, other = (tmp_path / name for name in ("before.txt", "now.txt", "other.txt"))
    late = {"requests.new.natural_person": 2, NEW: 2, "requests.carried_forward.natural_person": 2}
    before.write_text(report_text(late | {"requests.carried_forward.total": 2}, year=2022), encoding="utf-8")
    now.write_text(report_text(), encoding="utf-8")
    other.write_text(report_text(agency="某某县别的镇人民政府", year=2022), encoding="utf-8")
    assert gongkai("check", now)[0] == 0
    for line in (("check", now, "--previous", other, before), ("check", "--previous", before, now)):
        code, out, _ = gongkai(*line)
        assert code == 1
        assert "year.carried" in out
    code, out, _ = gongkai("check", now, "--previous", other)
    assert (code, "没有用到上年报告" in out) == (0, True)


def test_two_years_given_together_are_checked_against_each_other(gongkai, tmp_path):
    for year, cells in ((2022, {"requests.new.total": 1, "requests.new.business": 1, "requests.carried_forward.total": 1,
                                "requests.carried_forward.business": 1}), (2023, {})):  # fmt: skip
        (tmp_path / f"{year}.txt").write_text(report_text(cells, year=year), encoding="utf-8")
    assert "year.carried" in gongkai("check", tmp_path)[1]


def test_compare_prints_differences_and_writes_json_and_a_page(gongkai, good, tmp_path):
    other = tmp_path / "old.txt"
    other.write_text(report_text(year=2020, form="2019"), encoding="utf-8")
    code, out, _ = gongkai("compare", other, good)
    assert code == 0
    assert "+3" in out
    assert "没有对应关系的格" in out
    said = json.loads(gongkai("compare", other, good, "--json")[1])
    assert said["corresponding"] == {"same": 172, "sum": 7, "none": 26}
    page = tmp_path / "c.html"
    assert gongkai("compare", other, good, "--out", page)[0] == 0
    assert "<h1>两份报告对比</h1>" in page.read_text(encoding="utf-8")
    assert gongkai("compare", other, good, "--out", page)[0] == 2
    assert gongkai("compare", other, tmp_path / "lost.txt")[0] == 1


def test_aggregate_adds_up_and_names_what_is_missing(gongkai, good, tmp_path):
    second = tmp_path / "second.txt"
    second.write_text(report_text(RIGHT, agency="某某县第二镇人民政府"), encoding="utf-8")
    again = tmp_path / "again.txt"
    again.write_bytes(good.read_bytes())
    listed = tmp_path / "list.txt"
    listed.write_text("某某县样例镇人民政府\n# 注\n\n某某县第三镇人民政府\n", encoding="utf-8-sig")
    code, out, _ = gongkai("aggregate", good, second, again, "--expected", listed)
    assert code == 0
    for part in ("计入 2 份报告", "某某县第三镇人民政府", "again.txt"):
        assert part in out
    said = json.loads(gongkai("aggregate", good, second, again, "--json", "--expected", listed)[1])
    assert said["groups"][0]["cells"][NEW]["sum"] == 6
    rows = list(csv.DictReader(io.StringIO(gongkai("aggregate", good, second, "--to", "csv")[1])))
    assert [row["sum"] for row in rows if row["cell"] == NEW] == ["6"]
    book = tmp_path / "sum.xlsx"
    assert gongkai("aggregate", good, second, "--out", book)[0] == 0
    assert len(openpyxl.load_workbook(book).sheetnames) == 2
    assert gongkai("aggregate", good, "--to", "xlsx")[0] == 2
    assert gongkai("aggregate", good, "--expected", tmp_path / "none.txt")[0] == 2


@pytest.mark.parametrize("to", ["html", "xlsx", "json", "csv"])
def test_write_gives_every_format_and_never_overwrites_silently(gongkai, good, tmp_path, to):
    out = tmp_path / f"out.{to}"
    assert gongkai("write", good, "--to", to, "--out", out)[0] == 0
    size = out.stat().st_size
    assert size > 1000
    code, _, err = gongkai("write", good, "--to", to, "--out", out)
    assert (code, "已经存在" in err) == (2, True)
    assert gongkai("write", good, "--to", to, "--out", out, "--force")[0] == 0


def test_write_prints_json_and_csv_and_puts_several_pages_in_a_folder(gongkai, good, wrong, tmp_path):
    assert json.loads(gongkai("write", good, "--to", "json")[1])["year"] == 2023
    assert gongkai("write", good, "--to", "csv", "--excel")[1].startswith("\ufeffpath,")
    assert "balance.column" in gongkai("write", wrong, "--to", "csv", "--findings")[1]
    assert gongkai("write", good, wrong, "--to", "html", "--out", tmp_path / "none.html")[0] == 2
    (tmp_path / "pages").mkdir()
    assert gongkai("write", good, wrong, "--to", "html", "--out", tmp_path / "pages")[0] == 0
    assert len(list((tmp_path / "pages").iterdir())) == 2


def test_the_workbook_reads_back_as_the_same_report(gongkai, good, tmp_path):
    book = tmp_path / "again.xlsx"
    gongkai("write", good, "--to", "xlsx", "--out", book)
    first, second = (json.loads(gongkai("read", path, "--json")[1]) for path in (good, book))
    assert {name: cell["value"] for name, cell in second["cells"].items()} == {
        name: cell["value"] for name, cell in first["cells"].items()
    }
    assert len(first["cells"]) == 200
    assert [second[key] for key in ("agency", "year", "form")] == [first[key] for key in ("agency", "year", "form")]


def test_doctor_names_every_part_and_what_it_gives(gongkai):
    code, out, _ = gongkai("doctor", "--json")
    said = json.loads(out)
    assert code == 0
    assert {"python", "lxml", "pypdfium2", "libreoffice", "rapidocr"} <= {part["name"] for part in said["parts"]}
    assert all(part["gives"] for part in said["parts"])
    assert "读 PDF" in gongkai("doctor")[1]
