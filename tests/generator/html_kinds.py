"""Reports as web pages: official tables, pages saved from Word, layout tables, furniture, wrong charset labels."""

from __future__ import annotations

from html import escape
from random import Random

from tests.generator.made import Grid, Made, Para, Slot


def official(made: Made, rng: Random) -> str:
    """A plain page: paragraphs and one table a section."""
    return _page(made, rng, "\n".join(_blocks(made, rng)), furniture=False)


def furnished(made: Made, rng: Random) -> str:
    """A page of a government site: navigation, breadcrumbs, date line, side column, footer around the report."""
    return _page(made, rng, f'<div class="article" id="zoom">{"".join(_blocks(made, rng))}</div>', furniture=True)


def word(made: Made, rng: Random) -> str:
    """A page saved from Word: mso styles, conditional comments, spans in every cell, non-breaking spaces in empty ones."""
    body = "\n".join(_word_block(block, rng) for block in made.body)
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>'
        '<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">'
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml><![endif]-->"
        "<style><!-- @font-face {font-family:仿宋;} p.MsoNormal {mso-style-unhide:no; margin:0cm; font-size:16.0pt;} "
        "table.MsoTableGrid {mso-padding-alt:0cm 5.4pt 0cm 5.4pt;} --></style></head>"
        f"<body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1>{body}</div></body></html>"
    )


def one_table(made: Made, rng: Random) -> str:
    """The whole report in a single table of sixty narrow columns: headings and prose in cells over the full width."""
    rows: list[str] = []
    for block in made.body:
        if isinstance(block, Para):
            rows.append(f'<tr><td colspan="60">{escape(block.text)}</td></tr>')
            continue
        share = 60 // block.columns
        for row in range(1, block.rows + 1):
            rows.append(f"<tr>{''.join(_cell(slot, share=share) for slot in block.row(row))}</tr>")
    return _page(
        made, rng, f'<table border="1" cellspacing="0">{"".join(rows)}</table>', furniture=rng.random() < 0.5
    )


def layout(made: Made, rng: Random) -> str:
    """A page of the old kind: tables in tables for the arrangement, the report in the innermost cell."""
    inner = "".join(_blocks(made, rng))
    return _page(
        made,
        rng,
        '<table width="1000" align="center"><tr><td height="90"><img src="banner.jpg" alt=""></td></tr>'
        '<tr><td><table width="100%"><tr><td width="200" valign="top"><table><tr><td>信息公开指南</td></tr>'
        "<tr><td>信息公开目录</td></tr><tr><td>依申请公开</td></tr><tr><td>年度报告</td></tr></table></td>"
        f'<td valign="top"><table width="100%"><tr><td>{inner}</td></tr></table></td></tr></table></td></tr>'
        f"<tr><td>版权所有 备案号：某ICP备{rng.randint(10000000, 99999999)}号 联系电话：0{rng.randint(310, 999)}-{rng.randint(2000000, 8999999)}</td></tr></table>",
        furniture=False,
    )


def _blocks(made: Made, rng: Random) -> list[str]:
    """The report's blocks as elements, in one of the ways that editors write them."""
    way = rng.choice(("p", "p", "div", "br"))
    heading = rng.choice(("p", "h2", "strong"))
    out: list[str] = []
    run: list[str] = []
    for block in made.body:
        if isinstance(block, Grid):
            if run:
                out.append(f"<p>{'<br/>'.join(run)}</p>")
                run = []
            out.append(_table(block, rng))
            continue
        text = escape(block.text)
        if block.role == "heading" and heading == "strong":
            text = f"<strong>{text}</strong>"
        if way == "br" and block.role != "heading":
            run.append(f"&nbsp;&nbsp;&nbsp;&nbsp;{text}")
            continue
        if run:
            out.append(f"<p>{'<br/>'.join(run)}</p>")
            run = []
        tag = (
            "h2"
            if block.role == "heading" and heading == "h2"
            else "h1"
            if block.role == "title"
            else "p"
            if way == "br"
            else way
        )
        indent = "&emsp;&emsp;" if block.role == "text" and rng.random() < 0.3 else ""
        out.append(f'<{tag} style="text-indent:2em">{indent}{text}</{tag}>')
    if run:
        out.append(f"<p>{'<br/>'.join(run)}</p>")
    return out


def _table(grid: Grid, rng: Random) -> str:
    inside = rng.choice(("", "p", "span"))
    pretty = rng.random() < 0.5
    gap = "\n      " if pretty else ""
    rows = []
    for row in range(1, grid.rows + 1):
        rows.append(f"{gap}<tr>{gap.join(_cell(slot, inside=inside) for slot in grid.row(row))}</tr>")
    body = "".join(rows)
    return f'<table class="t" border="1" cellpadding="0" cellspacing="0">{f"<tbody>{body}</tbody>" if rng.random() < 0.8 else body}</table>'


def _cell(slot: Slot, *, inside: str = "", share: int = 1) -> str:
    spans = f' rowspan="{slot.rows}"' if slot.rows > 1 else ""
    spans += f' colspan="{slot.columns * share}"' if slot.columns * share > 1 else ""
    text = escape(slot.text)
    if slot.vertical:
        text = text if not inside else "<br>".join((text[:3], text[3:]))
    if inside:
        text = f"<{inside}>{text or '&nbsp;'}</{inside}>"
    return f"<td{spans}>{text}</td>"


def _word_block(block: Para | Grid, rng: Random) -> str:
    if isinstance(block, Para):
        return (
            "<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0;line-height:28.0pt'>"
            f"<span style='font-size:16.0pt;font-family:仿宋;mso-hansi-font-family:\"Times New Roman\"'>{_latin(block.text)}<o:p></o:p></span></p>"
        )
    rows = []
    for row in range(1, block.rows + 1):
        cells = []
        for slot in block.row(row):
            spans = f" rowspan={slot.rows}" if slot.rows > 1 else ""
            spans += f" colspan={slot.columns}" if slot.columns > 1 else ""
            text = _latin(slot.text) if slot.text else "&nbsp;"
            cells.append(
                f"<td width={rng.randint(40, 120)}{spans} style='border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;"
                f"padding:0cm 5.4pt 0cm 5.4pt'>\n  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US "
                f"style='mso-bidi-font-size:10.5pt'>{text}<o:p></o:p></span></p>\n  </td>"
            )
        rows.append(f" <tr style='mso-yfti-irow:{row - 1};height:24.0pt'>\n  {''.join(cells)}\n </tr>")
    return f"<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>\n{''.join(rows)}\n</table>\n<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"


def _latin(text: str) -> str:
    """Runs of digits in a span of their own, as Word writes them."""
    out, digits = [], ""
    for character in escape(text):
        if character.isascii() and character.isdigit():
            digits += character
            continue
        if digits:
            out.append(f"<span lang=EN-US>{digits}</span>")
            digits = ""
        out.append(character)
    return "".join(out) + (f"<span lang=EN-US>{digits}</span>" if digits else "")


def _page(made: Made, rng: Random, body: str, *, furniture: bool) -> str:
    title = "".join(block.text for block in made.body if isinstance(block, Para) and block.role == "title")
    if not title or rng.random() < 0.2:
        title = rng.choice(("政府信息公开年报", "信息公开", ""))
    before = after = ""
    if furniture:
        before = (
            '<div class="top"><a href="/">首页</a> | <a href="/zwgk/">政务公开</a> | <a href="/bsfw/">办事服务</a></div>'
            '<div class="crumbs">您当前的位置：首页 &gt; 政府信息公开 &gt; 政府信息公开年报</div>'
            f"<div class='info'>发布日期：{made.year + 1}-01-{rng.randint(5, 28)} {rng.randint(8, 17):02}:{rng.randint(0, 59):02} "
            f"来源：本站 浏览次数：<span id='hits'>{rng.randint(3, 900)}</span>次 字号：[大] [中] [小]</div>"
            "<script>var hits = 12; document.write('8件');</script><style>.a{width:12px}</style>"
        )
        after = (
            '<div class="share">分享到： <a href="#">打印本页</a> <a href="#">关闭窗口</a></div>'
            f"<div class='side'><ul><li><a href='1.html'>相关文章一</a></li><li><a href='2.html'>相关文章二</a></li></ul></div>"
            f"<div class='foot'>主办单位：办公室 网站标识码：{rng.randint(1000000000, 9999999999)} 备案序号：某ICP备{rng.randint(10000000, 99999999)}号</div>"
        )
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title></head>\n'
        f"<body>{before}\n{body}\n{after}</body></html>\n"
    )


def coded(page: str, rng: Random) -> bytes:
    """The page's bytes in a charset that its label does not name."""
    if rng.random() < 0.6:
        return page.encode("gb18030")
    return page.replace('charset="utf-8"', 'charset="gb2312"').replace("charset=utf-8", "charset=gb2312").encode()
