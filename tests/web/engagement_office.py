"""Consultations at every step of their way, and what is done with them in tests."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.web.accounts.models import Tries
from gongkai.web.engagement import periods
from gongkai.web.engagement.actions import consultations as actions
from gongkai.web.engagement.models import Consultation
from gongkai.web.publications import text

DRAFT = "一、总体要求\n垃圾分为四类。\n二、投放要求\n单位和个人应当分类投放。"
DAY = timedelta(days=1)


def values(agency, **given):
    today = timezone.localdate()
    found = {
        "title": "关于《样例办法（征求意见稿）》公开征求意见的公告", "why": "现行办法已经实施多年，需要修订。", "asked": "社会公众",
        "ways": "信函寄至样例县人民政府办公室。", "body": text.from_plain(DRAFT), "opens_on": today,
        "shorter_because": "", **given,
    }  # fmt: skip
    return {"closes_on": periods.least(agency, found["opens_on"]).due, **found}


def drafted(agency, by, **given):
    return actions.draft(agency=agency, by=by, **values(agency, **given))


def fresh(consultation):
    return Consultation.objects.select_related("agency", "document").get(pk=consultation.pk)


def do(name, consultation, by, /, **given):
    """Do an act with a consultation as it is now; return it as it is then."""
    now = fresh(consultation)
    getattr(actions, name)(now, by=by, seen=now.version, **given)
    return fresh(consultation)


def opened(agency, clerk, approver, **given):
    consultation = do("submit", drafted(agency, clerk, **given), clerk)
    return do("open_to_all", consultation, approver)


def commented(consultation, said="建议增设投放点。", **given):
    Tries.objects.all().delete()
    return actions.comment(fresh(consultation), text=said, address="198.51.100.20", **given)


def over(consultation, days=1):
    """Let the last day of a consultation be so many days ago: nothing else moves a clock."""
    today = timezone.localdate()
    Consultation.objects.filter(pk=consultation.pk).update(
        opens_on=today - timedelta(days=days + 40), closes_on=today - timedelta(days=days)
    )
    return fresh(consultation)


def along_the_way(agency, by):
    """A consultation of an agency at every step of its way; `by` are those who act, by role."""
    clerk, approver = by["clerk"], by["approver"]
    found = {"draft": drafted(agency, clerk), "asked": do("submit", drafted(agency, clerk), clerk)}
    made = drafted(agency, clerk)
    actions.attach(made, name="草案.txt", content=b"text", by=clerk, seen=made.version)
    found["open"] = do("open_to_all", do("submit", made, clerk), approver)
    for one in ("waiting", "published", "withheld"):
        held = actions.enter_comment(
            found["open"], text=f"样例意见（{one}）", channel="letter", name="样小明", agreed=one == "published", contact="样例信箱", by=clerk
        )  # fmt: skip
        if one == "published":
            actions.publish_comment(held, by=clerk, seen=held.version)
        if one == "withheld":
            actions.withhold_comment(held, case="personal", because="样例说明", by=clerk, seen=held.version)
    do("extend", found["open"], approver, closes_on=found["open"].closes_on + 7 * DAY, reason="样例理由")
    found["summarised"] = opened(agency, clerk, approver)
    held = actions.enter_comment(found["summarised"], text="样例意见", channel="meeting", by=clerk)
    actions.publish_comment(held, by=clerk, seen=held.version)
    over(found["summarised"])
    held.refresh_from_db()
    do(
        "answer",
        found["summarised"],
        clerk,
        heading="样例要点",
        outcome="adopted",
        reason="样例理由",
        comments=[held],
    )
    do("submit_summary", found["summarised"], clerk, summary="样例说明")
    do("publish_summary", found["summarised"], approver)
    found["withdrawn"] = do("withdraw", opened(agency, clerk, approver), clerk, reason="样例理由")
    return {at: fresh(consultation) for at, consultation in found.items()}
