"""Lists of persons: nothing goes out without a last day and an assessment, and each comes down by itself, everywhere at once."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.notices.models import Notification
from gongkai.web.notices.sweep import tick
from gongkai.web.publications import actions, policies
from gongkai.web.publications.duties import actions as duties
from gongkai.web.publications.duties import queries
from gongkai.web.publications.effects_due import EFFECTS
from gongkai.web.publications.models import Assessment, Document, Duty
from gongkai.web.publications.persons import holding
from tests.web.people import browser
from tests.web.publications_office import approved, do, drafted, fresh, office, released, values
from tests.web.test_publications import refused

pytestmark = pytest.mark.django_db
DAY = timedelta(1)
PARTS = {"purpose": "依办法公示，接受监督", "impact": "可能暴露困难情况", "measures": "不公开身份证号，期满撤下"}


@pytest.fixture
def made():
    return office()


def listed(made, days=7, **given):
    return drafted(made, title="低保对象公示", persons=True, shown_until=timezone.localdate() + days * DAY, **given)


def assessed(made, document):
    return do(made, "assess", document, "clerk", assessed_on=timezone.localdate(), **PARTS)


def later(days):
    return timezone.make_aware(datetime.combine(timezone.localdate() + days * DAY, time(0, 0, 5)))


def test_a_list_is_not_submitted_without_its_last_day_and_assessment(made):
    document = drafted(made, persons=True)
    refused(lambda: do(made, "submit", document, "clerk"), "persons.no_end")
    until = timezone.localdate() + 7 * DAY
    document = do(made, "revise", document, "clerk", shown_until=until)
    refused(lambda: do(made, "submit", document, "clerk"), "persons.no_assessment")
    assert do(made, "submit", assessed(made, document), "clerk").state == "review"


def test_what_the_approver_signs_is_held_to_the_same(made):
    document = assessed(made, listed(made))
    document = do(made, "submit", document, "clerk")
    for by in ("first", "second", "third"):
        document = do(made, "review", document, by, proofread=True)
    document = do(made, "secrecy_review", document, "secrecy", verdicts={"body": actions.Verdict("passed")})
    Assessment.objects.all().delete()
    refused(lambda: do(made, "approve", document, "approver"), "persons.no_assessment")


def test_a_list_whose_time_is_over_is_not_released_and_not_for_a_day_after_it(made):
    document = approved(made, assessed(made, listed(made, days=3)))
    refused(lambda: do(made, "schedule", document, "clerk", at=later(4)), "persons.over")
    Document.objects.filter(pk=document.pk).update(shown_until=timezone.localdate() - DAY)
    refused(lambda: do(made, "release", document, "clerk"), "persons.over")


def test_the_assessment_is_whole_and_of_a_list_alone(made):
    other, document = drafted(made), listed(made)
    refused(lambda: do(made, "assess", other, "clerk", assessed_on=timezone.localdate(), **PARTS), "persons.not_one")
    refused(
        lambda: do(made, "assess", document, "clerk", assessed_on=timezone.localdate(), **{**PARTS, "impact": " "}),
        "persons.assessment_part",
    )
    refused(lambda: do(made, "assess", document, "clerk", assessed_on=timezone.localdate() + DAY, **PARTS), "ahead")
    refused(lambda: listed(made, days=-30), "persons.ends_before")
    document = assessed(made, document)
    with pytest.raises(Stale):
        actions.assess(document, assessed_on=timezone.localdate(), by=made.by("other"), seen=1, **PARTS)
    again = do(made, "assess", document, "clerk", assessed_on=timezone.localdate(), **{**PARTS, "impact": "另写"})
    assert (Assessment.objects.get().impact, again.assessment.version) == ("另写", 2)
    kept = holding.kept_until(Assessment.objects.get())
    assert kept.year == timezone.localdate().year + 3


def test_a_list_comes_down_by_itself_after_its_last_day_and_says_so(made, client):
    document = released(made, assessed(made, listed(made, days=2)))
    page = reverse("publications:public_one", args=[document.key])
    assert client.get(page).status_code == 200
    assert tick(later(2), EFFECTS).done == 0
    assert fresh(document).state == "released"
    assert tick(later(3), EFFECTS).done == 1
    ended = fresh(document)
    assert (ended.state, ended.withdrawn_because[:4]) == ("withdrawn", "公示期到")
    assert client.get(page).status_code == 404
    assert document.title not in client.get(reverse("publications:public_list")).content.decode()
    assert Entry.objects.get(verb="publications.withdraw", object_key=document.key).actor == "sweep"
    told = Notification.objects.filter(cause__startswith="publications.end_list")
    assert set(told.values_list("user", flat=True)) == {made.people[name].key for name in ("clerk", "other")}
    assert tick(later(4), EFFECTS).done == 0
    shown = browser(made.people["clerk"]).get(reverse("publications:one", args=[document.key])).content.decode()
    assert "自动撤下" in shown


def test_nobody_sees_a_list_after_its_last_day_even_before_the_sweep_comes(made, client):
    document = released(made, assessed(made, listed(made)))
    page = reverse("publications:public_one", args=[document.key])
    assert client.get(page).status_code == 200
    Document.objects.filter(pk=document.pk).update(shown_until=timezone.localdate() - DAY)
    assert not policies.public().exists()
    assert client.get(page).status_code == 404


def test_one_who_came_first_is_not_overrun(made):
    document = released(made, assessed(made, listed(made, days=1)))
    seen = fresh(document)
    do(made, "withdraw", document, "clerk", reason="有误")
    with pytest.raises(Stale):
        actions.end_list(seen, now=later(2))
    assert not actions.end_list(fresh(document), now=later(2))


def test_a_list_that_came_down_still_proves_what_was_due(made):
    duty = duties.add(
        agency=made.county, by=made.by("clerk"), catalogue="own", first="低保公示", timing="event", since=timezone.localdate()
    )  # fmt: skip
    document = released(made, assessed(made, listed(made, days=0)))
    duties.bind(duty, document=document, by=made.by("clerk"))
    tick(later(1), EFFECTS)
    Document.objects.filter(pk=document.pk).update(withdrawn_at=later(1))
    (one,) = queries.stood(Duty.objects.filter(pk=duty.pk), timezone.localdate() + DAY)
    assert (one.state, one.found[0].proofs[0].public) == ("done", False)


def test_a_document_called_like_a_list_is_asked_about(made):
    document = drafted(made, title="困难群众救助名单")
    client = browser(made.people["clerk"])
    path = reverse("publications:one", args=[document.key])
    assert "像是公示名单" in client.get(path).content.decode()
    listed_one = listed(made)
    page = client.get(reverse("publications:one", args=[listed_one.key])).content.decode()
    assert "像是公示名单" not in page
    assert "登记个人信息保护影响评估" in page
    answer = client.post(
        reverse("publications:prepare", args=[listed_one.key, "assess"]),
        {"seen": listed_one.version, "assessed_on": timezone.localdate().isoformat(), **PARTS},
    )
    assert answer.status_code == 302
    assert Assessment.objects.get().purpose == PARTS["purpose"]


def test_a_document_that_is_no_list_keeps_no_last_day(made):
    document = actions.draft(
        agency=made.county, body="<p>文</p>", by=made.by("clerk"), **values(shown_until=timezone.localdate())
    )
    assert document.shown_until is None
