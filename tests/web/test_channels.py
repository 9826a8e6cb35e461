"""Channels: opened, closed, what was released on them with its evidence, and how that is counted."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.agencies.tree import BELONGING
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.files.models import File
from gongkai.web.files.queries import content
from gongkai.web.publications.channels import actions, policies, queries
from gongkai.web.publications.channels.evidence import Line, Photo
from gongkai.web.publications.channels.models import KINDS, Channel, Showing
from gongkai.web.publications.channels.queries import Asked
from tests.web.channels_office import LINE, LINK, SINCE, closed, fresh, opened, shown
from tests.web.gate.containers import picture
from tests.web.publications_office import ID, do, drafted, office, released
from tests.web.together import at_once

pytestmark = pytest.mark.django_db
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def made():
    return office()


@pytest.fixture
def clerk(made):
    return made.by("clerk")


def refused(code, call, *given, **named):
    before = Showing.objects.count(), Channel.objects.count(), File.objects.count()
    with pytest.raises(InvalidInput) as raised:
        call(*given, **named)
    assert raised.value.code == f"publications.{code}"
    assert (Showing.objects.count(), Channel.objects.count(), File.objects.count()) == before


def test_a_channel_is_opened_renamed_closed_and_opened_again(made, clerk):
    channel = opened(made.county, clerk)
    refused("channels.double", opened, made.county, clerk)
    actions.amend_channel(channel, name="样例县发布", address="样例号", since=SINCE, by=clerk, seen=1)
    assert str(fresh(channel)) == "样例县发布"
    refused("nothing_changed", actions.amend_channel, fresh(channel), name="样例县发布", address="样例号", since=SINCE, by=clerk, seen=2)  # fmt: skip
    today = timezone.localdate()
    closed(channel, clerk, today)
    assert list(policies.public(made.county)) == []
    # The name is free again; then the first cannot come back beside the second.
    opened(made.county, clerk, name="样例县发布")
    held = fresh(channel)
    refused("channels.double", actions.reopen_channel, held, by=clerk, seen=held.version)
    other = Channel.objects.exclude(pk=channel.pk).get()
    closed(other, clerk, SINCE)
    held = fresh(channel)
    actions.reopen_channel(held, by=clerk, seen=held.version)
    assert list(policies.public(made.county)) == [channel]
    verbs = list(Entry.objects.filter(kind="publications.channel").order_by("pk").values_list("verb", flat=True))
    assert verbs == [f"publications.{verb}" for verb in (
        "open_channel", "amend_channel", "close_channel", "open_channel", "close_channel", "reopen_channel",
    )]  # fmt: skip
    assert verify(made.county.chain).whole


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [("pigeon", "样例", "channels.kind"), ("wechat", " ", "field"), ("wechat", "字" * 101, "field")],
)
def test_a_channel_has_a_known_kind_and_a_name(made, clerk, kind, name, code):
    refused(code, opened, made.county, clerk, kind=kind, name=name)


def test_of_two_who_change_a_channel_one_is_told(made, clerk):
    channel = opened(made.county, clerk)
    actions.amend_channel(channel, name="甲", address="", since=SINCE, by=clerk, seen=1)
    with pytest.raises(Stale):
        actions.amend_channel(fresh(channel), name="乙", address="", since=SINCE, by=made.by("other"), seen=1)
    assert fresh(channel).name == "甲"


def test_only_who_prepares_for_the_agency_keeps_its_channels(made, clerk):
    channel = opened(made.county, clerk)
    asked = 0
    for name in ("first", "secrecy", "approver", "reader", "stranger"):
        for call in (
            lambda by: opened(made.county, by, name="别的"),
            lambda by: shown(channel, by),
            lambda by: closed(channel, by, timezone.localdate()),
        ):
            with pytest.raises(PermissionDenied):
                call(made.by(name))
            asked += 1
    assert asked == 15
    assert list(policies.visible(made.people["stranger"])) == []
    assert list(policies.visible(made.people["reader"])) == [channel]


def test_a_released_document_is_entered_on_several_channels_at_once(made, clerk):
    document = released(made)
    wechat, board = opened(made.county, clerk), opened(made.county, clerk, "notice_board", "公示栏")
    today = timezone.localdate()
    entered = actions.show(document, on={wechat: LINK, board: ""}, shown_on=today, line=LINE, by=clerk)
    assert [(one.channel, one.link, one.signer) for one in entered] == [
        (wechat, LINK, "样小明"),
        (board, "", "样小明"),
    ]
    assert {one.named for one in entered} == {document.title}
    entry = Entry.objects.get(verb="publications.show")
    assert entry.object_key == document.key
    assert entry.result["channels"] == sorted([wechat.key, board.key])
    refused("channels.double", actions.show, document, on={board: ""}, shown_on=today, line=LINE, by=clerk)
    # Played once more on another day, it is another item.
    assert actions.show(document, on={board: ""}, shown_on=today - timedelta(days=1), line=LINE, by=clerk)


def test_what_is_not_released_or_not_ones_own_is_not_entered(made, clerk):
    channel, day = opened(made.county, clerk), timezone.localdate()
    draft = drafted(made)
    refused("channels.not_released", actions.show, draft, on={channel: LINK}, shown_on=day, by=clerk)
    document = released(made, draft)
    other = opened(made.town, made.by("stranger"))
    refused("channels.other_agency", actions.show, document, on={other: LINK}, shown_on=day, by=clerk)
    refused("channels.none_chosen", actions.show, document, on={}, shown_on=day, by=clerk)
    do(made, "withdraw", document, "clerk", reason="有误")
    document.refresh_from_db()
    refused("channels.not_released", actions.show, document, on={channel: LINK}, shown_on=day, by=clerk)


def test_every_entry_has_evidence(made, clerk):
    document = released(made)
    wechat, board = opened(made.county, clerk), opened(made.county, clerk, "notice_board", "公示栏")
    day = timezone.localdate()
    on = {wechat: LINK, board: ""}
    refused("channels.no_evidence", actions.show, document, on=on, shown_on=day, by=clerk)
    refused("channels.no_evidence", shown, board, clerk, line=Line())
    for part in (Line("样小明"), Line("样小明", day), Line("", day, "村口"), Line("样小明", None, "村口")):
        refused("channels.line_incomplete", shown, board, clerk, line=part)
    refused("ahead", shown, board, clerk, line=Line("样小明", day + timedelta(days=1), "村口"))
    refused("ahead", shown, board, clerk, day=day + timedelta(days=1))
    assert shown(board, clerk)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//example.invalid/x", "https://", "http://[", "https://a b.invalid", "看公众号",
     "ftp://example.invalid/x", "https://example.invalid/\nx"],
)  # fmt: skip
def test_a_link_is_an_address_of_the_web(made, clerk, address):
    refused("channels.link", shown, opened(made.county, clerk), clerk, link=address, line=Line())


@pytest.mark.parametrize(("form", "name"), [("JPEG", "照片.jpg"), ("PNG", "照片.png")])
def test_a_photo_is_kept_without_what_the_telephone_wrote_into_it(made, clerk, form, name):
    given = picture(description=f"样小明 {ID}", position=form == "JPEG", form=form)
    assert ID.encode() in given
    entry = shown(opened(made.county, clerk), clerk, line=Line(), photo=Photo(given, name))
    with content(entry.photo) as kept:
        held = kept.read()
    assert ID.encode() not in held
    assert held.startswith(given[:4])
    assert len(held) < len(given)
    assert File.objects.count() == 1


def test_what_is_no_photo_or_holds_what_cannot_be_taken_out_is_not_kept(made, clerk):
    channel = opened(made.county, clerk)
    for given in (b"text", b"%PDF-1.4", b"\x89PNG", b""):
        with pytest.raises(InvalidInput):
            shown(channel, clerk, line=Line(), photo=Photo(given, "照片.jpg"))
    assert (Showing.objects.count(), File.objects.count()) == (0, 0)


def test_nothing_is_released_on_a_channel_before_it_opened_or_after_it_closed(made, clerk):
    channel = opened(made.county, clerk, since=date(2024, 1, 1))
    refused("channels.not_open", shown, channel, clerk, day=date(2023, 12, 31))
    assert shown(channel, clerk, day=date(2024, 1, 1), title="甲")
    assert shown(channel, clerk, day=date(2024, 6, 30), title="乙")
    refused("channels.shown_since", closed, channel, clerk, date(2024, 6, 30))
    refused("channels.closed_before", closed, channel, clerk, date(2023, 6, 30))
    closed(channel, clerk, date(2024, 7, 1))
    refused("channels.not_open", shown, channel, clerk, day=date(2024, 7, 1), title="丙")
    held = fresh(channel)
    later = {"name": "样例微信", "address": "", "since": date(2024, 2, 1), "by": clerk, "seen": held.version}
    refused("channels.shown_before", actions.amend_channel, held, **later)


def test_the_same_link_and_the_same_title_of_a_day_are_there_once(made, clerk):
    channel, other = opened(made.county, clerk), opened(made.county, clerk, name="另一个")
    entry = shown(channel, clerk, link=LINK)
    refused("channels.double", shown, channel, clerk, link=LINK, title="别的", day=date(2024, 6, 1))
    refused("channels.double", shown, channel, clerk)
    assert shown(other, clerk, link=LINK)
    actions.strike_showing(entry, reason="重复录入", by=clerk, seen=1)
    assert shown(channel, clerk, link=LINK)


def test_a_struck_entry_counts_nowhere_and_stays_to_be_read(made, clerk):
    entry = shown(opened(made.county, clerk), clerk)
    refused("no_reason", actions.strike_showing, entry, reason=" ", by=clerk, seen=1)
    actions.strike_showing(entry, reason="不是本机关的", by=clerk, seen=1)
    assert queries.counts(Asked(made.county, *YEAR)) == []
    assert list(policies.showings(made.people["reader"])) == [entry]
    refused("channels.struck", actions.strike_showing, fresh(entry), reason="再次", by=clerk, seen=2)


def _year_of(made, clerk):
    """2 on the site, 5 by WeChat on two accounts, 1 on a board in the county; 3 on a board in the town; others of other years."""
    stranger = made.by("stranger")
    site, first, second, board = (
        opened(made.county, clerk, kind, name)
        for kind, name in (
            ("website", "网站"),
            ("wechat", "微信甲"),
            ("wechat", "微信乙"),
            ("notice_board", "公示栏"),
        )
    )
    there = opened(made.town, stranger, "notice_board", "镇公示栏")
    days = [date(2024, 1, 1), date(2024, 12, 31), *(date(2024, 3, day) for day in range(1, 20))]
    for channel, by, many in ((site, clerk, 2), (first, clerk, 1), (second, clerk, 4), (board, clerk, 1), (there, stranger, 3)):  # fmt: skip
        for at in range(many):
            shown(channel, by, title=f"信息{at}", day=days[at])
    for day in (date(2023, 12, 31), date(2025, 1, 1)):
        shown(site, clerk, title="别年的", day=day)
    return site


def test_counts_of_a_period_are_those_of_the_records_behind_them(made, clerk):
    _year_of(made, clerk)
    checked = 0
    for below, expected in (
        ((), {"website": 2, "wechat": 5, "notice_board": 1}),
        (BELONGING, {"website": 2, "wechat": 5, "notice_board": 4}),
    ):
        asked = Asked(made.county, *YEAR, below)
        found = queries.counts(asked)
        assert {kind.code: kind.items for kind in found} == expected
        assert [kind.code for kind in found] == [code for code, _ in KINDS if code in expected]
        for kind in found:
            assert queries.behind(asked, kind.code).count() == kind.items
            assert sum(one.items for one in kind.channels) == kind.items
            for one in kind.channels:
                assert queries.behind(asked, channel=one.channel.key).count() == one.items
                checked += 1
        assert queries.behind(asked).count() == sum(expected.values())
    assert checked == 9
    by_wechat = next(kind for kind in queries.counts(Asked(made.county, *YEAR)) if kind.code == "wechat")
    assert [(one.channel.name, one.items) for one in by_wechat.channels] == [("微信乙", 4), ("微信甲", 1)]
    town = queries.counts(Asked(made.town, *YEAR))
    assert [(kind.label, kind.items) for kind in town] == [("信息公告栏", 3)]


def test_the_counts_are_said_as_a_report_states_them(made, clerk):
    _year_of(made, clerk)
    whole = Asked(made.county, *YEAR)
    assert queries.sentence(whole, queries.counts(whole)) == (
        "2024年，通过各类渠道公开信息8条，其中政府网站2条，微信公众号5条，信息公告栏1条。"
    )
    part = Asked(made.county, date(2024, 3, 1), date(2024, 3, 2))
    assert queries.sentence(part, queries.counts(part)) == (
        "2024年3月1日至2024年3月2日，通过各类渠道公开信息2条，其中微信公众号2条。"
    )
    assert queries.sentence(Asked(made.county, date(1999, 1, 1), date(1999, 12, 31)), []) == ""


@pytest.mark.django_db(transaction=True)
def test_of_many_who_enter_the_same_at_once_one_does(made, clerk):
    channel = opened(made.county, clerk)

    def enter(_):
        try:
            shown(channel, clerk, link=LINK)
        except InvalidInput as error:
            return error.code
        return "entered"

    found = at_once(enter, range(8), workers=8)
    assert sorted(found) == ["entered", *["publications.channels.double"] * 7]
    assert Showing.objects.count() == 1
    assert Entry.objects.filter(verb="publications.show_alone").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held", [True, False])
def test_a_channel_is_not_closed_behind_an_entry_under_way(made, clerk, held, monkeypatch):
    """While an entry is being written nobody closes its channel; without holding the channel that is what happens."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one after the other anyway")
    if not held:
        monkeypatch.setattr(actions, "_demand_open", lambda *_: None)
    channel, day = opened(made.county, clerk), date(2024, 5, 1)
    written, may_end = threading.Event(), threading.Event()

    def enter():
        with transaction.atomic():
            actions._demand_open([channel], day)
            Showing.objects.create(channel=channel, title="甲", shown_on=day, link=LINK, by="x")
            written.set()
            may_end.wait(timeout=2)

    def close():
        written.wait(timeout=10)
        try:
            closed(channel, clerk, day)
        except InvalidInput as error:
            return error.code
        finally:
            may_end.set()
        return "closed"

    told = at_once(lambda call: call(), [enter, close], workers=2)[1]
    assert told == ("publications.channels.shown_since" if held else "closed")
