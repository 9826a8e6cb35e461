"""Side doors: a word in every field of every record, and nobody comes across a word that is not for them, anywhere."""

from __future__ import annotations

import io
import logging
import re

import pytest

from gongkai.web import urls
from gongkai.web.reports import policies as reports
from gongkai.web.reports.models import Report
from gongkai.web.settings import logs
from tests.web.permissions import addresses, canaries, world
from tests.web.permissions.asking import Plain, visitors
from tests.web.permissions.crawling import crawl, read

pytestmark = pytest.mark.django_db
WORD = re.compile(r"zq\d{4}vx")
PEOPLE = (
    "nobody", "without a role", "reader own", "clerk own", "approver own", "supervisor parent", "clerk sibling",
    "reader child", "system", "security", "audit",
)  # fmt: skip
BEGIN = [
    "/",
    "/office/",
    "/reports/",
    "/documents/",
    "/sitemap.xml",
    "/robots.txt",
    "/health",
    "/metrics",
    "/agencies/",
    "/sitemap/",
]
SEARCHES = {
    "/agencies/": "q", "/office/agencies/": "q", "/office/reports/": "words", "/office/people/": "words",
    "/office/audit/": "actor", "/documents/": "words", "/office/documents/": "words",
}  # fmt: skip
UNKNOWN = "zq9999vx"


@pytest.fixture
def made():
    return world.make()


@pytest.fixture
def logged():
    """All that any logger writes, in the form in which it goes to the log of an installation."""
    stream = io.StringIO()
    handlers = [logging.StreamHandler(stream), logging.StreamHandler(stream)]
    handlers[0].setFormatter(logs.Json())
    handlers[1].setFormatter(logs.Text())
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in ("django", "django.request", "gongkai"))]
    for logger in loggers:
        for handler in handlers:
            logger.addHandler(handler)
    yield stream
    for logger in loggers:
        for handler in handlers:
            logger.removeHandler(handler)


def test_every_field_that_holds_words_says_for_whom_it_is(record_property):
    found = {name for _, _, name in canaries.fields()}
    assert len(found) >= 100
    assert sorted(found - set(canaries.kinds())) == [], "fields that canaries.toml does not know"
    assert sorted(set(canaries.kinds()) - found) == [], "fields of canaries.toml that are not there"
    record_property("counted", {"side doors: fields that hold words": len(found)})


def every_address(made):
    """The addresses of the records of both counties, and of all that takes no key."""
    asked = addresses.asked(made)
    for name, kwargs in ((address.name, addresses.given(made).get(address.name, {})) for address in addresses.walk()):
        path = addresses.path(name, kwargs)
        query = "&".join(f"{key}={value}" for key, value in asked.get(name, {}).items())
        yield f"{path}?{query}" if query else path
        for mine, other in (
            (made.own.key, made.places["sibling"].key), (made.draft.key, made.foreign.key),
            (made.open.key, made.draft.key), (made.records["own document draft"], made.records["sibling document draft"]),
            (made.records["own document open"], made.records["own document withdrawn"]), (made.draft.batch.key, made.foreign.batch.key),
        ):  # fmt: skip
            if mine in path:
                yield path.replace(mine, other)


def wrong(words, who, text, where):
    """The words in a text that are not for somebody."""
    for word in sorted(set(WORD.findall(text))):
        if word in words and not words[word].may(who):
            yield f"{who.label} reads {words[word].field} of {words[word].place or words[word].person} at {where}"


@pytest.mark.parametrize("label", PEOPLE)
def test_nobody_comes_across_what_is_not_for_them(label, made, logged, record_property):
    (visitor,) = visitors(made, [label])
    words = {canary.word: canary for canary in canaries.put_out(made)}
    found, pages, met, statuses = [], 0, set(), set()
    for path, answer in crawl(visitor, [*BEGIN, *every_address(made)]):
        text = read(answer)
        found += wrong(words, visitor.who, text, path)
        met |= set(WORD.findall(text))
        statuses.add(answer.status)
        pages += 1
    found += searched(visitor, words)
    found += [f"{line} is logged" for line in WORD.findall(logged.getvalue())]
    record_property("counted", {"side doors: pages read": pages, "side doors: words put out": len(words)})
    assert len(words) >= 150
    assert pages >= 60
    assert 500 not in statuses
    assert met, "nobody met a single word: the crawl reads nothing"
    assert not found, f"{len(found)}:\n" + "\n".join(sorted(set(found))[:60])


def searched(visitor, words):
    """Searching for a word that is not for somebody answers as searching for one that nothing has."""
    tried, sample = 0, {}
    for canary in words.values():
        if not canary.may(visitor.who):
            sample.setdefault((canary.field, canary.place), canary)
    for path, name in SEARCHES.items():
        other = visitor.ask("GET", path, query={name: UNKNOWN})
        if other.status != 200:
            continue
        for canary in sample.values():
            answer = visitor.ask("GET", path, query={name: canary.word})
            tried += 1
            if answer.plain(canary.word) != other.plain(UNKNOWN):
                yield f"{visitor.who.label} learns of {canary.field} of {canary.place} by searching at {path}"
    assert tried >= 10


def test_a_broken_page_tells_nothing(made, logged, monkeypatch):
    words = {canary.word: canary for canary in canaries.put_out(made)}
    secret = next(word for word, canary in words.items() if canary.kind == "nobody")

    def broken(*_, **__):
        raise RuntimeError(f"broken at {secret}")

    monkeypatch.setattr(reports, "public", broken)
    client = Plain(REMOTE_ADDR="198.51.100.7", raise_request_exception=False)
    answer = client.get("/reports/")
    assert answer.status_code == 500
    assert secret not in answer.content.decode()
    assert secret not in logged.getvalue()
    assert logged.getvalue()


def test_a_leak_is_found(made, monkeypatch):
    (visitor,) = visitors(made, ["nobody"])
    words = {canary.word: canary for canary in canaries.put_out(made)}

    def leaks():
        paths = ["/reports/", f"/reports/{made.draft.key}/"]
        return [one for path in paths for one in wrong(words, visitor.who, read(visitor.ask("GET", path)), path)]

    assert leaks() == []
    monkeypatch.setattr(reports, "public", Report.objects.all)
    monkeypatch.setattr("gongkai.web.reports.queries.public", Report.objects.all)
    assert leaks() != []


def test_a_search_that_counts_what_one_must_not_see_is_found(made, monkeypatch):
    (visitor,) = visitors(made, ["reader child"])
    words = {canary.word: canary for canary in canaries.put_out(made)}
    assert list(searched(visitor, words)) == []
    monkeypatch.setattr(reports, "visible", lambda _user: Report.objects.all())
    assert list(searched(visitor, words)) != []


def test_the_words_are_read_in_every_form(made):
    (visitor,) = visitors(made, ["clerk own"])
    words = {canary.word: canary for canary in canaries.put_out(made)}
    prose = next(
        canary for canary in words.values() if canary.field == "reports.Report.assembled" and canary.may(visitor.who)
    )
    report = Report.objects.get(assembled__contains=prose.word)
    for ending in ("json", "csv", "xlsx"):
        answer = visitor.ask("GET", addresses.path("reports:export", {"key": report.key, "ending": ending}))
        assert answer.status == 200
        assert prose.word in read(answer), ending
    assert urls.urlpatterns
