"""Codes, index numbers and document numbers: the cases, and what holds for every code and every spelling."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai import messages
from gongkai.errors import InvalidData, InvalidInput
from gongkai.law.numbers import organisation_codes as codes
from gongkai.law.numbers.document_numbers import DocumentNumber, document_number, read_document_number
from gongkai.law.numbers.index_numbers import (
    index_number,
    index_template,
    index_templates,
    read_index_number,
    template_for,
)
from gongkai.law.numbers.organisation_codes import credit_code, organisation_code, printed
from gongkai.law.numbers.series import Series, Span, gaps
from gongkai.law.numbers.spelling import folded, search_key
from gongkai.law.rules import rules
from tests.law.cases import cases, refusal

DAY = date(2025, 3, 3)
NINE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EIGHTEEN = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PREFIX = st.text("某政办发函土府依申请公开告字", min_size=1, max_size=8)


def check_of_nine(body):
    """The check character of an organisation code, worked out from the words of the standard."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(
        weight * (int(one) if one.isdigit() else ord(one) - ord("A") + 10)
        for one, weight in zip(body, weights, strict=True)
    )
    value = 11 - total % 11
    return "X" if value == 10 else "0" if value == 11 else str(value)


def check_of_eighteen(body):
    """The check character of a credit code; the weights are the powers of 3 modulo 31."""
    total = sum(EIGHTEEN.index(one) * pow(3, at, 31) for at, one in enumerate(body))
    value = 31 - total % 31
    return EIGHTEEN[0 if value == 31 else value]


def number_of(found):
    return {"text": str(found), "code": found.code, "year": found.year, "serial": found.serial}


def gapped(given):
    numbers = [(Series(*one[:3]), one[3]) for one in given["numbers"]]
    up_to = {Series(*one[:3]): one[3] for one in given["up_to"]} if "up_to" in given else None
    return [[*gap.series, [list(span) for span in gap.missing], list(gap.doubled)] for gap in gaps(numbers, up_to)]


def answer(case):
    given = case.given
    match case.rule.partition(".")[2]:
        case "organisation_code":
            code = organisation_code(given["code"])
            return {"code": code, "printed": printed(code)}
        case "credit_code":
            found = credit_code(given["code"])
            parts = {"region": found.region, "organisation": found.organisation, "fits": found.organisation_fits}
            return {"code": str(found), **parts}
        case "index_template":
            found = index_template(given["template"])
            return {"field": found.scheme.field, "digits": found.digits}
        case "index_number":
            template = index_template(given["template"])
            return number_of(index_number(template, given["code"], given["year"], given["serial"]))
        case "read_index_number":
            return number_of(read_index_number(index_template(given["template"]), given["text"]))
        case "document_number":
            return {"text": str(document_number(given["prefix"], given["year"], given["serial"]))}
        case "read_document_number":
            found = read_document_number(given["text"])
            return {"text": str(found), "prefix": found.prefix, "year": found.year, "serial": found.serial}
        case "gaps":
            return {"gaps": gapped(given)}
    raise AssertionError(case.rule)


@pytest.mark.parametrize("case", cases("numbers"), ids=lambda case: case.title)
def test_a_number_is_as_the_case_says(case):
    if case.refused is None:
        found = answer(case)
        assert {key: found[key] for key in case.expect} == case.expect
        return
    error = refusal(case, lambda: answer(case))
    wanted = case.extra.get("facts", {})
    assert {name: error.facts[name] for name in wanted} == wanted


def test_every_rule_on_numbers_has_a_good_and_a_refused_case():
    named = [name for name in rules() if name.startswith("numbers.")]
    table = cases("numbers")
    assert len(named) == 8
    assert {case.rule for case in table} == set(named)
    assert [name for name in named if not any(case.rule == name and case.expect is not None for case in table)] == []
    assert [name for name in named if not any(case.rule == name and case.refused for case in table)] == []


@given(st.text(NINE, min_size=8, max_size=8), st.sampled_from("0123456789X"))
@settings(max_examples=500)
def test_only_the_right_check_character_of_nine_is_taken(body, last):
    right = check_of_nine(body)
    assert organisation_code(body + right) == body + right
    if last != right:
        with pytest.raises(InvalidInput) as refusal:
            organisation_code(body + last)
        assert refusal.value.facts["expected"] == right


@given(st.text(EIGHTEEN, min_size=2, max_size=2), st.integers(0, 999_999), st.text(EIGHTEEN, min_size=9, max_size=9),
       st.sampled_from(EIGHTEEN))  # fmt: skip
@settings(max_examples=500)
def test_only_the_right_check_character_of_eighteen_is_taken(head, region, organisation, last):
    body = f"{head}{region:06d}{organisation}"
    right = check_of_eighteen(body)
    found = credit_code(body + right)
    assert (found.code, found.region, found.organisation) == (body + right, f"{region:06d}", organisation)
    in_nine = organisation[-1] == check_of_nine(organisation[:-1])
    assert found.organisation_fits == in_nine
    if last != right:
        with pytest.raises(InvalidInput) as refusal:
            credit_code(body + last)
        assert refusal.value.facts["expected"] == right


@given(st.text(EIGHTEEN, min_size=9, max_size=9), st.integers(8, 16), st.sampled_from(EIGHTEEN))
@settings(max_examples=500)
def test_one_wrong_character_of_a_credit_code_is_always_found(organisation, at, other):
    body = f"11990000{organisation}"
    code = body + check_of_eighteen(body)
    if other == code[at]:
        assert credit_code(code).code == code
        return
    with pytest.raises(InvalidInput) as refusal:
        credit_code(code[:at] + other + code[at + 1 :])
    assert refusal.value.code == "law.numbers.code_check"


def spelled(draw, text):
    """A text with each sign in one of its spellings, and spaces between."""
    signs = {"〔": "〔［[(（【﹝", "〕": "〕］])）】﹞", "-": "-－—–‐", "/": "/／"}
    out = ""
    for one in text:
        forms = signs.get(one, one)
        if one.isascii() and one.isalnum():
            forms = one + one.lower() + chr(ord(one) + 0xFEE0)
        out += draw(st.sampled_from(forms)) + draw(st.sampled_from(["", "", "", " ", "　", "\u200b"]))
    return out


@given(st.data(), st.sampled_from(["{code9}/{year}-{serial:5}", "{code18}/{year}-{serial:5}", "{code9}{year}{serial:4}",
                                   "索引〔{year}〕{code18}第{serial:7}"]), st.integers(1000, 9999), st.integers(1, 9999))  # fmt: skip
@settings(max_examples=300)
def test_an_index_number_is_the_same_in_every_spelling(data, text, year, serial):
    template = index_template(text)
    code = "11990000123456788L" if template.scheme.field == "code18" else "12345678-8"
    number = index_number(template, code, year, serial)
    other = read_index_number(template, spelled(data.draw, str(number)))
    assert other == number
    assert hash(other) == hash(number)
    assert (other.code, other.year, other.serial) == (number.code, year, serial)
    assert search_key(spelled(data.draw, str(number))) == search_key(str(number))
    assert read_index_number(template, f"{number}") != index_number(template, code, year, serial % 9999 + 1)


@given(st.data(), PREFIX, st.integers(1000, 9999), st.integers(1, 999_999), st.sampled_from(["", "第", "0", "第00"]))
@settings(max_examples=300)
def test_a_document_number_is_read_and_found_in_every_spelling(data, prefix, year, serial, before):
    number = document_number(prefix, year, serial)
    written = f"{prefix}〔{year}〕{serial}号"
    assert str(number) == written
    other = spelled(data.draw, f"{prefix}〔{year}〕{before}{serial}号")
    assert read_document_number(other) == number == DocumentNumber(prefix, year, serial)
    assert search_key(other) == written
    assert search_key(f"{prefix}〔{year}〕{serial}1号") != written


@given(st.text(max_size=60))
@settings(max_examples=1000)
def test_the_key_of_a_key_is_the_key(text):
    assert search_key(search_key(text)) == search_key(text)
    assert folded(folded(text)) == folded(text)


@given(st.text("0123456789〔〕［］()（）-/号第A某 ０１９", max_size=40))
@settings(max_examples=500)
def test_any_text_is_read_or_refused_with_a_code(text):
    for read in (read_document_number, organisation_code, credit_code, index_template):
        refused = None
        try:
            read(text)
        except InvalidInput as error:
            refused = error
        assert refused is None or refused.code.startswith("law.numbers.")


def test_the_templates_of_the_data_hold_from_their_dates_and_can_be_chosen_by_name():
    assert [given.name for given in index_templates()] == ["code9", "code18"]
    assert template_for("510000", DAY).text == "{code9}/{year}-{serial:5}"
    assert template_for("", DAY, "code18").text == "{code18}/{year}-{serial:5}"
    for on, name in ((date(2008, 12, 31), None), (date(2015, 9, 30), "code18"), (DAY, "own")):
        with pytest.raises(InvalidInput) as refusal:
            template_for("", on, name)
        assert refusal.value.code == f"law.numbers.{'template_unknown' if name else 'no_template'}"
        for language in messages.LANGUAGES:
            assert "—" not in messages.text(refusal.value.code, language, **refusal.value.facts)


@given(st.lists(st.tuples(st.sampled_from(["甲", "乙"]), st.integers(1, 40)), max_size=60), st.integers(40, 60))
@settings(max_examples=300)
def test_the_gaps_are_what_is_left_of_1_to_the_last(pairs, counter):
    numbers = [(Series(agency, "答复书", 2025), serial) for agency, serial in pairs]
    for up_to in (None, {Series(agency, "答复书", 2025): counter for agency in "甲乙"}):
        found = {gap.series: gap for gap in gaps(numbers, up_to)}
        for agency in "甲乙":
            series = Series(agency, "答复书", 2025)
            serials = [serial for given_series, serial in numbers if given_series == series]
            last = up_to[series] if up_to else max(serials, default=0)
            missing = [n for n in range(1, last + 1) if n not in serials]
            doubled = sorted({n for n in serials if serials.count(n) > 1})
            assert (series in found) == bool(missing or doubled)
            if series in found:
                spans = found[series].missing
                assert [n for span in spans for n in range(span.first, span.last + 1)] == missing
                assert list(found[series].doubled) == doubled


def test_a_gap_of_a_million_numbers_is_one_span():
    (gap,) = gaps([(Series("甲", "答复书", 2025), 1_000_000)])
    assert gap.missing == (Span(1, 999_999),)


@pytest.mark.parametrize("change", [
    {"checks": "0123456789"}, {"alphabet": "00123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}, {"article": "no_such_rules"}],
    ids=["too few check characters", "a character twice", "no such article"])  # fmt: skip
def test_a_scheme_that_contradicts_itself_is_no_scheme(change, monkeypatch):
    entry = {**codes.data()["code"]["organisation"], **change}
    monkeypatch.setattr(codes, "data", lambda: {"code": {"organisation": entry}})
    with pytest.raises(InvalidData) as refusal:
        codes.schemes.__wrapped__()
    assert refusal.value.code == "law.numbers.scheme"
