"""The interface for an office's programs: the same rules as on the pages, for exactly what the person may do."""

import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gongkai.web.agencies.models import Agency, Member
from gongkai.web.audit.models import Entry
from gongkai.web.notices.actions import notify
from gongkai.web.reports import actions
from gongkai.web.reports.models import Batch, Report
from tests.web.people import person
from tests.web.programs import ROOT, good, program, refused, token
from tests.web.reports_office import MADE_UP, SAMPLES, SINCE, actor, confirmed, office, published, read, sweep, upload
from tests.web.together import at_once

pytestmark = pytest.mark.django_db
OFFICE = f"{ROOT}/office/reports"
BATCHES = f"{ROOT}/office/batches"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


@pytest.fixture
def made():
    return office()


def send(client, address, **body):
    return client.post(address, body, "application/json")


def files(*names):
    return [SimpleUploadedFile(name, SAMPLES.get(name, f"%PDF-1.7 nothing in {name}".encode())) for name in names]


def test_a_program_uploads_follows_corrects_waives_and_publishes(made):
    clerk, approver = program(made.clerk), program(made.approver)
    answer = clerk.post(BATCHES, {"keeper": made.county.key, "files": files(MADE_UP, "broken.pdf", "broken.txt")})
    batch = good(answer, 201)
    assert answer["Location"].endswith(f"{BATCHES}/{batch['key']}")
    assert (batch["files"], batch["waiting"]) == (3, 3)
    sweep()
    batch = good(clerk.get(f"{BATCHES}/{batch['key']}"))
    assert (batch["waiting"], batch["read"], batch["unreadable"]) == (0, 1, 2)
    failed = [one for one in batch["reports"] if one["reading"]["state"] == "unreadable"]
    assert all(one["reading"]["code"] and one["reading"]["message"] for one in failed)
    (key,) = [one["key"] for one in batch["reports"] if one["reading"]["state"] == "read"]

    address = f"{OFFICE}/{key}"
    shown = good(clerk.get(address))
    assert shown["may"] == ["prepare"]
    wanted = {"agency": made.town.key, "year": 2024, "scope": "own"}
    shown = good(send(clerk, f"{address}/confirm", version=shown["version"], **wanted))
    assert shown["agency"]["key"] == made.town.key
    change = {"cell": "requests.new.total", "value": "9", "reason": "原文印的是9"}
    shown = good(send(clerk, f"{address}/corrections", version=shown["version"], **change))
    (correction,) = shown["corrections"]
    assert (correction["value"], correction["by"]) == ("9", made.clerk.name)
    assert shown["report"]["cells"]["requests.new.total"]["value"] == 9
    open_ones = len([one for one in shown["report"]["findings"] if "waived" not in one])
    shown = good(send(clerk, f"{address}/waivers", version=shown["version"], finding=1, reason="已核实"))
    assert len([one for one in shown["report"]["findings"] if "waived" not in one]) == open_ones - 1
    (waiver,) = shown["waivers"]
    shown = good(send(clerk, f"{address}/waivers/{waiver['key']}/withdraw", version=shown["version"]))
    assert shown["waivers"] == []
    good(send(clerk, f"{address}/read-again", version=shown["version"]))
    sweep()
    shown = good(approver.get(address))
    assert [one["state"] for one in shown["readings"]] == ["read", "read"]
    assert shown["corrections"] == [correction]
    shown = good(send(approver, f"{address}/publish", version=shown["version"]))
    assert shown["state"] == "published"
    good(program().get(f"{ROOT}/reports/{key}"))
    shown = good(send(approver, f"{address}/unpublish", version=shown["version"], reason="数字有误"))
    assert (shown["state"], shown["withdrawn_because"]) == ("withdrawn", "数字有误")
    done = Entry.objects.filter(actor=f"user:{made.clerk.key}", verb__startswith="report.")
    assert {entry.verb for entry in done} == {
        "report.upload", "report.confirm_agency", "report.correct_cell", "report.waive", "report.withdraw_waiver",
        "report.read_again",
    }  # fmt: skip


def test_an_upload_under_the_same_word_happens_once(made):
    clerk = program(made.clerk)

    def again(word, *names, by=clerk):
        sent = {"keeper": made.county.key, "files": files(*names)}
        return by.post(BATCHES, sent, headers={"Idempotency-Key": word})

    first = good(again("a1", MADE_UP), 201)
    assert good(again("a1", MADE_UP), 201)["key"] == first["key"]
    assert good(clerk.get(f"{BATCHES}/{first['key']}"))["duplicates"] == []
    assert Entry.objects.filter(verb="report.upload").count() == Batch.objects.count() == 1
    refused(again("a1", "other.pdf"), 422, "reports.once_used")
    assert good(again("a2", MADE_UP), 201)["duplicates"] == [MADE_UP]
    colleague = person("colleague")
    Member.objects.create(user=colleague, agency=made.county, role="clerk", since=SINCE)
    assert good(again("a1", MADE_UP, by=program(colleague)), 201)["key"] != first["key"]
    assert Batch.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_many_uploads_at_once_under_the_same_word_one_happens(made):
    written = token(made.clerk)

    def send_again(_number):
        client = program(HTTP_AUTHORIZATION=f"Bearer {written}")
        sent = {"keeper": made.county.key, "files": files(MADE_UP)}
        return good(client.post(BATCHES, sent, headers={"Idempotency-Key": "a1"}), 201)["key"]

    assert len(set(at_once(send_again, range(8), workers=8))) == 1
    assert Report.objects.count() == Batch.objects.count() == 1


def test_the_second_of_two_is_told_who_was_first_and_nothing_is_written(made):
    report = read(made)
    seen = report.version
    colleague = person("colleague")
    Member.objects.create(user=colleague, agency=made.county, role="clerk", since=SINCE)
    change = {"cell": "requests.new.total", "value": "9", "reason": "更正", "version": seen}
    good(send(program(made.clerk), f"{OFFICE}/{report.key}/corrections", **change))
    error = refused(
        send(program(colleague), f"{OFFICE}/{report.key}/corrections", **{**change, "value": "8"}),
        409,
        "record.stale",
    )
    assert error["first"]["by"] == made.clerk.name
    assert error["first"]["act"] == "更正报告数据"
    assert [one.value for one in report.corrections.all()] == ["9"]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_correct_at_once_one_is_first(made):
    report = read(made)
    written = token(made.clerk)

    def change(number):
        client = program(HTTP_AUTHORIZATION=f"Bearer {written}")
        body = {"cell": "requests.new.total", "value": str(number), "reason": "更正", "version": report.version}
        return send(client, f"{OFFICE}/{report.key}/corrections", **body).status_code

    answers = at_once(change, range(8), workers=8)
    assert (answers.count(200), answers.count(409)) == (1, 7)
    assert report.corrections.count() == 1


def test_another_agencys_reports_are_not_there(made):
    report, batch = read(made), Batch.objects.get()
    stranger = program(made.stranger)
    assert good(stranger.get(OFFICE))["items"] == good(stranger.get(BATCHES))["items"] == []
    for path in ("", "/figures.xlsx"):
        refused(stranger.get(f"{OFFICE}/{report.key}{path}"), 404, "api.not_found")
    refused(stranger.get(f"{BATCHES}/{batch.key}"), 404, "api.not_found")
    bodies = {
        "confirm": {"agency": None, "year": 2024, "scope": "own"},
        "corrections": {"cell": "requests.new.total", "value": "9", "reason": "x"},
        "waivers": {"finding": 1, "reason": "x"},
        "waivers/x/withdraw": {}, "read-again": {}, "publish": {}, "unpublish": {"reason": "x"},
    }  # fmt: skip
    for act, body in bodies.items():
        answer = send(stranger, f"{OFFICE}/{report.key}/{act}", version=report.version, **body)
        refused(answer, 404, "api.not_found")
    answer = stranger.post(BATCHES, {"keeper": made.county.key, "files": files(MADE_UP)})
    refused(answer, 404, "api.not_found")
    assert Batch.objects.count() == 1


def test_who_may_see_but_not_act_is_told_so(made):
    report = read(made)
    approver = program(made.approver)
    good(approver.get(f"{OFFICE}/{report.key}"))
    body = {"cell": "requests.new.total", "value": "9", "reason": "x", "version": report.version}
    refused(send(approver, f"{OFFICE}/{report.key}/corrections", **body), 403, "api.forbidden")
    refused(send(program(made.clerk), f"{OFFICE}/{report.key}/publish", version=report.version), 403, "api.forbidden")


def test_a_token_for_reading_changes_nothing(made):
    report = read(made)
    reader = program(made.clerk, scope="read")
    good(reader.get(f"{OFFICE}/{report.key}"))
    answer = send(reader, f"{OFFICE}/{report.key}/read-again", version=report.version)
    refused(answer, 403, "tokens.scope_read")
    assert "insufficient_scope" in answer["WWW-Authenticate"]
    refused(reader.post(BATCHES, {"keeper": made.county.key, "files": files(MADE_UP)}), 403, "tokens.scope_read")
    report.refresh_from_db()
    assert report.readings.count() == 1


@pytest.mark.parametrize("kind", ["system", "security", "audit"])
def test_an_administrators_program_sees_no_report(made, kind):
    report = read(made)
    client = program(person(kind, administrator=kind))
    good(client.get(f"{ROOT}/me"))
    for address in (OFFICE, f"{OFFICE}/{report.key}", BATCHES):
        refused(client.get(address), 403, "api.forbidden")


def test_a_person_without_a_role_sees_nothing(made):
    report = read(made)
    client = program(person("nobody"))
    for address in (OFFICE, f"{OFFICE}/{report.key}", f"{OFFICE}/nothere"):
        refused(client.get(address), 403, "api.forbidden")


def test_the_list_is_narrowed_as_on_the_page(made):
    upload(made, MADE_UP, given=[("坏文件.pdf", b"%PDF-")])
    sweep()
    report = Report.objects.get(readings__state="read")
    published(made, confirmed(made, report))
    client = program(made.clerk)

    def keys(query):
        return [item["key"] for item in good(client.get(f"{OFFICE}?{query}"))["items"]]

    assert keys("state=published") == keys("reading=read") == keys("year=2024") == keys("q=青石") == [report.key]
    assert len(keys("reading=unreadable")) == len(keys("q=坏文件")) == len(keys("state=draft")) == 1
    pages = good(client.get(f"{OFFICE}?limit=1"))
    assert pages["total"] == 2
    assert good(client.get(pages["next"]))["items"][0]["key"] != pages["items"][0]["key"]
    refused(client.get(f"{OFFICE}?state=gone"), 422, "api.wrong")


def test_what_the_rules_refuse_is_said_with_their_code(made):
    report = read(made)
    client, address = program(made.clerk), f"{OFFICE}/{report.key}"
    version = report.version
    for act, body, code in (
        ("corrections", {"cell": "requests.new.nothing", "value": "9", "reason": "x"}, "reports.no_cell"),
        ("corrections", {"cell": "requests.new.total", "value": "九", "reason": "x"}, "reports.not_a_figure"),
        ("corrections", {"cell": "requests.new.total", "value": "9", "reason": " "}, "reports.no_reason"),
        ("waivers", {"finding": 0, "reason": "x"}, "reports.no_finding"),
        ("waivers", {"finding": 9999, "reason": "x"}, "reports.no_finding"),
        ("corrections", {"cell": "requests.new.total", "value": "9"}, "api.wrong"),
        ("corrections", {"cell": "a", "value": "9", "reason": "x", "more": 1}, "api.wrong"),
    ):
        refused(send(client, f"{address}/{act}", version=version, **body), 422, code)
    made.county.names.update(name="改名的县")
    refused(send(client, f"{address}/confirm", version=version, agency="nothere", year=2024, scope="own"), 404,
            "api.not_found")  # fmt: skip
    elsewhere = Agency.objects.create(kind="government", level="county")
    refused(send(client, f"{address}/confirm", version=version, agency=elsewhere.key, year=2024, scope="own"), 422,
            "reports.agency_not_below")  # fmt: skip
    english = send(program(made.clerk, HTTP_ACCEPT_LANGUAGE="en"), f"{address}/waivers", version=version, finding=0,
                   reason="x")  # fmt: skip
    assert refused(english, 422, "reports.no_finding")["message"].isascii()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b'{"version": 1e400}', b'{"version": NaN}',
                                  b'{"version": 1, "reason": "\\ud800"}', b"\xff\xfe", b"[" * 100_000])  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused(made, body):
    report = read(made)
    answer = program(made.approver).post(f"{OFFICE}/{report.key}/unpublish", body, "application/json")
    assert answer.status_code in (400, 422)
    assert json.loads(answer.content)["error"]["code"] in ("api.unreadable", "api.wrong")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(["\x00", "requests.new.total", "own", "９", "-1", "9" * 60, "1e5", "25.12345", "😀", "\u2028"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=3,
)  # fmt: skip
FIELDS = {
    "confirm": ("agency", "year", "scope"), "corrections": ("cell", "value", "reason"), "waivers": ("finding", "reason"),
    "read-again": (), "publish": (), "unpublish": ("reason",),
}  # fmt: skip
PLAIN = {"agency": None, "year": 2024, "scope": "own", "cell": "requests.new.total", "value": "9", "reason": "x",
         "finding": 1}  # fmt: skip


@pytest.mark.parametrize("act", sorted(FIELDS))
def test_no_body_makes_an_act_fail(act, made):
    report, client, tried = read(made), program(made.clerk), []

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.fixed_dictionaries({}, optional=dict.fromkeys(("version", "more", *FIELDS[act]), VALUES)))
    @example({name: PLAIN[name] for name in FIELDS[act]})
    @example(dict.fromkeys(FIELDS[act], "\x00"))
    def asks(odd):
        version = Report.objects.get(pk=report.pk).version
        body = {"version": version, **{name: PLAIN[name] for name in FIELDS[act]}, **odd}
        answer = client.post(f"{OFFICE}/{report.key}/{act}", json.dumps(body), "application/json")
        tried.append(answer.status_code)
        assert answer.status_code in (200, 400, 403, 404, 409, 422), answer.content

    asks()
    assert len(tried) >= 20
    assert set(tried) - {422}


def test_too_many_files_at_once_are_refused(made):
    sent = {"keeper": made.county.key, "files": files("a.txt", "b.txt", "c.txt")}
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FILES=2):
        answer = program(made.clerk).post(BATCHES, sent)
    refused(answer, 400, "api.unreadable")
    refused(program(made.clerk).post(BATCHES, {"keeper": made.county.key}), 422, "api.wrong")
    refused(program(made.clerk).post(BATCHES, b"--x", "multipart/form-data; boundary="), 400, "api.unreadable")


def test_the_figures_of_a_draft_are_a_file_for_the_office(made):
    report = read(made)
    answer = program(made.clerk).get(f"{OFFICE}/{report.key}/figures.csv", HTTP_ACCEPT="text/csv")
    assert answer.status_code == 200
    assert b"requests.new.total" in b"".join(answer.streaming_content)
    assert "no-store" in answer["Cache-Control"]


def test_a_person_reads_the_own_notices(made):
    for number in range(3):
        notify(made.clerk.key, f"第{number}件事", cause=f"test:{number}", address="/office/")
    notify(made.approver.key, "别人的事", cause="test:other")
    client = program(made.clerk)
    found = good(client.get(f"{ROOT}/notices?limit=2"))
    assert (found["total"], [one["title"] for one in found["items"]]) == (3, ["第2件事", "第1件事"])
    key = found["items"][0]["key"]
    assert good(client.post(f"{ROOT}/notices/{key}/read"))["read_at"]
    refused(program(made.approver).post(f"{ROOT}/notices/{key}/read"), 404, "api.not_found")


def test_me_says_which_roles_the_person_has(made):
    found = good(program(made.clerk).get(f"{ROOT}/me"))
    (role,) = found["roles"]
    assert (role["agency"]["key"], role["role"]) == (made.county.key, "clerk")
    assert role["permissions"] == ["keep", "prepare", "read"]


def test_a_published_report_cannot_be_changed(made):
    report = published(made, confirmed(made, read(made)))
    body = {"cell": "requests.new.total", "value": "9", "reason": "x", "version": report.version}
    refused(send(program(made.clerk), f"{OFFICE}/{report.key}/corrections", **body), 422, "reports.published")
    actions.unpublish(report, reason="更正", by=actor(made.approver), seen=report.version)
    good(send(program(made.clerk), f"{OFFICE}/{report.key}/corrections", **{**body, "version": report.version}))
