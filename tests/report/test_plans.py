"""Reports read by a plan are read as without one, whatever their figures are."""

from __future__ import annotations

import pytest

from gongkai.documents import Source, read
from gongkai.documents.model import Cell, Document, Table
from gongkai.report.model import Report
from gongkai.report.recognise import plans, recognise
from gongkai.report.recognise.recogniser import recognise as recognise_document
from tests.documents.official import official_tables
from tests.generator.examine import document

SEEDS = 40
KINDS = (
    "html-official",
    "html-furnished",
    "html-word",
    "html-one-table",
    "html-layout",
    "docx",
    "docx-split",
    "text-tabs",
)


def without_plans(given: Document, monkeypatch: pytest.MonkeyPatch) -> Report:
    with monkeypatch.context() as patched:
        patched.setattr(plans, "printed", lambda *_: None)
        return recognise_document(given)


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_read_by_a_plan_as_without_one(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = 0
    for seed in range(SEEDS):
        given = read(Source(document(kind, seed)[1].data, "report"))
        plain = without_plans(given, monkeypatch)
        for _ in range(4):
            assert recognise(given) == plain, (kind, seed)
        checked += 1
    assert checked == SEEDS


def planned(tables: list[Table]) -> bool:
    """Whether the tables are placed by a plan."""
    placed = None
    for _ in range(4):  # once for each to be met, once more to be worked out
        found = [one for table in tables if (one := plans.printed(table, None)) is not None]
        placed = plans.place_printed(found, 2023) if len(found) == len(tables) else None
    return placed is not None


def changed(table: Table, **by: str) -> Table:
    """The table with the text of some cells changed, named `r<row>c<column>`."""
    cells = (cell._replace(text=by.get(f"r{cell.row}c{cell.column}", cell.text)) for cell in table.cells)
    return Table(table.index, tuple(cells), table.rows, table.columns)


def test_the_official_sheet_of_each_form_has_a_plan() -> None:
    checked = 0
    for form in ("2019", "2021"):
        assert planned(list(official_tables({}, form)))
        checked += 1
    assert checked == 2


def test_one_plan_serves_all_figures() -> None:
    assert planned(list(official_tables({}, "2021")))
    before = len(plans._PLANS)
    for value in (7, 12345, 3):
        assert planned(
            list(official_tables({"requests.new.natural_person": value, "requests.new.total": value}, "2021"))
        )
    assert len(plans._PLANS) == before


def test_a_table_that_comes_once_costs_no_plan() -> None:
    table = Table(1, (Cell("规章", 1, 1), Cell("仅此一次", 1, 2), Cell("0", 1, 3)), 1, 3)
    before = len(plans._OUTCOMES)
    assert plans.printed(table, None) is None
    assert len(plans._OUTCOMES) == before
    assert plans.printed(table, None) is not None
    assert len(plans._OUTCOMES) == before + 1


def test_the_original_of_a_figure_is_kept() -> None:
    tables = list(official_tables({}, "2021"))
    zeros = [cell for cell in tables[1].cells if cell.text == "0"]
    cells = tuple(cell._replace(raw="０") if cell == zeros[0] else cell for cell in tables[1].cells)
    tables[1] = Table(tables[1].index, cells, tables[1].rows, tables[1].columns)
    assert planned(tables)
    known = [one for table in tables if (one := plans.printed(table, None)) is not None]
    placed = plans.place_printed(known, 2023)
    assert placed is not None
    assert [cell.raw for cell in placed.cells.values()].count("０") == 1


def test_tables_whose_figures_decide_have_no_plan() -> None:
    """Headings in another order than the form's are believed only where the rows add up."""
    tables = list(official_tables({}, "2021"))
    total, person = (next(cell for cell in tables[1].cells if cell.text == name) for name in ("总计", "自然人"))
    swapped = changed(
        tables[1], **{f"r{total.row}c{total.column}": "自然人", f"r{person.row}c{person.column}": "总计"}
    )
    assert not planned([tables[0], swapped, tables[2]])


def test_a_figure_that_may_belong_to_a_label_has_no_plan() -> None:
    rows = [("序号", "信息内容", "本年制发件数"), ("1", "规章", "3"), ("2", "行政规范性文件", "4")]
    cells = tuple(
        Cell(text, row, column) for row, texts in enumerate(rows, 1) for column, text in enumerate(texts, 1)
    )
    assert [plans.printed(Table(1, cells, 3, 3), None) for _ in range(3)] == [None] * 3


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (Table(1, (Cell("字" * 101, 1, 1), Cell("0", 1, 2)), 1, 2), "a long text"),
        (Table(1, tuple(Cell("0", row, 1) for row in range(1, 402)), 401, 1), "many cells"),
        (Table(1, (Cell("规章", 1, 1, line=3), Cell("0", 1, 2, line=3)), 1, 2), "cells with lines"),
        (Table(1, (Cell("规章", 1, 1, page=1), Cell("0", 1, 2, page=1)), 1, 2), "cells with pages"),
    ],
)
def test_what_is_large_or_stands_elsewhere_is_not_remembered(table: Table, why: str) -> None:
    before = len(plans._OUTCOMES)
    assert [plans.printed(table, None) for _ in range(3)] == [None] * 3, why
    assert len(plans._OUTCOMES) == before, why
