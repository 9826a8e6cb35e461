"""The public's search: what is public is found, what is taken back is gone at once, and the index follows the records."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from gongkai.web.audit.actor import CONSOLE
from gongkai.web.publications import actions as documents
from gongkai.web.registers import actions as registers
from gongkai.web.registers.models import Rule
from gongkai.web.reports.models import Report
from gongkai.web.search import effects_due, queries, refreshing
from gongkai.web.search import index as kept
from gongkai.web.search.index import Index, Unusable
from gongkai.web.search.sources import SOURCES
from tests.web import publications_office, registers_office
from tests.web.reports_office import office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.DATA = tmp_path
    effects_due._done.clear()


def rule(agency, serial, title="关于青石镇饮水安全的通知", **more):
    given = {
        "kind": "normative_document", "title": title, "number": f"样政规〔2024〕{serial}号", "issued_on": date(2024, 5, 6),
        "effective_on": date(2024, 5, 6), "publicity": "open",
    }  # fmt: skip
    return registers.record(Rule, agency=agency, by=CONSOLE, **given | more)


def listed(client, q, **more):
    shown = client.get(reverse("search:page"), {"q": q, **more})
    assert shown.status_code == 200
    return shown.content.decode()


def keys(shown):
    return re.findall(r'<a href="/registers/[\w-]+/(\w+)/"', shown.partition("<main")[2])


def test_open_rows_are_found_by_title_number_and_cell_and_withheld_ones_are_not(client):
    here = office()
    registers_office.rows(here.town)
    found = rule(here.county, 7)
    done = refreshing.refresh()
    assert done.written == 1 + len(registers_office.GIVEN)
    assert keys(listed(client, "饮水安全")) == [found.key]
    for spelling in ("样政规〔2024〕7号", "样政规[2024]7号", "样政规（2024）第7号"):
        assert found.key in keys(listed(client, spelling)), spelling
    assert "办公设备" in listed(client, "样例公司")
    assert "样小明" not in listed(client, "占道经营")
    assert keys(listed(client, "样小明")) == []
    withheld = Rule.objects.get(publicity="withheld")
    assert withheld.key not in keys(listed(client, "样例办法"))
    assert "<mark>饮水安全</mark>" in listed(client, "饮水安全")


def test_what_is_withdrawn_is_gone_at_once_from_hits_counts_and_filters(client):
    here = office()
    made = [rule(here.town if n % 2 else here.county, n, f"饮水办法{n}") for n in range(1, 4)]
    refreshing.refresh()
    assert "找到3条" in listed(client, "饮水")
    registers.withdraw(made[1], reason="内容有误", by=CONSOLE, seen=made[1].version)
    shown = listed(client, "饮水")
    assert "找到2条" in shown
    assert made[1].key not in shown
    assert "样例县人民政府" not in shown.partition('name="agency"')[2].partition("</select>")[0]
    assert refreshing.refresh().removed == 1
    assert made[1].key not in "".join(Index().known())


def test_released_documents_are_found_by_what_everybody_sees_of_them(client):
    made = publications_office.office()
    body = "一、总体要求\n（一）办理范围\n本镇居民遇到困难的可以申请临时救助。"
    shown = publications_office.released(made, publications_office.drafted(made, body))
    hidden = publications_office.drafted(made, "尚未发布的临时救助草稿", title="样例草稿", number="样政规〔2026〕2号")
    refreshing.refresh()
    found = listed(client, "临时救助")
    assert "找到1条" in found
    assert f"/documents/{shown.key}/" in found
    assert hidden.key not in found
    assert "没有找到" in listed(client, "草稿")
    for q in ("样政规[2026]1号", shown.index_number, "遇到困难 总体要求"):
        assert shown.key in listed(client, q), q
    assert "找到1条" in listed(client, "临时救助", column=shown.column, year=shown.formed_on.year, kind="document")
    assert "没有找到" in listed(client, "临时救助", column="other")
    publications_office.do(made, "withdraw", shown, "clerk", reason="内容有误")
    assert "没有找到" in listed(client, "临时救助")
    assert refreshing.refresh().removed == 1


def test_what_is_found_is_narrowed_down_by_whether_it_is_in_force(client):
    made = publications_office.office()
    old = publications_office.released(made, publications_office.drafted(made, "临时救助旧办法"))
    new = publications_office.drafted(made, "临时救助新办法", title="新的办法", number="样政规〔2026〕9号")
    documents.relate(new, kind="repeals", target=old, since=date(2026, 1, 2), by=made.by("clerk"), seen=new.version)
    new.refresh_from_db()
    publications_office.released(made, new)
    lapsed = rule(made.county, 5, "临时救助规定", expires_on=date(2024, 12, 31))
    refreshing.refresh()

    def found(validity):
        shown = listed(client, "临时救助", validity=validity).partition("<main")[2]
        return set(re.findall(r'<a href="/(?:registers/[\w-]+|documents)/(\w+)/"', shown))

    assert found("") == {old.key, new.key, lapsed.key}
    assert found("有效") == {new.key}
    assert found("废止") == {old.key}
    assert found("失效") == {lapsed.key}
    assert found("已修改") == set()
    assert "废止</span>" in listed(client, "临时救助")


def test_published_reports_are_found_and_withdrawn_ones_not(client, django_db_blocker):
    del django_db_blocker
    here = office()
    found = Report.objects.create(
        keeper=here.county, batch=_batch(here), agency=here.town, year=2023, scope="own", edition=1, state="published",
        published_at="2024-01-20T00:00:00Z", printed_agency="样例县青石镇人民政府", title="年报",
    )  # fmt: skip
    refreshing.refresh()
    shown = listed(client, "青石镇 2023年 年度报告")
    assert "找到1条" in shown
    assert found.key in shown
    assert "没有找到" in listed(client, "青石镇", year="2022")
    assert "没有找到" in listed(client, "青石镇", kind="register-documents")
    Report.objects.filter(pk=found.pk).update(state="withdrawn", withdrawn_because="x", version=2)
    assert "没有找到" in listed(client, "青石镇 年度报告")


def _batch(here):
    from gongkai.web.reports.models import Batch

    return Batch.objects.create(keeper=here.county, by="console")


def test_filters_pages_and_empty_states(client):
    here = office()
    for n in range(1, 26):
        rule(
            here.town if n % 5 else here.county,
            n,
            f"环境整治方案{n}",
            issued_on=date(2020 + n % 3, 5, 6),
            effective_on=date(2023, 1, 1),
            number=f"样政规〔{2020 + n % 3}〕{n}号",
        )
    refreshing.refresh()
    shown = listed(client, "环境整治")
    assert "找到25条" in shown
    assert len(keys(shown)) == 20
    assert len(keys(listed(client, "环境整治", page=2))) == 5
    assert not set(keys(shown)) & set(keys(listed(client, "环境整治", page=2)))
    assert f"找到{20}条" in listed(client, "环境整治", agency=here.town.key)
    in_year = sum(1 for n in range(1, 26) if 2020 + n % 3 == 2021)
    assert f"找到{in_year}条" in listed(client, "环境整治", year=2021)
    assert "请写下要找的词" in listed(client, "")
    assert "没有找到" in listed(client, "月球")
    assert "没有找到" in listed(client, "环境整治", year=1999)
    assert client.get(reverse("search:page"), {"q": "x" * 61}).status_code == 200
    assert "<script>" not in listed(client, "<script>").partition("<main")[2]


def test_without_an_index_the_page_says_so_and_the_sweep_makes_it(client):
    here = office()
    found = rule(here.county, 1)
    assert "检索正在准备" in listed(client, "饮水")
    for key in effects_due.due(None):
        effects_due.remember(key, None, effects_due.bring_in_line(key))
    assert keys(listed(client, "饮水")) == [found.key]
    assert list(effects_due.due(None)) == []
    rule(here.county, 2)
    assert len(list(effects_due.due(None))) == 1


def test_a_damaged_index_is_made_anew_by_itself(client):
    here = office()
    found = rule(here.county, 1)
    refreshing.refresh()
    for file in kept.folder().iterdir():
        if file.suffix not in (".lock", ".json"):
            file.write_bytes(b"\0")
    assert "检索正在准备" in listed(client, "饮水")
    assert kept.is_damaged()
    done = refreshing.refresh()
    assert (done.rebuilt, done.written) == (True, 1)
    assert keys(listed(client, "饮水")) == [found.key]


def test_the_index_follows_every_change(client):
    here = office()
    one = rule(here.county, 1, "旧的名称")
    assert refreshing.refresh().written == 1
    assert refreshing.refresh() == (0, 0, False)
    one = registers.correct(one, reason="写错", by=CONSOLE, seen=one.version, title="新的名称") or one
    assert keys(listed(client, "新的名称")) == []
    assert refreshing.refresh().written == 1
    assert len(keys(listed(client, "新的名称"))) == 1
    assert keys(listed(client, "旧的名称")) == []
    assert refreshing.rebuild().written == 1
    assert len(keys(listed(client, "新的名称"))) == 1


def test_more_than_is_looked_at_is_said(client, monkeypatch):
    here = office()
    for n in range(1, 8):
        rule(here.county, n)
    refreshing.refresh()
    monkeypatch.setattr(queries, "MOST", 5)
    assert "只列出最相关的5条" in listed(client, "饮水安全")


def test_every_source_has_a_code_and_a_label_of_its_own():
    assert len({one.code for one in SOURCES}) == len({one.label for one in SOURCES}) == len(SOURCES) >= 5
    with pytest.raises(Unusable):
        queries.find("词")
