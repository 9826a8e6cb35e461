"""Lists of what was released on a channel: brought, looked through, confirmed, entered as one, undone as one."""

import io
import time
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Entry
from gongkai.web.audit.record import Stale
from gongkai.web.files.queries import content
from gongkai.web.notices.models import Notification
from gongkai.web.publications.channels import actions as channels
from gongkai.web.publications.channels import queries
from gongkai.web.publications.channels.bulk import actions, sheet
from gongkai.web.publications.channels.bulk.models import RefusedShowing, ShowingImport
from gongkai.web.publications.channels.models import Showing
from gongkai.web.publications.channels.queries import Asked
from tests.web.channel_lists import WECHAT, book, brought, separated, swept, taken, wechat
from tests.web.channels_office import opened, shown
from tests.web.people import browser
from tests.web.publications_office import office, released
from tests.web.together import at_once

pytestmark = pytest.mark.django_db
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def made():
    return office()


@pytest.fixture
def clerk(made):
    return made.by("clerk")


@pytest.fixture
def channel(made, clerk):
    return opened(made.county, clerk)


def refused(code, call, *given, **named):
    with pytest.raises(InvalidInput) as raised:
        call(*given, **named)
    assert raised.value.code == f"publications.{code}"


def why(given):
    return {row.number: row.why for row in given.refusals.order_by("number")}


def test_an_accounts_list_is_entered_only_after_it_was_confirmed(made, clerk, channel):
    given = brought(book([wechat(n) for n in range(1, 276)]), channel, clerk)
    assert (given.state, given.rows, given.good, given.refused) == ("checked", 275, 275, 0)
    assert given.unused == ["作者", "阅读数"]
    assert not Showing.objects.exists()
    given = taken(given, clerk)
    assert (given.state, given.good) == ("taken", 275)
    first = Showing.objects.get(link="https://mp.example.invalid/s/1")
    assert (first.title, first.shown_on, first.by) == ("样例推文1", date(2024, 5, 2), str(clerk))
    found = queries.counts(Asked(made.county, *YEAR))
    assert (
        queries.sentence(Asked(made.county, *YEAR), found)
        == "2024年，通过各类渠道公开信息275条，其中微信公众号275条。"
    )
    entry = Entry.objects.get(verb="publications.take")
    assert (entry.result["rows"], entry.result["last"], len(entry.result["digest"])) == (275, 276, 64)
    assert Entry.objects.filter(verb="publications.show_alone").count() == 0
    assert verify(made.county.chain).whole
    told = Notification.objects.filter(user=clerk.key).order_by("pk").values_list("title", flat=True)
    assert list(told) == ["渠道清单已检查：可以登记275行，不能登记0行，请确认", "渠道清单导入已完成：登记275行"]


def test_a_sites_list_in_another_charset_is_read_and_its_documents_are_found(made, clerk):
    site = opened(made.county, clerk, "website", "网站")
    document = released(made, number="样政规〔2024〕7号", formed_on=date(2024, 1, 5))
    rows = [
        {"标题": document.title, "发布时间": "2024年2月1日", "链接": "https://www.example.invalid/1.html"},
        {"标题": "换了标题的办法", "发布时间": "2024/2/2 8:05", "文号": "样政规[2024]7号"},
        {"标题": "别的信息", "发布时间": "20240203", "栏目": "公示公告"},
        {"标题": document.title, "发布时间": "2024-01-04"},
    ]
    given = taken(brought(separated(rows), site, clerk, "网站.csv"), clerk)
    assert (given.good, given.matched, given.unused) == (4, 2, ["序号", "栏目"])
    entries = Showing.objects.order_by("pk").values_list("document", "title", "shown_on")
    assert list(entries) == [
        (document.pk, "", date(2024, 2, 1)),
        (document.pk, "", date(2024, 2, 2)),
        (None, "别的信息", date(2024, 2, 3)),
        # Before the document was made it was something else of the same title.
        (None, document.title, date(2024, 1, 4)),
    ]
    assert queries.of_document(document).count() == 2


def test_a_title_that_two_documents_have_is_none_of_them(made, clerk, channel):
    first, _ = released(made, number="甲"), released(made, number="乙")
    given = brought(book([wechat(1, 文章标题=first.title, 群发时间=str(timezone.localdate()))]), channel, clerk)
    assert (given.good, given.matched) == (1, 0)


def test_every_wrong_row_says_why_and_the_good_ones_alone_can_be_wanted(made, clerk):
    channel = opened(made.county, clerk, since=date(2024, 1, 1))
    shown(channel, clerk, title="已登记", day=date(2024, 3, 1), link="https://mp.example.invalid/s/old")
    ahead = date(timezone.localdate().year + 1, 1, 1).isoformat()
    rows = [
        wechat(1), wechat(2, 文章标题=""), wechat(3, 群发时间="昨天"), wechat(4, 群发时间=ahead), wechat(5, 群发时间="2023-12-31"),
        wechat(6, 内容URL="javascript:alert(1)"), wechat(7, 文章标题="字" * 301), wechat(8, 文章标题="a\x07b"),
        wechat(1), wechat(9, 内容URL="https://mp.example.invalid/s/old"),
        wechat(10, 文章标题="已登记", 群发时间="2024-03-01 09:00"), wechat(11, 内容URL=wechat(1)["内容URL"]),
    ]  # fmt: skip
    given = brought(separated(rows, WECHAT, "utf-8-sig"), channel, clerk, "清单.csv")
    assert (given.good, given.refused, given.doubles) == (1, 11, 4)
    told = why(given)
    for number, part in {
        3: "没有填写", 4: "看不出是哪一天", 5: "在今天以后", 6: "没有启用", 7: "不是网址", 8: "最多300个", 9: "看不见的",
        10: "与第2行重复", 11: "已经登记过", 12: "已经登记过", 13: "与第2行重复",
    }.items():  # fmt: skip
        assert part in told[number], number
    assert given.refusals.get(number=12).double_of == Showing.objects.get(title="已登记").key
    refused("channels.sheet.refused_left", actions.confirm, given, good_alone=False, by=clerk, seen=given.version)
    given = taken(given, clerk, good_alone=True)
    assert (given.state, given.good, given.refused) == ("taken", 1, 11)


@pytest.mark.parametrize(
    ("bytes_", "code"),
    [
        (book([wechat(1)], ("作者", "阅读数")), "publications.channels.sheet.no_heads"),
        (book([]), "publications.channels.sheet.no_rows"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "files.sheet.old_format"),
        (b"PK\x03\x04" + b"\0" * 600, "files.sheet.unreadable"),
        (b"nothing of a list", "publications.channels.sheet.no_heads"),
    ],
)
def test_what_is_no_list_is_refused_whole(clerk, channel, bytes_, code):
    given = brought(bytes_, channel, clerk)
    assert (given.state, given.code) == ("unreadable", code)
    assert given.message
    assert not Showing.objects.exists()


def test_a_list_is_read_below_a_title_and_only_so_many_rows(clerk, channel, monkeypatch):
    above = [["样例县发布 2024年推文清单"], ["导出时间 2024-12-31"]]
    assert brought(book([wechat(1)], above=above), channel, clerk).good == 1
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    given = brought(book([wechat(n) for n in range(2, 6)]), channel, clerk)
    assert given.code == "publications.channels.sheet.too_many"


def test_the_same_file_is_taken_once_and_again_after_it_was_undone(made, clerk, channel):
    file = book([wechat(1), wechat(2)])
    given = taken(brought(file, channel, clerk), clerk)
    same, again = actions.bring(file, "别名.xlsx", channel=channel, by=clerk)
    assert (same, again) == (given, True)
    refused("no_reason", actions.undo, given, reason=" ", by=clerk, seen=given.version)
    undone = actions.undo(given, reason="不是本机关的", by=clerk, seen=given.version)
    assert undone.state == "undone"
    assert queries.counts(Asked(made.county, *YEAR)) == []
    assert Showing.objects.filter(struck_because="不是本机关的").count() == 2
    assert taken(brought(file, channel, clerk), clerk).state == "taken"


def test_an_import_of_which_something_was_changed_is_not_undone_as_one(clerk, channel):
    given = taken(brought(book([wechat(1), wechat(2)]), channel, clerk), clerk)
    channels.strike_showing(Showing.objects.first(), reason="这条录错", by=clerk, seen=1)
    refused("channels.sheet.rows_changed", actions.undo, given, reason="撤销", by=clerk, seen=given.version)
    assert Showing.objects.filter(struck_at=None).count() == 1
    assert ShowingImport.objects.get().state == "taken"


def test_what_somebody_enters_meanwhile_brings_a_whole_list_back_to_be_looked_through(clerk, channel):
    given = brought(book([wechat(1), wechat(2)]), channel, clerk)
    actions.confirm(given, good_alone=False, by=clerk, seen=given.version)
    shown(channel, clerk, link=wechat(2)["内容URL"])
    swept()
    given = ShowingImport.objects.get(pk=given.pk)
    assert (given.state, given.round, given.good, given.doubles) == ("checked", 2, 1, 1)
    assert Showing.objects.count() == 1
    assert taken(given, clerk, good_alone=True).good == 1


def test_a_dropped_list_is_not_looked_at_and_only_who_prepares_brings_one(made, clerk, channel):
    given, _ = actions.bring(book([wechat(1)]), "清单.xlsx", channel=channel, by=clerk)
    actions.drop(given, by=clerk, seen=1)
    assert swept() == 0
    for name in ("first", "approver", "reader", "stranger"):
        with pytest.raises(PermissionDenied):
            actions.bring(book([wechat(1)]), "清单.xlsx", channel=channel, by=made.by(name))
    given = brought(book([wechat(1)]), channel, clerk)
    with pytest.raises(Stale):
        actions.confirm(given, good_alone=False, by=made.by("other"), seen=given.version - 1)


def test_the_largest_list_is_entered_in_one_short_transaction(clerk, channel, record_property):
    given = brought(book([wechat(n) for n in range(sheet.MOST_ROWS)]), channel, clerk)
    assert given.good == sheet.MOST_ROWS
    actions.confirm(given, good_alone=False, by=clerk, seen=given.version)
    with content(given.file) as file:
        looked = sheet.looked_through(file, channel)
    begun = time.process_time()
    actions.settle_take(given, looked, timezone.now())
    held = time.process_time() - begun
    record_property("counted", {"channels: ms to enter the largest list": round(held * 1000)})
    assert Showing.objects.count() == sheet.MOST_ROWS
    assert held < 2


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_a_confirmed_list_one_enters_it(clerk, channel):
    given = brought(book([wechat(n) for n in range(50)]), channel, clerk)
    actions.confirm(given, good_alone=False, by=clerk, seen=given.version)
    at_once(lambda _: swept(), range(4), workers=4)
    assert Showing.objects.count() == 50
    assert Entry.objects.filter(verb="publications.take").count() == 1
    assert ShowingImport.objects.get().state == "taken"


def test_a_clerk_brings_a_list_reads_the_report_confirms_and_undoes_it(made):
    client = browser(made.people["clerk"])
    channel = opened(made.county, made.by("clerk"))
    file = SimpleUploadedFile("清单.xlsx", book([wechat(1), wechat(2, 文章标题="")]))
    answer = client.post(reverse("channels:bring", args=[channel.key]), {"file": file}, follow=True)
    assert "等待检查" in answer.content.decode()
    swept()
    given = ShowingImport.objects.get()
    page = reverse("channels:import", args=[given.key])
    assert "标题：没有填写" in client.get(page).content.decode()
    book_ = openpyxl.load_workbook(io.BytesIO(client.get(reverse("channels:refused", args=[given.key])).getvalue()))
    rows = [[cell.value for cell in row] for row in book_.worksheets[0].iter_rows()]
    assert rows[0] == [*WECHAT, "原因"]
    assert "没有填写" in rows[1][-1]
    decide = {act: reverse("channels:decide", args=[given.key, act]) for act in ("confirm", "undo")}
    assert client.post(decide["confirm"], {"seen": given.version}).status_code == 422
    assert client.post(decide["confirm"], {"seen": given.version, "good_alone": "on"}).status_code == 302
    swept()
    given.refresh_from_db()
    shown_page = client.get(page).content.decode()
    assert "已登记" in shown_page
    assert "样例推文1" in shown_page
    assert client.post(decide["undo"], {"seen": given.version, "reason": "重来"}).status_code == 302
    assert "这次导入已撤销" in client.get(page).content.decode()
    assert RefusedShowing.objects.count() == 1
    assert browser(made.people["stranger"]).get(page).status_code == 404
