"""Made-up texts for the search: seeded, so that they are the same everywhere, with few words that come again and again."""

from __future__ import annotations

import random
from typing import NamedTuple

_PARTS = [
    "政府",
    "信息",
    "公开",
    "条例",
    "青石",
    "白水",
    "样例",
    "乡镇",
    "人民",
    "办公室",
    "预算",
    "决算",
    "补贴",
    "低保",
    "名单",
    "公示",
    "通知",
    "办法",
    "规定",
    "细则",
    "公告",
    "招标",
    "采购",
    "项目",
    "环境",
    "整治",
    "道路",
    "硬化",
    "饮水",
    "安全",
    "卫生",
    "医疗",
    "教育",
    "学校",
    "招生",
    "土地",
    "征收",
    "补偿",
    "安置",
    "许可",
    "处罚",
    "强制",
    "收费",
    "标准",
    "依申请",
    "主动",
    "年度",
    "报告",
    "工作",
    "总结",
    "计划",
    "规划",
    "方案",
]
_SIGNS = (
    "，",
    "。",
    "、",
    "（",
    "）",
    "“",
    "”",
    " ",
    "\u3000",
    "：",
    "2023年",
    "第12号",
    "〔2024〕",
    "３０",
    "GDP",
    "A4",
    "％",
    "-",
    "①",
    "㎡",
    "䶮",
)


class Made(NamedTuple):
    """A made-up text: its key, title, body and document number."""

    key: str
    title: str
    text: str
    number: str


def texts(count: int, seed: int = 7) -> list[Made]:
    """So many texts of three to forty lines."""
    dice = random.Random(seed)
    return [
        Made(f"k{at}", _line(dice, 3), "\n".join(_line(dice, dice.randrange(2, 14)) for _ in range(dice.randrange(3, 40))), f"样政发〔{2015 + at % 10}〕{at + 1}号")
        for at in range(count)
    ]  # fmt: skip


def queries(made: list[Made], count: int, seed: int = 11) -> list[str]:
    """So many queries of one, two, four and more characters and of several words; some are cut out of the texts."""
    dice = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        kind = len(found) % 6
        line = dice.choice(dice.choice(made).text.splitlines())
        at = dice.randrange(max(1, len(line) - 6))
        cut = {0: line[at : at + 1], 1: dice.choice(_PARTS)[:2], 2: line[at : at + 4], 3: line[at : at + 9]}.get(
            kind, ""
        )
        if kind == 4:
            cut = f"{dice.choice(_PARTS)} {dice.choice(_PARTS)}"
        elif kind == 5:
            cut = f"{dice.choice(_PARTS)}{dice.choice(_PARTS)} {line[at : at + 2]} {dice.choice(_PARTS)}"
        if cut.strip():
            found.append(cut)
    return found


def _line(dice: random.Random, parts: int) -> str:
    return "".join(dice.choice(_PARTS) if dice.random() < 0.8 else dice.choice(_SIGNS) for _ in range(parts)) or "空"
