"""The audit administrator's pages: finding, paging, exporting and proving; and names for everything that is done."""

import ast
import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import Agency, Name
from gongkai.web.audit import queries, wording
from gongkai.web.audit.actor import SYSTEM, Actor
from gongkai.web.audit.chain import append
from gongkai.web.audit.models import Entry
from tests.guards.source import SOURCE, messages_in, modules
from tests.web.conftest import unsealed
from tests.web.people import browser, person

pytestmark = pytest.mark.django_db


def at(name):
    return reverse(f"accounts:{name}")


@pytest.fixture
def reader():
    return browser(person("aud", administrator="audit", name="审计员"))


def write(count, chain="agency:one", verb="accounts.create", actor=SYSTEM, key="k"):
    with transaction.atomic():
        for number in range(count):
            append(chain, actor, verb, "agencies.agency", f"{key}{number}", {"number": number})


def shown(page):
    return [(entry.chain, entry.number) for row in page.context["rows"] for entry in [row.entry]]


def test_entries_are_shown_newest_first_with_names_words_and_digests(reader):
    somebody = person("li", name="李某")
    write(1, actor=Actor("user", somebody.key))
    page = reader.get(at("audit"))
    text = page.content.decode()
    assert shown(page) == [("agency:one", 1), ("system", 1)]
    assert all(word in text for word in ("李某", "新建账号", "审计员", "登录"))
    assert all(entry.digest in text for entry in Entry.objects.all())


def test_a_page_says_names_and_words_and_keeps_what_was_written_beside_them(reader):
    somebody, agency = person("li", name="李某"), Agency.objects.create(kind="department", level="county")
    Name.objects.create(agency=agency, name="样例县教育局", since=date(2020, 1, 1))
    with transaction.atomic():
        result = {
            "user": somebody.key,
            "role": "clerk",
            "until": None,
            "edition": None,
            "kind_of": "department",
            "new": True,
            "cell": "requests.granted.total",
            "cells": ["no.such.cell"],
        }
        append(agency.chain, SYSTEM, "agencies.grant", "agencies.agency", agency.key, result)
    page = reader.get(at("audit"), {"chain": agency.chain})
    (row,) = page.context["rows"]
    assert (row.chain, row.actor, row.kind, row.name) == ("样例县教育局", "系统", "机关", "样例县教育局")
    assert ("单元格", "（一）予以公开·总计") in row.parts
    cells = {"单元格": "no.such.cell"}
    assert dict(row.parts) == {"人员": "李某", "角色": "经办人", "类型": "政府工作部门", "new": "是", **cells}
    assert somebody.key in row.raw
    text = page.content.decode()
    assert text.count(agency.key) > 1
    assert "None" not in text
    by_name = reader.get(at("audit"), {"chain": "样例县教育局"})
    assert [row.entry.pk for row in by_name.context["rows"]] == [row.entry.pk]
    assert reader.get(at("audit"), {"object_key": "样例县教育局"}).context["rows"][0].entry.pk == row.entry.pk
    proved = reader.post(at("audit_verify"), {"chain": "样例县教育局"}).content.decode()
    assert f"链“样例县教育局”完整，共 1 条。 <small><code>{agency.chain}</code></small>" in proved


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"chain": "agency:two"}, 3),
        ({"chain": "none"}, 0),
        ({"verb": "accounts.disable"}, 3),
        ({"object_key": "x1"}, 1),
        ({"actor": "system"}, 7),
        ({"actor": "aud"}, 1),
        ({"actor": "审计员"}, 1),
        ({"chain": "agency:one", "object_key": "k1"}, 1),
        ({"chain": "系统"}, 1),
        ({"object_key": "审计员"}, 1),
        ({"since": "2020-01-01", "until": "2100-01-01"}, 8),
        ({"until": "2020-01-01"}, 0),
        ({"since": "2100-01-01"}, 0),
    ],
)
def test_entries_are_found_by_chain_actor_verb_object_and_period(asked, found, reader):
    write(4)
    write(3, "agency:two", "accounts.disable", key="x")
    assert len(shown(reader.get(at("audit"), asked))) == found


def test_a_day_is_whole_in_local_time():
    write(1)
    today = timezone.localdate()
    days = [today - timedelta(days=1), today, today + timedelta(days=1)]
    assert [queries.entries(queries.Wanted(since=day, until=day)).count() > 0 for day in days] == [False, True, False]


def test_what_is_wrong_in_the_search_is_said_and_does_not_break_the_page(reader):
    page = reader.get(at("audit"), {"since": "tomorrow", "after": "x'", "chain": "\0"})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"since", "chain"}
    assert reader.get(at("audit"), {"after": "9" * 30}).status_code == 200


def test_pages_follow_one_another_without_gap_or_repetition(reader):
    write(120)
    address, seen = at("audit"), []
    for _ in range(5):
        page = reader.get(address)
        seen += shown(page)
        if not page.context["older"]:
            break
        write(1)
        address = f"{at('audit')}?{page.context['older']}"
    assert len(seen) == len(set(seen)) == 121
    assert seen[-1] == ("system", 1)


def test_an_export_holds_everything_wanted_and_is_itself_recorded(reader):
    write(1500)
    answer = reader.get(at("audit_csv"), {"chain": "agency:one"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [int(row["number"]) for row in rows] == list(range(1500, 0, -1))
    assert rows[0]["digest"] == Entry.objects.get(chain="agency:one", number=1500).digest
    given = json.loads(reader.get(at("audit_json"), {"chain": "agency:one"}).getvalue())
    assert [row["digest"] for row in given] == [row["digest"] for row in rows]
    assert Entry.objects.filter(verb="audit.export").count() == 2


def test_an_export_can_be_proved_by_itself(reader):
    from hashlib import sha256

    write(20)
    given = json.loads(reader.get(at("audit_json"), {"chain": "agency:one"}).getvalue())
    proved = 0
    for row in given:
        content = [
            row[name]
            for name in ("chain", "number", "at", "actor", "verb", "kind", "object_key", "result", "previous")
        ]
        written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert sha256(written.encode()).hexdigest() == row["digest"]
        proved += 1
    assert proved == 20


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_nothing_in_a_table_is_taken_for_a_formula(bad, reader):
    write(1, key=bad)
    rows = list(csv.DictReader(io.StringIO(reader.get(at("audit_csv")).getvalue().decode("utf-8-sig"))))
    assert f"'{bad}0" in [row["object_key"] for row in rows]


def test_the_button_says_in_words_that_all_is_whole_or_where_it_is_not(reader):
    write(5)
    page = reader.post(at("audit_verify")).content.decode()
    assert "全部完整：2 条链，6 条记录" in page
    with unsealed():
        Entry.objects.filter(chain="agency:one", number=3).update(actor="user:other")
        page = reader.post(at("audit_verify")).content.decode()
        one = reader.post(at("audit_verify"), {"chain": "system"}).content.decode()
    assert "有 1 条链不完整" in page
    assert "第 3 条被改动" in page
    assert "全部完整：1 条链" in one
    assert Entry.objects.filter(verb="audit.verify").count() == 3


def test_no_page_of_the_audit_holds_script_or_style_in_line_and_none_is_kept_by_a_cache(reader):
    write(2)
    pages = [reader.get(at("audit")), reader.post(at("audit_verify")), reader.get(at("audit"), {"chain": "none"})]
    for page in pages:
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", page.content.decode())
        assert "no-store" in page["Cache-Control"]
    assert len(pages) == 3


def named_verbs():
    """Every verb that an act or an entry is written with, and the places where it is not written out."""
    verbs, unclear = {}, []
    for path, tree in modules().items():
        if path.relative_to(SOURCE).parts[0] != "web" or path.name == "chain.py":
            continue
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
                for value in _values(_argument(call, "verb", _place_of_verb(call)), function, tree):
                    if value is None:
                        unclear.append(f"{path.relative_to(SOURCE)}:{call.lineno}")
                    else:
                        verbs.setdefault(value, path.name)
    return verbs, unclear


def _place_of_verb(call):
    """Where the verb stands in a call of `act` or `append` of the chain; None for other calls."""
    function, places = call.func, {"act": 1, "append": 2}
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "chain":
        return places.get(function.attr)
    return places.get(function.id) if isinstance(function, ast.Name) else None


def _argument(call, name, place):
    """An argument of a call, by name or place; None where the call is none that is looked for."""
    if place is None:
        return None
    named = [word.value for word in call.keywords if word.arg == name]
    return named[0] if named else call.args[place]


def _values(given, function, tree):
    """The texts that an argument can be: written out, chosen, or handed on by the function's own callers."""
    if given is None:
        return []
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return [given.value]
    if isinstance(given, ast.IfExp):
        return [*_values(given.body, function, tree), *_values(given.orelse, function, tree)]
    names = [argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]]
    if not isinstance(given, ast.Name) or given.id not in names:
        return [None]
    found = []
    for caller in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        for call in [node for node in ast.walk(caller) if isinstance(node, ast.Call)]:
            if isinstance(call.func, ast.Name) and call.func.id == function.name:
                found += _values(_argument(call, given.id, names.index(given.id)), caller, tree)
    return found or [None]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_that_is_done_has_a_name(language):
    verbs, unclear = named_verbs()
    said = messages_in(language)
    assert len(verbs) >= 17
    assert unclear == []
    assert {verb: where for verb, where in verbs.items() if f"audit.verb.{verb}" not in said} == {}


def test_an_act_of_an_older_version_shows_its_code():
    assert wording.verb("older.version", "zh") == "older.version"
    assert dict(wording.verbs("zh"))["accounts.create"] == "新建账号"
