"""The catalogues hold what the law names at each level, and an office's file extends them without a silent change."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law.articles import instruments
from gongkai.law.catalogues.catalogue import LEVELS, catalogues, load
from gongkai.law.citation import citation
from gongkai.messages import LANGUAGES, text

ARTICLE_20 = (
    "normative_documents organisation plans statistics licences_and_services penalties_and_compulsion "
    "budgets_and_accounts charges centralised_procurement major_projects public_livelihood emergencies inspections "
    "recruitment otherwise_required"
)
ARTICLE_21 = {
    "province": "",
    "city": "市政建设 公共服务 公益事业 治安管理 土地征收 房屋征收 社会救助",
    "county": "市政建设 公共服务 公益事业 治安管理 土地征收 房屋征收 社会救助",
    "township": "土地征收 房屋征收 社会救助 贯彻落实农业农村政策 农田水利工程建设运营 农村土地承包经营权流转 "
    "宅基地使用情况审核 筹资筹劳",
}
SIZES = {
    "attribute_origins": 2,
    "disclosure_attributes": 3,
    "grassroots": 26,
    "platform": 5,
    "proactive": 27,
    "service_guide": 10,
    "timing": 3,
    "topics": 22,
    "validity": 4,
}
UNVERIFIED_FIELDS = "税收管理 征地补偿 国有土地上房屋征收与补偿 生态环境 城市综合执法 医疗卫生"
COLUMNS = "序号 公开事项 公开内容（要素） 公开依据 公开时限 公开主体 公开渠道和载体 公开对象 公开方式 公开层级"


def labels(items):
    return [item.label for item in items]


def test_these_are_the_catalogues_and_each_has_its_items():
    assert {name: len(found.items) for name, found in catalogues().items()} == SIZES


@pytest.mark.parametrize("level", LEVELS)
def test_the_fifteen_items_of_article_twenty_hold_at_every_level_in_their_order(level):
    numbered = [item for item in load("proactive").items_at(level) if item.number]
    assert [item.id for item in numbered] == ARTICLE_20.split()
    assert [(item.number, item.article) for item in numbered] == [
        (number, f"regulation.20({number})") for number in range(1, 16)
    ]
    assert {item.status for item in numbered} == {"stated"}


@pytest.mark.parametrize("level", LEVELS)
def test_article_twenty_one_adds_what_it_names_for_the_level(level):
    added = [item for item in load("proactive").items_at(level) if item.number is None]
    assert labels(added) == ARTICLE_21[level].split()
    assert {item.article for item in added} <= {"regulation.21"}


def test_the_twenty_six_grassroots_fields_hold_in_counties_and_townships_and_say_which_are_unverified():
    found = load("grassroots")
    assert found.status == "unverified"
    assert found.items_at("county") == found.items_at("township") == found.items
    assert found.items_at("province") == found.items_at("city") == ()
    assert labels(item for item in found.items if item.status == "unverified") == UNVERIFIED_FIELDS.split()
    assert labels(item for item in found.items if item.status == "stated")[:2] == ["重大建设项目", "公共资源交易"]


def test_the_standard_catalogue_has_its_columns_and_what_may_be_ticked_in_them():
    columns = {column.label: column for column in load("grassroots").columns}
    assert list(columns) == COLUMNS.split()
    assert columns["公开事项"].parts == ("一级事项", "二级事项")
    ticked = {name: labels(column.values) for name, column in columns.items() if column.values}
    assert len(ticked.pop("公开渠道和载体")) == 13
    assert ticked == {
        "公开对象": ["全社会", "特定群体"],
        "公开方式": ["主动", "依申请"],
        "公开层级": ["县级", "乡、村级"],
    }


def test_the_topics_are_unverified_and_end_with_the_rest():
    found = load("topics")
    assert {item.status for item in found.items} == {"unverified"}
    assert [found.items[0].label, found.items[-1].label] == ["国务院组织机构", "其他"]


def test_the_attribute_of_a_document_has_its_mark_and_withholding_has_a_reason():
    marks = [(item.label, item.mark, item.reason_required) for item in load("disclosure_attributes").items]
    assert marks == [
        ("主动公开", "（此件公开发布）", False),
        ("依申请公开", "（此件依申请公开）", False),
        ("不予公开", "", True),
    ]


def test_only_a_forwarded_document_follows_its_source():
    assert labels(item for item in load("attribute_origins").items if item.follows_source) == ["转发"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("validity", "有效 失效 废止 已修改"),
        ("timing", "定期 随时 长期"),
        ("platform", "政府信息公开指南 政府信息公开制度 法定主动公开内容 政府信息公开年报 依申请公开"),
    ],
)
def test_the_words_of_the_dictionaries_are_these(name, expected):
    assert labels(load(name).items) == expected.split()


def test_every_official_item_cites_a_known_instrument_or_none_and_has_one_label_a_level():
    cited = 0
    for found in catalogues().values():
        for level in LEVELS:
            named = labels(found.items_at(level))
            assert len(named) == len(set(named)), (found.id, level)
        for item in found.items:
            assert item.official
            if item.article:
                assert citation(item.article).instrument in instruments()
                cited += 1
    assert cited > 80


def test_a_catalogue_is_read_once_and_cannot_be_changed():
    assert load("proactive") is load("proactive")
    with pytest.raises(dataclasses.FrozenInstanceError):
        load("proactive").items[0].label = "别的"


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: load("nothing"), "law.catalogue.unknown"),
        (lambda: load("topics").item("nothing"), "law.catalogue.item_unknown"),
        (lambda: load("topics").items_at("village"), "law.catalogue.level_unknown"),
    ],
)
def test_asking_for_what_is_not_there_is_said(ask, code):
    with pytest.raises(InvalidInput) as said:
        ask()
    assert said.value.code == code
    assert all(text(code, language, **said.value.facts) for language in LANGUAGES)


OFFICE = """
catalogue = "proactive"

[[items]]
id = "night_markets"
label = "夜市摊位"
levels = ["township", "county"]
article = "local"
spellings = ["夜市"]

[[items]]
id = "rural_roads"
label = "农村公路"

[[rename]]
id = "public_welfare"
label = "社会公益事业"

[[retire]]
id = "fund_raising_and_labour"
on = 2026-01-01
reason = "本级不再筹资筹劳"
"""


@pytest.fixture
def office(tmp_path):
    def write(content):
        path = tmp_path / "office.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_an_office_adds_renames_and_retires_and_the_official_catalogue_stays_as_it_is(office):
    official = load("proactive")
    extended = official.extended(office(OFFICE))
    assert [item.id for item in extended.items] == [
        *(item.id for item in official.items),
        "night_markets",
        "rural_roads",
    ]
    added = extended.item("night_markets")
    assert (added.official, added.article, added.status) == (False, "local", "stated")
    assert added.levels == ("county", "township")
    assert (extended.item("rural_roads").levels, extended.item("rural_roads").article) == (LEVELS, "")
    renamed = extended.item("public_welfare")
    assert (renamed.label, renamed.renamed_from, renamed.official) == ("社会公益事业", "公益事业", True)
    assert extended.item("fund_raising_and_labour").retired_because == "本级不再筹资筹劳"
    assert official.item("public_welfare").label == "公益事业"
    assert official.item("fund_raising_and_labour").retired_on is None
    changed = {"public_welfare", "fund_raising_and_labour", "night_markets", "rural_roads"}
    assert {item.id for item in extended.items if item not in official.items} == changed


@pytest.mark.parametrize(
    ("on", "in_use"),
    [(date(2025, 12, 31), True), (date(2026, 1, 1), False), (date(2026, 6, 1), False), (None, False)],
)
def test_a_retired_item_is_in_use_until_the_day_before(office, on, in_use):
    extended = load("proactive").extended(office(OFFICE))
    assert ("筹资筹劳" in labels(extended.items_at("township", on))) is in_use
    assert extended.item("fund_raising_and_labour").label == "筹资筹劳"


def test_a_mapping_and_a_file_with_a_byte_order_mark_say_the_same(office):
    given = {"rename": [{"id": "other", "label": "其他主题"}]}
    written = '[[rename]]\nid = "other"\nlabel = "其他主题"\n'
    by_file = load("topics").extended(office(written.encode("utf-8-sig")))
    assert load("topics").extended(given) == by_file
    assert by_file.item("other").label == "其他主题"


def test_a_second_file_extends_what_the_first_left_and_the_first_label_is_kept():
    first = load("topics").extended({"items": [{"id": "tea", "label": "茶业"}]})
    second = first.extended({"rename": [{"id": "tea", "label": "茶叶"}, {"id": "other", "label": "杂项"}]})
    third = second.extended({"rename": [{"id": "other", "label": "其余"}]})
    assert (third.item("tea").label, third.item("tea").official) == ("茶叶", False)
    assert (third.item("other").label, third.item("other").renamed_from) == ("其余", "其他")


@pytest.mark.parametrize("name", ARTICLE_20.split())
def test_no_office_retires_what_article_twenty_makes_every_office_disclose(name):
    given = {"retire": [{"id": name, "on": date(2026, 1, 1), "reason": "本级没有"}]}
    with pytest.raises(InvalidData) as said:
        load("proactive").extended(given)
    assert said.value.code == "law.catalogue.statutory"
    assert said.value.facts["article"].startswith("regulation.20(")
    for language in LANGUAGES:
        assert load("proactive").item(name).label in text(said.value.code, language, **said.value.facts)


def test_what_article_twenty_one_adds_by_local_conditions_may_be_retired():
    added = [item for item in load("proactive").items if not item.statutory]
    assert len(added) == 12
    for item in added:
        given = {"retire": [{"id": item.id, "on": date(2026, 1, 1), "reason": "本地没有"}]}
        assert load("proactive").extended(given).item(item.id).retired_on == date(2026, 1, 1)


def item(**more):
    return {"items": [{"id": "tea", "label": "茶业", **more}]}


BROKEN = [
    ("the id of an official item", {"items": [{"id": "other", "label": "杂项"}]}, "taken", "items 1"),
    ("an id twice", {"items": [*item()["items"], *item()["items"]]}, "duplicate", "items 2"),
    ("an id not in snake case", {"items": [{"id": "Tea-House", "label": "茶"}]}, "id_form", "items 1"),
    ("no label", {"items": [{"id": "tea"}]}, "missing", "items 1"),
    ("a blank label", {"items": [{"id": "tea", "label": "  "}]}, "missing", "items 1"),
    ("no id", {"items": [{"label": "茶业"}]}, "missing", "items 1"),
    ("a label that is no text", {"items": [{"id": "tea", "label": 3}]}, "wrong_kind", "items 1"),
    ("an unknown level", item(levels=["village"]), "level", "items 1"),
    ("no level at all", item(levels=[]), "wrong_kind", "items 1"),
    ("levels as one text", item(levels="township"), "wrong_kind", "items 1"),
    ("a provision written wrongly", item(article="Art. 20"), "article", "items 1"),
    ("a provision of an unknown instrument", item(article="statute.3"), "instrument", "items 1"),
    ("a number of the law", item(number=16), "key_unknown", "items 1"),
    ("a flag that is no flag", item(reason_required="yes"), "wrong_kind", "items 1"),
    ("a key written wrongly", {"itmes": []}, "key_unknown", "topics"),
    ("items that are no list", {"items": {"id": "tea"}}, "wrong_kind", "topics"),
    ("items that are no tables", {"items": ["tea"]}, "wrong_kind", "topics"),
    ("the file of another catalogue", {"catalogue": "proactive"}, "other", "topics"),
    ("a new label for nothing", {"rename": [{"id": "tea", "label": "茶"}]}, "not_held", "rename 1"),
    (
        "the end of nothing",
        {"retire": [{"id": "tea", "on": date(2026, 1, 1), "reason": "…"}]},
        "not_held",
        "retire 1",
    ),
    ("an end without a date", {"retire": [{"id": "other", "reason": "…"}]}, "missing", "retire 1"),
    ("an end without a reason", {"retire": [{"id": "other", "on": date(2026, 1, 1)}]}, "missing", "retire 1"),
    ("an end as a text", {"retire": [{"id": "other", "on": "2026", "reason": "…"}]}, "wrong_kind", "retire 1"),
    (
        "an end at an hour",
        {"retire": [{"id": "other", "on": datetime(2026, 1, 1), "reason": "…"}]},
        "wrong_kind",
        "retire 1",
    ),
    ("two ends", {"retire": [{"id": "other", "on": date(2026, 1, 1), "reason": "…"}] * 2}, "duplicate", "retire 2"),
]


@pytest.mark.parametrize(("given", "code", "place"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_extension_is_refused_and_the_entry_named(given, code, place):
    with pytest.raises(InvalidData) as said:
        load("topics").extended(given)
    assert said.value.code == f"law.catalogue.{code}"
    for language in LANGUAGES:
        assert place in text(said.value.code, language, **said.value.facts)


@pytest.mark.parametrize("content", [b"[[items]", b"\xff\xfe", None], ids=["no TOML", "no UTF-8", "no file"])
def test_a_file_that_cannot_be_read_is_named(office, tmp_path, content):
    path = tmp_path / "missing.toml" if content is None else office(content)
    with pytest.raises(InvalidData) as said:
        load("topics").extended(path)
    assert said.value.code == "law.catalogue.unreadable"
    assert all(path.name in text(said.value.code, language, **said.value.facts) for language in LANGUAGES)
