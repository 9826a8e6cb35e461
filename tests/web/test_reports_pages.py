"""The pages of reports: who comes to which, what they show, what they send, and what others' reports answer."""

import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.web.accounts.access import Access
from gongkai.web.reports import queries, sheet, urls
from gongkai.web.reports.models import PageImage, Report
from tests.web.people import browser
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
INLINE = re.compile(r"<script(?! src=)|<style|<\w[^<>]*\s(?:style|on\w+)=")
DOORS = {
    "list": "read", "upload": "prepare", "compare": "read", "batch": "read", "one": "read", "original": "read",
    "picture": "read", "export": "read", "confirm": "prepare", "correct": "prepare", "waive": "prepare",
    "withdraw": "prepare", "read_again": "prepare", "discard": "prepare", "publish": "approve", "unpublish": "approve",
    "public_list": "", "public_compare": "", "public_one": "", "public_export": "",
}  # fmt: skip


@pytest.fixture
def made():
    return office()


def at(name, *given):
    return reverse(f"reports:{name}", args=given)


def shown(answer, status=200):
    assert answer.status_code == status, answer
    text = answer.content.decode()
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert INLINE.search(text) is None
    return text


def test_every_address_says_who_may_come():
    found = {pattern.name: pattern.callback.access for pattern in urls.urlpatterns}
    assert found == {name: Access("member", needs) if needs else Access("public") for name, needs in DOORS.items()}


def test_what_is_not_published_is_not_there_for_other_agencies_nor_for_the_public(made):
    report = read(made)
    pages = [
        ("one",), ("original",), ("picture", 1), ("export", "json"), ("confirm",), ("correct",), ("waive",),
        ("withdraw",), ("read_again",), ("publish",), ("unpublish",), ("public_one",), ("public_export", "xlsx"),
    ]  # fmt: skip
    stranger, nobody, tried = browser(made.stranger), browser(), 0
    for name, *more in pages:
        for method in ("get", "post"):
            answer = getattr(stranger, method)(at(name, report.key, *more))
            assert answer.status_code in {404, 405}, (name, method, answer.status_code)
            tried += answer.status_code == 404
    assert tried >= 13
    assert nobody.get(at("public_one", report.key)).status_code == 404
    assert nobody.get(at("one", report.key)).status_code == 302
    assert stranger.get(at("batch", report.batch.key)).status_code == 404
    assert queries.title(report) not in shown(stranger.get(at("list")))


def test_what_one_sees_but_may_not_do_answers_403(made):
    report = read(made)
    reader = browser(made.approver)
    tried = 0
    for name, fields in (
        ("waive", {"finding": 1, "reason": "x"}), ("correct", {"cell": "requests.new.total", "reason": "x"}),
        ("read_again", {}), ("confirm", {"agency": made.town.key, "year": 2024, "scope": "own"}),
    ):  # fmt: skip
        assert reader.post(at(name, report.key), {"seen": report.version, **fields}).status_code == 403, name
        tried += 1
    assert browser(made.clerk).post(at("publish", report.key), {"seen": report.version}).status_code == 403
    assert tried == 4


def test_several_files_are_uploaded_at_once_and_the_batch_shows_how_far_it_is(made):
    clerk = browser(made.clerk)
    assert "multiple" in shown(clerk.get(at("upload")))
    files = [SimpleUploadedFile(name, data) for name, data in SAMPLES.items()]
    files.append(SimpleUploadedFile("坏.pdf", b"%PDF-1.7 nothing"))
    answer = clerk.post(at("upload"), {"keeper": made.county.key, "files": files})
    assert answer.status_code == 302
    waiting = shown(clerk.get(answer["Location"]))
    assert "等待 7 个" in waiting
    assert "http-equiv" in waiting
    assert sweep() == 7
    done = shown(clerk.get(answer["Location"]))
    assert "已读取 6 个，读不出 1 个，等待 0 个" in done
    assert "http-equiv" not in done
    assert "坏.pdf" in done


def test_an_upload_without_a_file_or_for_another_agency_is_refused_on_the_page(made):
    clerk = browser(made.clerk)
    assert "请选择一个或几个报告文件" in shown(clerk.post(at("upload"), {"keeper": made.county.key}), 422)
    file = SimpleUploadedFile("a.txt", b"x")
    shown(clerk.post(at("upload"), {"keeper": made.beside.key, "files": [file]}), 422)
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>.txt", '"><img src=x onerror=alert(1)>.txt', "a\u202etxt.exe"]
)
def test_a_hostile_name_of_a_file_is_only_text_on_every_page(made, name):
    batch = upload(made, given=[(name, SAMPLES["2022-pingchangguan.txt"])])
    sweep()
    clerk, report = browser(made.clerk), Report.objects.get(batch=batch)
    for address in (at("list"), at("batch", batch.key), at("one", report.key)):
        text = shown(clerk.get(address))
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "\u202e" not in text


def test_the_page_of_a_report_shows_sheet_findings_and_original(made):
    report = read(made)
    text = shown(browser(made.clerk).get(at("one", report.key)))
    assembled = queries.assembled(report)
    assert text.count('id="c-') == len(assembled.cells) == 200
    assert text.count('id="f-') == len(assembled.findings) == 7
    assert at("picture", report.key, 1) in text
    assert "说明原因" in text
    beside = shown(browser(made.clerk).get(at("one", read(made, "2021-tuchang.html").key)))
    assert "/pages/" not in beside
    assert 'class="prose"' in beside


def test_a_page_of_the_original_is_drawn_once_and_sent_as_a_picture(made):
    report = read(made)
    clerk = browser(made.clerk)
    for _ in range(2):
        answer = clerk.get(at("picture", report.key, 1))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert b"".join(answer.streaming_content).startswith(b"\x89PNG\r\n\x1a\n")
    assert PageImage.objects.count() == 1
    assert clerk.get(at("picture", report.key, 99)).status_code == 404
    assert PageImage.objects.count() == 1


def test_a_clerk_corrects_waives_and_an_approver_publishes(made):
    report, clerk, approver = read(made), browser(made.clerk), browser(made.approver)

    def seen():
        return Report.objects.get(pk=report.pk).version

    here = at("one", report.key)
    assert "更正读数" in shown(clerk.get(here + "?cell=requests.new.total"))
    fields = {"seen": seen(), "cell": "requests.new.total", "value": "12", "reason": "看错"}
    assert clerk.post(at("correct", report.key), fields).status_code == 302
    assert "说明原因" in shown(clerk.get(here + "?waive=1"))
    assert (
        clerk.post(at("waive", report.key), {"seen": seen(), "finding": 1, "reason": "原文如此"}).status_code == 302
    )
    waiver = report.waivers.get()
    assert clerk.post(at("withdraw", report.key), {"seen": seen(), "waiver": waiver.key}).status_code == 302
    fields = {"seen": seen(), "agency": made.town.key, "year": 2024, "scope": "own"}
    assert clerk.post(at("confirm", report.key), fields).status_code == 302
    assert "发布</button>" not in shown(clerk.get(here))
    assert "发布</button>" in shown(approver.get(here))
    assert approver.post(at("publish", report.key), {"seen": seen()}).status_code == 302
    public = shown(browser().get(at("public_one", report.key)))
    assert "样例县青石镇人民政府2024年政府信息公开工作年度报告" in public
    answer = approver.post(at("unpublish", report.key), {"seen": seen(), "reason": "有误"})
    assert answer.status_code == 302
    assert browser().get(at("public_one", report.key)).status_code == 404


def test_what_was_typed_stays_when_it_is_refused(made):
    report, clerk = read(made), browser(made.clerk)
    fields = {"seen": report.version, "cell": "requests.new.total", "value": "三件", "reason": "看错了这一格"}
    text = shown(clerk.post(at("correct", report.key), fields), 422)
    assert "三件" in text
    assert "看错了这一格" in text
    assert 'class="error-summary"' in text
    text = shown(clerk.post(at("waive", report.key), {"seen": 99, "finding": 1, "reason": "原文如此"}), 422)
    assert "刚被别人改过" in text
    assert "原文如此" in text
    assert re.findall(r'name="seen" value="(\d+)" id="id_seen"', text)[-1] == str(report.version)
    assert text.count('class="error-summary"') == 1


def test_a_refused_correction_still_says_which_cell_it_is_of(made):
    report, clerk = read(made), browser(made.clerk)
    name = queries.assembled(report).sheet.label("requests.new.total")
    fields = {"seen": report.version, "cell": "requests.new.total", "value": "三", "reason": "x"}
    assert f"更正读数：{name}" in shown(clerk.post(at("correct", report.key), fields), 422)


def test_corrections_are_listed_by_the_names_of_their_cells(made):
    report, clerk = read(made), browser(made.clerk)
    fields = {"seen": report.version, "cell": "requests.new.total", "value": "12", "reason": "看错"}
    assert clerk.post(at("correct", report.key), fields).status_code == 302
    listed = shown(clerk.get(at("one", report.key))).partition('id="corrections-head"')[2]
    name = queries.assembled(report).sheet.label("requests.new.total")
    assert f'<a href="#c-requests.new.total">{name}</a>：17 → 12，看错（{made.clerk.name}，' in listed


def test_findings_and_explanations_are_called_by_words_with_the_code_beside(made):
    report, clerk = read(made), browser(made.clerk)
    codes = {finding.code for finding in queries.assembled(report).findings}
    assert len(codes) > 3
    page = shown(clerk.get(at("one", report.key)))
    for code in codes:
        assert f"<strong>{sheet.kind_of(code)}</strong> <small><code>{code}</code></small>" in page
    assert (
        clerk.post(at("waive", report.key), {"seen": report.version, "finding": 1, "reason": "原文如此"}).status_code
        == 302
    )
    listed = shown(clerk.get(at("one", report.key))).partition('id="waivers-head"')[2]
    code = report.waivers.get().code
    assert f"<li>{sheet.kind_of(code)} <small><code>{code}</code></small>：原文如此（{made.clerk.name}，" in listed


def test_a_file_that_could_not_be_read_is_listed_by_its_name_and_can_be_read_again(made):
    batch = upload(made, given=[("坏.pdf", b"%PDF-1.7 nothing")])
    sweep()
    report, clerk = Report.objects.get(batch=batch), browser(made.clerk)
    assert f'<a href="{at("one", report.key)}">坏.pdf</a>' in shown(clerk.get(at("list")))
    assert "重新读取</button>" in shown(clerk.get(at("one", report.key)))
    assert clerk.post(at("read_again", report.key), {"seen": report.version}).status_code == 302
    assert sweep() == 1


def test_a_batch_of_which_nothing_was_kept_says_so_without_progress(made):
    clerk = browser(made.clerk)
    read(made)
    again = SimpleUploadedFile(MADE_UP, SAMPLES[MADE_UP])
    text = shown(clerk.get(clerk.post(at("upload"), {"keeper": made.county.key, "files": [again]}).url))
    assert "这次没有保存新的文件" in text
    assert "没有重复保存" in text
    assert "<progress" not in text


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_the_figures_of_a_published_report_are_taken_away(made, ending):
    report = published(made, confirmed(made, read(made)))
    answer = browser().get(at("public_export", report.key, ending))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    data = b"".join(answer.streaming_content)
    if ending == "json":
        assert json.loads(data)["cells"]["requests.new.total"]["value"] == queries.assembled(report).value(
            "requests.new.total"
        )
    elif ending == "csv":
        assert data.decode("utf-8-sig").count("\r\n") == 201
    else:
        assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert browser().get(at("public_export", report.key, "exe")).status_code == 404


def test_the_public_sees_published_reports_by_year_with_charts_and_their_tables(made):
    report = published(made, confirmed(made, read(made)))
    assert "没有已发布" not in shown(browser().get(at("public_list")))
    assert report.key in shown(browser().get(at("public_list") + "?year=2024"))
    assert "还没有已发布" in shown(browser().get(at("public_list") + "?year=2023"))
    text = shown(browser().get(at("public_one", report.key)))
    charts = queries.page(report).charts
    assert charts
    for chart in charts:
        assert f"{chart.title}（单位：{chart.unit}，{chart.period}）" in text
        assert all(label in text for label, _ in chart.rows)
    assert "更正读数" not in text
    assert "?waive=" not in text
    assert 'href="#f-' in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("name=青石镇", True), ("name=石", True), ("name=白水镇", False), ("name=青石镇&year=2024", True),
        ("name=青石镇&year=2023", False), ("name=%20", True), ("name=%25", False), ("name=%3Cb%3E", False),
    ],
)  # fmt: skip
def test_the_public_finds_reports_by_a_part_of_the_agencys_name(made, asked, found):
    report = published(made, confirmed(made, read(made)))
    text = shown(browser().get(f"{at('public_list')}?{asked}"))
    assert (report.key in text) is found
    assert ("没有找到年度报告" in text) is not found
    assert "<b>" not in text


def test_two_reports_are_put_side_by_side(made):
    one, two = read(made), read(made, "2021-tuchang.html")
    clerk = browser(made.clerk)
    text = shown(clerk.get(at("compare"), {"first": one.key, "second": two.key}))
    assert "有变化的" in text
    assert clerk.get(at("compare"), {"first": one.key}).status_code == 302
    assert browser(made.stranger).get(at("compare"), {"first": one.key, "second": two.key}).status_code == 404
    published(made, confirmed(made, one))
    assert browser().get(at("public_compare"), {"first": one.key, "second": two.key}).status_code == 404


def test_the_list_is_filtered_by_words_year_and_state(made):
    upload(made, *SAMPLES)
    sweep()
    clerk = browser(made.clerk)
    counted = {
        query: shown(clerk.get(at("list") + query)).count("已读取</span>")
        for query in ("", "?year=2021", "?words=土场", "?reading=unreadable", "?state=published", "?year=x")
    }
    assert counted == {
        "": 6,
        "?year=2021": 3,
        "?words=土场": 1,
        "?reading=unreadable": 0,
        "?state=published": 0,
        "?year=x": 6,
    }


def test_the_person_who_uploads_is_named_by_a_key_only(made):
    report = read(made)
    assert report.batch.by == actor(made.clerk).key
    assert made.clerk.name not in report.batch.by
    assert report.readings.get().file.name == MADE_UP
