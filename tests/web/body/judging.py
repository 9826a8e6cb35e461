"""Judges a clean text with a parser of browsers: every element, attribute and address is one of the closed vocabulary.

The vocabulary is written here once more, so that widening it in the program alone fails.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

ELEMENTS = frozenset(
    [
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "blockquote",
        "strong",
        "em",
        "u",
        "sub",
        "sup",
        "img",
        "a",
    ]
)
ATTRIBUTES = {
    "a": {"href": r"(?:https?://[^\s@\"'<>]+|https?://[^\s/?#@]+[/?#]\S*|mailto:\S+@\S+)"},
    "img": {"src": r"sha256:[0-9a-f]{64}", "alt": r"[\s\S]*"},
    "ol": {"start": r"[0-9]{1,7}"},
    "td": {"colspan": r"[0-9]{1,4}", "rowspan": r"[0-9]{1,5}"},
    "th": {"colspan": r"[0-9]{1,4}", "rowspan": r"[0-9]{1,5}", "scope": r"(?:col|row)(?:group)?"},
}


def faults(html: str) -> list[str]:
    """What a browser would find in the text that has no place there."""
    page = LexborHTMLParser(f"<!doctype html><body>{html}</body>")
    found = []
    for node in page.root.traverse(include_text=False):
        tag = node.tag
        if tag in ("html", "head", "body"):
            found += [f"{tag}@{name}" for name in node.attributes]
            continue
        if tag not in ELEMENTS:
            found.append(str(tag))
            continue
        for name, value in node.attributes.items():
            allowed = ATTRIBUTES.get(tag, {}).get(name)
            if allowed is None or not re.fullmatch(allowed, value or "", re.IGNORECASE):
                found.append(f"{tag}@{name}={value}")
    return found


def words(html: str) -> str:
    """All signs of the text that are no blanks, as a browser reads it, alternative texts included."""
    page = LexborHTMLParser(f"<!doctype html><body>{html}</body>")
    alts = "".join(node.attributes.get("alt") or "" for node in page.css("img"))
    return "".join(((page.body.text() if page.body else "") + alts).split())
