"""What every page has: head, skip link, bar, main, foot, and the one style sheet inside it."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

import gongkai
from gongkai import messages
from gongkai.messages import Language
from gongkai.report.write.html.markup import Content, Markup, el, join, raw

ICONS = {"error": "✕", "warning": "▲", "notice": "●", "good": "✓", "doubt": "◇"}
TAGS = {"zh": "zh-CN", "en": "en"}
MARK = "Gongkai"


def page(title: str, *main: Content, language: Language, back: str | None = None) -> str:
    """A whole page with `main` between bar and foot; `back` is the address of the overview."""
    say = Speaker(language)
    style = stylesheet()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el(
            "meta",
            http_equiv="Content-Security-Policy",
            content=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        ),
        el("meta", name="generator", content=f"{MARK} {gongkai.__version__}"),
        el("title", title),
        el("style", raw(style)),
    )
    way_back = el("a", f"← {say('page.back')}", href=back, class_="back") if back else None
    bar = el("header", el("div", el("p", say("page.brand"), class_="brand"), way_back, class_="inner"), class_="bar")
    foot = el("footer", el("p", say("page.footer", version=gongkai.__version__)), class_="foot")
    skip = el("a", say("page.skip"), href="#content", class_="skip")
    body = el("body", skip, bar, el("main", *main, id="content", tabindex="-1"), foot)
    return f"<!DOCTYPE html>\n{el('html', head, body, lang=TAGS[language])}\n"


class Speaker:
    """The messages of the writers in one language; calling it says one."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, code: str, **facts: object) -> str:
        """The message `write.<code>`."""
        return messages.text(f"write.{code}", self.language, **facts)


def badge(kind: str, words: str) -> Markup:
    """Icon, words and colour together; `kind` is a key of `ICONS`."""
    return el("span", el("span", ICONS[kind], aria_hidden="true", class_="icon"), words, class_=f"badge {kind}")


def region(label: str, *content: Content) -> Markup:
    """A box that scrolls sideways by itself and by keyboard."""
    return el("div", join(*content), class_="scroll", role="region", aria_label=label, tabindex="0")


@cache
def stylesheet() -> str:
    """The style sheet, which holds no end tag."""
    return resources.files(__package__).joinpath("style.css").read_text(encoding="utf-8")
