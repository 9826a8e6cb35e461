"""Two reports side by side as a page."""

from __future__ import annotations

from gongkai import messages
from gongkai.messages import Language
from gongkai.report.compare import Comparison
from gongkai.report.likeness import Likeness
from gongkai.report.model import Report
from gongkai.report.write.comparison import change_name, percent, section_name, signed
from gongkai.report.write.html.frame import Speaker, page
from gongkai.report.write.html.markup import Content, Markup, el, join
from gongkai.report.write.wording import figure, heading


def comparison_page(of: Comparison, language: Language | None = None) -> str:
    """The comparison as a page that stands alone."""
    say = Speaker(language or messages.default_language())
    return page(
        say("compare.title"),
        el("div", el("h1", say("compare.title")), _sides(of, say), class_="headline"),
        el("section", el("h2", say("compare.changed"), id="figures"), _figures(of, say), aria_labelledby="figures"),
        el("section", el("h2", say("compare.text"), id="text"), _text(of, say), aria_labelledby="text"),
        language=say.language,
    )


def _sides(of: Comparison, say: Speaker) -> Markup:
    def side(name: str, report: Report) -> Markup:
        words = join(heading(report, say.language), el("small", report.path, class_="raw"))
        return el("div", el("dt", say(f"compare.{name}")), el("dd", words), class_="fact")

    return el("dl", side("first", of.first), side("second", of.second), class_="facts")


def _figures(of: Comparison, say: Speaker) -> Markup:
    changes = of.changes
    same = of.count("same") + of.count("sum") - len(changes)
    foot: list[Content] = [el("p", say("compare.unchanged", number=same))]
    if of.count("none"):
        first = sum(1 for cell in of.cells if cell.how == "none" and cell.first)
        second = sum(1 for cell in of.cells if cell.how == "none" and cell.second)
        foot.append(el("p", say("compare.no_counterpart", first=first, second=second)))
    if not changes:
        return join(el("p", say("compare.no_change")), *foot[1:])
    heads = [say("field.label")] + [say(f"compare.{n}") for n in ("first", "second", "difference", "ratio", "how")]
    rows = (
        _row(
            heads,
            change_name(of, change),
            figure(change.first_value),
            figure(change.second_value),
            signed(change),
            percent(change.ratio, sign=True),
            say(f"compare.{change.how}"),
        )
        for change in changes
    )
    return join(_table(heads, join(*rows), say("compare.changed")), *foot)


def _text(of: Comparison, say: Speaker) -> Markup:
    heads = [say(f"compare.{name}") for name in ("section", "share_first", "share_second", "lengths")]
    texts: dict[str, Likeness] = {"whole": of.whole, **of.text}
    rows = (
        _row(
            heads,
            section_name(number, say.language),
            percent(text.first_share),
            percent(text.second_share),
            f"{text.first_length} / {text.second_length}",
        )
        for number, text in texts.items()
    )
    passages = [
        el("li", el("blockquote", passage.text, lang="zh-CN"), f"{say('compare.length')}：{len(passage.text)}")
        for passage in of.whole.passages
    ]
    return join(
        _table(heads, join(*rows), say("compare.text")),
        el("h3", say("compare.passages")),
        el("ol", join(*passages), class_="passages") if passages else el("p", say("compare.no_passages")),
    )


def _row(heads: list[str], first: str, *rest: str) -> Markup:
    cells = (el("td", cell, data_label=head) for head, cell in zip(heads[1:], rest, strict=True))
    return el("tr", el("th", first, scope="row", lang="zh-CN"), *cells)


def _table(heads: list[str], rows: Markup, caption: str) -> Markup:
    return el(
        "table",
        el("caption", caption, class_="unseen"),
        el("thead", el("tr", join(*(el("th", head, scope="col") for head in heads)))),
        el("tbody", rows),
        class_="list",
    )
