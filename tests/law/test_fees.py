"""The information processing fee: the cases, and what holds for every number of items and pages."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai import messages
from gongkai.errors import InvalidData, InvalidInput
from gongkai.law.fees import tariff as tariffs
from gongkai.law.fees.amounts import amount_in_words, yuan
from gongkai.law.fees.charge import charge, per_item, per_volume, split_items
from gongkai.law.fees.month import RequestOfMonth, month_charges
from gongkai.law.fees.notice import fee_notice, receivable
from gongkai.law.parameters import in_force, jurisdiction
from gongkai.law.rules import rules
from tests.law.cases import cases, refusal

DAY = date(2025, 3, 3)
NATIONAL = in_force(DAY)
DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}


def charged(found):
    return {
        "mode": found.mode,
        "quantity": found.quantity,
        "before": found.before,
        "amount": found.amount,
        "working": [[line.first, line.last, line.count, line.each, line.amount] for line in found.working],
        "articles": list(found.articles),
        "settings": [setting.name for setting in found.settings],
    }


def noticed(found):
    return {
        "mode": found.mode,
        "yuan": found.yuan,
        "words": found.words,
        "subject": found.subject,
        "refundable": found.refundable,
        "period": [found.payment_period.value, found.payment_period.unit],
        "articles": list(found.articles),
        "settings": [setting.name for setting in found.settings],
    }


def shared(found):
    return {
        "shares": [share.charge.amount for share in found],
        "additional": [share.additional for share in found],
        "settings": sorted({setting.name for share in found for setting in share.charge.settings}),
    }


def answer(case):
    given = dict(case.given)
    on = given.pop("on", DAY)
    inforce = in_force(max(on, DAY), jurisdiction(given.pop("region", ""), given.pop("settings", None)))
    match case.rule.partition(".")[2]:
        case "per_item":
            return charged(per_item(given.pop("items"), on, **given))
        case "per_volume":
            return charged(per_volume(given.pop("pages"), on, inforce, **given))
        case "charge":
            return charged(charge(on, inforce, **given))
        case "split":
            return {"items": split_items(**given)}
        case "month":
            return shared(month_charges([RequestOfMonth(**one) for one in given["requests"]], inforce))
        case "notice":
            return noticed(fee_notice(charge(on, inforce, **given), inforce))
        case "receivable":
            found = receivable(given["charges"], given["received"])
            sides = {"charges": found.charges, "received": found.received}
            return {**sides, "possible": found.possible, "excess": found.excess, "articles": list(found.articles)}
        case "amount_in_words":
            return {"words": amount_in_words(given["fen"])}
    raise AssertionError(case.rule)


@pytest.mark.parametrize("case", cases("fees"), ids=lambda case: case.title)
def test_a_fee_is_as_the_case_says(case):
    if case.refused is None:
        found = answer(case)
        assert {key: found[key] for key in case.expect} == case.expect
        return
    refusal(case, lambda: answer(case))


def test_every_rule_on_fees_has_a_good_and_a_refused_case():
    named = [name for name in rules() if name.startswith("fees.")]
    table = cases("fees")
    assert len(named) == 8
    assert {case.rule for case in table} == set(named)
    assert [name for name in named if not any(case.rule == name and case.expect is not None for case in table)] == []
    assert [name for name in named if not any(case.rule == name and case.refused for case in table)] == []


def price_of_item(number):
    """What the n-th item of a month costs in yuan, told from the words of the measure and not from the data."""
    if number <= 10:
        return 0
    if number <= 30:
        return 100
    tens, begun = divmod(number - 30, 10)
    return 100 + 100 * (tens + (1 if begun else 0))


def price_of_page(number):
    """What the n-th page of a request costs in yuan."""
    return 0 if number <= 30 else 10 if number <= 100 else 20 if number <= 200 else 40


@pytest.mark.parametrize("mode", ["per_item", "per_volume"])
def test_every_count_up_to_3000_costs_the_sum_of_its_units(mode):
    price = {"per_item": price_of_item, "per_volume": price_of_page}[mode]
    total, seen = 0, 0
    for number in range(1, 3001):
        total += price(number)
        found = per_item(number, DAY) if mode == "per_item" else per_volume(number, DAY, NATIONAL)
        assert found.amount == total * 100, number
        assert sum(line.count for line in found.working) == number
        assert all(line.each == price(line.first) * 100 == price(line.last) * 100 for line in found.working)
        seen += 1
    assert seen == 3000


@given(st.integers(1, 50_000), st.integers(1, 50_000))
@settings(max_examples=300, deadline=None)
def test_more_items_or_pages_never_cost_less(first, second):
    few, many = sorted((first, second))
    assert per_item(few, DAY).amount <= per_item(many, DAY).amount
    assert per_volume(few, DAY, NATIONAL).amount <= per_volume(many, DAY, NATIONAL).amount


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30), st.data())
@settings(max_examples=300, deadline=None)
def test_the_shares_of_a_month_add_up_to_its_tariff_in_any_split(parts, data):
    days = sorted(data.draw(st.lists(st.integers(1, 31), min_size=len(parts), max_size=len(parts))))
    requests = [
        RequestOfMonth(str(at), date(2025, 3, day), items, reason="各自独立", counted=data.draw(st.booleans()))
        for at, (items, day) in enumerate(zip(parts, days, strict=True))
    ]
    shares = month_charges(requests, NATIONAL)
    assert len(shares) == len(parts)
    assert sum(share.charge.amount for share in shares) == per_item(sum(parts), DAY).amount
    additional = sum(share.charge.amount for share in shares if not share.request.counted)
    assert sum(share.additional for share in shares) == additional
    lines = [line for share in shares for line in share.charge.working]
    units = [unit for line in lines for unit in range(line.first, line.last + 1)]
    assert units == list(range(1, sum(parts) + 1))


@given(st.integers(1, 5000), st.integers(1, 5000))
@settings(max_examples=200, deadline=None)
def test_items_after_others_pay_the_difference_of_the_tariff(before, items):
    assert (
        per_item(items, DAY, before=before).amount
        == per_item(before + items, DAY).amount - per_item(before, DAY).amount
    )


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 28), st.integers(1, 40)), min_size=1, max_size=30))
@settings(max_examples=200, deadline=None)
def test_months_do_not_mix(given_requests):
    requests = [
        RequestOfMonth(str(at), date(2025, month, day), items, reason="各自独立")
        for at, (month, day, items) in enumerate(sorted(given_requests))
    ]
    shares = month_charges(requests, NATIONAL)
    for month in {request.received.month for request in requests}:
        of_month = [share for share in shares if share.request.received.month == month]
        items = sum(share.charge.quantity for share in of_month)
        assert sum(share.charge.amount for share in of_month) == per_item(items, DAY).amount


def value_of(words):
    """The amount of words in fen, read by an own little grammar; the words of one group of four digits at a time."""
    found = re.fullmatch("人民币(?:(?P<yuan>.+?)元)?(?:零)?(?:(?P<jiao>.)角)?(?:零)?(?:(?P<fen>.)分)?整?", words)
    total = 0
    for group, size in re.findall("([^亿万]+)([亿万]?)", found["yuan"] or ""):
        value = sum(
            DIGITS[digit] * {"仟": 1000, "佰": 100, "拾": 10, "": 1}[place]
            for digit, place in re.findall("([壹贰叁肆伍陆柒捌玖])([仟佰拾]?)", group)
        )
        total += value * {"亿": 10**8, "万": 10**4, "": 1}[size]
    return total * 100 + DIGITS.get(found["jiao"], 0) * 10 + DIGITS.get(found["fen"], 0)


@given(st.one_of(st.integers(0, 10**14 - 1), st.integers(0, 10**6), st.integers(0, 10**8).map(lambda n: n * 1000)))
@settings(max_examples=1000, deadline=None)
def test_an_amount_in_words_reads_back_as_the_amount(fen):
    words = amount_in_words(fen)
    assert value_of(words) == fen
    assert "零零" not in words
    assert words.endswith("整") == (fen % 100 == 0)
    assert yuan(fen) == f"{fen // 100}.{fen % 100:02d}"


@pytest.mark.parametrize("steps", [
    [{"first": 2, "each": 0}],
    [{"first": 1, "last": 10, "each": 0}],
    [{"first": 1, "last": 10, "each": 0}, {"first": 12, "each": 100}],
    [{"first": 1, "each": 0}, {"first": 11, "each": 100}],
    [],
], ids=["begins late", "ends", "gap", "follows the endless", "empty"])  # fmt: skip
def test_a_tariff_with_a_gap_or_an_end_is_no_tariff(steps, monkeypatch):
    entry = {"mode": "per_item", "article": "fee_measure", "from": date(2021, 1, 1), "step": steps}
    monkeypatch.setattr(tariffs, "data", lambda: {"tariff": [entry]})
    with pytest.raises(InvalidData) as refusal:
        tariffs.tariffs.__wrapped__()
    assert refusal.value.code == "law.fees.tariff"


def test_the_unverified_and_the_office_s_own_settings_are_named_with_every_charge():
    found = per_volume(31, DAY, in_force(DAY, jurisdiction(own={"fee.larger_side": 2})), larger_sides=1)
    assert [(setting.name, setting.status, setting.set_here) for setting in found.settings] == [
        ("fee.pages_added", "unverified", False),
        ("fee.larger_side", "ours", True),
    ]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_mode_and_choice_of_the_fee_has_its_words(language):
    ours = [given for name, given in NATIONAL.parameters.items() if name.startswith("fee.")]
    wanted = [f"law.fees.mode.{mode}" for mode in tariffs.MODES]
    wanted += [f"law.fees.choice.{choice}" for given in ours for choice in given.choices]
    assert len(wanted) == 6
    assert [code for code in wanted if code not in messages.catalogue(language)] == []


def test_a_way_of_giving_without_volume_is_refused_in_plain_words():
    with pytest.raises(InvalidInput) as refusal:
        per_volume(31, DAY, NATIONAL, delivery="inspection")
    said = messages.text(refusal.value.code, "zh", **refusal.value.facts)
    assert "提供纸质件、发送电子邮件、复制电子数据" in said
    assert "paper" not in said
