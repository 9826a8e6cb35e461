"""What a figure is said to be by the words before it, its column's head, or the cell to its left."""

from __future__ import annotations

import re

from gongkai.web.publications.gate.piece import Piece

REACH = 24
"""A label begins at most so many signs before what it labels."""
LONGEST_ROW = 4_000
"""Signs farther along a line stand under no head that a person could follow."""
SHORT = 8
"""A line of so few signs above a figure names it."""

IDENTITY = re.compile(
    r"身份证|身份号|身份编号|公民身份|居民身份|身份信息|(?<!电子)证件号|证件编号|(?:残疾人?|军官|居住|人员|港澳|护照)证?号|残疾人?证|学籍|\bID\b|identity|id.?card",
    re.IGNORECASE,
)
TELEPHONE = re.compile(r"手机|电话|联系|联络|微信|致电|拨打|来电|热线|tel|phone|mobile|call", re.IGNORECASE)
CARD = re.compile(r"银行卡|卡号|一卡通|一折通|社保卡|社会保障卡|存折|借记卡|信用卡|银行帐|银行账|开户", re.IGNORECASE)
ACCOUNT = re.compile(r"[帐账][号户]|收款")
NUMBERING = re.compile(
    r"(?:编号|编码|订单|单号|流水|合同|协议|项目|批次|批号|索引|文号|条码|条形码|序列|发票|凭证|票据|招标|投标|标段|采购|备案|许可证?|登记证?|档案|案号"
    r"|卷号|ISBN|ISSN|专利|代码|图斑|宗地|地块|不动产|产权证?|设备|型号|统一社会信用|纳税人识别|资产|车架|发动机|坐标|经度|纬度|QQ|金额|合计|总额|预算|资金"
    r"|序号|编|order|serial|\bno|number|contract|code)(?:号码|编号|编码|代码|号|码|为|是|如下|:|：|\s|[#№(（.-])*$",
    re.IGNORECASE,
)
BUSINESS = re.compile(
    r"订单|流水|合同|协议|项目|批次|索引|条码|条形码|发票|凭证|票据|招标|投标|标段|采购|案号|专利|信用代码|图斑|宗地|地块|order|contract",
    re.IGNORECASE,
)
"""Of the kinds of numbering those that nobody gives a person."""

_ENDS = re.compile(r"[。；;!?！？\n\t,，、]")
_NAMES_THE_NEXT = re.compile(r"[:：]$|姓名$|号码$|号$|电话$|手机$|住址$|地址$|证$|卡$")


def before(piece: Piece, folded: str, start: int) -> str:
    """The words that label what begins at `start`: the head of its column or the cell to its left, and after that the
    words before it in its own sentence and cell."""
    reach = folded[max(0, start - REACH) : start]
    cut = max((found.end() for found in _ENDS.finditer(reach)), default=0)
    near = reach[cut:].strip(" :=\"'>(*#№")
    return f"{_of_cell(piece, folded, start)} {near}".strip()


def _of_cell(piece: Piece, folded: str, start: int) -> str:
    number = piece.row(start)
    if start - piece.starts[number] > LONGEST_ROW:
        return ""
    line = folded[piece.starts[number] : start]
    head = piece.header(number)
    if head is None:
        # A label may stand on a line of its own.
        above = "" if line.strip() or not number else piece.around(piece.starts[number] - 1, REACH * 2).strip()
        return above if len(above) <= SHORT or (above.endswith((":", "：")) and len(above) <= REACH) else ""
    column = line.count("\t")
    left = line.split("\t")[-2].strip() if column else ""
    if head == number or _NAMES_THE_NEXT.search(left):
        return left
    cells = _cells(piece, head)
    return cells[column].strip() if column < len(cells) else ""


def _cells(piece: Piece, number: int) -> list[str]:
    start = piece.starts[number]
    end = piece.starts[number + 1] - 1 if number + 1 < len(piece.starts) else len(piece.text)
    return piece.text[start : min(end, start + LONGEST_ROW)].split("\t")


def last_of(label: str, *kinds: re.Pattern[str]) -> re.Pattern[str] | None:
    """Of several kinds of label the one that stands last, which is the nearest; None where there is none of them."""
    ends = [(max((found.end() for found in kind.finditer(label)), default=-1), -n) for n, kind in enumerate(kinds)]
    end, which = max(ends)
    return kinds[-which] if end >= 0 else None
