"""A hostile workbook harms only the process that reads it."""

import io
import time
import zipfile

import pytest
import xlsxwriter

from gongkai.errors import InvalidInput
from gongkai.web.agencies.exchange import child
from gongkai.web.agencies.exchange.columns import COLUMNS
from gongkai.web.agencies.exchange.sheet import read, write


def workbook(cells):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, column, text in cells:
        sheet.write_string(row, column, text)
    book.close()
    return out.getvalue()


def test_cells_come_back_as_they_were_written():
    first = {COLUMNS[0].code: "甲"}
    (row,) = read(write([first]))
    assert row.cells[COLUMNS[0].code] == "甲"
    assert row.number == 2


@pytest.mark.parametrize("farthest", [(1_048_575, 16_383), (1_048_575, 0)])
def test_a_sheet_with_a_cell_at_the_far_corner_ends_the_child_and_nothing_else(farthest):
    """Taken as a whole such a sheet has seventeen thousand million cells: the process that takes it so is killed."""
    begun = time.monotonic()
    with pytest.raises(InvalidInput) as refused:
        read(workbook([(0, 0, "名称"), (*farthest, "x")]))
    assert refused.value.code.startswith("agencies.import.")
    assert time.monotonic() - begun < child.LIMITS.seconds + 10


def test_a_child_that_takes_too_long_is_ended(monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(child, "LIMITS", replace(child.LIMITS, seconds=-9.0))
    with pytest.raises(InvalidInput, match=r"agencies\.import\.too_heavy"):
        child.table(b"x")


@pytest.mark.parametrize("content", [b"", b"PK", b"no workbook", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_said(content):
    with pytest.raises(InvalidInput, match=r"agencies\.import\.unreadable"):
        child.table(content)


def test_a_workbook_whose_parts_lie_is_said():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([(0, 0, "x")]))) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            made.writestr(name, b"<x>" * 1000 if name.endswith("sheet1.xml") else given.read(name))
    with pytest.raises(InvalidInput):
        read(out.getvalue())
