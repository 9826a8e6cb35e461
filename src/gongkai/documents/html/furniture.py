"""What stands on a site's page around the report: menus, paths, links to neighbours, the site's own foot."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.documents.html.walking import is_hidden

_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|crumbs?|position|location|share|bdshare\w*|footer|foot|bottom|header|head"
    r"|topbar|top|copyright|sidebar|related|prevnext|prev|next|pages?|pagination|toolbar|tools|search|login|links"
    r"|friend\w*|qrcode|fontsize|print)(?:$|[\s_\d-])",
    re.IGNORECASE,
)
_REPORT = re.compile(r"[一二三四五六]、|第二十条|申请人情况|年度报告")
"""Words that no furniture has; what holds them is kept, whatever it is called."""
_LINE = re.compile(
    r"[【\[（(\s]*(?:(?:您?的?当前|您(?:现)?在?的?|所在)位置|首页\s*[>＞»/|]|上一[篇条页]|下一[篇条页]|打印(?:本页|此页)?\s*[】\])）|]|打印$|关闭(?:窗口|本页)?"
    r"|分享(?:到|至)|扫一扫|字[体号](?:大小)?\s*[：:]|版权所有|(?i:Copyright)|网站地图|联系我们|浏览(?:次数|量)|点击(?:次数|量|数)|访问量)"
)
_NUMBER_OF_SITE = re.compile(r"[Ii][Cc][Pp]备|公网安备|网站标识码")
_LONGEST_LINE, _LONGEST_NAMES = 100, 300
_STRUCK = frozenset({"del", "s", "strike"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def remove_hidden(page: LexborHTMLParser, data: bytes) -> None:
    """Take out what styles hide, unless the report itself is in it (pages that unfold by script)."""
    if data.rfind(b"none") < 0:  # in half the time of `in`
        return
    for node in page.css('[style*="none"]'):
        if not _HIDDEN.search(node.attributes.get("style") or ""):
            continue
        inside = node.text_lexbor() or ""
        if not _REPORT.search(inside) or _shown_elsewhere(page, inside):
            node.decompose()


def _shown_elsewhere(page: LexborHTMLParser, hidden: str) -> bool:
    """Whether the page shows again what a hidden part has of the report: a copy for another screen."""
    whole = page.body.text() or "" if page.body is not None else ""
    return all(whole.count(found) > hidden.count(found) for found in set(_REPORT.findall(hidden)))


def mend_figures(page: LexborHTMLParser, unusual: Iterable[LexborNode]) -> None:
    """Take out what is struck through, and set the mark of a footnote in brackets, so that neither joins a figure.

    `unusual` are the page's unusual elements, these among them.
    """
    marks = False
    for node in unusual:
        tag = node.tag
        marks = marks or tag == "sup"
        if tag in _STRUCK:
            node.decompose()
    for node in page.css("td sup,th sup") if marks else ():
        mark = (node.text() or "").strip()
        if mark and mark[0] not in "[（(":
            node.replace_with(f"[{mark}]")


def is_furniture(node: LexborNode) -> bool:
    """Whether a block is hidden, or its class or id names it as furniture, and it does not hold the report."""
    attributes = node.attributes
    if not attributes:
        return False
    if not is_hidden(attributes):
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:_LONGEST_NAMES]
        if len(names) < 2 or not _NAMES.search(names):
            return False
    return not _REPORT.search(node.text_lexbor() or "")


def is_furniture_line(text: str) -> bool:
    """Whether a short line is one of those that sites put around an article."""
    return len(text) <= _LONGEST_LINE and (_LINE.match(text) or _NUMBER_OF_SITE.search(text)) is not None
