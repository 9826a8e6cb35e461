"""Real reports on their way: uploaded, read by the sweep, corrected, waived, published; and what is refused."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.report.check import check
from gongkai.report.reading import read_report
from gongkai.report.write.json import report_line
from gongkai.web.audit.actor import SYSTEM
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.demo import samples
from gongkai.web.notices.effects import registered
from gongkai.web.notices.models import Notification
from gongkai.web.reports import actions, queries
from gongkai.web.reports.effects_due import EFFECTS
from gongkai.web.reports.frozen import freeze, thaw
from gongkai.web.reports.models import Reading, Report
from tests.web.reports_office import (
    MADE_UP,
    SAMPLES,
    actor,
    confirmed,
    office,
    published,
    read,
    sweep,
    upload,
)  # fmt: skip

pytestmark = pytest.mark.django_db
UNREADABLE = {
    "空.txt": (b" \n\t ", "document.empty"),
    "程序.exe": (b"\x7fELF\x02\x01\x01" + b"\0\1\2\3" * 200, "document.format_unknown"),
    "坏.docx": (b"PK\x03\x04" + b"\0" * 500, "document.damaged"),
    "包.rar": (b"Rar!\x1a\x07\x00" + b"x" * 100, "document.other_kind"),
}


@pytest.fixture
def made():
    return office()


def codes(report):
    return [finding.code for finding in queries.assembled(report).findings if finding.waived is None]


def test_an_upload_is_there_at_once_and_waits_for_the_sweep(made):
    batch = upload(made, *SAMPLES)
    assert queries.progress(batch) == (6, 6, 0, 0)
    assert set(Reading.objects.values_list("state", flat=True)) == {"pending"}
    assert sweep() == 6
    assert queries.progress(batch) == (6, 0, 6, 0)
    assert sweep() == 0


@pytest.mark.parametrize("name", SAMPLES)
def test_a_reading_is_what_the_command_line_reads(made, name, tmp_path):
    report = read(made, name)
    path = tmp_path / name
    path.write_bytes(SAMPLES[name])
    direct = read_report(path, name=name)
    direct.findings = check(direct)
    reading = report.readings.get()
    assert reading.state == "read"
    assert reading.line == report_line(direct, "zh")
    assert thaw(reading.frozen) == direct
    assert (report.printed_agency, report.year, report.scope) == (direct.agency, direct.year, direct.scope)
    assert len(json.loads(reading.line)["cells"]) >= 186


def test_a_frozen_report_comes_back_equal_and_anything_else_is_refused(made):
    report = queries.assembled(read(made))
    assert thaw(freeze(report)) == report
    assert len(report.findings) == 7
    for text in ("{}", '{"~": "Path"}', '{"~": "tuple", "of": []}', "[1]"):
        with pytest.raises(ValueError, match=r"unknown kind|not a report"):
            thaw(text)


def test_a_file_that_cannot_be_read_keeps_its_reason_and_stops_no_other(made):
    batch = upload(made, MADE_UP, given=[(name, data) for name, (data, _) in UNREADABLE.items()])
    assert sweep() == 5
    assert queries.progress(batch) == (5, 0, 1, 4)
    found = {reading.file.name: reading for reading in Reading.objects.filter(state="unreadable")}
    assert {name: reading.code for name, reading in found.items()} == {n: code for n, (_, code) in UNREADABLE.items()}
    assert all(reading.message.strip() for reading in found.values())
    assert {name for reason in queries.unread(batch) for name in reason.names} == set(UNREADABLE)
    report = found["空.txt"].report
    for refused in (
        lambda: actions.publish(report, by=actor(made.approver), seen=report.version),
        lambda: confirmed(made, report),
    ):
        with pytest.raises(InvalidInput, match=r"reports\.not_read"):
            refused()


def test_the_uploader_is_told_once_when_the_batch_is_read(made):
    upload(made, MADE_UP, "2021-tuchang.html")
    sweep()
    sweep()
    told = Notification.objects.get(user=made.clerk.key)
    assert "读取" in told.title
    assert told.address.startswith("/office/reports/batches/")


def test_a_file_that_was_uploaded_before_is_named_and_not_read_again(made):
    upload(made, MADE_UP)
    again = upload(made, MADE_UP, "2021-tuchang.html")
    assert again.duplicates == [MADE_UP]
    assert Reading.objects.count() == 2


def test_files_that_cannot_be_kept_are_named_with_the_reason(made, monkeypatch):
    monkeypatch.setenv("GONGKAI_UPLOAD_MEGABYTES", "1")
    batch = upload(made, MADE_UP, given=[("../大.pdf", b"x" * (2**20 + 1)), ("零.pdf", b"")])
    assert [(file["name"], file["code"]) for file in batch.refused] == [
        ("大.pdf", "files.too_large"), ("零.pdf", "files.empty"),
    ]  # fmt: skip
    assert queries.progress(batch).files == 1
    with pytest.raises(InvalidInput, match=r"reports\.no_files"):
        upload(made)


def test_a_corrected_cell_changes_the_findings_and_the_reading_stays_as_it_was(made):
    report = read(made)
    before = report.readings.get()
    old = queries.assembled(report)
    row = next(finding for finding in old.findings if finding.code == "total.row")
    cell = row.cells[-1]
    wanted = sum(old.value(part) or 0 for part in row.cells[:-1])
    actions.correct_cell(
        report, cell=cell, value=str(wanted), reason="原文是这个数", by=actor(made.clerk), seen=report.version
    )
    now = queries.assembled(report)
    assert now.value(cell) == wanted != old.value(cell)
    assert "total.row" not in codes(report)
    after = report.readings.get()
    assert (after.line, after.frozen) == (before.line, before.frozen)
    correction = report.corrections.get()
    assert (correction.was, correction.value, correction.reason) == (
        str(old.value(cell)),
        str(wanted),
        "原文是这个数",
    )


def test_corrections_are_put_upon_a_new_reading_and_the_old_reading_is_kept(made):
    report = read(made)
    cell = "requests.new.total"
    actions.correct_cell(report, cell=cell, value="１２３", reason="看错", by=actor(made.clerk), seen=report.version)
    actions.read_again(report, by=actor(made.clerk), seen=report.version)
    assert sweep() == 1
    report.refresh_from_db()
    assert queries.assembled(report).value(cell) == 123
    old, new = report.readings.order_by("pk")
    assert (old.state, new.state) == ("read", "read")
    assert json.loads(new.line)["cells"][cell]["value"] != 123


@pytest.mark.parametrize(
    ("cell", "value", "kept"),
    [
        ("requests.new.total", " 1,234 ", 1234), ("requests.new.total", "０", 0), ("requests.new.total", "", None),
        ("proactive.charges.amount", "25.1", Decimal("25.1")), ("proactive.charges.amount", "0.0001", Decimal("0.0001")),
    ],
)  # fmt: skip
def test_a_figure_is_taken_as_people_type_it(made, cell, value, kept):
    report = read(made)
    actions.correct_cell(report, cell=cell, value=value, reason="看错", by=actor(made.clerk), seen=report.version)
    assert queries.assembled(report).value(cell) == kept


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("requests.new.total", "1.5"), ("requests.new.total", "-1"), ("requests.new.total", "三"),
        ("requests.new.total", "9" * 13), ("proactive.charges.amount", "1.00001"), ("proactive.charges.amount", "1e5"),
        ("proactive.charges.amount", "nan"),
    ],
)  # fmt: skip
def test_what_is_no_figure_is_refused_and_changes_nothing(made, cell, value):
    report = read(made)
    with pytest.raises(InvalidInput, match=r"reports\.not_a_figure"):
        actions.correct_cell(report, cell=cell, value=value, reason="看错", by=actor(made.clerk), seen=report.version)
    assert report.corrections.count() == 0


def test_a_waiver_covers_its_finding_until_a_value_changes(made):
    report = read(made)
    number = next(n for n, code in enumerate(codes(report), 1) if code == "total.row")
    finding = queries.assembled(report).findings[number - 1]
    errors = report.errors
    actions.waive(report, finding=number, reason="原文如此", by=actor(made.clerk), seen=report.version)
    assert (report.errors, report.waived) == (errors - 1, 1)
    assert "total.row" not in codes(report)
    actions.correct_cell(
        report, cell=finding.cells[0], value="77", reason="看错", by=actor(made.clerk), seen=report.version
    )
    assert "total.row" in codes(report)
    assert report.waived == 0


def test_a_waiver_is_withdrawn_and_the_finding_is_open_again(made):
    report = read(made)
    waiver = actions.waive(report, finding=1, reason="原文如此", by=actor(made.clerk), seen=report.version)
    assert len(codes(report)) == 6
    actions.withdraw_waiver(report, waiver=waiver, by=actor(made.clerk), seen=report.version)
    assert len(codes(report)) == 7
    with pytest.raises(InvalidInput, match=r"reports\.no_waiver"):
        actions.withdraw_waiver(report, waiver=waiver, by=actor(made.clerk), seen=report.version)


@pytest.mark.parametrize("number", [0, 8, -1])
def test_only_a_finding_that_is_there_can_be_waived_and_only_with_a_reason(made, number):
    report = read(made)
    with pytest.raises(InvalidInput, match=r"reports\.no_finding"):
        actions.waive(report, finding=number, reason="原文如此", by=actor(made.clerk), seen=report.version)
    with pytest.raises(InvalidInput, match=r"reports\.no_reason"):
        actions.waive(report, finding=1, reason="  ", by=actor(made.clerk), seen=report.version)


def test_a_report_goes_from_upload_to_publication_and_back(made):
    report = read(made)
    with pytest.raises(InvalidInput, match=r"reports\.not_confirmed"):
        published(made, report)
    report = published(made, confirmed(made, report))
    assert [found.pk for found in queries.published(made.town, 2024)] == [report.pk]
    assert list(queries.published(made.beside)) == []
    for refused in (
        lambda: actions.correct_cell(
            report, cell="requests.new.total", value="1", reason="x", by=actor(made.clerk), seen=report.version
        ),
        lambda: actions.waive(report, finding=1, reason="x", by=actor(made.clerk), seen=report.version),
        lambda: actions.read_again(report, by=actor(made.clerk), seen=report.version),
    ):
        with pytest.raises(InvalidInput, match=r"reports\.published"):
            refused()
    actions.unpublish(report, reason="数字有误", by=actor(made.approver), seen=report.version)
    assert list(queries.published()) == []
    verbs = list(Entry.objects.filter(chain=made.county.chain).order_by("number").values_list("verb", flat=True))
    assert verbs == [
        "report.upload", "report.read", "report.confirm_agency", "report.publish", "report.unpublish",
    ]  # fmt: skip
    assert verify(made.county.chain).whole


def test_a_file_without_a_table_is_no_annual_report(made):
    batch = upload(made, given=[("说明.txt", "今年没有别的事项。".encode())])
    assert sweep() == 1
    report = Report.objects.get(batch=batch)
    report = actions.confirm_agency(
        report, agency=made.town, year=2024, scope="own", by=actor(made.clerk), seen=report.version
    )
    with pytest.raises(InvalidInput, match=r"reports\.no_table"):
        published(made, report)
    assert Report.objects.filter(state="published").count() == 0


def test_no_report_is_of_a_year_to_come(made):
    report = read(made)
    next_year = timezone.localdate().year + 1
    with pytest.raises(InvalidInput, match=r"reports\.year_to_come"):
        actions.confirm_agency(
            report, agency=made.town, year=next_year, scope="own", by=actor(made.clerk), seen=report.version
        )


def test_a_correction_that_changes_nothing_is_refused(made):
    report = read(made)
    with pytest.raises(InvalidInput, match=r"reports\.same_figure"):
        actions.correct_cell(
            report, cell="requests.new.total", value="１７", reason="x", by=actor(made.clerk), seen=report.version
        )
    assert report.corrections.count() == 0


def test_a_newer_edition_takes_the_place_of_the_published_one(made):
    first = published(made, confirmed(made, read(made)))
    batch = upload(made, given=[("更正版.pdf", SAMPLES[MADE_UP] + b"\n% corrected")])
    assert sweep() == 1
    second = published(made, confirmed(made, Report.objects.get(batch=batch)))
    first.refresh_from_db()
    assert (first.state, first.edition, second.state, second.edition) == ("superseded", 1, "published", 2)
    assert [found.pk for found in queries.published(made.town)] == [second.pk]


def test_only_the_keeper_or_an_agency_below_it_can_be_confirmed(made):
    report = actions.upload([("a.html", SAMPLES["2021-tuchang.html"])], keeper=made.beside, by=actor(made.stranger))
    sweep()
    report = Report.objects.get(batch=report)
    for foreign in (made.county, made.town):
        with pytest.raises(InvalidInput, match=r"reports\.agency_not_below"):
            actions.confirm_agency(
                report, agency=foreign, year=2021, scope="own", by=actor(made.stranger), seen=report.version
            )
    assert confirmed(made, read(made), made.county).agency == made.county


def test_of_two_who_change_one_report_the_later_is_told(made):
    report = read(made)
    mine, yours = Report.objects.get(pk=report.pk), Report.objects.get(pk=report.pk)
    actions.waive(mine, finding=1, reason="我先", by=actor(made.clerk), seen=mine.version)
    with pytest.raises(Stale):
        actions.waive(yours, finding=2, reason="我后", by=actor(made.clerk), seen=yours.version)
    assert report.waivers.count() == 1


def test_nobody_without_the_permission_does_anything(made):
    report = read(made)
    tried = 0
    for user in (made.stranger, made.approver):
        for act in (
            lambda by: actions.upload([("a", b"x")], keeper=made.county, by=by),
            lambda by: actions.waive(report, finding=1, reason="x", by=by, seen=report.version),
            lambda by: actions.read_again(report, by=by, seen=report.version),
            lambda by: actions.correct_cell(
                report, cell="requests.new.total", value="1", reason="x", by=by, seen=report.version
            ),
            lambda by: actions.confirm_agency(
                report, agency=made.town, year=2024, scope="own", by=by, seen=report.version
            ),
        ):
            with pytest.raises(PermissionDenied):
                act(actor(user))
            tried += 1
    for user in (made.stranger, made.clerk):
        with pytest.raises(PermissionDenied):
            actions.publish(report, by=actor(user), seen=report.version)
        tried += 1
    assert tried == 12


def test_last_years_published_report_is_checked_against_this_years(made):
    report = confirmed(made, read(made))
    total = queries.assembled(report).value("requests.carried_forward.total")
    published(made, report)
    batch = upload(made, given=[("次年.pdf", SAMPLES[MADE_UP] + b"\n% next year")])
    sweep()
    following = Report.objects.get(batch=batch)
    actions.confirm_agency(
        following, agency=made.town, year=2025, scope=following.scope, by=actor(made.clerk), seen=following.version
    )
    actions.correct_cell(
        following, cell="requests.brought_forward.total", value=str(total + 5), reason="看错", by=actor(made.clerk),
        seen=following.version,
    )  # fmt: skip
    assert "year.carried" in codes(following)


@pytest.mark.usefixtures("made")
def test_the_samples_are_shown_as_published_reports():
    shown = samples.load_samples(SYSTEM)
    assert len(shown) == 6
    assert queries.published().count() == 6
    assert queries.published(year=2021).count() == 3
    names = {queries.name(report) for report in queries.published()}
    assert "重庆市合川区土场镇人民政府" in names


def test_every_effect_of_reports_is_registered():
    assert set(EFFECTS) <= set(registered())
