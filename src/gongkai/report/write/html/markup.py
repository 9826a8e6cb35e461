"""Elements of a page. Text is escaped unless it is Markup, and only this module makes Markup."""

from __future__ import annotations

import re
from typing import TypeAlias

VOID = frozenset({"meta", "link", "br", "hr", "col"})
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that a page may not hold; a replacement character takes their place."""


class Markup(str):
    """Text that is already a piece of a page."""

    __slots__ = ()


Content: TypeAlias = "str | Markup | None"


def escape(text: str) -> Markup:
    """Text for use between tags and inside quoted attributes."""
    if isinstance(text, Markup):
        return text
    clean = FORBIDDEN.sub("\ufffd", text)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        clean = clean.replace(character, entity)
    return Markup(clean)


def el(tag: str, *content: Content, **attributes: str | int | bool | None) -> Markup:
    """An element. `class_`, `for_` lose their underscore, other underscores become hyphens; None and False are left out."""
    written = "".join(
        _attribute(name, value) for name, value in attributes.items() if value is not None and value is not False
    )
    if tag in VOID:
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{join(*content)}</{tag}>")


def join(*content: Content) -> Markup:
    """Pieces one after the other, text among them escaped."""
    return Markup("".join(escape(piece) for piece in content if piece is not None))


def raw(text: str) -> Markup:
    """Text that this project itself wrote as part of a page, such as its style sheet."""
    return Markup(text)


def _attribute(name: str, value: str | int | bool) -> str:
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
