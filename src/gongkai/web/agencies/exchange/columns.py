"""The columns of the sheet, in their order, with what may stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.web.agencies.models.words import EDGES, KINDS, LEVELS, LINES, Choices

YES, NO = "是", "否"
SEVERAL_JOINT = "；"
SINCE = "_since"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its code, its head, how wide it is, what it may hold where that is limited, and a hint for the template."""

    code: str
    head: str
    width: int
    choices: Choices = ()
    hint: str = ""
    needed: bool = False


_BOTH: Choices = (("", NO), ("yes", YES))
COLUMNS = (
    Column("ref", "编号", 18, hint="本表内不重复；新机关可以自己编，已有机关保留导出的编号", needed=True),
    Column("name", "名称", 36, hint="全称", needed=True),
    Column("short", "简称", 18),
    Column("kind", "类型", 18, KINDS, needed=True),
    Column("level", "层级", 12, LEVELS, needed=True),
    Column("region_code", "行政区划代码", 14, hint="两位至十二位数字"),
    Column("unified_code", "统一社会信用代码", 22, hint="18位"),
    Column("line", "垂直管理系统", 14, (("", ""), *LINES)),
    Column("outside", "系统外机关", 12, _BOTH, hint="只用于确定复议机关的，填“是”"),
    Column("supervises", "主管部门", 12, _BOTH, hint="政府信息公开工作主管部门，填“是”"),
    Column("named_since", "名称自", 12, hint="启用这个名称和代码的日期", needed=True),
    *(
        column
        for code, label in EDGES
        for column in (
            Column(code, label, 24, hint="填对方的编号；有几个的用；隔开" if code == "led_by" else "填对方的编号"),
            Column(f"{code}{SINCE}", f"{label}自", 12, hint="日期；与前一列一一对应"),
        )
    ),
)
BY_CODE: Mapping[str, Column] = {column.code: column for column in COLUMNS}
