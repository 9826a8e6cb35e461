"""Makes web pages with the official tables, as sites publish them: in a frame of menus, paths and a foot."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.documents.model import Table
from tests.documents.official import official_tables

TITLE = "样例县青石镇人民政府2021年政府信息公开工作年度报告"
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
PROSE = (
    "2021年，青石镇认真贯彻《中华人民共和国政府信息公开条例》和县里的工作要求，",
    "不断完善工作机制，拓宽公开渠道，加强政策解读及回应关切力度，切实满足社会公众获取政府信息的需求。",
)

_CELL = 'width="80" valign="center" style="border:1px solid #000;padding:0 5px"'
_FONT = "font-family:宋体;font-size:14px"


def page(values: Mapping[str, object] | None = None, form: str = "2021", *, styled: bool = True) -> bytes:
    """A whole page; `styled` writes cells and paragraphs with the styles that editors take over from Word."""
    body = [_paragraph(HEADINGS[0], styled), *(_paragraph("".join(PROSE), styled) for _ in range(8))]
    for heading, table in zip(HEADINGS[1:4], official_tables(values, form), strict=True):
        body += [_paragraph(heading, styled), markup(table, styled=styled)]
    for heading in HEADINGS[4:]:
        body += [_paragraph(heading, styled), _paragraph("".join(PROSE), styled)]
    return framed("\n".join(body)).encode()


def framed(body: str) -> str:
    """The page around the report."""
    menu = "".join(f'<li><a href="/c{n}/index.html" target="_blank">栏目{n}</a></li>' for n in range(40))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}-样例县人民政府</title>'
        "<style>.a{color:red}</style><script>if (1 < 2) { document.write('<p>x</p>') }</script></head><body>"
        f'<div class="header"><div class="nav"><ul>{menu}</ul></div></div>'
        '<div class="crumb">当前位置：<a href="/">首页</a> &gt; 政府信息公开年报</div>'
        f'<div class="main"><h1>{TITLE}</h1><div class="info">发布时间：2022-01-20 来源：青石镇</div>'
        f'<div id="zoom" class="TRS_Editor">{body}</div><p>上一篇：<a href="1.html">旧的一篇</a></p></div>'
        '<div class="footer"><p>主办：样例县人民政府</p><p>网站标识码：0000000000</p></div>'
        "<script>share()</script></body></html>"
    )


def markup(table: Table, *, styled: bool = False) -> str:
    """A table with its spans."""
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        spans = f' rowspan="{cell.row_span}"' * (cell.row_span > 1) + f' colspan="{cell.column_span}"' * (
            cell.column_span > 1
        )
        if styled:
            text = f'<p style="text-align:center;line-height:1.5"><span style="{_FONT}">{cell.text}</span></p>'
            rows[cell.row - 1].append(f"<td{spans} {_CELL}>{text}</td>")
        else:
            rows[cell.row - 1].append(f"<td{spans}>{cell.text}</td>")
    lines = "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f'<table border="1" cellspacing="0">\n{lines}\n</table>'


def _paragraph(text: str, styled: bool) -> str:
    if not styled:
        return f"<p>{text}</p>"
    return (
        f'<p style="text-indent:2em"><span style="{_FONT}">{text[:5]}<span lang="EN-US">{text[5:]}</span></span></p>'
    )
