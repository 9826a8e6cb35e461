"""Layouts met on real sites: figures are read as printed, or said to be unreadable, never as something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.report.model import Report
from tests.report.pages import (
    FIGURES,
    REMEDIES,
    RESULTS,
    ROW_IDS,
    Rows,
    expanded,
    figures,
    lines,
    page,
    plain_rows,
    printed,
    proactive_rows,
    remedy_rows,
    request_rows,
    tabbed,
    table,
)

_GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")
_LAST_YEAR = {
    "new": (9, 1, 0, 0, 0, 0),
    "granted": (7, 1, 0, 0, 0, 0),
    "total": (7, 1, 0, 0, 0, 0),
    "carried_forward": (2, 0, 0, 0, 0, 0),
}


def _wrong(read: Report) -> dict[str, object]:
    """The cells read with another figure than the one printed."""
    expected = printed()
    assert len(read.cells) == len(expected) == 200
    return {
        name: (cell.value, expected[name])
        for name, cell in read.cells.items()
        if cell.value is not None and cell.value != expected[name]
    }


def _unread(read: Report) -> list[str]:
    return [name for name, cell in read.cells.items() if cell.value is None]


def _columns(rows: Rows, order: tuple[int, ...]) -> Rows:
    """The plain table with its seven columns in another order."""
    return [[row[0], *(row[1 + at] for at in order)] for row in rows]


def _swapped(rows: Rows, one: int, two: int) -> Rows:
    rows = list(rows)
    rows[one], rows[two] = rows[two], rows[one]
    return rows


def _inserted(rows: Rows, at: int, text: Callable[[int], str]) -> Rows:
    return [[*row[:at], (text(n), 1, 1), *row[at:]] for n, row in enumerate(rows)]


def _cut(rows: Rows, between: str) -> str:
    rows = expanded(rows)
    return table(rows[:9]) + between + table(rows[9:20]) + table(rows[20:])


def _divs(rows: Rows) -> str:
    return "".join("<div>" + "".join(f"<div>{text}</div>" for text, _, _ in row) + "</div>" for row in rows)


def _word(text: str) -> str:
    return f'<p class="MsoNormal"><span><font><span lang="EN-US">{text}</span></font></span></p><p>&nbsp;</p>'


def _by_groups(order: tuple[int, ...] = (0, 1, 2, 3, 4)) -> Rows:
    """The table of remedies as three rows of five."""
    heads = [("", 1, 1), *((RESULTS[at], 1, 1) for at in order)]
    rows = [[(name, 1, 1), *((str(REMEDIES[5 * n + at]), 1, 1) for at in order)] for n, name in enumerate(_GROUPS)]
    return [heads, *rows]


_litigation_first: Rows = [
    [("行政诉讼", 1, 10), ("行政复议", 1, 5)],
    [("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5), *((label, 2, 1) for label in RESULTS)],
    [(label, 1, 1) for label in RESULTS * 2],
    [(str(value), 1, 1) for value in (*REMEDIES[5:], *REMEDIES[:5])],
]
_plain = plain_rows()
_flat = expanded(request_rows())

READ_WHOLE: dict[str, Callable[[], Report]] = {
    "divs": lambda: page(_divs(proactive_rows()), _divs(request_rows()), _divs(remedy_rows())),
    "copied from Word": lambda: page(requests=table(request_rows(), _word)),
    "every row its own table": lambda: page(requests="".join(table([row]) for row in _flat)),
    "cut in three": lambda: page(requests=_cut(request_rows(), "")),
    "cut in three around a page number": lambda: page(requests=_cut(request_rows(), "<p>- 5 -</p>")),
    "a spare column between the figures": lambda: page(requests=table(_inserted(_flat, 6, lambda _: ""))),
    "a column of remarks with a figure": lambda: page(
        requests=table(_inserted(_plain, 8, lambda n: "备注" if n == 0 else "2" if n == 5 else ""))
    ),
    "numbered rows": lambda: page(requests=table(_inserted(_plain, 0, lambda n: str(n) if n else "序号"))),
    "the total first": lambda: page(requests=table(_columns(_plain, (6, 0, 1, 2, 3, 4, 5)))),
    "organisations in another order": lambda: page(requests=table(_columns(_plain, (0, 4, 1, 2, 3, 5, 6)))),
    "granted after partly granted": lambda: page(requests=table(_swapped(_plain, 3, 4))),
    "grounds of refusal in another order": lambda: page(requests=table(_swapped(_plain, 9, 10))),
    "the total above the results": lambda: page(requests=table([*_plain[:1], _plain[24], *_plain[1:24], _plain[25]])),
    "compulsion before penalties": lambda: page(table(_swapped(proactive_rows(), 9, 10))),
    "footnote mark beside a figure": lambda: page(
        requests=table(_plain, lambda text: "21<sup>1</sup>" if text == "21" else text)
    ),
    "a corrected figure": lambda: page(requests=table(_plain, lambda text: "<del>19</del>21" if text == "21" else text)),
    "a hidden copy": lambda: page(
        requests=table(request_rows()) + f'<div style="display:none">{table(request_rows(_LAST_YEAR))}</div>'
    ),
    "last year's table in an annex": lambda: page(end=f"<p>附：2022年数据</p>{table(request_rows(_LAST_YEAR))}"),
    "charges in yuan by the heading": lambda: page(
        table(proactive_rows(FIGURES | {"proactive.charges.amount": "121100"})).replace("单位：万元", "单位：元")
    ),
    "remedies as three rows": lambda: page(remedies=table(_by_groups())),
    "remedies as three rows, the total first": lambda: page(remedies=table(_by_groups((4, 0, 1, 2, 3)))),
    "litigation before reconsideration": lambda: page(remedies=table(_litigation_first)),
    "figures before their label": lambda: lines(
        requests="\n".join(" ".join(text for text, _, _ in [*row[1:], row[0]]) for row in _plain)
    ),
    "figures on the line before their label": lambda: lines(
        requests="\n".join(["申请人情况", *(text for text, _, _ in _plain[0])])
        + "\n"
        + "\n".join(" ".join(text for text, _, _ in row[1:]) + "\n" + row[0][0] for row in _plain[1:])
    ),
    "a date inside the table": lambda: lines(
        requests=tabbed(_plain[:8]) + "\n2023年12月31日\n" + tabbed(_plain[8:])
    ),
    "a footnote of numbered notes": lambda: lines(requests=tabbed(request_rows()) + "\n注：1.含网络申请。\n2.不含咨询。"),
}  # fmt: skip


@pytest.mark.parametrize("layout", READ_WHOLE)
def test_every_figure_is_read_as_printed(layout: str) -> None:
    read = READ_WHOLE[layout]()
    assert _wrong(read) == {}
    assert _unread(read) == []


NEVER_WRONG: dict[str, Callable[[], Report]] = {
    "last year's figures beside this year's": lambda: page(
        requests=table(
            [
                [("项目", 2, 1), *((text, 1, 2) for text, _, _ in _plain[0][1:])],
                [("上年", 1, 1), ("本年", 1, 1)] * 7,
                *(
                    [row[0], *((text, 1, 1) for pair in zip(figures(name, _LAST_YEAR), figures(name), strict=True) for text in pair)]
                    for name, row in zip(ROW_IDS, _plain[1:], strict=True)
                ),
            ]
        )
    ),
    "results as rows, groups as columns": lambda: page(
        remedies=table(
            [
                [("结果", 1, 1), *((name, 1, 1) for name in _GROUPS)],
                *([(label, 1, 1), *((str(REMEDIES[5 * g + n]), 1, 1) for g in range(3))] for n, label in enumerate(RESULTS)),
            ]
        )
    ),
    "the office's own table, then the county's": lambda: page(
        requests=f"<p>全县：</p>{table(request_rows())}<p>本级：</p>{table(request_rows(_LAST_YEAR))}"
    ),
    "all seven figures run together": lambda: lines(
        requests="\n".join(row[0][0] + "".join(text for text, _, _ in row[1:]) for row in _plain)
    ),
    "a column lost": lambda: lines(
        requests="\n".join(" ".join(text for text, _, _ in [*row[:3], *row[4:]]) for row in _plain)
    ),
    "zeros left out": lambda: lines(
        requests="\n".join(" ".join(text for text, _, _ in row if text != "0") for row in _plain)
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", NEVER_WRONG)
def test_what_cannot_be_placed_is_not_read_as_something_else(layout: str) -> None:
    read = NEVER_WRONG[layout]()
    assert _wrong(read) == {}
