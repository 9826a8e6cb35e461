"""The permissions: every address in every method for every kind of person answers as `matrix.toml` expects, and nothing else."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import nullcontext

import pytest
from django.db import connection

from gongkai.web.accounts import access
from gongkai.web.accounts.sessions import CONFIRMED
from gongkai.web.agencies import policies as agencies
from gongkai.web.reports import actions as report_actions
from gongkai.web.reports import policies as reports
from gongkai.web.reports import queries as report_queries
from gongkai.web.reports.models import Report
from tests.web.permissions import addresses, world
from tests.web.permissions.asking import Visitor, bare_refusals, visitors
from tests.web.permissions.expected import METHODS, rows

pytestmark = pytest.mark.django_db
OUTSIDE = ("nobody", "without a role", "disabled", "disabled system", "role ended today", "role begins tomorrow",
           "role ends tomorrow", "supervisor ended", "cover now", "cover over", "cover to come")  # fmt: skip
MIXED = ("clerk beside, reader here", "approver beside, clerk here")
GROUPS = {
    "administrators": ("system", "security", "audit"),
    "outside": OUTSIDE,
    "supervisors": tuple(f"supervisor {place}" for place in ("top", "office", "city_office", "sibling_office"))
    + MIXED,
    **{role: tuple(f"{role} {place}" for place in world.AROUND) for role in world.ROLES},
}
ON_POSTGRESQL = 400
"""How many cells of each group are asked on PostgreSQL, drawn with a seed; on SQLite every one is."""


@pytest.fixture
def made():
    return world.make()


def judged(row, visitor, method, answer):
    """What is wrong with an answer."""
    expected = row.expects(visitor.who, method, token=bool(visitor.token))
    where = f"{visitor.who.label}: {method} {row.name}"
    if answer.raised:
        yield f"{where} broke: {answer.raised[0]!r}"
    if answer.status not in expected.codes:
        yield f"{where} answered {answer.status}, expected {expected.kind} {expected.codes}"
    signing_in = answer.headers.get("Location", "").startswith("/office/sign-in/?next=")
    if (expected.kind == "sign in") != (answer.status == 302 and signing_in):
        yield f"{where} leads to {answer.headers.get('Location')}"
    if expected.changes in (True, False) and answer.changed != expected.changes:
        yield f"{where} changed {sorted(answer.wrote)}, expected {'a change' if expected.changes else 'none'}"
    if method in ("HEAD", "OPTIONS") and answer.content and answer.status < 300:
        yield f"{where} has a body"
    yield from _headers(where, visitor, answer)


def _headers(where, visitor, answer):
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"{where} has the policy {policy!r}"
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield f"{where} may be guessed at"
    signed_in = visitor.who.user is not None and not visitor.who.label.startswith("disabled")
    if signed_in and answer.status != 204 and "no-store" not in answer.headers.get("Cache-Control", ""):
        yield f"{where} may be stored: {answer.headers.get('Cache-Control')!r}"


def cells(group, table):
    """The cells of a group of people; on PostgreSQL a sample of them."""
    found = [(label, name, method) for label in GROUPS[group] for name in sorted(table) for method in METHODS]
    if connection.vendor == "sqlite":
        return found
    return sorted(random.Random(f"{group} 2026").sample(found, min(ON_POSTGRESQL, len(found))))


@pytest.mark.parametrize("group", GROUPS)
def test_every_cell_of_the_matrix(group, made, record_property):
    # The cookie of a session opens nothing to programs: that is asked of some of everybody.
    table = {
        name: row
        for name, row in rows().items()
        if row.given.get("door") != "token" or group in ("administrators", "outside", "clerk")
    }
    hold(group, made, table, record_property, token=False)


@pytest.mark.parametrize("group", GROUPS)
def test_every_cell_of_the_matrix_for_programs(group, made, record_property):
    table = {name: row for name, row in rows().items() if row.given.get("door") == "token"}
    hold(group, made, table, record_property, token=True)


def hold(group, made, table, record_property, *, token):
    """Hold the answers to a group of people against the table."""
    wrong, seen, wanted = [], Counter(), cells(group, table)
    kwargs, asked = addresses.given(made), addresses.asked(made)
    labels = [label for label in GROUPS[group] if any(cell[0] == label for cell in wanted)]
    for visitor in visitors(made, labels, token=token):
        forms = addresses.told(made) if token else addresses.sent(made, visitor.who.user)
        for label, name, method in wanted:
            if label != visitor.who.label:
                continue
            row, given = table[name], kwargs.get(name, {})
            form = forms.get(name, {}) if method == "POST" else None
            with nullcontext() if method == "GET" else bare_refusals():
                answer = visitor.ask(method, addresses.path(name, given), query=asked.get(name), form=form)
            wrong += judged(row, visitor, method, answer)
            seen[row.expects(visitor.who, method, token=token).kind] += 1
            if row.blind(visitor.who) and method in row.methods() and method != "HEAD":
                wrong += unseen(visitor, name, method, given, asked.get(name), form, answer)
                seen["no sign of what is not for them"] += 1
    record_property("counted", {f"permissions: {kind}": count for kind, count in seen.items()})
    assert sum(seen.values()) >= 300
    assert not wrong, f"{len(wrong)} of {sum(seen.values())}:\n" + "\n".join(wrong[:60])


def unseen(visitor: Visitor, name, method, given, query, form, answer):
    """What tells a record that one must not see from one that is not there."""
    other = addresses.elsewhere(given)
    asked = dict.fromkeys(query, addresses.NOWHERE) if query else None
    with nullcontext() if method == "GET" else bare_refusals():
        twin = visitor.ask(method, addresses.path(name, other), query=asked, form=form)
    keys = [str(value) for of in (given, query or {}, other) for value in of.values()]
    keys.append(addresses.NOWHERE)
    if answer.plain(*keys) != twin.plain(*keys) and name != "reports:upload":
        yield f"{visitor.who.label}: {method} {name} tells {answer.status} from {twin.status}"


def test_every_address_has_a_row_and_a_mark_and_every_row_an_address():
    found = {address.name: address.view for address in addresses.walk()}
    assert len(found) >= 70
    assert [
        name for name, view in found.items() if not hasattr(view, "access") and not hasattr(view, "access_by_method")
    ] == []
    assert sorted(set(found) - set(rows())) == [], "addresses without a row in matrix.toml"
    assert sorted(set(rows()) - set(found)) == [], "rows of matrix.toml without an address"


def test_everybody_of_the_world_stands_in_a_group(made):
    assert {label for group in GROUPS.values() for label in group} == set(made.people) - {"new", "invited"}


def posts(table):
    """The addresses that take a form; programs show a token instead, which no other site can make a browser send."""
    return sorted(name for name, row in table.items() if "POST" in row.methods() and not name.startswith("api:"))


def test_no_form_is_taken_without_its_token(made):
    kwargs, asked, tried = addresses.given(made), addresses.asked(made), 0
    people = ("nobody", "clerk own", "approver own", "system", "security", "audit")
    for visitor in visitors(made, people):
        visitor.client.handler.enforce_csrf_checks = True
        forms = addresses.sent(made, visitor.who.user)
        for name in posts(rows()):
            path = addresses.path(name, kwargs.get(name, {}))
            answer = visitor.ask("POST", path, query=asked.get(name), form=forms.get(name, {}))
            assert (answer.status, answer.changed) == (403, False), (visitor.who.label, name)
            tried += 1
    assert tried >= 200


def test_a_dangerous_act_asks_for_a_code_that_was_not_given_lately(made):
    dangerous = {
        "accounts:recovery_codes": "clerk own",
        **{f"accounts:{name}": "system" for name in ("invite", "disable", "enable")},
        **{f"accounts:{name}": "security" for name in ("appoint", "dismiss", "reset_code")},
        **{f"agencies:{name}": "security" for name in ("grant", "cover", "hand_over")},
    }
    kwargs, tried = addresses.given(made), 0
    for visitor in visitors(made, sorted(set(dangerous.values()))):
        session = visitor.client.session
        session[CONFIRMED] -= 3600
        session.save()
        forms = addresses.sent(made, visitor.who.user)
        for name, label in dangerous.items():
            if label == visitor.who.label:
                answer = visitor.ask("POST", addresses.path(name, kwargs.get(name, {})), form=forms.get(name, {}))
                assert answer.status == 302, name
                assert answer.headers["Location"].startswith("/office/confirm/?"), name
                assert not answer.changed, name
                tried += 1
    assert tried == len(dangerous) == 10


def test_a_part_of_another_record_is_not_reached_through_ones_own(made):
    own = {"key": made.own.key}
    draft, records = {"key": made.draft.key}, made.records
    pairs = [
        ("system", "agencies:correct_name", own | {"row": int(records["foreign name"])}, {}, 404),
        ("system", "agencies:correct_edge", own | {"row": int(records["foreign edge"])}, {}, 404),
        ("security", "agencies:revoke", own | {"role": records["foreign role"]}, {}, 404),
        ("clerk own", "reports:withdraw", draft, {"waiver": records["foreign waiver"]}, 404),
        ("clerk own", "reports:withdraw", draft, {"waiver": records["waiver"]}, 404),
        ("clerk own", "reports:confirm", draft, {"agency": made.places["sibling"].key}, 422),
        ("clerk own", "reports:upload", {}, {"keeper": made.places["child"].key}, 422),
        ("approver own", "reports:publish", {"key": made.foreign.key}, {}, 404),
        ("supervisor parent", "reports:compare", {}, {}, 200),
    ]
    beside = [
        ("clerk own", made.foreign.key),
        ("supervisor office", made.foreign.key),
        ("reader own", made.foreign.key),
    ]
    tried = 0
    for visitor in visitors(made, sorted({pair[0] for pair in pairs} | {label for label, _ in beside})):
        forms = addresses.sent(made, visitor.who.user)
        for label, name, kwargs, more, expected in pairs:
            if label == visitor.who.label:
                method = "GET" if name == "reports:compare" else "POST"
                query = {"first": made.draft.key, "second": made.foreign.key} if method == "GET" else None
                form = {**forms.get(name, {}), **more} if method == "POST" else None
                answer = visitor.ask(method, addresses.path(name, kwargs), query=query, form=form)
                assert (answer.status, answer.changed) == (expected, False), (label, name)
                tried += 1
        for label, key in beside:
            if label == visitor.who.label:
                for query in ({"first": made.draft.key, "second": key}, {"first": key, "second": made.draft.key}):
                    assert visitor.ask("GET", "/office/reports/compare/", query=query).status == 404, label
                    tried += 1
    assert tried == len(pairs) + 2 * len(beside) == 15


def test_what_is_not_published_is_nowhere_in_public(made):
    tried = 0
    for visitor in visitors(made, ("nobody", "clerk own", "approver own", "supervisor top", "system", "audit")):
        for report in (made.draft, made.waived, made.foreign):
            paths = [
                f"/reports/{report.key}/",
                *(f"/reports/{report.key}/figures.{end}" for end in ("json", "csv", "xlsx")),
            ]
            twins = [path.replace(report.key, addresses.NOWHERE) for path in paths]
            for path, twin in zip(paths, twins, strict=True):
                answer, other = visitor.ask("GET", path), visitor.ask("GET", twin)
                assert answer.status == 404
                assert answer.plain(report.key) == other.plain(addresses.NOWHERE)
                tried += 1
            query = {"first": made.open.key, "second": report.key}
            assert visitor.ask("GET", "/reports/compare/", query=query).status == 404
    assert tried == 72


def test_figures_of_the_server_are_for_this_machine_or_the_token(made, monkeypatch):
    del made
    nobody = Visitor(world.Who("nobody", None))
    assert nobody.ask("GET", "/metrics").status == 403
    nobody.client.defaults["REMOTE_ADDR"] = "127.0.0.1"
    assert nobody.ask("GET", "/metrics").status == 200
    monkeypatch.setenv("GONGKAI_PROXIES", "1")
    assert nobody.ask("GET", "/metrics").status == 403
    monkeypatch.setenv("GONGKAI_METRICS_TOKEN", "made-up-token")
    assert nobody.ask("GET", "/metrics", Authorization="Bearer wrong").status == 403
    assert nobody.ask("GET", "/metrics", Authorization="Bearer made-up-token").status == 200


MUTANTS = {
    "the door of a role is open": (access, "holds", lambda *_: True, "reports:publish", "reader sibling"),
    "every report is visible": (
        reports, "visible", lambda _user: Report.objects.all(), "reports:one", "clerk sibling",
    ),
    "every agency is visible": (agencies, "can", lambda *_: True, "agencies:keep_guide", "clerk sibling"),
    "a role never ends": (
        agencies, "roles", lambda user, _on: list(user.memberships.select_related("agency")), "reports:one",
        "role ended today",
    ),
    "nobody demands": (reports, "demand", lambda *_: None, "reports:correct", "clerk beside, reader here"),
    "drafts are public": (report_queries, "public", Report.objects.all, "reports:public_one", "nobody"),
}  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_guard_taken_out_is_found(mutant, made, monkeypatch):
    where, name, broken, address, label = MUTANTS[mutant]
    row, (visitor,) = rows()[address], visitors(made, [label])
    given, form = addresses.given(made)[address], addresses.sent(made, visitor.who.user).get(address)
    if address == "reports:public_one":
        given = {"key": made.draft.key}
        row = type(row)(address, {"door": "person", "about": "person", "people": [], "GET": [200]})
        monkeypatch.setattr(type(row), "_passes", lambda *_: "good")
    method = "POST" if "POST" in row.methods() else "GET"

    def found():
        answer = visitor.ask(method, addresses.path(address, given), form=form if method == "POST" else None)
        return list(judged(row, visitor, method, answer))

    assert found() == []
    for module in {where, report_actions} if name == "demand" else {where}:
        monkeypatch.setattr(module, name, broken)
    assert found() != []
