"""The interface for programs, what everybody may read: agencies, published reports, their cells, the law's answers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from gongkai.law.outcomes import outcomes
from gongkai.report.write.json import report_line
from gongkai.web.agencies.models import Agency, Edge, Guide, Name
from gongkai.web.reports import actions, queries
from gongkai.web.reports.models import Report
from tests.web.people import browser
from tests.web.programs import ROOT, good, program, refused, value
from tests.web.reports_office import MADE_UP, SINCE, actor, confirmed, office, published, read

pytestmark = pytest.mark.django_db
ASKED = "/api/v1/reports"


@pytest.fixture
def made():
    return office()


@pytest.fixture
def shown(made):
    return published(made, confirmed(made, read(made)))


def follow(client, address, name="next"):
    """All items of a list, a page after the other."""
    pages = []
    while address:
        pages.append(good(client.get(address)))
        address = pages[-1][name]
    return pages


def test_agencies_are_listed_page_by_page_forwards_and_back(made):
    client = program()
    pages = follow(client, f"{ROOT}/agencies?limit=2")
    keys = [item["key"] for page in pages for item in page["items"]]
    assert keys == [made.county.key, made.town.key, made.beside.key]
    assert {page["total"] for page in pages} == {3}
    back = follow(client, pages[-1]["previous"], "previous")
    assert [item["key"] for item in back[0]["items"]] == keys[:2]
    assert back[-1]["previous"] is None


def test_agencies_are_found_by_words_codes_level_kind_and_parent(made):
    client = program()
    made.town.names.update(region_code="510000001", short="青石")

    def found(query):
        return {item["name"] for item in good(client.get(f"{ROOT}/agencies?{query}"))["items"]}

    town = "样例县青石镇人民政府"
    assert found("q=青石") == found("q=510000") == found("q=样例县青") == {town}
    assert found("level=township") == {town, "样例县白水镇人民政府"} == found(f"parent={made.county.key}")
    assert found("kind=department") == found("q=没有这样的") == set()


def test_an_agency_shows_its_names_by_date_its_place_and_its_guide(made):
    today = timezone.localdate()
    made.town.names.update(until=date(2022, 1, 1))
    Name.objects.create(agency=made.town, name="样例县青石街道办事处", since=date(2022, 1, 1))
    Guide.objects.create(agency=made.town, office_name="青石街道党政办公室", telephone="000-0000", updated_on=today)
    found = good(program().get(f"{ROOT}/agencies/{made.town.key}"))
    assert [name["name"] for name in found["names"]] == ["样例县青石镇人民政府", "样例县青石街道办事处"]
    assert found["name"] == "样例县青石街道办事处"
    assert [above["key"] for above in found["way_up"]] == [made.county.key, made.town.key]
    assert found["parents"] == [
        {"key": made.county.key, "name": "样例县人民政府", "edge": "region", "since": SINCE.isoformat()}
    ]
    assert found["guide"]["office_name"] == "青石街道党政办公室"
    assert found["guide"]["stale"] is False
    assert "guide" in {column["code"] for column in found["columns"]}
    before = good(program().get(f"{ROOT}/agencies/{made.town.key}?on=2021-06-01"))
    assert (before["name"], before["on"]) == ("样例县青石镇人民政府", "2021-06-01")


def test_an_agency_that_has_ended_is_no_longer_listed_but_is_still_there(made):
    yesterday = timezone.localdate() - timedelta(1)
    Agency.objects.filter(pk=made.beside.pk).update(dissolved=yesterday)
    Edge.objects.filter(child=made.beside).update(until=yesterday)
    made.beside.names.update(until=yesterday)
    client = program()
    assert good(client.get(f"{ROOT}/agencies"))["total"] == 2
    found = good(client.get(f"{ROOT}/agencies/{made.beside.key}"))
    assert (found["name"], found["dissolved"]) == ("样例县白水镇人民政府", yesterday.isoformat())


def test_an_agency_outside_the_platform_is_nowhere(made):
    Agency.objects.filter(pk=made.beside.pk).update(outside=True)
    assert good(program().get(f"{ROOT}/agencies"))["total"] == 2
    refused(program().get(f"{ROOT}/agencies/{made.beside.key}"), 404, "api.not_found")


def test_only_published_reports_are_there(made):
    report = confirmed(made, read(made))
    client = program()
    for path in ("", "/cells", "/figures.xlsx"):
        refused(client.get(f"{ASKED}/{report.key}{path}"), 404, "api.not_found")
    assert good(client.get(ASKED))["items"] == []
    assert good(client.get(f"{ROOT}/figures?cell=requests.total.total"))["items"] == []
    published(made, report)
    assert [item["key"] for item in good(client.get(ASKED))["items"]] == [report.key]
    actions.unpublish(report, reason="数字有误", by=actor(made.approver), seen=report.version)
    assert good(client.get(ASKED))["items"] == []
    refused(client.get(f"{ASKED}/{report.key}"), 404, "api.not_found")


def test_a_report_is_the_line_of_the_command_with_corrections_and_findings(made):
    report = confirmed(made, read(made))
    actions.correct_cell(
        report, cell="requests.new.total", value="9", reason="原文印的是9", by=actor(made.clerk), seen=report.version
    )
    published(made, report)
    answer = program().get(f"{ASKED}/{report.key}")
    found = good(answer)
    assert report_line(queries.assembled(report), "zh").encode() in answer.content
    assert found["report"]["cells"]["requests.new.total"]["value"] == 9
    assert found["report"]["findings"]
    assert found["agency"] == {"key": made.town.key, "name": "样例县青石镇人民政府"}
    english = good(program().get(f"{ASKED}/{report.key}", HTTP_ACCEPT_LANGUAGE="en"))
    assert english["report"]["findings"][0]["code"] == found["report"]["findings"][0]["code"]
    assert english["report"]["findings"][0]["message"] != found["report"]["findings"][0]["message"]


def test_cells_are_rows_and_amounts_lose_no_digit(made):
    report = confirmed(made, read(made))
    actions.correct_cell(
        report, cell="proactive.charges.amount", value="25.1234", reason="更正", by=actor(made.clerk),
        seen=report.version,
    )  # fmt: skip
    published(made, report)
    rows = good(program().get(f"{ASKED}/{report.key}/cells"))["items"]
    assert len(rows) == len(queries.assembled(report).cells) == 200
    assert {row["id"]: row["value"] for row in rows}["proactive.charges.amount"] == Decimal("25.1234")
    assert set(rows[0]) == {"id", "value", "kind", "raw", "place"}
    some = good(program().get(f"{ASKED}/{report.key}/cells?table=remedies"))["items"]
    assert len(some) == 15
    assert {row["id"].partition(".")[0] for row in some} == {"remedies"}


def test_reports_are_found_by_agency_subtree_year_and_scope(made, shown):
    client = program()

    def total(query):
        return good(client.get(f"{ASKED}?{query}"))["total"]

    assert total(f"agency={made.town.key}") == total(f"under={made.county.key}") == total(f"year={shown.year}") == 1
    assert total(f"agency={made.county.key}") == total("year=2009") == total(f"under={made.beside.key}") == 0
    assert total(f"scope={shown.scope}&agency={made.town.key}&year={shown.year}") == 1
    refused(client.get(f"{ASKED}?agency=nothere"), 404, "api.not_found")


def test_figures_give_the_same_cells_of_every_report(shown):
    client = program()
    found = good(client.get(f"{ROOT}/figures?cell=requests.total.total&cell=requests.new.total&year={shown.year}"))
    (item,) = found["items"]
    cells = queries.assembled(shown).cells
    assert [cell["id"] for cell in item["cells"]] == ["requests.total.total", "requests.new.total"]
    assert [cell["value"] for cell in item["cells"]] == [cells[cell["id"]].value for cell in item["cells"]]
    assert (item["report"], item["year"]) == (shown.key, shown.year)
    refused(client.get(f"{ROOT}/figures?cell=requests.total.everything"), 422, "api.no_cell")
    error = refused(client.get(f"{ROOT}/figures"), 422, "api.wrong")
    assert error["fields"][0]["code"] == "missing"


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_the_figures_are_files_to_take_away(shown, ending):
    answer = program().get(f"{ASKED}/{shown.key}/figures.{ending}", HTTP_ACCEPT="text/csv")
    assert answer.status_code == 200
    assert f".{ending}" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content)
    refused(program().get(f"{ASKED}/{shown.key}/figures.exe"), 404, "api.not_found")


def test_what_is_known_already_is_not_sent_again(shown, monkeypatch):
    client = program()
    addresses = [ASKED, f"{ASKED}/{shown.key}", f"{ASKED}/{shown.key}/cells", f"{ROOT}/agencies",
                 f"{ROOT}/figures?cell=requests.new.total", f"{ROOT}/law/outcomes", f"{ROOT}/openapi.json"]  # fmt: skip
    marks = {}
    for address in addresses:
        first = client.get(address)
        marks[address] = first["ETag"]
        assert marks[address].startswith('"')
        assert "max-age" in first["Cache-Control"]
    thawed = []
    for name in ("queries.assembled", "thaw_cells"):
        monkeypatch.setattr(f"gongkai.web.api.reports.{name}", lambda *_: thawed.append(1))
    for address in addresses:
        again = client.get(address, HTTP_IF_NONE_MATCH=marks[address])
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", marks[address]), address
    assert thawed == []


def test_a_changed_report_has_another_mark(made, shown):
    client, address = program(), f"{ASKED}/{shown.key}"
    marks = {client.get(address)["ETag"], client.get(address, HTTP_ACCEPT_LANGUAGE="en")["ETag"]}
    assert len(marks) == 2
    made.town.names.update(name="样例县青石街道办事处")
    marks.add(client.get(address)["ETag"])
    assert len(marks) == 3
    back = actions.unpublish(shown, reason="更正", by=actor(made.approver), seen=shown.version)
    actions.correct_cell(
        back, cell="requests.new.total", value="9", reason="更正", by=actor(made.clerk), seen=back.version
    )
    published(made, Report.objects.get(pk=back.pk))
    assert client.get(address)["ETag"] not in marks


def test_cells_say_when_they_last_changed(shown):
    answer = program().get(f"{ASKED}/{shown.key}/cells")
    again = program().get(f"{ASKED}/{shown.key}/cells", HTTP_IF_MODIFIED_SINCE=answer["Last-Modified"])
    assert again.status_code == 304


def test_head_options_and_unknown_methods_are_answered_right():
    client = program()
    head = client.head(ASKED)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == client.get(ASKED)["ETag"]
    options = client.options(ASKED)
    assert (options.status_code, options["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert options["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    answer = client.post(ASKED, {}, "application/json")
    assert refused(answer, 405, "api.method")["allowed"] == ["GET"]
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    refused(client.get(ASKED, HTTP_ACCEPT="text/html"), 406, "api.media")
    refused(client.get(f"{ROOT}/nothing/here"), 404, "api.not_found")
    refused(client.post(f"{ROOT}/nothing/here"), 404, "api.not_found")


def test_every_page_of_another_site_may_read_what_is_public_and_nothing_else(made):
    for address in (ASKED, f"{ASKED}/nothere", f"{ASKED}?year=1", f"{ROOT}/law/outcomes", f"{ROOT}/nothing"):
        answer = program().get(address, HTTP_ORIGIN="https://elsewhere.example")
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
    for method in ("get", "options"):
        answer = getattr(program(made.clerk), method)(f"{ROOT}/me", HTTP_ORIGIN="https://elsewhere.example")
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_what_is_public_is_the_same_for_whoever_has_a_session(made):
    report = confirmed(made, read(made))
    inside = browser(made.clerk)
    refused(inside.get(f"{ASKED}/{report.key}"), 404, "api.not_found")
    assert good(inside.get(ASKED))["items"] == []


@pytest.mark.parametrize(
    ("query", "at", "kind"),
    [
        ("limit=0", "query.limit", "greater_than_equal"),
        ("limit=201", "query.limit", "less_than_equal"),
        ("limit=x", "query.limit", "int_parsing"),
        ("year=99999999999999999999", "query.year", "less_than_equal"),
        ("scope=everything", "query.scope", "literal_error"),
        ("agency=%00", "query.agency", "string_pattern_mismatch"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_wrong_value_is_named_with_what_was_expected(query, at, kind, language):
    error = refused(program().get(f"{ASKED}?{query}", HTTP_ACCEPT_LANGUAGE=language), 422, "api.wrong")
    (field,) = error["fields"]
    assert (field["at"], field["code"]) == (at, kind)
    assert field["message"].isascii() == error["message"].isascii() == (language == "en")


def test_a_parameter_that_is_not_known_is_refused_and_not_left_out():
    error = refused(program().get(f"{ASKED}?yaer=2023"), 422, "api.parameter")
    assert error["unknown"] == ["yaer"]
    assert "year" in error["known"]


def test_a_page_begins_after_a_key_of_the_list(shown):
    refused(program().get(f"{ASKED}?after=nothere"), 422, "api.cursor")
    refused(program().get(f"{ASKED}?after={shown.key}&before={shown.key}"), 422, "api.after_and_before")
    assert good(program().get(f"{ASKED}?after={shown.key}"))["items"] == []


def test_the_outcomes_are_the_table_of_the_law():
    found = good(program().get(f"{ROOT}/law/outcomes"))["items"]
    assert [one["code"] for one in found] == list(outcomes())
    assert all(one["articles"] and one["articles"][0]["written"].startswith("《") for one in found)


def test_the_parameters_are_those_of_the_day():
    now = good(program().get(f"{ROOT}/law/parameters?on=2024-03-01"))["items"]
    answer = {one["name"]: one for one in now}["answer.period"]
    assert (answer["value"], answer["unit"], answer["article"]) == (20, "working_day", "regulation.33.2")
    before = good(program().get(f"{ROOT}/law/parameters?on=2018-03-01"))["items"]
    assert len(before) < len(now)
    refused(program().get(f"{ROOT}/law/parameters?region=51x"), 422, "api.wrong")


def test_a_deadline_is_counted_with_its_reasons():
    address = f"{ROOT}/law/deadline?rule=deadlines.plain_answer&from=2024-04-28&on=2024-05-06"
    found = good(program().get(address))
    assert (found["due"], found["period"], found["unit"]) == ("2024-05-28", 20, "working_day")
    assert "2024-05-01" in {rest["day"] for rest in found["not_counted"]}
    assert found["articles"][0]["cited"] == "regulation.33.2"
    rules = [one["name"] for one in good(program().get(f"{ROOT}/law/rules"))["items"]]
    assert "deadlines.plain_answer" in rules
    for rule in rules:
        good(program().get(f"{ROOT}/law/deadline?rule={rule}&from=2024-04-28"))
    refused(program().get(f"{ROOT}/law/deadline?rule=deadlines.nothing&from=2024-04-28"), 422, "api.no_rule")


def test_the_made_up_sample_is_what_these_tests_read(shown):
    assert shown.year == 2024
    assert MADE_UP in value(program().get(f"{ASKED}/{shown.key}"))["report"]["path"]
