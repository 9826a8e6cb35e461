"""A draft that was uploaded by mistake goes, with everything of it; a report of somebody else is not confirmed by accident."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from gongkai.errors import GongkaiError, InvalidInput
from gongkai.web.agencies.models import Name
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.files import collection
from gongkai.web.files.models import File
from gongkai.web.files.store import store
from gongkai.web.reports import actions, naming
from gongkai.web.reports.models import REASONS, Batch, Correction, PageImage, Reading, Report, Waiver
from tests.web.people import browser
from tests.web.reports_office import (
    MADE_UP,
    SAMPLES,
    SINCE,
    _agency,
    actor,
    confirmed,
    office,
    published,
    read,
    sweep,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return office()


def discard(made, report, by=None, seen=None, reason="wrong_file"):
    actions.discard(report, reason=reason, by=actor(by or made.clerk), seen=seen or report.version)


def drawn(made, report):
    """Look at the first page of a report, which is drawn by that."""
    assert browser(made.clerk).get(reverse("reports:picture", args=[report.key, 1])).getvalue()


def test_a_draft_goes_with_all_of_it_and_the_audit_keeps_that_it_was(made):
    report, other = read(made), read(made, "2021-tuchang.html")
    by = actor(made.clerk)
    actions.waive(report, finding=1, reason="原文如此", by=by, seen=report.version)
    actions.correct_cell(report, cell="requests.new.total", value="12", reason="看错", by=by, seen=report.version)
    drawn(made, report)
    assert PageImage.objects.count() == 1
    discard(made, report)
    assert list(Report.objects.values_list("pk", flat=True)) == [other.pk]
    assert [model.objects.count() for model in (Waiver, Correction, PageImage, Reading)] == [0, 0, 0, 1]
    entry = Entry.objects.get(verb="report.discard")
    assert (entry.object_key, entry.result["why"], entry.chain) == (report.key, "wrong_file", made.county.chain)


def test_its_file_is_collected_as_every_file_that_nothing_needs(made):
    report = read(made)
    digest = report.readings.get().file.digest
    discard(made, report)
    with store().open(digest) as content:
        assert content.read()
    later = timezone.now() + timedelta(days=2)
    assert collection.collect_records(later) == 1
    assert collection.collect_contents(later + timedelta(days=2)) >= 1
    assert not File.objects.exists()
    with pytest.raises(FileNotFoundError):
        store().open(digest)


def test_the_drawn_pages_stay_where_another_report_has_the_same_file(made):
    report = read(made)
    drawn(made, report)
    stranger = actions.upload([(MADE_UP, SAMPLES[MADE_UP])], keeper=made.beside, by=actor(made.stranger))
    sweep()
    assert Report.objects.filter(batch=stranger).count() == 1
    discard(made, report)
    assert PageImage.objects.count() == 1


def test_the_same_file_can_be_uploaded_again_afterwards(made):
    discard(made, read(made))
    batch = upload(made, MADE_UP)
    assert (batch.duplicates, Report.objects.filter(batch=batch).count()) == ([], 1)


def test_only_a_draft_that_was_never_published_goes(made):
    report = published(made, confirmed(made, read(made)))
    with pytest.raises(InvalidInput, match=r"reports\.no_draft"):
        discard(made, report)
    actions.unpublish(report, reason="有误", by=actor(made.approver), seen=report.version)
    with pytest.raises(InvalidInput, match=r"reports\.no_draft"):
        discard(made, report)
    assert Report.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "张三传错了", "WRONG_FILE"])
def test_a_reason_is_chosen_so_that_nobody_is_named_in_the_audit(made, reason):
    report = read(made)
    with pytest.raises(InvalidInput, match=r"reports\.no_reason"):
        discard(made, report, reason=reason)
    assert len(REASONS) == 5


def test_what_is_being_read_stays_until_it_is_read(made):
    report = Report.objects.get(batch=upload(made, MADE_UP))
    with pytest.raises(InvalidInput, match=r"reports\.still_waiting"):
        discard(made, report)
    assert sweep() == 1


def test_of_two_at_once_the_later_is_told(made):
    report = read(made)
    mine, yours = Report.objects.get(pk=report.pk), Report.objects.get(pk=report.pk)
    actions.waive(mine, finding=1, reason="我先", by=actor(made.clerk), seen=mine.version)
    with pytest.raises(Stale):
        discard(made, yours)
    report.refresh_from_db()
    discard(made, report)
    with pytest.raises(GongkaiError):
        actions.waive(mine, finding=2, reason="我后", by=actor(made.clerk), seen=mine.version)
    assert not Report.objects.exists()


def test_nobody_else_deletes(made):
    report = read(made)
    for user in (made.stranger, made.approver):
        with pytest.raises(PermissionDenied):
            discard(made, report, by=user)
    assert Report.objects.count() == 1


def test_the_page_asks_for_reason_and_certainty_and_leads_to_the_list(made):
    report, clerk = read(made), browser(made.clerk)
    act, page = (reverse(f"reports:{name}", args=[report.key]) for name in ("discard", "one"))
    assert f'action="{act}"' in clerk.get(page).content.decode()
    assert f'action="{act}"' not in browser(made.approver).get(page).content.decode()
    for form in ({}, {"reason": "twice"}, {"sure": "on"}):
        answer = clerk.post(act, {"seen": report.version, **form})
        assert answer.status_code == 422
        assert "<details open><summary>删除这份报告" in answer.content.decode()
    done = clerk.post(act, {"seen": report.version, "reason": "twice", "sure": "on"}, follow=True)
    text = done.content.decode()
    assert done.redirect_chain == [(reverse("reports:list"), 302)]
    assert "报告已删除" in text
    assert report.key not in text
    assert "最近上传" not in text
    assert clerk.get(page).status_code == 404
    assert (
        "这个批次的文件都已经删除"
        in clerk.get(reverse("reports:batch", args=[Batch.objects.get().key])).content.decode()
    )


@pytest.mark.parametrize(
    ("printed", "differs"),
    [
        ("样例县青石镇人民政府", False), ("样例县 青石镇 人民政府", False), ("青石镇人民政府", False),
        ("虚构省样例县青石镇人民政府", False), ("样例县白水镇人民政府", True), ("样例县人民政府", True),
        ("人民政府", True), ("镇人民政府", True), ("样例县青石镇人民政府办公室", True), ("", False), ("青石镇旧名公所", False),
    ],
)  # fmt: skip
def test_whose_name_a_report_prints(made, printed, differs):
    Name.objects.create(agency=made.town, name="样例县青石镇旧名公所", since=SINCE - timedelta(days=99), until=SINCE)
    assert naming.differs(printed, made.town) is differs


def test_a_department_is_known_by_its_short_name_only_where_that_is_printed_alone(made):
    bureau = _agency("样例县财政局", "department", "county", made.county)
    Name.objects.filter(agency=bureau).update(short="财政局")
    assert not naming.differs("财政局", bureau)
    assert naming.differs("别样县财政局", bureau)


def test_a_report_of_somebody_else_is_confirmed_only_with_a_tick(made):
    report, clerk = read(made), browser(made.clerk)
    assert naming.differs(report.printed_agency, made.beside)
    with pytest.raises(InvalidInput, match=r"reports\.other_name"):
        actions.confirm_agency(
            report, agency=made.beside, year=2024, scope="own", by=actor(made.clerk), seen=report.version
        )
    act = reverse("reports:confirm", args=[report.key])
    form = {"seen": report.version, "agency": made.beside.key, "year": 2024, "scope": "own"}
    answer = clerk.post(act, form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f"报告写的是“{report.printed_agency}”，仍要归到上面选的机关" in text
    assert "不是“样例县白水镇人民政府”" in text
    assert Report.objects.get(pk=report.pk).agency is None
    assert clerk.post(act, {**form, "other_name": "on"}).status_code == 302
    assert Report.objects.get(pk=report.pk).agency == made.beside


def test_a_report_of_its_own_agency_or_of_none_asks_for_no_tick(made):
    report, clerk = read(made), browser(made.clerk)
    assert not naming.differs(report.printed_agency, made.town)
    assert "仍要归到" not in clerk.get(reverse("reports:one", args=[report.key])).content.decode()
    form = {"seen": report.version, "agency": made.town.key, "year": 2024, "scope": "own"}
    act = reverse("reports:confirm", args=[report.key])
    assert clerk.post(act, form).status_code == 302
    assert clerk.post(act, {**form, "seen": report.version + 1, "agency": "outside"}).status_code == 302
    assert Report.objects.get(pk=report.pk).outside
