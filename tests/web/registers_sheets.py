"""Sheets of rows for the registers, as offices write them, and the sweep that takes them in."""

from __future__ import annotations

import csv
import io

import xlsxwriter

from gongkai.web.notices.sweep import tick
from gongkai.web.registers import actions
from gongkai.web.registers.bulk.columns import columns
from gongkai.web.registers.effects_due import EFFECTS
from gongkai.web.registers.shown import REGISTERS

HEADS = {slug: [column.head for column in columns(of.model)] for slug, of in REGISTERS.items()}
GOOD = {
    "decisions": {
        "种类": "行政处罚", "决定书文号": "样罚〔2024〕{n}号", "决定日期": "2024-05-06", "事项": "占道经营", "职权来源": "本机关职权",
        "相对人类别": "自然人", "相对人名称": "样小明", "公开情况": "公开",
    },
    "charges": {
        "收费项目": "样例费{n}", "收费依据": "样价〔2020〕1号", "月份": "2024年5月", "金额（万元）": "0.1234", "公开情况": "公开",
    },
    "procurement": {
        "采购项目": "办公设备{n}", "采购编号": "样采2024-{n}", "成交日期": "2024/5/6", "供应商": "样例公司", "金额（万元）": "12,345.6789",
        "公开情况": "公开",
    },
    "documents": {
        "类别": "行政规范性文件", "名称": "样例办法{n}", "文号": "样政规〔2024〕{n}号", "制发日期": "2024年3月1日", "施行日期": "20240401",
        "公开情况": "公开",
    },
}  # fmt: skip
"""A good row of every register, by its number."""


def row(register="decisions", n=1, **changed):
    """A good row, or one with cells of one's own."""
    return {head: cell.format(n=n) for head, cell in GOOD[register].items()} | changed


def sheet(rows, register="decisions", heads=None, above=()):
    """An XLSX of rows; `above` are rows over the headings."""
    heads = heads or HEADS[register]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet()
    lines = [*above, heads, *([one.get(head, "") for head in heads] for one in rows)]
    for number, cells in enumerate(lines):
        for at, cell in enumerate(cells):
            if isinstance(cell, float | int):
                page.write_number(number, at, cell)
            elif cell:
                page.write_string(number, at, cell)
    book.close()
    return out.getvalue()


def separated(rows, register="decisions", charset="utf-8-sig", delimiter=","):
    """A CSV of rows."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEADS[register])
    writer.writerows([one.get(head, "") for head in HEADS[register]] for one in rows)
    return out.getvalue().encode(charset)


def swept(now=None):
    """Sweep until nothing is left to do for the registers; return how much was done."""
    total = 0
    while done := tick(now, EFFECTS).done:
        total += done
    return total


def brought(rows, agency, by, register="decisions", content=None, name="台账.xlsx"):
    """Bring a sheet and have it looked through."""
    content = sheet(rows, register) if content is None else content
    given, again = actions.bring(content, name, register=register, agency=agency, by=by)
    assert not again
    assert swept() == 1
    given.refresh_from_db()
    return given


def taken(given, by, *, good_alone=False):
    """Confirm an import and have it taken."""
    actions.confirm(given, good_alone=good_alone, by=by, seen=given.version)
    assert swept() >= 1
    given.refresh_from_db()
    return given
