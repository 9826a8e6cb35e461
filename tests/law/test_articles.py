"""The instruments and their articles: complete, in both languages, and strict about what they hold."""

import re
from datetime import date

import pytest

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law import articles as module
from gongkai.law.articles import Article, article, instrument, instruments, is_known, written
from gongkai.law.citation import Citation, citation
from tests.law.data import citations

CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
EVERY = [held for of in instruments().values() for held in of.articles.values()]

# What the published text has: an article, how many paragraphs, how many items in which of them.
DIVIDED = [
    ("regulation.16", (0, 0)),
    ("regulation.20", (15,)),
    ("regulation.29", (0, 3)),
    ("regulation.31", (3,)),
    ("regulation.33", (0, 0, 0)),
    ("regulation.36", (7,)),
    ("regulation.50", (5, 0)),
    ("reconsideration_law.11", (15,)),
    ("reconsideration_law.23", (5, 0)),
    ("reconsideration_law.65", (2, 3)),
    ("litigation_law.15", (4,)),
    ("holiday_measure.2", (7,)),
]
KNOWN = [
    "regulation", "regulation.33", "regulation.33.3", "regulation.16.2", "regulation.20(15)", "regulation.36(7)",
    "regulation.36.1(7)", "regulation.29.2(3)", "regulation.29(3)", "reconsideration_law.23(4)",
    "reconsideration_law.23.1(4)", "reconsideration_law.65.2(3)", "fee_measure",
]  # fmt: skip
UNKNOWN = [
    "regulations", "regulation.57", "regulation.33.4", "regulation.16.3", "regulation.20(16)", "regulation.36(8)",
    "regulation.36.2", "regulation.36.2(1)", "regulation.29.1(1)", "regulation.33(1)", "reconsideration_law.23.2(4)",
    "reconsideration_law.23(6)", "reconsideration_law.65(1)", "reconsideration_law.65.1(3)", "fee_measure.99",
    "local.1",
]  # fmt: skip


def test_every_article_of_the_regulation_is_there_in_order_and_divided_as_its_text():
    held = instrument("regulation").articles
    assert list(held) == [str(number) for number in range(1, 57)]
    assert [number for number, of in held.items() if not of.paragraphs] == []
    assert sum(len(of.paragraphs) for of in held.values()) == 82
    assert sum(sum(of.paragraphs) for of in held.values()) == 41


def test_every_instrument_has_its_names_and_its_first_day():
    held = instruments()
    assert len(held) >= 28
    assert [name for name, of in held.items() if not (of.title and of.short and of.english)] == []
    assert [name for name, of in held.items() if CHINESE.search(of.english)] == []
    assert [name for name, of in held.items() if type(of.since) is not date] == []
    assert [name for name, of in held.items() if of.until is not None and of.until <= of.since] == []
    for names in ([of.title for of in held.values()], [of.short for of in held.values()]):
        assert len(set(names)) == len(names)
    assert len({of.english for of in held.values()}) == len(held)


def test_every_article_says_something_of_its_own_in_each_language():
    assert len(EVERY) >= 130
    assert [str(of.citation) for of in EVERY if not of.summary["zh"].strip() or not of.summary["en"].strip()] == []
    assert [str(of.citation) for of in EVERY if not CHINESE.search(of.summary["zh"])] == []
    assert [str(of.citation) for of in EVERY if CHINESE.search(of.summary["en"] + of.people["en"])] == []
    assert len({of.summary["zh"] for of in EVERY}) == len(EVERY)
    assert [str(of.citation) for of in EVERY if any("\n" in text for text in of.summary.values())] == []


def test_what_is_left_to_people_is_said_in_both_languages_or_in_none():
    assert [str(of.citation) for of in EVERY if bool(of.people["zh"]) != bool(of.people["en"])] == []
    regulation = [of for of in EVERY if of.instrument == "regulation"]
    assert [of.number for of in regulation if not of.people["zh"]] == ["1", "56"]


@pytest.mark.parametrize(("cited", "paragraphs"), DIVIDED, ids=[entry[0] for entry in DIVIDED])
def test_articles_are_divided_as_the_published_text(cited, paragraphs):
    assert article(cited).paragraphs == paragraphs


@pytest.mark.parametrize("cited", KNOWN)
def test_a_provision_that_the_text_has_is_known(cited):
    assert is_known(cited)


@pytest.mark.parametrize("cited", UNKNOWN)
def test_a_provision_that_the_text_has_not_is_unknown(cited):
    assert not is_known(cited)


def test_every_citation_in_the_data_of_the_law_is_known():
    found = citations()
    assert len(found) >= 150
    assert len({file for file, _ in found}) >= 3
    assert [(file, cited) for file, cited in found if not is_known(cited)] == []


def test_an_article_is_found_by_its_citation_in_text_or_in_parts():
    by_text, by_parts = article("regulation.33.2"), article(Citation("regulation", "33", "2"))
    assert by_text is by_parts
    assert by_text.citation == citation("regulation.33")
    assert by_text.status == "stated"


@pytest.mark.parametrize("cited", ["regulation.57", "regulation.33.4", "regulation", "fee_measure.99"])
def test_an_article_that_is_not_held_is_refused_with_those_that_are(cited):
    with pytest.raises(InvalidInput) as refused:
        article(cited)
    assert refused.value.code == "law.article.unknown"
    assert refused.value.facts["given"] == cited
    assert refused.value.facts["known"] == ", ".join(instrument(citation(cited).instrument).articles)


def test_an_instrument_that_is_not_held_is_refused_with_those_that_are():
    for ask in (lambda: instrument("charter"), lambda: article("charter.1"), lambda: written("charter.1", "en")):
        with pytest.raises(InvalidInput) as refused:
            ask()
        assert refused.value.code == "law.instrument.unknown"
        assert refused.value.facts["given"] == "charter"
        assert "regulation" in refused.value.facts["known"]


def test_provisions_are_said_in_the_language_asked_for():
    said = {
        "regulation.36(6)": ("《条例》第三十六条第（六）项", "Regulation, art. 36(6)"),
        "regulation.33.2": ("《条例》第三十三条第二款", "Regulation, art. 33.2"),
        "fee_measure": ("《信息处理费管理办法》", "Fee measure"),
        "reconsideration_law.23.1(4)": (
            "《行政复议法》第二十三条第一款第（四）项",
            "Reconsideration Law, art. 23.1(4)",
        ),
    }
    assert {cited: (written(cited, "zh"), written(cited, "en")) for cited in said} == said
    assert written(citation("regulation.2"), "en") == "Regulation, art. 2"


def test_the_language_is_that_of_the_person_where_none_is_asked_for(monkeypatch):
    monkeypatch.setenv("GONGKAI_LANG", "en")
    assert written("regulation.5") == "Regulation, art. 5"
    monkeypatch.delenv("GONGKAI_LANG")
    assert written("regulation.5") == "《条例》第五条"


def test_an_article_whose_text_was_not_at_hand_takes_any_paragraph():
    unread = Article("regulation", "1", {}, {}, "unverified")
    assert unread.holds("9", "9")
    assert not Article("regulation", "1", {}, {}, "stated", (0,)).holds(None, "1")


@pytest.mark.parametrize("key", ["title", "short", "english", "number", "from"])
def test_an_instrument_without_one_of_its_names_is_refused(key):
    whole = {"title": "甲", "short": "乙", "english": "A", "number": "", "from": date(2019, 5, 15)}
    assert module._instrument("made", whole).short == "乙"
    with pytest.raises(InvalidData) as refused:
        module._instrument("made", {name: value for name, value in whole.items() if name != key})
    assert refused.value.code == "law.data.missing"
    assert refused.value.facts == {"file": "articles.toml", "entry": "made", "key": key}


def test_a_status_is_one_of_three_words():
    from gongkai.law.status import STATUSES, status

    assert STATUSES == ("stated", "unverified", "ours")
    assert [status(word) for word in STATUSES] == list(STATUSES)
    with pytest.raises(InvalidData) as refused:
        status("certain")
    assert refused.value.code == "law.status.unknown"
    assert refused.value.facts == {"given": "certain", "known": "stated, unverified, ours"}
