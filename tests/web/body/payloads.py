"""Attempts to smuggle a program into a page: what fires x spelling, each with the pattern that shows that it is live."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import cache

LIVE = re.compile(
    r"<\s*(?:script|iframe|object|embed|svg|math|style|link|meta|base|form|template|noscript|textarea|title|video|audio)\b"
    r"|[\s/\"'`]on[a-z]+\s*=|(?:java|vb|live)\s*script|data\s*:\s*text|expression\s*\(|srcdoc|style\s*=|formaction"
    r"|&#\w+;?|&(?:colon|tab|newline);|\\00|j\s*a\s*v\s*a",
    re.IGNORECASE,
)
"""What makes a payload live, in some spelling."""

_HANDLERS = (
    "onerror",
    "onload",
    "onclick",
    "onmouseover",
    "onfocus",
    "onanimationstart",
    "ontoggle",
    "onpointerenter",
)
_HOLDERS = (
    "<img src=x {on}=alert(1)>",
    "<p {on}=alert(1)>x</p>",
    "<a href=https://example.com {on}=alert(1)>x</a>",
    "<svg {on}=alert(1)>",
    "<table><td {on}=alert(1)>x",
    "<details open {on}=alert(1)>",
    "<video><source {on}=alert(1)>",
    "<li {on}=alert(1)>x",
    "<x {on}=alert(1)>x",
    "<math><mi {on}=alert(1)>x",
)
_SPELLINGS = (
    lambda given: given,
    str.upper,
    lambda given: given.replace(" on", "/on"),
    lambda given: given.replace(" on", "\n\ton"),
    lambda given: given.replace("=alert(1)", "='alert(1)'"),
    lambda given: given.replace("=alert(1)", ' = "alert(1)"'),
    lambda given: given.replace("=alert(1)", "=`alert(1)`"),
    lambda given: f"<p title='>{given}'>{given}",
    lambda given: f"</p></td></table></caption>{given}",
    lambda given: f"<!--x--!>{given}<!-- {given}",
)
_SCHEMES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    " javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;&#x61;vascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "javascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "javascript://example.com/%0Aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64," + base64.b64encode(b"<script>alert(1)</script>").decode(),
    "livescript:alert(1)",
)
_LINKS = (
    '<a href="{to}">x</a>',
    "<a href='{to}'>x</a>",
    '<img src="{to}">',
    '<form action="{to}"><button formaction="{to}">x</button></form>',
    '<iframe src="{to}"></iframe>',
    '<table background="{to}"><td background="{to}">x</table>',
    '<object data="{to}"></object>',
    '<svg><a xlink:href="{to}"><text>x</text></a></svg>',
    '<blockquote cite="{to}">x</blockquote>',
    '<meta http-equiv=refresh content="0;url={to}">',
    '<base href="{to}"><a href=x>x</a>',
    '<p style="background:url({to})">x</p>',
)
_WHOLE = (
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<script\n>alert(1)</script\n>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<style><img src=x onerror=alert(1)></style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<title><img title='</title><img src=x onerror=alert(1)>'></title>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=x onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
    "<template><img src=x onerror=alert(1)></template>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<xmp><img title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<p style='width:expression(alert(1))'>x</p>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "<embed src=javascript:alert(1)>",
    "<select><option><img src=x onerror=alert(1)></select>",
    "<p>\x00<scr\x00ipt>alert(1)</scr\x00ipt><img src=x onerror=alert(1)>",
    '<img src="sha256:' + "a" * 64 + '" onerror=alert(1)>',
    '<a href="https://example.com" style="position:fixed;inset:0">x</a>',
    "<plaintext><script>alert(1)</script>",
)


@cache
def payloads() -> tuple[str, ...]:
    """Every payload once."""
    return tuple(dict.fromkeys(_made()))


def _made() -> Iterator[str]:
    yield from _WHOLE
    for number, spelling in enumerate(_SPELLINGS):
        for at, holder in enumerate(_HOLDERS):
            for handler in _HANDLERS[(number + at) % 2 :: 2]:
                yield spelling(holder.format(on=handler))
    for to in _SCHEMES:
        for link in _LINKS:
            yield link.format(to=to)
