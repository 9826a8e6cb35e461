"""Histories as people write them: every form reads, every line reads back, every mistake is named with its place."""

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai import messages
from gongkai.errors import InvalidInput
from gongkai.law.deadlines.history import EVENT_KINDS, Event
from gongkai.law.deadlines.words import EXTRAS, KEYS
from gongkai.law.deadlines.written import event, events, written
from gongkai.messages import catalogue, phrase

PLACE = phrase("law.written.place.entry", number=1)
DAY = date(2025, 1, 20)
RECEIVED, EXTENDED = Event("received", DAY), Event("extended", date(2025, 2, 20), days=20)
ASKED = Event("third_party_asked", date(2025, 2, 3), party="甲公司")
UNTIL = Event("supplement_asked", date(2025, 2, 5), until=date(2025, 2, 21))
EXCUSED = Event("supplemented", date(2025, 2, 25), excused=True)

GOOD = [
    ("2025-01-20 收到申请", RECEIVED),
    ("2025-01-20 received", RECEIVED),
    ("2025-01-20 request received", RECEIVED),
    ("2025-01-20\tReceived", RECEIVED),
    ("  2025/1/20　收到申请  ", RECEIVED),
    ("2025.01.20 收到申请", RECEIVED),
    ("2025年1月20日收到申请", RECEIVED),
    ("２０２５年１月２０日 收到申请", RECEIVED),
    ("２０２５－０１－２０ 收到申请", RECEIVED),
    ("2025-02-20 延期 天数=20", EXTENDED),
    ("2025-02-20 延期 天数=２０", EXTENDED),
    ("2025-02-20 extended days=20", EXTENDED),
    ("2025-02-20 天数＝20 延期", EXTENDED),
    ("2025-02-20 延期 天数=0", Event("extended", date(2025, 2, 20))),
    ("2025-02-03 征求第三方意见 对象=甲公司", ASKED),
    ('2025-02-03 third_party_asked party="甲公司"', ASKED),
    ("2025-02-03 征求第三方意见", Event("third_party_asked", date(2025, 2, 3))),
    (
        '2025-02-03 征求第三方意见 对象="甲 ""乙"" 公司"',
        Event("third_party_asked", date(2025, 2, 3), party='甲 "乙" 公司'),
    ),
    ("2025-02-03 征求第三方意见 对象=a=b", Event("third_party_asked", date(2025, 2, 3), party="a=b")),
    ("2025-02-05 补正告知 期限=2025年2月21日", UNTIL),
    ("2025-02-05 supplement asked for until=2025/2/21", UNTIL),
    ("2025-02-25 收到补正 有正当理由", EXCUSED),
    ("2025-02-25 supplemented excused", EXCUSED),
    ("2025-02-25 收到补正 有正当理由=否", Event("supplemented", date(2025, 2, 25))),
]

REFUSED = [
    ("收到申请", "law.written.no_date"),
    ("2025-13-20 收到申请", "law.written.date"),
    ("2025-02-29 收到申请", "law.written.date"),
    ("2025-1/20 收到申请", "law.written.no_date"),
    ("2025-01-201 收到申请", "law.written.no_date"),
    ("20250120 收到申请", "law.written.no_date"),
    ("25-01-20 收到申请", "law.written.no_date"),
    ("2025年1月20 收到申请", "law.written.no_date"),
    ("2025-01-20", "law.written.no_event"),
    ("2025-02-20 天数=20", "law.written.no_event"),
    ("2025-01-20 收到了申请", "law.written.event_near"),
    ("2025-01-20 吃饭", "law.written.event"),
    ("2025-01-20 收到申请 申请人=张三", "law.written.unknown"),
    ("2025-02-20 延期 天数=20 days=10", "law.written.twice"),
    ("2025-02-20 延期 日期=2025-02-21", "law.written.twice"),
    ("2025-01-20 收到申请 天数=20", "law.written.foreign"),
    ("2025-02-20 延期 对象=甲公司", "law.written.foreign"),
    ("2025-02-20 延期 天数=20 有正当理由", "law.written.foreign"),
    ("2025-02-20 延期 天数=20 期限=2025-03-01", "law.written.foreign"),
    ("2025-02-20 延期 天数=二十", "law.written.days"),
    ("2025-02-20 延期 天数=-5", "law.written.days"),
    ("2025-02-20 延期 天数=1.5", "law.written.days"),
    ("2025-02-20 延期 天数=99999", "law.written.days"),
    ("2025-02-25 收到补正 有正当理由=也许", "law.written.excused"),
    ("2025-02-05 补正告知 期限=下周", "law.written.date"),
    ('2025-02-03 征求第三方意见 对象="甲公司', "law.written.piece"),
    ('2025-02-03 征求第三方意见 对象="甲"公司', "law.written.piece"),
    ("2025-02-03 征求第三方意见 =甲公司", "law.written.piece"),
    ("2025-02-03 征求第三方意见 对象=甲\u200b公司", "law.written.party"),
    ("日期,事件,备注\n2025-01-20,收到申请,无", "law.written.unknown"),
    ("日期,事件,on\n2025-01-20,收到申请,", "law.written.twice"),
    ("日期,事件\n2025-01-20,收到申请,20", "law.written.cells"),
    ('日期,事件\n2025-01-20,"收到申请', "law.written.piece"),
    ("日期,事件\n,收到申请", "law.written.date"),
    ('{"on": "2025-01-20", "kind": "received"}', "law.written.json_list"),
    ('[{"on": "2025-01-20", "kind": "received"}', "law.written.json"),
    ("[" * 100_000, "law.written.json"),
    ('["2025-01-20 received"]', "law.written.object"),
    ('[{"on": "2025-01-20", "kind": "received", "who": "x"}]', "law.written.unknown"),
    ('[{"on": "2025-01-20", "kind": "received", "日期": "2025-01-20"}]', "law.written.twice"),
    ('[{"on": "2025-02-20", "kind": "extended", "days": 1.5}]', "law.written.value"),
    ('[{"on": "2025-02-20", "kind": "extended", "days": true}]', "law.written.days"),
    ('[{"kind": "received"}]', "law.written.date"),
]


@pytest.mark.parametrize(("line", "wanted"), GOOD, ids=[line.strip() for line, _ in GOOD])
def test_a_line_reads_as_its_event(line, wanted):
    assert event(line, PLACE) == wanted
    assert events(line) == (wanted,)


@pytest.mark.parametrize(("text", "code"), REFUSED, ids=[f"{code} {text[:40]}" for text, code in REFUSED])
def test_a_mistake_is_refused_in_both_languages(text, code):
    with pytest.raises(InvalidInput) as refusal:
        events(text)
    assert refusal.value.code == code
    for language in messages.LANGUAGES:
        assert "{" not in messages.text(code, language, **refusal.value.facts).replace('[{"on"', "")


def test_every_refusal_of_a_written_history_has_a_case():
    codes = {code for code in catalogue("zh") if code.startswith("law.written.") and code.count(".") == 2}
    assert len(codes) > 15
    assert codes - {code for _, code in REFUSED} == {"law.written.yes", "law.written.no"}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_word_for_an_event_leads_to_it_and_to_no_other(language):
    checked = 0
    for kind in EVENT_KINDS:
        for word in (kind, catalogue(language)[f"law.event.{kind}"]):
            assert event(f"2025-01-20 {word}", PLACE).kind == kind, word
            checked += 1
    assert checked == 2 * len(EVENT_KINDS) > 40


def test_blank_lines_and_comments_do_not_count_but_are_numbered():
    text = "\ufeff# 某县某镇\n\n2025-01-20 收到申请\r\n   \n  # 延期\n2025-02-20 延期 天数=20\n"
    assert events(text) == (RECEIVED, EXTENDED)
    with pytest.raises(InvalidInput) as refusal:
        events(text + "\n\n2025-02-30 答复")
    assert messages.text(refusal.value.code, "zh", **refusal.value.facts).startswith("第9行：“2025-02-30”不是日期")
    assert messages.text(refusal.value.code, "en", **refusal.value.facts).startswith(
        'Line 9: "2025-02-30" is no date'
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "日期,事件\n", "[]"])
def test_a_text_without_events_has_none(text):
    assert events(text) == ()


def test_near_words_are_offered_and_all_of_them_where_none_is_near():
    with pytest.raises(InvalidInput) as near:
        events("2025-01-20 收到了申请")
    assert "收到申请" in messages.text(near.value.code, "zh", **near.value.facts)
    with pytest.raises(InvalidInput) as far:
        events("2025-01-20 吃饭")
    said = messages.text(far.value.code, "zh", **far.value.facts)
    assert sum(catalogue("zh")[f"law.event.{kind}"] in said for kind in EVENT_KINDS) == len(EVENT_KINDS)


def test_events_are_sorted_by_day_only_where_the_caller_says_so():
    text = "2025-02-20 延期 天数=20\n2025-01-20 收到申请\n2025-02-20 答复"
    assert [found.kind for found in events(text)] == ["extended", "received", "answered"]
    assert [found.kind for found in events(text, by_day=True)] == ["received", "extended", "answered"]


def histories():
    """Histories with what belongs to each event and nothing else."""
    party = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=12).map(str.strip)
    dates = st.dates(date(1900, 1, 1), date(2100, 12, 31))

    def complete(kind):
        extras = {
            "party": party, "until": st.none() | dates, "days": st.integers(0, 9999), "excused": st.booleans(),
        }  # fmt: skip
        own = {key: values for key, values in extras.items() if kind in EXTRAS[key]}
        return st.builds(lambda on, **given: Event(kind, on, **given), dates, **own)

    return st.lists(st.sampled_from(EVENT_KINDS).flatmap(complete), max_size=8)


@settings(max_examples=300, deadline=None)
@given(histories(), st.sampled_from(messages.LANGUAGES))
def test_what_is_written_reads_back_as_the_same_history(history, language):
    assert events("\n".join(written(one, language) for one in history)) == tuple(history)


PIECES = (
    "2025-01-20",
    "２０２５年２月３０日",
    " ",
    "\n",
    "收到申请",
    "延期",
    "天数=",
    "party=",
    '"',
    "20",
    ",",
    "日期,事件",
    "[",
    "{",
    "}",
    ":",
    "#",
    "\t",
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join))
def test_any_text_reads_or_is_refused(text):
    found, refusal = attempt(text)
    assert all(isinstance(one.on, date) and one.kind in EVENT_KINDS for one in found)
    if refusal is not None:
        assert refusal.code.startswith("law.written.")
        assert messages.text(refusal.code, "zh", **refusal.facts)


def attempt(text):
    try:
        return events(text), None
    except InvalidInput as refusal:
        return (), refusal


@settings(max_examples=200, deadline=None)
@given(histories(), st.sampled_from(("zh", "en", "code")), st.sampled_from((",", "\t")))
def test_tables_and_lists_of_objects_read_as_the_same_history(history, language, separator):
    def word(code, key):
        return key if language == "code" else catalogue(language)[f"{code}.{key}"]

    yes = catalogue("en" if language == "code" else language)
    table = io.StringIO()
    writer = csv.writer(table, delimiter=separator)
    writer.writerow([word("law.written.key", key) for key in KEYS])
    for one in history:
        kind = word("law.event", one.kind)
        writer.writerow(
            [one.on, kind, one.party, one.until or "", one.days or "", yes["law.written.yes"] if one.excused else ""]
        )
    assert events(table.getvalue()) == tuple(history)
    objects = [
        {
            word("law.written.key", key): value.isoformat() if isinstance(value, date) else value
            for key, value in ((key, getattr(one, key)) for key in KEYS)
        }
        for one in history
    ]
    for given_object, one in zip(objects, history, strict=True):
        for key, kinds in EXTRAS.items():
            if one.kind not in kinds:
                del given_object[word("law.written.key", key)]
    assert events(json.dumps(objects)) == tuple(history)
