"""Lists as a county's site and an account of WeChat export them, and the sweep that takes them in."""

from __future__ import annotations

import csv
import io

import xlsxwriter

from gongkai.web.notices.sweep import tick
from gongkai.web.publications.channels.bulk import actions
from gongkai.web.publications.channels.bulk.effects import EFFECTS
from gongkai.web.publications.channels.bulk.models import ShowingImport

WECHAT = ("文章标题", "群发时间", "内容URL", "作者", "阅读数")
SITE = ("序号", "标题", "栏目", "发布时间", "链接", "文号")


def wechat(n, **changed):
    """A row of an account's list."""
    return {
        "文章标题": f"样例推文{n}", "群发时间": f"2024-05-{n % 28 + 1:02} 18:0{n % 10}:00",
        "内容URL": f"https://mp.example.invalid/s/{n}", "作者": "样例编辑", "阅读数": str(n),
    } | changed  # fmt: skip


def book(rows, heads=WECHAT, above=()):
    """A workbook of rows; `above` are rows over the headings."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = made.add_worksheet()
    for number, cells in enumerate([*above, heads, *([row.get(head, "") for head in heads] for row in rows)]):
        for at, cell in enumerate(cells):
            page.write_string(number, at, cell)
    made.close()
    return out.getvalue()


def separated(rows, heads=SITE, charset="gb18030"):
    """A CSV of rows as an older site writes it."""
    out = io.StringIO()
    csv.writer(out).writerows([heads, *([row.get(head, "") for head in heads] for row in rows)])
    return out.getvalue().encode(charset)


def swept():
    """Let the sweep do all that is due for lists; return how much that was."""
    total = 0
    while done := tick(None, EFFECTS).done:
        total += done
    return total


def brought(content, channel, by, name="清单.xlsx"):
    """A list that was brought and looked through."""
    given, _ = actions.bring(content, name, channel=channel, by=by)
    swept()
    return ShowingImport.objects.get(pk=given.pk)


def taken(given, by, *, good_alone=False):
    """A list that was confirmed and entered."""
    actions.confirm(given, good_alone=good_alone, by=by, seen=given.version)
    swept()
    return ShowingImport.objects.get(pk=given.pk)
