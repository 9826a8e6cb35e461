"""Dated values: which one holds on a day, in a region, for an office that has settings of its own."""

from datetime import date

import pytest

from gongkai import messages
from gongkai.errors import InvalidData, InvalidInput
from gongkai.law import parameters as module
from gongkai.law.articles import is_known
from gongkai.law.parameters import (
    NATIONAL,
    InForce,
    Jurisdiction,
    changes,
    in_force,
    jurisdiction,
    parameters,
    read,
    settings,
)
from tests.law.data import entries

START = date(2019, 5, 15)


def entry(value, unit="working_day", *, since=START, **more):
    return {"value": value, "unit": unit, "article": "regulation.33.2", "from": since, **more}


MADE = {
    "answer": entry(15, since=date(2008, 5, 1), until=START),
    "answer@new": entry(20),
    "payment": entry(30, "calendar_day", settable=True),
    "payment@province": entry(20, region="51", settable=True),
    "payment@city": entry(10, region="5101"),
    "payment@years": entry(12, region="52", since=date(2021, 1, 1), until=date(2022, 1, 1)),
    "mode": entry("anew", "choice", choices=["anew", "resume"], settable=True),
    "suspend": entry(False, "flag", settable=True),
    "report": entry("01-31", "month_day", settable=True),
    "pages": entry(0, "page", settable=True),
}


def forget():
    module.changes.cache_clear()
    module._in_force.cache_clear()


@pytest.fixture
def made(monkeypatch):
    """Puts a table of its own in place of the law's, and takes it away again."""
    held = read(MADE)
    monkeypatch.setattr(module, "parameters", lambda: held)
    forget()
    yield held
    monkeypatch.undo()
    forget()


# --- which value holds ----------------------------------------------------------------------------------------------

DATED = [
    ("没有规定的时候", date(2008, 4, 30), "", "answer", None),
    ("旧规定第一天", date(2008, 5, 1), "", "answer", 15),
    ("旧规定最后一天", date(2019, 5, 14), "", "answer", 15),
    ("新规定第一天", date(2019, 5, 15), "", "answer", 20),
    ("新规定多年以后", date(2099, 12, 31), "", "answer", 20),
    ("全国", date(2020, 1, 1), "", "payment", 30),
    ("没有自己规定的省", date(2020, 1, 1), "440000", "payment", 30),
    ("省的规定", date(2020, 1, 1), "510000", "payment", 20),
    ("省内的县随省", date(2020, 1, 1), "511402", "payment", 20),
    ("省内的市有自己的规定", date(2020, 1, 1), "510100", "payment", 10),
    ("市内的区随市", date(2020, 1, 1), "510104", "payment", 10),
    ("只管一年的地方规定以前", date(2020, 12, 31), "520000", "payment", 30),
    ("只管一年的地方规定当年", date(2021, 1, 1), "520000", "payment", 12),
    ("只管一年的地方规定最后一天", date(2021, 12, 31), "520000", "payment", 12),
    ("只管一年的地方规定以后", date(2022, 1, 1), "520000", "payment", 30),
]


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(("on", "region", "name", "value"), [row[1:] for row in DATED], ids=[row[0] for row in DATED])
def test_the_value_of_the_day_and_of_the_narrowest_region_holds(on, region, name, value):
    found = in_force(on, jurisdiction(region))
    if value is not None:
        assert found.number(name) == value
        return
    with pytest.raises(InvalidInput) as refused:
        found.number(name)
    assert refused.value.code == "law.parameter.not_in_force"
    assert (refused.value.facts["name"], refused.value.facts["article"]) == (name, "regulation.33.2")


@pytest.mark.usefixtures("made")
def test_values_change_only_on_the_days_of_change():
    assert changes() == (date(2008, 5, 1), START, date(2021, 1, 1), date(2022, 1, 1))
    assert in_force(date(2020, 1, 1)) is in_force(date(2020, 12, 31))
    assert in_force(date(2020, 12, 31)) is not in_force(date(2021, 1, 1))


@pytest.mark.usefixtures("made")
def test_each_kind_of_value_has_its_reading():
    found = in_force(date(2020, 1, 1))
    assert (found.choice("mode"), found.choice("report"), found.flag("suspend")) == ("anew", "01-31", False)
    assert [given.name for given in found.named("suspend", "mode")] == ["suspend", "mode"]
    assert found["answer"].since == START
    with pytest.raises(InvalidInput):
        InForce().named("answer")


# --- an office's own settings ---------------------------------------------------------------------------------------

TAKEN = [
    ("数", "", {"payment": 25}, "payment", 25),
    ("省内", "510000", {"payment": 25}, "payment", 25),
    ("零", "", {"pages": 0}, "pages", 0),
    ("选项", "", {"mode": "resume"}, "mode", "resume"),
    ("开关", "", {"suspend": True}, "suspend", True),
    ("日期", "", {"report": "02-20"}, "report", "02-20"),
]
REFUSED = [
    ("没有这项", "", {"paymant": 25}, "law.setting.unknown", {"name": "paymant"}),
    ("由法定", "", {"answer": 25}, "law.setting.fixed", {"name": "answer", "article": "regulation.33.2"}),
    ("负数", "", {"payment": -1}, "law.setting.value", {"name": "payment", "value": -1, "unit": "calendar_day"}),
    ("开关当作数", "", {"payment": True}, "law.setting.value", {"name": "payment"}),
    ("数当作开关", "", {"suspend": 1}, "law.setting.value", {"name": "suspend"}),
    ("文字当作数", "", {"payment": "25"}, "law.setting.value", {"name": "payment"}),
    ("小数", "", {"payment": 2.5}, "law.setting.value", {"name": "payment"}),
    ("没有的选项", "", {"mode": "later"}, "law.setting.value", {"name": "mode", "unit": "choice"}),
    ("没有的日子", "", {"report": "02-30"}, "law.setting.value", {"name": "report"}),
    ("不是每年都有的日子", "", {"report": "02-29"}, "law.setting.value", {"name": "report"}),
    ("日期写法不对", "", {"report": "1-31"}, "law.setting.value", {"name": "report"}),
    ("日期写成星期", "", {"report": "W05"}, "law.setting.value", {"name": "report"}),
]


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("region", "own", "name", "value"), [row[1:] for row in TAKEN], ids=[row[0] for row in TAKEN]
)
def test_a_setting_replaces_the_value_and_says_so(region, own, name, value):
    found = in_force(date(2020, 1, 1), jurisdiction(region, own))[name]
    assert found.value == value
    assert type(found.value) is type(value)
    assert found.set_here
    assert not in_force(date(2020, 1, 1), jurisdiction(region))[name].set_here


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("region", "own", "code", "facts"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_the_law_does_not_leave_to_an_office_is_refused(region, own, code, facts):
    for _ in range(2):
        with pytest.raises(InvalidInput) as refused:
            jurisdiction(region, own)
        assert refused.value.code == code
        assert facts.items() <= refused.value.facts.items()
        settings(frozenset({("suspend", True), ("payment", 1)}))  # equal as numbers, and still no number for a switch


@pytest.mark.usefixtures("made")
def test_a_setting_does_not_stand_against_a_narrower_rule_that_leaves_nothing_open():
    city = in_force(date(2020, 1, 1), jurisdiction("510104", {"payment": 25}))["payment"]
    assert (city.value, city.set_here) == (10, False)


def test_a_setting_is_refused_where_it_is_open_only_elsewhere(monkeypatch):
    held = read({"payment": entry(30), "payment@open": entry(20, region="51", settable=True)})
    monkeypatch.setattr(module, "parameters", lambda: held)
    assert jurisdiction("510000", {"payment": 25}).settings == {("payment", 25)}
    for region in ("", "440000"):
        with pytest.raises(InvalidInput) as refused:
            jurisdiction(region, {"payment": 25})
        assert refused.value.code == "law.setting.fixed"


@pytest.mark.usefixtures("made")
def test_settings_that_were_never_checked_do_not_bend_the_law():
    unchecked = Jurisdiction("", frozenset({("answer", 5), ("payment", -3), ("nothing", 1)}))
    found = in_force(date(2020, 1, 1), unchecked)
    assert (found.number("answer"), found.number("payment")) == (20, 30)
    assert "nothing" not in found.parameters


@pytest.mark.usefixtures("made")
def test_a_setting_waits_for_the_day_on_which_its_parameter_holds():
    assert in_force(date(2010, 1, 1), jurisdiction(own={"payment": 25})).parameters.keys() == {"answer"}


@pytest.mark.parametrize("region", ["5", "51000", "sichuan", "51 ", "５１", "51000000000000"])
def test_a_region_is_a_code(region):
    with pytest.raises(InvalidInput) as refused:
        jurisdiction(region)
    assert refused.value.code == "law.region.form"
    assert jurisdiction() == NATIONAL


# --- the file -------------------------------------------------------------------------------------------------------

WRONG = [
    ("依据不存在", entry(20, article="regulation.57")),
    ("款不存在", entry(20, article="regulation.33.4")),
    ("负数", entry(-1)),
    ("开关当作数", entry(True)),
    ("数当作开关", entry(1, "flag")),
    ("值不在选项中", entry("later", "choice", choices=["anew"])),
    ("没有选项", entry("anew", "choice")),
    ("没有的日子", entry("13-01", "month_day")),
    ("结束早于开始", entry(20, until=date(2019, 5, 14))),
    ("开始即结束", entry(20, until=START)),
    ("地区不是代码", entry(20, region="sichuan")),
]


@pytest.mark.parametrize("given", [row[1] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_entry_of_the_file_is_refused(given):
    with pytest.raises(InvalidData) as refused:
        read({"answer": given})
    assert refused.value.code == "law.parameter.invalid"
    assert refused.value.facts["name"] == "answer"


@pytest.mark.parametrize("key", ["value", "unit", "article", "from"])
def test_an_entry_of_the_file_without_a_part_is_refused(key):
    given = entry(20)
    del given[key]
    with pytest.raises(InvalidData) as refused:
        read({"answer": given})
    assert refused.value.facts == {"file": "parameters.toml", "entry": "answer", "key": key}


@pytest.mark.parametrize(
    "entries",
    [
        {"a": entry(1), "a@later": entry(2, since=date(2020, 1, 1))},
        {"a": entry(1, until=date(2020, 1, 2)), "a@later": entry(2, since=date(2020, 1, 1))},
        {"a@51": entry(1, region="51"), "a@again": entry(2, region="51")},
    ],
    ids=["没有写结束", "多出一天", "同一地区写了两次"],
)
def test_two_values_never_hold_at_the_same_time(entries):
    with pytest.raises(InvalidData) as refused:
        read(entries)
    assert refused.value.code == "law.parameter.overlap"


# --- the law's own table --------------------------------------------------------------------------------------------


def test_every_parameter_of_the_law_rests_on_a_provision_and_has_a_unit_with_a_word():
    held = parameters()
    assert len(held) >= 55
    assert [given.name for given in held if not is_known(given.article)] == []
    units = {f"law.unit.{given.unit}" for given in held}
    assert len(units) >= 7
    for language in messages.LANGUAGES:
        assert sorted(units - messages.catalogue(language).keys()) == []


def test_every_parameter_and_no_other_has_a_name_for_people_in_both_languages():
    names = {f"law.parameter_name.{given.name}" for given in parameters()}
    assert len(names) >= 50
    for language in messages.LANGUAGES:
        said = {
            code: text
            for code, text in messages.catalogue(language).items()
            if code.startswith("law.parameter_name.")
        }
        assert sorted(names - said.keys()) == []
        assert sorted(said.keys() - names) == []
        assert len(set(said.values())) == len(said)


def test_every_parameter_of_the_file_is_in_force_on_some_day_for_its_region():
    days = [*changes(), date(2026, 11, 30)]
    held = parameters()
    unseen = [
        given
        for given in held
        if not any(in_force(day, jurisdiction(given.region)).parameters.get(given.name) == given for day in days)
    ]
    assert len(held) == len(entries("parameters.toml"))
    assert unseen == []


@pytest.mark.parametrize(
    ("region", "value", "unit"),
    [("", 30, "calendar_day"), ("510000", 20, "working_day"), ("500000", 30, "calendar_day")],
)
def test_the_payment_period_is_that_of_the_region(region, value, unit):
    found = in_force(date(2026, 3, 2), jurisdiction(region))["fee.payment_period"]
    assert (found.value, found.unit) == (value, unit)


# --- bounds of what an office may set -----------------------------------------------------------------------------------

BOUNDS = [
    ("缴费期限零日", "fee.payment_period", 0, False),
    ("缴费期限一日", "fee.payment_period", 1, True),
    ("缴费期限一年多", "fee.payment_period", 366, False),
    ("征求意见零日", "comments.period", 0, False),
    ("乡镇报告一月一日", "report.township_date", "01-01", True),
    ("乡镇报告三月三十一日", "report.township_date", "03-31", True),
    ("乡镇报告四月", "report.township_date", "04-01", False),
    ("乡镇报告二月三十日", "report.township_date", "02-30", False),
    ("乡镇报告写成数字", "report.township_date", 131, False),
    ("年数不是整数", "guide.review_period", True, False),
]
REGIONS = [("", True), ("51", True), ("5101", True), ("510100", True), ("510100001", True), ("510100001001", True)]
REGIONS += [
    ("5", False),
    ("51010000", False),
    ("5101000010", False),
    ("5101000010010", False),
    ("５１", False),
    ("ab", False),
]


@pytest.mark.parametrize(("title", "name", "value", "fits"), BOUNDS, ids=[entry[0] for entry in BOUNDS])
def test_an_office_sets_a_value_only_within_its_bounds(title, name, value, fits):
    assert title
    if fits:
        assert dict(jurisdiction("", {name: value}).settings) == {name: value}
        return
    with pytest.raises(InvalidInput) as refused:
        jurisdiction("", {name: value})
    assert refused.value.code == "law.setting.value"


@pytest.mark.parametrize(("code", "known"), REGIONS)
def test_a_region_is_named_by_a_code_of_one_of_the_five_lengths(code, known):
    if known:
        assert jurisdiction(code).region == code
        return
    with pytest.raises(InvalidInput) as refused:
        jurisdiction(code)
    assert refused.value.code == "law.region.form"
