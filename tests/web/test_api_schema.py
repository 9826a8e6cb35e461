"""The interface describes itself: every operation has a door, words and a shape, and the committed description is current."""

import json
import re

import pytest
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gongkai import messages
from gongkai.web.accounts.access import Access
from gongkai.web.agencies.policies import PERMISSIONS
from gongkai.web.api import examples, schema
from gongkai.web.api.doors import MARKS
from gongkai.web.api.interface import addresses
from gongkai.web.registers.models import Decision
from tests.guards.source import ROOT as PROJECT
from tests.web import publications_office, registers_office
from tests.web.programs import ROOT, good, program, value
from tests.web.reports_office import confirmed, office, published, read
from tools.openapi import text

pytestmark = pytest.mark.django_db
WORDS = "api.word."


def test_the_committed_description_is_what_the_code_says():
    committed = (PROJECT / "docs" / "reference" / "openapi.json").read_text(encoding="utf-8")
    assert committed == text(), "run python tools/openapi.py"
    assert len(json.loads(committed)["paths"]) > 20


def test_every_name_of_the_description_has_its_words_and_none_is_left_over():
    names = schema.named(schema.openapi("zh"))
    assert len(names) > 150
    assert names == {code.removeprefix(WORDS) for code in messages.catalogue("zh") if code.startswith(WORDS)}
    operations = {
        code.removeprefix("api.operation.") for code in messages.catalogue("zh") if "api.operation." in code
    }
    assert operations == set(MARKS)


def test_the_description_holds_together():
    said = schema.openapi("en")
    assert said["openapi"] == "3.1.0"
    refs = set(re.findall(r'"\$ref": "#/components/schemas/(\w+)"', json.dumps(said)))
    assert len(refs) > 30
    assert refs <= set(said["components"]["schemas"])
    listed = list(schema.operations(said))
    assert {one["operationId"] for _, _, one in listed} == set(MARKS)
    for path, method, one in listed:
        mark = MARKS[one["operationId"]]
        assert method == mark.method.lower()
        assert ("security" in one) == (mark.access.by == "token")
        assert set(re.findall(r"{(\w+)}", path)) == {it["name"] for it in one["parameters"] if it["in"] == "path"}
        assert {it["name"] for it in one["parameters"] if it["in"] == "query"} == mark.known
        assert "default" in one["responses"]
        assert one["summary"]


def test_every_address_has_a_door_for_each_of_its_methods():
    found = addresses()
    assert len(found) == len(MARKS) > 20
    for pattern in found:
        by_method = pattern.callback.access_by_method
        assert pattern.callback.access in by_method.values()
        assert by_method[MARKS[pattern.name].method] == MARKS[pattern.name].access
        for method, access in by_method.items():
            assert isinstance(access, Access)
            assert access.door == "public" or access.by == "token"
            assert access.door != "public" or method == "GET"
            assert (access.needs in PERMISSIONS) == (access.door == "member")


def test_every_address_below_the_interface_says_who_may_come():
    below = [pattern for pattern in get_resolver().url_patterns if str(pattern.pattern) == "api/"]
    views = [view for resolver in below for view in leaves(resolver)]
    assert len(views) > 25
    assert [view for view in views if not isinstance(getattr(view, "access", None), Access)] == []


def leaves(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from leaves(pattern)
        else:
            yield pattern.callback


def test_the_description_names_the_address_of_this_installation():
    said = value(program().get(f"{ROOT}/openapi.json", HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en"))
    assert said["servers"] == [{"url": f"http://localhost{ROOT}"}]
    assert said["info"]["title"] == "Gongkai API"
    chinese = value(program().get(f"{ROOT}/openapi.json"))
    assert chinese["info"]["title"] == "公开（Gongkai）数据接口"


def test_the_page_for_people_shows_every_operation_with_an_example():
    office()
    answer = program().get(reverse("api:about"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer.wsgi_request.resolver_match.func.access == Access("public")
    listed = list(schema.operations(schema.openapi("zh")))
    assert len(listed) == len(MARKS)
    for path, method, one in listed:
        assert f"<code>{method.upper()} {path}</code>" in page
        assert one["summary"] in page
    assert page.count("<pre") == len(MARKS)
    assert "<style" not in page
    assert "http://testserver/api/v1/figures?cell=requests.total.total" in page


def taken(keys, *, documents=False):
    """How many examples of public operations about some records the interface takes; one that it does not fails."""
    said, tried = schema.openapi("zh"), 0
    for path, method, one in schema.operations(said):
        if MARKS[one["operationId"]].access.door != "public" or path.startswith("/documents") != documents:
            continue
        command = examples.command(said, path, method, one, ROOT)
        (address,) = re.findall(r"curl '([^']+)'", command)
        answer = program().get(address.replace("…", keys.get(path.split("/")[1], "")))
        assert answer.status_code == 200, command
        tried += 1
    return tried


def test_an_example_is_a_command_that_the_interface_takes():
    made = office()
    keys = {"reports": published(made, confirmed(made, read(made))).key, "agencies": made.town.key}
    rows = registers_office.rows(made.town)
    keys["registers"] = next(row.key for row in rows if isinstance(row, Decision) and row.publicity == "open")
    assert taken(keys) == 14


def test_so_is_one_about_documents():
    made = publications_office.office()
    assert (
        taken(
            {"documents": publications_office.released(made, publications_office.drafted(made)).key}, documents=True
        )
        == 2
    )


def test_the_reference_names_every_operation():
    page = (PROJECT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    listed = [f"`{method.upper()} {path}`" for path, method, _ in schema.operations(schema.openapi("en"))]
    assert len(listed) == len(MARKS)
    assert [line for line in listed if line not in page] == []


ODD = st.one_of(
    st.text(max_size=80),
    st.integers().map(str),
    st.dates().map(str),
    st.sampled_from(["", "0", "-1", "null", "\x00", "a\x00b", "😀", "9" * 400, "2024-02-30", "0001-01-01", "9999-12-31",
                     "NaN", "%", "_", "\\", "'", "requests.total.total", "deadlines.plain_answer", "510000"]),
)  # fmt: skip
PUBLIC = sorted(name for name, mark in MARKS.items() if mark.access.door == "public" and mark.known)


@pytest.fixture
def county():
    made = office()
    return made, published(made, confirmed(made, read(made)))


@pytest.mark.parametrize("name", PUBLIC)
def test_no_parameter_makes_an_answer_fail(name, county):
    made, shown = county
    path = next(path for path, _, one in schema.operations(schema.openapi("zh")) if one["operationId"] == name)
    path = path.replace("{key}", made.town.key if name == "agency" else shown.key)
    client, tried = program(), []

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.fixed_dictionaries({}, optional=dict.fromkeys(sorted(MARKS[name].known), st.lists(ODD, max_size=3))))
    @example({parameter: ["\x00"] for parameter in MARKS[name].known})
    @example({"cell": ["requests.total.total"] * 21} if "cell" in MARKS[name].known else {})
    def asks(query):
        answer = client.get(f"{ROOT}{path}", query)
        tried.append(answer.status_code)
        assert answer.status_code < 500, answer.content
        assert answer.status_code in (200, 404, 422)
        assert isinstance(value(answer), dict)

    asks()
    assert len(tried) >= 20


@pytest.mark.parametrize("header", ["HTTP_ACCEPT_LANGUAGE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT",
                                    "HTTP_AUTHORIZATION", "HTTP_RANGE"])  # fmt: skip
def test_no_header_makes_an_answer_fail(header, county):
    tried = []

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(st.characters(max_codepoint=255), max_size=60))
    @example("en;q=x,*;q=2")
    @example('W/"x", *')
    @example("Bearer gk_\xff\xfe")
    def asks(content):
        for address in (f"{ROOT}/reports/{county[1].key}/cells", f"{ROOT}/me"):
            answer = program(**{header: content}).get(address)
            tried.append(answer.status_code)
            assert answer.status_code < 500

    asks()
    assert len(tried) >= 20


def test_answers_of_every_public_operation_keep_their_shape(county):
    made, shown = county
    client, seen = program(), 0
    for address in ("agencies", f"agencies/{made.town.key}", "reports", f"reports/{shown.key}",
                    f"reports/{shown.key}/cells", "figures?cell=requests.new.total", "law/outcomes", "law/parameters",
                    "law/rules", "law/deadline?rule=deadlines.plain_answer&from=2024-03-01"):  # fmt: skip
        good(client.get(f"{ROOT}/{address}"))
        seen += 1
    assert seen == 10
