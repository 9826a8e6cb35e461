"""Many reports on one page: who, which year, how it stands, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from gongkai import messages
from gongkai.errors import GongkaiError
from gongkai.messages import Language
from gongkai.report.model import Report
from gongkai.report.write.html.frame import ICONS, Speaker, badge, page
from gongkai.report.write.html.markup import Markup, el, join
from gongkai.report.write.provenance import cells_read, form_parts
from gongkai.report.write.verdict import sum_words, verdict, verdict_kind
from gongkai.report.write.wording import error_sentence


class Entry(NamedTuple):
    """A report on the overview: the address of its page, its other files as (words, address)."""

    report: Report
    href: str | None
    files: tuple[tuple[str, str], ...] = ()


def overview_page(
    entries: Sequence[Entry],
    unreadable: Sequence[tuple[str, GongkaiError]] = (),
    language: Language | None = None,
) -> str:
    """The page over `entries`, in their order; `unreadable` are the files that could not be read, with the reason."""
    say = Speaker(language or messages.default_language())
    lead = sum_words([entry.report for entry in entries], len(unreadable), say.language)
    return page(
        say("overview.title"),
        el(
            "div",
            el("h1", say("overview.title")),
            el("p", lead, class_="lead") if entries or unreadable else None,
            class_="headline",
        ),
        _reports(entries, say) if entries else _empty(say) if not unreadable else None,
        _unreadable(unreadable, say) if unreadable else None,
        language=say.language,
    )


def _reports(entries: Sequence[Entry], say: Speaker) -> Markup:
    fields = [say(f"field.{name}") for name in ("agency", "year", "form", "cells_read")]
    counts = [say(f"overview.{name}") for name in ("open", "errors", "warnings", "notices", "files")]
    heads = fields + counts
    caption = say("overview.caption")
    if any(entry.report.doubts for entry in entries):
        caption = messages.text("list.semicolon", say.language).join((caption, say("doubt.caption")))
    rows = (_row(entry, heads, say) for entry in entries)
    table = el(
        "table",
        el("caption", caption),
        el("thead", el("tr", join(*(el("th", head, scope="col") for head in heads)))),
        el("tbody", join(*rows)),
        class_="list",
    )
    return el("section", el("h2", say("overview.reports"), id="reports"), table, aria_labelledby="reports")


def _row(entry: Entry, heads: list[str], say: Speaker) -> Markup:
    report = entry.report
    file = PurePath(report.path).name
    name = report.agency or report.title or file
    read, of = cells_read(report)
    main, others = form_parts(report, say.language)
    counts = [
        sum(f.severity == severity and f.waived is None for f in report.findings)
        for severity in ("error", "warning", "notice")
    ]
    files = join(*(join(el("a", words, href=href), " ") for words, href in entry.files))
    cells: list[str | Markup] = [
        str(report.year or "—"),
        el("span", main, el("small", others, class_="raw") if others else None),
        f"{read} / {of}",
        el("span", badge(verdict_kind(report), verdict(report, say.language)), _doubt_mark(report, say)),
        *(str(count) for count in counts),
        files,
    ]
    named = el("a", name, href=entry.href) if entry.href else name
    first = el("th", named, el("small", file, class_="raw") if file != name else None, scope="row", lang="zh-CN")
    rest = (el("td", cell, data_label=head) for head, cell in zip(heads[1:], cells, strict=True))
    return el("tr", first, *rest)


def _doubt_mark(report: Report, say: Speaker) -> Markup | None:
    """A sign beside the verdict that leads nowhere; its words are for those who cannot see it."""
    if not report.doubts:
        return None
    words = say("doubt.mark", number=len(report.doubts))
    sign = el("span", ICONS["doubt"], aria_hidden="true")
    return join(" ", el("span", sign, el("span", words, class_="unseen"), class_="doubt", title=words))


def _empty(say: Speaker) -> Markup:
    return el(
        "div", el("p", say("overview.empty"), class_="big"), el("p", say("overview.empty_hint")), class_="empty"
    )


def _unreadable(files: Sequence[tuple[str, GongkaiError]], say: Speaker) -> Markup:
    rows = (
        el(
            "tr",
            el("th", path, scope="row"),
            el("td", error_sentence(error, say.language), data_label=say("overview.reason")),
            el("td", el("span", error.code, class_="code"), data_label=say("field.code")),
        )
        for path, error in files
    )
    heads = (say("field.path"), say("overview.reason"), say("field.code"))
    table = el(
        "table",
        el("caption", say("overview.unreadable"), class_="unseen"),
        el("thead", el("tr", join(*(el("th", head, scope="col") for head in heads)))),
        el("tbody", join(*rows)),
        class_="list unreadable",
    )
    return el("section", el("h2", say("overview.unreadable"), id="unreadable"), table, aria_labelledby="unreadable")
