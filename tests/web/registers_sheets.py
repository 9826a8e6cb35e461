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
    "services": {
        "事项名称": "样例事项{n}", "事项编码": "样办{n}", "事项类型": "公共服务", "服务对象": "个人", "设定依据": "样例条例", "办理条件": "本地居民",
        "申请材料": "申请表", "办理流程": "申请、办结", "法定办结时限（工作日）": "20个工作日", "承诺办结时限（工作日）": "5", "收费标准": "不收费",
        "办理地点": "样例路1号", "办理时间": "工作日", "咨询电话": "0000-00000000", "办理机构": "样例科", "更新日期": "2024-05-06", "公开情况": "公开",
    },
    "powers": {
        "职权名称": "样例职权{n}", "职权类别": "行政处罚", "职权来源": "法定职权", "设定依据": "样例条例", "承办机构": "样例队", "责任事项": "立案、调查",
        "更新日期": "2024-05-06", "公开情况": "公开",
    },
    "budgets": {
        "年度": "20{n:02}年", "预算或者决算": "部门预算", "范围": "部门", "收入合计（万元）": "1,205.5", "支出合计（万元）": "1205.5",
        "批准日期": "2024-05-06", "公开日期": "2024-05-16", "公开情况": "公开",
    },
    "subsidies": {
        "补贴项目": "样例补贴", "批次": "2024年第一批", "序号": "{n}", "补贴对象": "样小明", "村（社区）": "样例村", "补贴标准": "每亩100元",
        "补贴金额（元）": "350.50", "公示开始日期": "2024-05-06", "公示截止日期": "2099-12-31", "个人信息保护影响评估日期": "2024-05-05",
        "公开情况": "公开",
    },
    "posts": {
        "职位名称": "样例岗位{n}", "职位代码": "样岗{n}", "招考类别": "事业单位", "用人单位": "样例站", "招录人数": "2人", "报考条件": "本科以上学历",
        "公告日期": "2024-05-06", "公开情况": "公开",
    },
    "projects": {
        "项目名称": "样例路改造{n}", "所处阶段": "在建", "批准文号": "样发改〔2024〕{n}号", "批准日期": "2024-05-06", "建设单位": "样例公司",
        "建设地点": "样例镇", "总投资（万元）": "1200.5", "更新日期": "2024-05-06", "公开情况": "公开",
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
