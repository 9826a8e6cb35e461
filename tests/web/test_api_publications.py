"""Documents and registers for programs: what everybody sees, nothing else, gone at once where it is taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.web.audit.actor import CONSOLE
from gongkai.web.publications import actions as publications
from gongkai.web.registers import actions as registers
from gongkai.web.registers.models import Decision
from tests.web import publications_office, registers_office
from tests.web.programs import ROOT, good, program, refused
from tests.web.reports_office import office

pytestmark = pytest.mark.django_db


def items(address):
    return good(program().get(f"{ROOT}/{address}"))["items"]


@pytest.fixture
def published():
    made = publications_office.office()
    document = publications_office.released(made, publications_office.drafted(made, publications_office.BODY))
    return made, document


def test_a_released_document_is_there_with_its_text_and_particulars(published):
    made, document = published
    (row,) = items("documents")
    assert (row["key"], row["title"], row["validity"]) == (document.key, document.title, "in_force")
    assert row["agency"] == {"key": made.county.key, "name": "样例县人民政府"}
    assert row["index_number"] == document.index_number
    found = good(program().get(f"{ROOT}/documents/{document.key}"))
    assert "本镇居民均可办理" in found["text"]
    assert "<p>" in found["html"]
    assert found["address"] == f"http://testserver/documents/{document.key}/"
    assert {name: found[name] for name in row} == row


def test_a_draft_is_nowhere_and_a_withdrawn_document_is_gone_at_once(published):
    made, document = published
    draft = publications_office.drafted(made, "草稿", title="样例草稿", number="样政规〔2026〕2号")
    assert [one["key"] for one in items("documents")] == [document.key]
    refused(program().get(f"{ROOT}/documents/{draft.key}"), 404, "api.not_found")
    mark = program().get(f"{ROOT}/documents/{document.key}")["ETag"]
    again = program().get(f"{ROOT}/documents/{document.key}", HTTP_IF_NONE_MATCH=mark)
    assert (again.status_code, again.content) == (304, b"")
    publications_office.do(made, "withdraw", document, "clerk", reason="内容有误")
    assert items("documents") == []
    refused(program().get(f"{ROOT}/documents/{document.key}", HTTP_IF_NONE_MATCH=mark), 404, "api.not_found")


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("", 1), ("q=样政规", 1), ("q=没有", 0), ("year=2026", 1), ("year=2020", 0), ("agency={county}", 1),
        ("agency={town}", 0), ("under={county}", 1), ("under={town}", 0), ("statutory_item={column}", 1),
        ("statutory_item=statistics", 0), ("topic={topic}", 1),
    ],
)  # fmt: skip
def test_documents_are_narrowed_down(published, asked, hits):
    made, document = published
    given = {"county": made.county.key, "town": made.town.key, "column": document.column, "topic": document.topic}
    assert len(items(f"documents?{asked.format(**given)}")) == hits


def test_a_longer_list_asks_the_database_no_more_often(published):
    made, _ = published

    def asked_for():
        with CaptureQueriesContext(connection) as asked:
            items("documents")
        return len(asked)

    of_one = asked_for()
    for number in range(2, 5):
        one = publications_office.drafted(made, "内容", title=f"样例通知{number}", number=f"样政规〔2026〕{number}号")
        publications_office.released(made, one)
    assert len(items("documents")) == 4
    assert asked_for() == of_one


@pytest.mark.parametrize("asked", ["statutory_item=nothing", "year=1", "agency=0000", "x=1", "limit=0"])
def test_what_nobody_can_ask_is_refused(published, asked):  # noqa: ARG001
    answer = program().get(f"{ROOT}/documents?{asked}")
    assert answer.status_code in (404, 422), answer.content


def test_what_another_document_does_to_it_is_said_of_it(published):
    made, old = published
    new = publications_office.drafted(made, "新的内容", title="新的办法", number="样政规〔2026〕9号")
    publications.relate(
        new, kind="repeals", target=old, since=date(2026, 1, 2), by=made.by("clerk"), seen=new.version
    )
    assert {one["validity"] for one in items("documents")} == {"in_force"}
    new.refresh_from_db()
    publications_office.released(made, new)
    assert {one["key"]: one["validity"] for one in items("documents")} == {old.key: "repealed", new.key: "in_force"}
    (relation,) = good(program().get(f"{ROOT}/documents/{old.key}"))["relations"]
    assert (relation["key"], relation["since"]) == (new.key, "2026-01-02")


def test_registers_say_their_columns_and_give_only_open_rows_masked():
    made = office()
    rows = registers_office.rows(made.town)
    for of in items("registers"):
        assert of["cells"]
        assert of["says"]
        assert {"csv", "json", "xlsx"} <= set(of["files"])
        found = items(f"registers/{of['code']}")
        for one in found:
            assert set(one["cells"]) == set(of["cells"])
    (decision,) = items("registers/decisions")
    assert "样小明" not in str(decision)
    hidden = next(row for row in rows if isinstance(row, Decision) and row.publicity == "withheld")
    refused(program().get(f"{ROOT}/registers/decisions/{hidden.key}"), 404, "api.not_found")
    assert good(program().get(f"{ROOT}/registers/decisions/{decision['key']}")) == decision
    (charge,) = items("registers/charges")
    assert isinstance(charge["cells"]["amount"], Decimal | int)
    refused(program().get(f"{ROOT}/registers/nothing"), 404, "api.not_found")


def test_rows_are_narrowed_down_turned_over_and_gone_when_withdrawn():
    made = office()
    one = [
        registers.record(
            Decision, agency=made.town, by=CONSOLE, publicity="open", **registers_office.GIVEN[Decision](number)
        )
        for number in range(1, 8)
    ]
    assert len(items(f"registers/decisions?agency={made.town.key}")) == 7
    assert items(f"registers/decisions?agency={made.county.key}") == []
    assert len(items(f"registers/decisions?under={made.county.key}")) == 7
    assert items("registers/decisions?year=1999".replace("1999", "2009")) == []
    first = good(program().get(f"{ROOT}/registers/decisions?limit=4"))
    second = good(program().get(first["next"]))
    assert [len(first["items"]), len(second["items"]), first["total"]] == [4, 3, 7]
    registers.withdraw(one[0], reason="内容有误", by=CONSOLE, seen=1)
    assert len(items("registers/decisions")) == 6
