"""The running text, section by section, with the figures that were read from it marked."""

from __future__ import annotations

from gongkai.report.form import SectionHeading, load
from gongkai.report.model import Fact, Prose, Report
from gongkai.report.write.html.frame import Speaker
from gongkai.report.write.html.markup import Content, Markup, el, join
from gongkai.report.write.layout import section_heading
from gongkai.report.write.wording import place_words

ORDER = ("0", "1", "2", "3", "4", "5", "6", "end")


def prose_sections(report: Report, say: Speaker) -> Markup:
    """Every section that has text, or the sentence that there is none."""
    parts = [
        _section(report, number, report.prose[number], say)
        for number in ORDER
        if number in report.prose and report.prose[number].text.strip()
    ]
    if not parts:
        return el("p", say("missing.prose"))
    hint = el("p", say("page.facts_hint"), class_="hint") if report.facts else None
    return join(hint, el("div", join(*parts), class_="prose", lang="zh-CN"))


def _section(report: Report, number: str, prose: Prose, say: Speaker) -> Markup:
    facts = [fact for fact in report.facts if fact.section == number]
    return join(el("h3", _heading(report, number, say)), *_paragraphs(prose.text, _spans(prose.text, facts), say))


def _heading(report: Report, number: str, say: Speaker) -> str:
    if not number.isdigit():
        return say("page.end")
    if number == "0":
        return say("page.preamble")
    sections = {section.number: section for section in load(report.main_form).sections}
    section = sections.get(int(number)) or SectionHeading(int(number), "")
    return section_heading(section)


def _spans(text: str, facts: list[Fact]) -> list[tuple[int, int, Fact]]:
    """Where the facts stand in the text; a fact inside another is left out."""
    spans: list[tuple[int, int, Fact]] = []
    end = 0
    for fact in sorted(facts, key=lambda fact: (fact.offset, -len(fact.text))):
        stop = fact.offset + len(fact.text)
        if fact.text and fact.offset >= end and text[fact.offset : stop] == fact.text:
            spans.append((fact.offset, stop, fact))
            end = stop
    return spans


def _paragraphs(text: str, spans: list[tuple[int, int, Fact]], say: Speaker) -> list[Markup]:
    paragraphs: list[Markup] = []
    start = 0
    for line in text.split("\n"):
        stop = start + len(line)
        if line.strip():
            inside = [span for span in spans if start <= span[0] and span[1] <= stop]
            paragraphs.append(el("p", *_marked(text, start, stop, inside, say)))
        start = stop + 1
    return paragraphs


def _marked(text: str, start: int, stop: int, spans: list[tuple[int, int, Fact]], say: Speaker) -> list[Content]:
    pieces: list[Content] = []
    at = start
    for first, last, fact in spans:
        pieces.append(text[at:first])
        place = place_words(fact.place, say.language) if fact.place else None
        pieces.append(el("mark", text[first:last], title=place))
        at = last
    return [*pieces, text[at:stop]]
