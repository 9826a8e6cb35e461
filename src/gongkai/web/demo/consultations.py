"""The made-up consultations of the county: one that is summed up late, one that is overdue, one that is open, a draft."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.demo.county import OFFICE
from gongkai.web.demo.people import who_acts
from gongkai.web.engagement import periods
from gongkai.web.engagement.actions import consultations as actions
from gongkai.web.engagement.models import Comment, Consultation
from gongkai.web.publications import text

_DAY = timedelta(days=1)
_DRAFT = "一、总则\n为了规范管理，制定本办法。\n二、管理要求\n有关单位和个人应当遵守本办法。"
_SAID = (
    ("建议把试点小区的投放时间延长到晚上九点。", "published"),
    ("偏远村组没有运输车辆，希望分批实施。", "published"),
    ("我家住示范路，电话13800000000，希望在门口增设投放点。", "published"),
    ("推销净水器，价格优惠。", "unrelated"),
)


def make_consultations(agencies: dict[str, Agency]) -> None:
    """Make the consultations of the county's office, where it has none yet."""
    agency = agencies[OFFICE]
    if Consultation.objects.filter(agency=agency).exists():
        return
    with transaction.atomic():
        _summed_up(_over(_opened(agency, "关于《示范县养犬管理办法（征求意见稿）》公开征求意见的公告"), 45))
        _over(_opened(agency, "关于《示范县户外广告设置规划（草案）》公开征求意见的公告"), 40)
        stopped = _opened(agency, "关于《示范县停车收费方案（草案）》公开征求意见的公告")
        _do("stop", stopped, "approver", reason="上级正在制定统一标准，本方案不再单独制定。")
        withdrawn = _opened(agency, "关于《示范县校车线路调整方案（草案）》公开征求意见的公告")
        _do("withdraw", withdrawn, "clerk", reason="附件有误，更正后重新公开征求意见。")
        _do("submit", _drafted(agency, "关于《示范县公园管理办法（征求意见稿）》公开征求意见的公告"), "clerk")
        _open(_drafted(agency, "关于《示范县生活垃圾分类实施方案（征求意见稿）》公开征求意见的公告", file=True))
        _drafted(agency, "关于《示范县村庄规划编制导则（征求意见稿）》公开征求意见的公告", file=True)


def _drafted(agency: Agency, title: str, *, file: bool = False) -> Consultation:
    clerk, today = who_acts(agency, "clerk"), timezone.localdate()
    made = actions.draft(
        agency=agency, by=clerk, title=title, why="现行规定实施多年，部分内容需要调整。", asked="社会公众",
        ways="信函寄至示范县人民政府办公室，请注明“征求意见”。", body=text.from_plain(_DRAFT), opens_on=today,
        closes_on=periods.least(agency, today).due,
    )  # fmt: skip
    if file:
        content = "此件为示例附件。".encode()
        actions.attach(made, name="起草说明.txt", content=content, by=clerk, seen=made.version)
    return made


def _do(name: str, consultation: Consultation, role: str, **given: Any) -> Consultation:
    now = Consultation.objects.select_related("agency", "document").get(pk=consultation.pk)
    getattr(actions, name)(now, by=who_acts(now.agency, role), seen=now.version, **given)
    now.refresh_from_db()
    return now


def _opened(agency: Agency, title: str) -> Consultation:
    return _do("open_to_all", _do("submit", _drafted(agency, title), "clerk"), "approver")


def _open(consultation: Consultation) -> None:
    """One that is open, with comments that are looked at and one that waits."""
    held = _do("open_to_all", _do("submit", consultation, "clerk"), "approver")
    _commented(held)
    _entered(held, "请问什么时候开始实施？")


def _commented(consultation: Consultation) -> list[Comment]:
    clerk, found = who_acts(consultation.agency, "clerk"), []
    for said, becomes in _SAID:
        one = _entered(consultation, said)
        if becomes == "published":
            actions.publish_comment(one, by=clerk, seen=one.version)
            found.append(one)
        else:
            actions.withhold_comment(one, case=becomes, by=clerk, seen=one.version)
    return found


def _entered(consultation: Consultation, said: str) -> Comment:
    clerk = who_acts(consultation.agency, "clerk")
    return actions.enter_comment(consultation, text=said, channel="letter", name="示范甲", by=clerk)


def _over(consultation: Consultation, days: int) -> Consultation:
    """Let the last day be so many days ago: a demonstration has a past that nobody has waited for."""
    today = timezone.localdate()
    Consultation.objects.filter(pk=consultation.pk).update(
        opens_on=today - (days + 31) * _DAY, closes_on=today - days * _DAY
    )
    consultation.refresh_from_db()
    return consultation


def _summed_up(consultation: Consultation) -> None:
    first, second, third = _commented(consultation)
    _do(
        "answer", consultation, "clerk", heading="延长投放时间、增设投放点", outcome="adopted", reason="已在第二部分增加相应要求。",
        comments=[first, third],
    )  # fmt: skip
    _do(
        "answer", consultation, "clerk", heading="偏远村组分批实施", outcome="partly", reason="运输条件不具备的村组，实施时间推迟半年。",
        comments=[second],
    )  # fmt: skip
    _do(
        "submit_summary",
        consultation,
        "clerk",
        summary="共收到四条意见，其中三条是对草案的意见。采纳两条，部分采纳一条。",
    )
    _do("publish_summary", consultation, "approver")
