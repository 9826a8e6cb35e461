"""The pages of channels: what a clerk does with them, what a figure leads to, and what everybody sees."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.web.publications.channels import actions
from gongkai.web.publications.channels.models import Channel, Showing
from tests.web.channels_office import LINE, LINK, closed, opened, shown
from tests.web.gate.containers import picture
from tests.web.people import browser
from tests.web.publications_office import do, office, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return office()


@pytest.fixture
def clerk(made):
    return browser(made.people["clerk"])


def at(name, *given):
    return reverse(f"channels:{name}", args=given)


def text(client, address, status=200, **asked):
    answer = client.get(address, asked)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_clerk_opens_channels_ticks_them_for_a_document_and_reads_the_counts(made, clerk):
    for kind, name in (("wechat", "样例微信"), ("notice_board", "样例公示栏")):
        given = {"keeper": made.county.key, "kind": kind, "name": name, "since": "2024-01-01"}
        assert clerk.post(at("new"), given).status_code == 302
    document = released(made)
    wechat, board = Channel.objects.get(kind="wechat"), Channel.objects.get(kind="notice_board")
    today = timezone.localdate().isoformat()
    given = {"shown_on": today, f"link_{wechat.key}": LINK, f"on_{board.key}": "on"}
    missing = clerk.post(at("document", document.key), given)
    assert missing.status_code == 422
    assert "至少一样" in missing.content.decode()
    assert LINK in missing.content.decode()
    file = SimpleUploadedFile("照片.jpg", picture(position=True))
    done = clerk.post(at("document", document.key), {**given, "photo": file}, follow=True)
    assert "已登记在 2 个渠道公开" in done.content.decode()
    assert "样例公示栏" in done.content.decode()
    assert "链接、照片" in done.content.decode()
    counts = text(clerk, at("counts"))
    year = timezone.localdate().year
    assert f"{year}年，通过各类渠道公开信息2条，其中微信公众号1条，信息公告栏1条。" in counts
    leads = re.findall(r'href="(/office/channels/showings/\?[^"]+)">(\d+)<', counts)
    assert len(leads) == 5
    for address, figure in leads:
        assert f"共 {figure} 条" in text(clerk, address.replace("&amp;", "&"))


def test_an_item_of_a_channel_alone_is_entered_struck_and_its_photo_saved(made, clerk):
    channel = opened(made.county, made.by("clerk"))
    given = {
        "title": "样例信息",
        "shown_on": "2024-05-01",
        "photo": SimpleUploadedFile("照片.png", picture(form="PNG")),
    }
    assert clerk.post(at("change", channel.key, "show"), given).status_code == 302
    entry = Showing.objects.get()
    photo = clerk.get(at("photo", entry.key))
    assert b"".join(photo.streaming_content).startswith(b"\x89PNG")
    assert photo["Content-Disposition"].startswith("attachment")
    assert clerk.post(at("strike", entry.key), {"seen": 1, "reason": ""}).status_code == 422
    assert clerk.post(at("strike", entry.key), {"seen": 1, "reason": "录错"}).status_code == 302
    assert "这条记录已作废" in text(clerk, at("showing", entry.key))
    assert clerk.get(at("photo", shown(channel, made.by("clerk"), title="无照片").key)).status_code == 404


def test_whoever_comes_second_keeps_what_was_typed_and_is_told(made, clerk):
    channel = opened(made.county, made.by("clerk"))
    actions.amend_channel(channel, name="别人改的", address="", since=channel.since, by=made.by("other"), seen=1)
    answer = clerk.post(at("change", channel.key, "amend"), {"seen": 1, "name": "我改的", "since": "2024-01-01"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "刚被别人改过" in page
    assert "我改的" in page
    assert "别人改的" in page


def test_the_counts_and_the_records_come_as_workbooks(made, clerk):
    by = made.by("clerk")
    channel = opened(made.county, by)
    for at_day in (1, 2):
        shown(channel, by, title=f"=信息{at_day}", day=date(2024, 5, at_day))
    asked = {"since": "2024-01-01", "until": "2024-12-31"}
    answer = clerk.get(at("counts_export"), asked)
    counts = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).worksheets[0]
    assert [[cell.value or "" for cell in row] for row in counts.iter_rows(min_row=2)] == [
        ["微信公众号", "样例县人民政府", "样例微信", "2"],
        ["合计", "", "", "2"],
    ]
    answer = clerk.get(at("showings_export"), asked)
    records = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).worksheets[0]
    assert [row[1].value for row in records.iter_rows(min_row=2)] == ["=信息2", "=信息1"]
    assert {cell.data_type for row in records.iter_rows() for cell in row if cell.value} == {"s"}


def test_figures_are_asked_for_only_of_agencies_that_one_reads(made):
    town = browser(made.people["stranger"])
    assert "样例县人民政府" not in text(town, at("counts"))
    for name in ("counts", "counts_export", "showings", "showings_export"):
        text(town, at(name), 404, agency=made.county.key)
    reader = browser(made.people["reader"])
    below = text(reader, at("counts"), agency=made.county.key, below="on")
    assert "连同所属机关" not in below
    wrong = reader.get(at("counts"), {"since": "2024-05-01", "until": "2024-04-01"})
    assert wrong.status_code == 422
    assert "止日早于起日" in wrong.content.decode()


def test_everybody_sees_where_else_a_document_was_released_and_nothing_of_who_noted_it(made):
    by, document = made.by("clerk"), released(made)
    channel = opened(made.county, by, address="样例号")
    (entry,) = actions.show(document, on={channel: LINK}, shown_on=timezone.localdate(), line=LINE, by=by)
    page = reverse("publications:public_one", args=[document.key])
    seen = text(browser(), page)
    assert f'href="{LINK}"' in seen
    assert "样例微信" in seen
    assert LINE.signer not in seen
    assert LINE.place not in seen
    actions.strike_showing(entry, reason="不是这一件", by=by, seen=1)
    assert LINK not in text(browser(), page)
    agency = reverse("portal:agency", args=[made.county.key])
    assert "样例号" in text(browser(), agency)
    closed(channel, by, timezone.localdate())
    assert "样例号" not in text(browser(), agency)


def test_the_stored_page_of_a_document_follows_the_name_of_a_channel(made):
    by, document = made.by("clerk"), released(made)
    channel = opened(made.county, by)
    actions.show(document, on={channel: LINK}, shown_on=timezone.localdate(), by=by)
    page = reverse("publications:public_one", args=[document.key])
    assert "样例微信" in text(browser(), page)
    actions.amend_channel(channel, name="新名字", address="", since=channel.since, by=by, seen=1)
    again = text(browser(), page)
    assert "新名字" in again
    assert "样例微信" not in again


def test_a_withdrawn_document_says_where_it_must_come_down_too(made, clerk):
    by, document = made.by("clerk"), released(made)
    channel = opened(made.county, by)
    actions.show(document, on={channel: LINK}, shown_on=timezone.localdate(), by=by)
    do(made, "withdraw", document, "clerk", reason="有误")
    page = text(clerk, reverse("publications:one", args=[document.key]))
    assert "下面这些渠道上的也请撤下" in page
    assert "样例微信" in page
    assert "文件发布后才能登记" in text(clerk, at("document", document.key))
