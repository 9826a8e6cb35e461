"""Markup in every field: whatever people and files say, a page shows it as text and nothing of it becomes a part of the page."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.template import engines
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from gongkai.report.check import check
from gongkai.report.write.json import report_line
from gongkai.web.agencies import actions as agencies
from gongkai.web.agencies.exchange.lines import exported
from gongkai.web.agencies.exchange.sheet import write
from gongkai.web.audit.actor import Actor
from gongkai.web.reports import actions as reports
from gongkai.web.reports.frozen import freeze
from gongkai.web.reports.models import Reading, Report
from gongkai.web.reports.reading import Outcome
from tests.web.people import PASSWORD, person
from tests.web.permissions import addresses, canaries, payloads, world
from tests.web.permissions.asking import undone, visitors
from tests.web.permissions.crawling import crawl

pytestmark = pytest.mark.django_db
TURNS = 2
"""How often each form is sent with other payloads in its fields."""
JUDGES = {
    "publications:review": "reviewer own", "publications:secrecy": "secrecy_reviewer own",
    "publications:approve": "approver own",
}  # fmt: skip
"""Who sends the forms by which a document is judged."""
ACTORS = ("system", "security", "clerk own", "approver own", "reviewer own", "secrecy_reviewer own", "nobody")
BY_SECURITY = ("agencies:grant", "agencies:revoke", "agencies:cover", "agencies:hand_over")
MEANT = frozenset(
    {"login", "colleague", "to", "region", "vertical", "led_by", "parent", "into", "successor", "region_code", "unified_code",
     "old", "new", "again", "code", "value", "days", "cell", "year", "seen", "finding", "waiver", "keeper"}
)  # fmt: skip
"""Fields of which the content must fit something that is there; the others hold any words."""
SHOWN = {
    "accounts": (
        ("security", "accounts:people"), ("security", "accounts:person"), ("audit", "accounts:audit"),
        ("clerk own", "accounts:mine"), ("clerk own", "accounts:tokens"),
    ),
    "agencies": (
        *(("clerk own", f"agencies:{name}") for name in ("one", "guide", "site", "people", "history")),
        *(("nobody", f"portal:{name}") for name in ("home", "guide", "directory")),
        ("audit", "accounts:audit"),
    ),
    "reports": (
        *(("clerk own", f"reports:{name}") for name in ("list", "one", "batch")),
        ("nobody", "reports:public_list"), ("nobody", "portal:annual_reports"), ("audit", "accounts:audit"),
    ),
    "publications": (
        *(("clerk own", f"publications:{name}") for name in ("list", "one", "sheet")),
        *(("nobody", name) for name in ("publications:public_list", "publications:public_one", "portal:statutory")),
        ("audit", "accounts:audit"),
    ),
    "registers": (
        ("clerk own", "registers:list"), ("clerk own", "registers:one"), ("nobody", "registers:public_list"),
        ("audit", "accounts:audit"),
    ),
}  # fmt: skip
"""The pages on which what a form has written may be read, by its app, with who looks."""
BEGIN = [
    "/", "/office/", "/reports/", "/agencies/", "/office/agencies/", "/office/reports/", "/office/people/", "/office/audit/",
    "/office/notices/", "/office/account/tokens/", "/office/agencies/import/",
]  # fmt: skip


@pytest.fixture
def made():
    return world.make()


def judged(answer, where):
    """What in an answer is more than text; an answer that is no page must not be taken for one."""
    media = answer.headers.get("Content-Type", "")
    if answer.status >= 500:
        yield f"{where} answered {answer.status}"
    if media.startswith("text/html"):
        yield from (f"{where}: {one}" for one in payloads.found(answer.content.decode()))
    elif answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield f"{where} of {media} may be guessed at"


def fields(content, names):
    """The fields for words in the form of a page that has these fields, with the characters that each takes."""
    found = {}
    for form in LexborHTMLParser(content.decode()).css("form"):
        words = {
            node.attributes.get("name"): int(node.attributes.get("maxlength") or 200)
            for node in form.css("input, textarea")
            if node.attributes.get("type") in (None, "text", "email", "search", "url", "tel") and node.attributes.get("name")
        }  # fmt: skip
        held = {node.attributes.get("name") for node in form.css("input, textarea, select")}
        if held & names:
            found |= words
    return found


def forms(made):
    """Every form of the platform with a person who may send it: the address, what stands in it, the name of the person."""
    for name in addresses.sent(made, None):
        if name in ("accounts:sign_in", "accounts:invitation", "accounts:code", "accounts:set_up"):
            yield name, "nobody"
        elif name in BY_SECURITY or name == "accounts:appoint":
            yield name, "security"
        elif name in ("accounts:new", "agencies:import", "agencies:looked_through"):
            yield name, "system"
        elif name.startswith("accounts:") or name.startswith("agencies:keep_"):
            yield name, "clerk own"
        elif name.startswith("agencies:"):
            yield name, "system"
        elif name in JUDGES:
            yield name, JUDGES[name]
        else:
            yield name, "approver own" if name.endswith("publish") else "clerk own"


def asking(made):
    """Everybody who sends a form or looks at a page, and two who have shown the password and owe a code."""
    found = {one.who.label: one for one in visitors(made, [*ACTORS, "audit"])}
    new, bare = made.people["new"].user, person("bare", totp_secret="")
    for name, user in (("accounts:code", new), ("accounts:set_up", bare)):
        (found[name],) = visitors(made, ["nobody"])
        found[name].client.post("/office/sign-in/", {"login": user.login, "password": PASSWORD})
        found[name].keep()
    for one in found.values():
        if one.who.user and one.who.label != "nobody":
            session = one.client.session
            session["confirmed_at"] = int(timezone.now().timestamp())
            session.save()
    return found


def filled(form, words, turn, *, everything):
    """A form with payloads: in every field, or in those that take any words."""
    sent = dict(form)
    for at, (name, longest) in enumerate(words.items()):
        if everything or name not in MEANT:
            sent[name] = payloads.filling(longest, turn * 7 + at * 3, plain=True)
    for at, name in enumerate(form):
        if everything and name not in words and isinstance(form[name], (str, int)):
            sent[name] = payloads.PAYLOADS[(turn + at) % len(payloads.PAYLOADS)]
        if isinstance(form[name], list) or hasattr(form[name], "read"):
            sent[name] = renamed(form[name], turn)
    return sent


def renamed(given, turn):
    """Files under names that are payloads."""
    if isinstance(given, list):
        return [renamed(one, turn) for one in given]
    given.seek(0)
    name = payloads.PAYLOADS[turn % len(payloads.PAYLOADS)].replace("/", "")
    return SimpleUploadedFile(f"{name}.{given.name.rpartition('.')[2]}", given.read())


def shown(app, found, given):
    """The pages on which what was written may be read."""
    for label, name in SHOWN[app]:
        yield found[label], addresses.path(name, given.get(name, {}))


def test_what_every_form_takes_is_shown_as_text(made, record_property):
    found, given, asked = asking(made), addresses.given(made), addresses.asked(made)
    counted, wrong, used, taken = Counter(), [], set(), set()
    for at, (name, label) in enumerate(forms(made)):
        visitor, path = found.get(name, found[label]), addresses.path(name, given.get(name, {}))
        form = addresses.sent(made, visitor.who.user)[name]
        counted["forms"] += 1
        everything = {key: "zqxs" if isinstance(value, (str, int)) else value for key, value in form.items()}
        words = fields(
            visitor.ask("POST", path, form=everything, query=asked.get(name)).content, set(form) - {"seen"}
        )
        for turn in range(at * TURNS, (at + 1) * TURNS):
            for every in (True, False):
                sent = filled(form, words, turn, everything=every)
                used |= {
                    one
                    for one in payloads.PAYLOADS
                    for text in sent.values()
                    if isinstance(text, str) and one in text
                }
                counted["fields"] += sum(
                    isinstance(text, str) and text != form.get(key) for key, text in sent.items()
                )
                with undone():
                    answer = visitor.tell(path, sent, query=asked.get(name))
                    where = f"{name} by {label}"
                    wrong += judged(answer, where)
                    counted["answers"] += 1
                    if not every and answer.status in (200, 302):
                        taken.add(name)
                    if name in taken and not every and turn % TURNS == 0:
                        after = answer.headers.get("Location", "")
                        pages = [(visitor, urljoin(path, after))] if after else []
                        for one, page in [*pages, *shown(name.partition(":")[0], found, given)]:
                            if urlsplit(page).path.startswith("/office/confirm"):
                                wrong.append(f"{name} asks for a code")
                            wrong += judged(one.ask("GET", page), f"{page} after {where}")
                            counted["pages"] += 1
                    transaction.set_rollback(True)
    record_property("counted", {f"rich fields: {what}": count for what, count in counted.items()})
    record_property("counted", {"rich fields: payloads": len(used), "rich fields: forms that took some": len(taken)})
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(sorted(set(wrong))[:40])
    assert len(used) >= 60
    assert counted["forms"] == len(addresses.sent(made, None)) >= 35
    assert len(taken) >= 30
    assert counted["pages"] >= 200


def test_what_stands_in_every_field_of_every_record_is_shown_as_text(made, record_property):
    people = list(visitors(made, ["nobody", "clerk own", "system", "security", "audit"]))
    put = canaries.put_out(made, stood)
    counted, wrong, shown_again = Counter(), [], set()
    for visitor in people:
        for path, answer in crawl(visitor, BEGIN, most=45):
            wrong += judged(answer, f"{path} for {visitor.who.label}")
            shown_again |= set(payloads.shown(answer.content.decode("utf-8", "replace")))
            counted["pages crawled"] += 1
    record_property("counted", {f"rich fields: {what}": count for what, count in counted.items()})
    record_property("counted", {"rich fields: records' fields": len(put), "rich fields: met again": len(shown_again)})
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(sorted(set(wrong))[:40])
    assert len(put) >= 150
    assert counted["pages crawled"] >= 80
    assert len(shown_again) >= 40, "the pages do not show the fields"


def stood(number, field):
    """A payload that a field has room for, another for each."""
    room = (getattr(field, "max_length", None) or 60) - len("@example.invalid")
    fitting = [one for one in payloads.PAYLOADS if len(one) <= room and one.isprintable()]
    return fitting[number % len(fitting)] if fitting else "<b>"


def rich(report):
    """A report as a file would say it whose every word is a payload: title, agency, prose, what is printed in cells."""
    report.title = report.agency = payloads.filling(120, 0, plain=True)
    report.cells = {
        name: cell._replace(
            raw=payloads.PAYLOADS[at % len(payloads.PAYLOADS)], kind="unreadable" if at % 5 == 0 else cell.kind
        )
        for at, (name, cell) in enumerate(report.cells.items())
    }
    report.prose = {
        number: replace(prose, text=f"{prose.text} {payloads.filling(3000, at * 9)}")
        for at, (number, prose) in enumerate(report.prose.items())
    }
    report.contact = {name: payloads.PAYLOADS[at] for at, name in enumerate(report.contact)}
    report.findings = check(report)
    return report


def test_what_a_file_says_is_shown_as_text(made, record_property):
    clerk, approver = (Actor("user", made.people[f"{role} own"].user.key) for role in ("clerk", "approver"))
    report = rich(world.read_report_of(world.MADE_UP))
    names = [f"{one.replace('/', '')}.pdf" for one in payloads.PAYLOADS[:40]]
    given = [(name, world.SAMPLES[world.MADE_UP] + b"\n" * (at + 9)) for at, name in enumerate(names)]
    batch = reports.upload(given, keeper=made.own, by=clerk)
    readings = Reading.objects.filter(report__batch=batch).order_by("pk")
    reports.settle(readings[0], Outcome(report, report_line(report, "zh"), freeze(report)), timezone.now())
    for at, reading in enumerate(readings[1:]):
        said = payloads.PAYLOADS[at]
        reports.settle(reading, Outcome(code="reports.unreadable", message=said), timezone.now())
    record = Report.objects.get(pk=readings[0].report_id)
    reports.waive(record, finding=1, reason=payloads.filling(900, 5), by=clerk, seen=record.version)
    reports.confirm_agency(
        record, agency=made.own, year=2019, scope="own", by=clerk, seen=record.version, other_name=True
    )
    wrong, read = [], ""
    people = {one.who.label: one for one in visitors(made, ["nobody", "clerk own"])}

    def look(label, name, **kwargs):
        query = {"first": record.key, "second": made.open.key} if name.endswith("compare") else None
        answer = people[label].ask("GET", addresses.path(name, kwargs), query=query)
        assert answer.status == 200, name
        wrong.extend(judged(answer, f"{name} for {label}"))
        return answer.content.decode("utf-8", "replace")

    read += look("clerk own", "reports:one", key=record.key) + look("clerk own", "reports:batch", key=batch.key)
    read += look("clerk own", "reports:list") + look("clerk own", "reports:compare")
    reports.publish(record, by=approver, seen=record.version)
    read += look("nobody", "reports:public_one", key=record.key) + look("nobody", "reports:public_list")
    read += look("nobody", "reports:public_compare") + look("nobody", "portal:annual_reports", key=made.own.key)
    met = set(payloads.shown(read))
    record_property("counted", {"rich fields: payloads of files met": len(met)})
    assert not wrong, "\n".join(sorted(set(wrong))[:40])
    assert len(met) >= 50


def test_what_a_sheet_of_agencies_says_is_shown_as_text(made, record_property):
    system = Actor("user", made.people["system"].user.key)
    rows = [dict(row) for row in exported()]
    bad = [
        {code: payloads.PAYLOADS[(at + place) % len(payloads.PAYLOADS)] for place, code in enumerate(row)}
        for at, row in enumerate(rows * 4)
    ]
    good = [
        row
        | {
            "ref": f"n{at}",
            "name": payloads.filling(110, at * 3, plain=True),
            "short": "",
            "unified_code": "",
            "region_code": "",
        }
        for at, row in enumerate(rows[-1:] * 8)
    ]
    (visitor,) = visitors(made, ["system"])
    wrong, read = [], ""
    for cells in (bad, rows + good):
        given, _ = agencies.look_through(write(cells), "<img src=x onerror=zqxs()>.xlsx", by=system)
        answer = visitor.ask("GET", addresses.path("agencies:looked_through", {"key": given.key}))
        wrong += judged(answer, "agencies:looked_through")
        read += answer.content.decode()
    met = set(payloads.shown(read))
    record_property("counted", {"rich fields: payloads of sheets met": len(met)})
    assert not wrong, "\n".join(sorted(set(wrong))[:40])
    assert len(met) >= 10


@pytest.mark.parametrize(
    ("around", "used"),
    [
        ("<p>{{ said|safe }}</p>", payloads.ELEMENTS),
        ("<input value=\"{{ said|safe }}\"><input value='{{ said|safe }}'>", payloads.ATTRIBUTES),
        ('<a href="{{ said }}">x</a>', payloads.ADDRESSES),
    ],
)
def test_a_template_that_trusts_what_is_said_is_found(around, used):
    trusting = engines["django"].from_string(f"<!doctype html><body>{around}</body>")
    honest = engines["django"].from_string("<!doctype html><body><p title='{{ said }}'>{{ said }}</p></body>")
    for said in used:
        assert list(payloads.found(trusting.render({"said": said}))), said
        assert list(payloads.found(honest.render({"said": said}))) == [], said


def test_a_page_of_the_platform_that_trusts_what_is_said_is_found(made, monkeypatch):
    (visitor,) = visitors(made, ["nobody"])
    path = addresses.path("portal:guide", {"key": made.own.key})
    said = {field: payloads.filling(120, at * 4) for at, field in enumerate(("office_name", "address", "hours"))}
    made.own.guide.change(
        made.own.guide.version, ways=payloads.filling(4000, 0), internet="javascript:zqxs()", **said
    )
    assert list(judged(visitor.ask("GET", path), path)) == []
    monkeypatch.setattr("django.template.base.conditional_escape", str)
    monkeypatch.setattr("django.template.defaultfilters.conditional_escape", str)
    assert len(set(judged(visitor.ask("GET", path), path))) >= 5
