"""The calendar: which notice stands behind each year and day, what an office adds, and what is not certain yet."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law.calendar import Notice, OfficeCalendar, OfficialCalendar, Week, build, calendar, week
from gongkai.law.calendar.official import data
from gongkai.messages import LANGUAGES, text

ONE = timedelta(1)
YEARS = range(2004, 2027)


def on(day):
    return date.fromisoformat(day)


class Given:
    """A source of the notices that it is given."""

    def __init__(self, *notices):
        self.given = notices

    def notices(self):
        return self.given


def notice(year, holidays=(), make_up=(), number="测试1号", **more):
    return Notice(year, number, None, dict.fromkeys(holidays, "元旦"), dict.fromkeys(make_up, "元旦"), **more)


def over_official(*notices):
    return build((OfficialCalendar(), Given(*notices)), week())


def said(error, *parts):
    """The message of an error in both languages, with what must stand in it."""
    for language in LANGUAGES:
        message = text(error.code, language, **error.facts)
        assert [part for part in parts if str(part) not in message] == []


# --- the official notices ---------------------------------------------------------------------------------------------


def test_every_year_has_one_notice_with_number_and_date_and_nothing_else_is_in_the_table():
    entries = data()["notice"]
    whole = [year for entry in entries if not entry.get("amends") for year in entry["years"]]
    assert whole == list(YEARS)
    assert len({entry["number"] for entry in entries}) == len(entries) == len(YEARS) + 3
    for entry in entries:
        assert entry["issued"].year in {year - 1 for year in entry["years"]} | set(entry["years"])
        assert entry["title"]
        assert entry["status"] in ("stated", "unverified")
        assert ("days" in entry) == bool(entry.get("amends"))


def test_the_notices_hold_every_day_that_departs_from_the_week_and_no_day_twice():
    found = OfficialCalendar().notices()
    assert [given.year for given in found if not given.amends] == list(YEARS)
    held = [day for given in found for day in (*given.holidays, *given.make_up)]
    assert sorted(held) == sorted({**chinese_calendar.holidays, **chinese_calendar.workdays})
    assert len(held) > 600
    assert all(given.number and given.issued for given in found)


def test_no_notice_reaches_back_before_the_days_that_are_called_unsettled():
    before = {
        day.strftime("%m-%d")
        for given in OfficialCalendar().notices()
        for day in (*given.holidays, *given.make_up)
        if day.year < given.year
    }
    assert min(before) == week().unsettled_from == "12-29"


def test_the_days_before_a_year_are_arranged_by_its_notice_but_for_one_that_the_library_lacks():
    first_days = {entry["first_day"]: entry["number"] for entry in data()["notice"] if "first_day" in entry}
    assert len(first_days) == 6
    found = {day: calendar().day(day).notice for day in first_days}
    lacking = {day: "" for day, number in first_days.items() if found[day] != number}
    assert lacking == {on("2005-12-31"): ""}
    assert found == first_days | lacking


REASONS = [
    ("2004-01-01", "holiday", "元旦", "国办发明电〔2003〕53号"),
    ("2015-09-03", "holiday", "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日", "国发明电〔2015〕1号"),
    ("2015-09-05", "weekend", "", ""),
    ("2015-09-06", "make_up", "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日", "国发明电〔2015〕1号"),
    ("2015-10-01", "holiday", "国庆节", "国办发明电〔2014〕28号"),
    ("2018-12-29", "make_up", "元旦", "国办发明电〔2018〕15号"),
    ("2018-12-31", "holiday", "元旦", "国办发明电〔2018〕15号"),
    ("2019-04-28", "make_up", "劳动节", "国办发明电〔2019〕3号"),
    ("2019-05-02", "holiday", "劳动节", "国办发明电〔2019〕3号"),
    ("2019-10-01", "holiday", "国庆节", "国办发明电〔2018〕15号"),
    ("2020-01-30", "holiday", "春节", "国办发明电〔2019〕16号"),
    ("2020-01-31", "holiday", "春节", "国办发明电〔2020〕1号"),
    ("2020-02-01", "holiday", "春节", "国办发明电〔2020〕1号"),
    ("2020-02-03", "weekday", "", ""),
    ("2025-02-08", "make_up", "春节", "国办发明电〔2024〕12号"),
    ("2026-02-14", "make_up", "春节", "国办发明电〔2025〕7号"),
    ("2026-10-08", "weekday", "", ""),
    ("2026-11-21", "weekend", "", ""),
]


@pytest.mark.parametrize(("day", "kind", "name", "number"), REASONS, ids=[given[0] for given in REASONS])
def test_a_day_says_which_holiday_it_belongs_to_and_which_notice_arranged_it(day, kind, name, number):
    found = calendar().day(on(day))
    assert (found.day, found.kind, found.name, found.notice) == (on(day), kind, name, number)
    assert found.working == calendar().is_working(on(day)) == (kind in ("weekday", "make_up"))


def test_an_amending_notice_stands_behind_the_days_that_it_arranges_and_behind_no_other():
    amending = [entry for entry in data()["notice"] if entry.get("amends")]
    for entry in amending:
        named = {day for day in calendar().days if calendar().day(day).notice == entry["number"]}
        assert named == {day for day in entry["days"] if calendar().day(day).kind != "weekend"}
        assert named
    assert [entry["years"] for entry in amending] == [[2015], [2019], [2020]]


# --- what is certain --------------------------------------------------------------------------------------------------


def test_the_last_days_of_the_last_published_december_and_the_years_after_it_are_provisional():
    official = calendar()
    assert (official.span.first, official.span.settled) == (on("2004-01-01"), on("2026-12-28"))
    assert official.span.last == on("2032-12-31")
    assert [official.provisional(on(day)) for day in ("2025-12-31", "2026-12-28", "2026-12-29", "2027-01-04")] == [
        False,
        False,
        True,
        True,
    ]


def test_a_year_that_is_not_published_has_no_holiday_and_no_make_up_day():
    days = [on("2027-01-01") + number * ONE for number in range(365)]
    found = [calendar().day(day) for day in days]
    assert {given.kind for given in found} == {"weekday", "weekend"}
    assert [given.working for given in found] == [day.weekday() < 5 for day in days]


def test_publishing_the_next_year_settles_its_days_and_may_change_the_december_before():
    newer = over_official(notice(2027, ["2026-12-31", "2027-01-01"], ["2027-01-03"], number="国办发明电〔2026〕0号"))
    assert (newer.span.settled, newer.span.last) == (on("2027-12-28"), on("2033-12-31"))
    assert not newer.provisional(on("2026-12-31"))


@pytest.fixture
def newer():
    days = [on("2026-12-31"), on("2027-01-01")]
    return over_official(notice(2027, days, [on("2027-01-03")], number="国办发明电〔2026〕0号"))


def test_a_later_notice_stands_over_the_december_of_the_year_before(newer):
    changed = {
        day for day in map(date.fromordinal, range(on("2026-01-01").toordinal(), on("2032-12-31").toordinal() + 1))
        if newer.is_working(day) != calendar().is_working(day)
    }  # fmt: skip
    assert changed == {on("2026-12-31"), on("2027-01-01"), on("2027-01-03")}
    assert newer.day(on("2026-12-31")).notice == "国办发明电〔2026〕0号"
    assert newer.count(on("2026-12-30"), on("2027-01-04")) == 2
    assert newer.after(on("2026-12-30"), 1) == newer.roll(on("2026-12-31")) == on("2027-01-03")


def test_a_year_in_between_cannot_be_missing_and_one_whole_year_must_be_there():
    with pytest.raises(InvalidData) as refusal:
        over_official(notice(2029, [on("2029-01-01")]))
    assert refusal.value.code == "law.calendar.gap"
    said(refusal.value, 2027, 2029)
    for sources in ([], [Given(notice(2026, [on("2026-01-02")], amends=True))]):
        with pytest.raises(InvalidData) as refusal:
            build(sources, week())
        assert refusal.value.code == "law.calendar.empty"
        said(refusal.value)


OUTSIDE = [
    ("is_working", (on("2003-12-31"),)),
    ("is_working", (on("2033-01-01"),)),
    ("day", (on("2033-01-01"),)),
    ("roll", (on("2033-01-01"),)),
    ("count", (on("2026-01-01"), on("2033-01-01"))),
    ("count", (on("2003-12-31"), on("2026-01-01"))),
    ("after", (on("2033-01-01"), 1)),
]


@pytest.mark.parametrize(("ask", "given"), OUTSIDE, ids=[f"{ask} {given[0]}" for ask, given in OUTSIDE])
def test_a_day_outside_the_span_is_refused(ask, given):
    with pytest.raises(InvalidInput) as refusal:
        getattr(calendar(), ask)(*given)
    assert refusal.value.code == "law.calendar.outside"
    said(refusal.value, "2004-01-01", "2032-12-31")


@pytest.mark.parametrize(("day", "number"), [("2032-12-20", 10), ("2004-01-05", -2), ("2032-12-31", 1)])
def test_a_working_day_outside_the_span_is_refused(day, number):
    with pytest.raises(InvalidInput) as refusal:
        calendar().after(on(day), number)
    assert refusal.value.code == "law.calendar.beyond"
    said(refusal.value, "2004-01-01", "2032-12-31")


def test_the_first_and_the_last_day_of_the_span_are_in_it():
    assert [calendar().is_working(on(day)) for day in ("2004-01-01", "2004-01-02", "2032-12-31")] == [
        False,
        True,
        True,
    ]
    assert calendar().after(on("2032-12-30"), 1) == on("2032-12-31")


def test_the_days_between_two_are_those_after_the_first_up_to_the_last():
    found = list(calendar().between(on("2025-01-24"), on("2025-02-09")))
    assert [given.day for given in found] == [on("2025-01-24") + number * ONE for number in range(1, 17)]
    assert [(given.day.day, given.kind) for given in found if given.working] == [
        (26, "make_up"),
        (27, "weekday"),
        (5, "weekday"),
        (6, "weekday"),
        (7, "weekday"),
        (8, "make_up"),
    ]
    assert list(calendar().between(on("2025-01-24"), on("2025-01-24"))) == []
    with pytest.raises(InvalidInput):
        list(calendar().between(on("2032-12-30"), on("2033-01-01")))


def test_another_week_has_other_working_days():
    found = build((OfficialCalendar(),), Week(frozenset(range(1, 7)), "12-29", 1))
    assert found.is_working(on("2026-11-21"))
    assert not found.is_working(on("2026-11-22"))
    assert found.span.last == on("2027-12-31")


# --- the digest -------------------------------------------------------------------------------------------------------


def test_calendars_that_say_the_same_have_the_same_digest():
    again = build((OfficialCalendar(),), week())
    assert again is not calendar()
    assert again.digest == calendar().digest
    assert calendar() is calendar()


def test_any_changed_day_changes_the_digest():
    whole = notice(2026, [on("2026-01-01")])
    usual = build([Given(whole)], week())
    digests = {usual.digest}
    for offset in range(365):
        day = on("2026-01-01") + offset * ONE
        worked = usual.is_working(day)
        one = notice(2026, [day] * worked, [day] * (not worked), amends=True)
        changed = build([Given(whole, one)], week())
        assert changed.is_working(day) != worked
        digests.add(changed.digest)
    assert len(digests) == 366


def test_other_weeks_other_spans_and_another_reason_have_other_digests():
    same_days = notice(2026, [on("2026-10-01")], amends=True)
    calendars = [
        calendar(),
        build((OfficialCalendar(),), Week(frozenset(range(1, 7)), "12-29", 6)),
        build((OfficialCalendar(),), Week(week().working, "12-25", 6)),
        build((OfficialCalendar(),), Week(week().working, "12-29", 7)),
        over_official(same_days),
    ]
    assert len({found.digest for found in calendars}) == len(calendars)


# --- an office's own files --------------------------------------------------------------------------------------------

TOML = """
[[notice]]
year = 2027
number = "国办发明电〔2026〕0号"
issued = 2026-11-10
holidays = [{ name = "元旦", from = 2026-12-31, to = 2027-01-03 }, { name = "清明节", on = 2027-04-05 }]
make_up = [{ name = "元旦", on = 2027-01-09 }]
"""
CSV = """year,number,issued,date,kind,name,amends
2027,国办发明电〔2026〕0号,2026-11-10,2026-12-31,holiday,元旦,
2027,国办发明电〔2026〕0号,,2027-01-01,放假,元旦,否
2027,国办发明电〔2026〕0号,,2027/1/2,holiday,元旦,no

2027,国办发明电〔2026〕0号,,2027/1/3,holiday,元旦,
2027,国办发明电〔2026〕0号,,2027/4/5,holiday,清明节,
2027,国办发明电〔2026〕0号,,2027-01-09,上班,元旦,
"""
AMENDING = """
[[notice]]
year = 2027
number = "国办发明电〔2027〕0号"
amends = true
holidays = [{ name = "元旦", on = 2027-01-04 }]
make_up = [{ name = "元旦", on = 2027-01-03 }]
"""


@pytest.fixture
def office(tmp_path):
    def write(content, name="calendar.toml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TOML, "2027.toml"),
        (CSV, "2027.csv"),
        (CSV.encode("utf-8-sig"), "2027.CSV"),
        (CSV.replace("\n", "\r\n"), "w.csv"),
    ],
    ids=["TOML", "CSV", "CSV with a byte order mark", "CSV with Windows line ends"],
)
def test_a_file_of_an_office_gives_its_notices(office, content, name):
    path = office(content, name)
    (found,) = OfficeCalendar(path).notices()
    free = {on("2026-12-31"), on("2027-01-01"), on("2027-01-02"), on("2027-01-03")}
    assert found == Notice(
        2027,
        "国办发明电〔2026〕0号",
        on("2026-11-10"),
        dict.fromkeys(sorted(free), "元旦") | {on("2027-04-05"): "清明节"},
        {on("2027-01-09"): "元旦"},
    )
    newer = calendar((path,))
    assert newer.day(on("2026-12-31")).notice == found.number
    assert newer.span.settled == on("2027-12-28")


@pytest.mark.parametrize(
    "amending",
    [
        (AMENDING, "b.toml"),
        (
            "year,number,date,kind,name,amends\n2027,国办发明电〔2027〕0号,2027-01-04,放假,元旦,是\n"
            "2027,国办发明电〔2027〕0号,2027-01-03,上班,元旦,\n",
            "b.csv",
        ),
    ],
    ids=["TOML", "CSV"],
)
def test_an_amending_notice_changes_single_days_of_the_one_before_it(office, amending):
    found = calendar((office(TOML, "a.toml"), office(*amending)))
    assert [found.day(on(f"2027-01-0{day}")).kind for day in range(1, 6)] == [
        "holiday",
        "holiday",
        "make_up",
        "holiday",
        "weekday",
    ]
    assert found.day(on("2027-01-03")).notice == "国办发明电〔2027〕0号"
    assert found.day(on("2027-01-02")).notice == "国办发明电〔2026〕0号"


def test_a_notice_for_a_whole_year_takes_the_place_of_the_one_before_it_with_all_that_amended_it(office):
    again = TOML.replace("〔2026〕0号", "〔2026〕00号").replace('{ name = "清明节", on = 2027-04-05 }', "")
    found = calendar((office(TOML, "a.toml"), office(AMENDING, "b.toml"), office(again, "c.toml")))
    assert found.day(on("2027-01-04")).kind == found.day(on("2027-04-05")).kind == "weekday"
    assert {given.number for given in found.notices if given.year == 2027} == {"国办发明电〔2026〕00号"}
    assert found.digest != calendar((office(TOML, "a.toml"),)).digest


def test_an_amending_notice_for_a_year_that_is_not_published_leaves_it_provisional(office):
    found = calendar((office(AMENDING),))
    assert not found.is_working(on("2027-01-04"))
    assert found.provisional(on("2027-01-04"))


def test_the_official_calendar_stays_as_it_is_when_an_office_adds_to_it(office):
    before = calendar().digest
    assert calendar((office(TOML),)).digest != before
    assert calendar().digest == before
    assert calendar().is_working(on("2026-12-31"))


def changed(old, new, of=TOML):
    assert of.count(old) >= 1
    return of.replace(old, new)


LINE = "2027,国办发明电〔2026〕0号,2026-11-10,2026-12-31,holiday,元旦,"
REFUSED = [
    ("no TOML", "[[notice]", "a.toml", "file", ()),
    ("no UTF-8", CSV.encode("gb18030"), "a.csv", "file", ("UTF-8",)),
    ("a cell that never ends", 'year,number,date,kind,name\n2027,"' + "x" * 140_000, "a.csv", "file", ()),
    ("nothing", "", "a.toml", "file_empty", ()),
    ("another table", changed("[[notice]]", "[[notices]]"), "a.toml", "file_empty", ()),
    ("headings only", CSV.splitlines()[0], "a.csv", "file_empty", ()),
    ("no headings", "", "a.csv", "headings", ("year", "kind")),
    ("a heading left out", changed(",kind,", ",what,", CSV), "a.csv", "headings", ("kind",)),
    ("a heading written wrongly", changed(",amends", ",amend", CSV), "a.csv", "headings_unknown", ("amend",)),
    ("a year that is none", changed("2027,", "二七,", CSV), "a.csv", "line", ("2",)),
    ("a kind that is none", changed(",上班,", ",班,", CSV), "a.csv", "line", ("8",)),
    ("a date that is none", changed("2027/1/2", "2027/2/30", CSV), "a.csv", "line", ("4",)),
    ("a date of issue that is none", changed("2026-11-10", "去年", CSV), "a.csv", "line", ("2",)),
    ("neither yes nor no", changed("元旦,否", "元旦,或许", CSV), "a.csv", "line", ("3",)),
    ("a line cut short", changed(LINE, "2027,国办发明电〔2026〕0号", CSV), "a.csv", "line", ("2",)),
    (
        "a line without a name",
        changed("holiday,清明节", "holiday,", CSV),
        "a.csv",
        "entry",
        ("国办发明电〔2026〕0号",),
    ),
    ("no number", changed('number = "国办发明电〔2026〕0号"', ""), "a.toml", "entry", ("2027",)),
    ("a blank number", changed("国办发明电〔2026〕0号", " "), "a.toml", "entry", ()),
    ("a number that is no text", changed('"国办发明电〔2026〕0号"', "12"), "a.toml", "entry", ("12",)),
    ("no year", changed("year = 2027", ""), "a.toml", "entry", ("国办发明电〔2026〕0号",)),
    ("a year that is no number", changed("year = 2027", 'year = "2027"'), "a.toml", "entry", ()),
    ("a year that is a switch", changed("year = 2027", "year = true"), "a.toml", "entry", ()),
    ("a date of issue as a text", changed("issued = 2026-11-10", 'issued = "2026-11-10"'), "a.toml", "entry", ()),
    ("an hour of issue", changed("issued = 2026-11-10", "issued = 2026-11-10T08:00:00"), "a.toml", "entry", ()),
    ("a switch as a text", changed("amends = true", 'amends = "no"', AMENDING), "a.toml", "entry", ()),
    ("days that are no list", changed('[{ name = "元旦", on = 2027-01-09 }]', "3"), "a.toml", "entry", ()),
    ("days without tables", changed('{ name = "元旦", on = 2027-01-09 }', "2027-01-09"), "a.toml", "entry", ()),
    ("a day without a name", changed('name = "清明节", ', ""), "a.toml", "entry", ()),
    ("a day without a date", changed(", on = 2027-01-09", ""), "a.toml", "entry", ()),
    ("a day as a text", changed("2027-01-09", '"2027-01-09"'), "a.toml", "entry", ()),
    ("a day with an hour", changed("2027-01-09", "2027-01-09T00:00:00"), "a.toml", "entry", ()),
    ("a row of days without its end", changed(", to = 2027-01-03", ""), "a.toml", "entry", ()),
    ("a row of days backwards", changed("to = 2027-01-03", "to = 2026-12-30"), "a.toml", "entry", ()),
    ("a row of many years", changed("to = 2027-01-03", "to = 9027-01-03"), "a.toml", "entry", ()),
    ("one table in place of a list", changed("[[notice]]", "[notice]"), "a.toml", "entry", ("notice",)),
    ("a key written wrongly", changed("make_up", "makeup"), "a.toml", "keys", ("makeup",)),
    ("a day of the year after", changed("2027-04-05", "2028-01-01"), "a.toml", "foreign", ("2028-01-01",)),
    ("a day of the November before", changed("2027-04-05", "2026-11-30"), "a.toml", "foreign", ("2026-11-30",)),
    ("another year in one line", changed("2027/4/5", "2028/4/5", CSV), "a.csv", "foreign", ("2028-04-05",)),
    ("a day both free and worked", changed("2027-01-09", "2027-01-02"), "a.toml", "both", ("2027-01-02",)),
    ("no day", "[[notice]]\nyear = 2027\nnumber = '1号'", "a.toml", "no_days", ("1号",)),
]


@pytest.mark.parametrize(
    ("content", "name", "code", "parts"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_a_broken_file_is_refused_and_what_is_wrong_is_named(office, content, name, code, parts):
    path = office(content, name)
    with pytest.raises(InvalidData) as refusal:
        calendar((path,))
    assert refusal.value.code == f"law.calendar.{code}"
    said(refusal.value, path, *parts)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InvalidData) as refusal:
        calendar((tmp_path / "missing.toml",))
    assert refusal.value.code == "law.calendar.file"
    said(refusal.value, tmp_path / "missing.toml")


def test_every_refusal_of_a_calendar_has_a_case():
    from gongkai.messages import catalogue

    codes = {code.removeprefix("law.calendar.") for code in catalogue("zh") if code.startswith("law.calendar.")}
    assert codes == {row[3] for row in REFUSED} | {"gap", "empty", "outside", "beyond"}
