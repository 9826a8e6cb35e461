"""Report files for the command line's tests: the text a whole sheet has, one row a line, cells parted by bars."""

from gongkai.report.form import TABLES
from gongkai.report.write.layout import grid

SECTIONS = {5: "五、存在的主要问题及改进情况\n人员较少。", 6: "六、其他需要报告的事项\n本机关未收取信息处理费。"}


def report_text(cells=None, *, agency="某某县样例镇人民政府", year=2023, prose="主动公开政府信息12条。", form="2021"):
    """A consistent report of zeros with `cells` set on top."""
    lines = [f"{agency}{year}年政府信息公开工作年度报告", "", "一、总体情况", prose]
    for table in TABLES:
        of = grid(table, form)
        lines.append(of.heading)
        lines += table_lines(of, cells or {})
    return "\n".join([*lines, *SECTIONS.values()]) + "\n"


def table_lines(of, cells):
    """The rows of a table as pipes; a span repeats nothing, its other positions are empty."""
    shown = [[""] * of.columns for _ in range(of.rows)]
    for slot in of.slots:
        shown[slot.row][slot.column] = str(cells.get(slot.cell, 0)) if slot.cell else slot.text
    return ["|" + "|".join(row) + "|" for row in shown]
