"""Citations are read and written in one form, and in the words of the law for people."""

import pytest

from gongkai.errors import InvalidData
from gongkai.law.citation import Citation, citation, numeral

FORMS = [
    ("regulation", Citation("regulation"), ""),
    ("regulation.30", Citation("regulation", "30"), "第三十条"),
    ("regulation.33.2", Citation("regulation", "33", "2"), "第三十三条第二款"),
    ("regulation.36(6)", Citation("regulation", "36", None, "6"), "第三十六条第（六）项"),
    ("regulation.29.2(1)", Citation("regulation", "29", "2", "1"), "第二十九条第二款第（一）项"),
    ("interpretation_2025.1(2)", Citation("interpretation_2025", "1", None, "2"), "第一条第（二）项"),
    ("litigation_interpretation.134.3", Citation("litigation_interpretation", "134", "3"), "第一百三十四条第三款"),
]
BROKEN = [
    "", ".", "regulation.", "regulation.0", "regulation.033", "regulation.33.", "regulation.33.0", "regulation.33()",
    "regulation.33(0)", "regulation(6)", "regulation.1000", "regulation.33.2.1", "regulation.33(6).2", "Regulation.33",
    "regulation 33", "regulation.三十三", "regulation.33（6）", "regulation.33\n", " regulation.33", "regulation.３３",
]  # fmt: skip
NUMERALS = {
    "1": "一", "9": "九", "10": "十", "11": "十一", "19": "十九", "20": "二十", "21": "二十一", "36": "三十六",
    "56": "五十六", "99": "九十九", "100": "一百", "101": "一百零一", "110": "一百一十", "111": "一百一十一",
    "120": "一百二十", "200": "二百", "305": "三百零五", "315": "三百一十五", "999": "九百九十九",
}  # fmt: skip


def read_numeral(written):
    """A number of one to three places, read without the module under test; ten may stand without its one."""
    total, digit = 0, 0
    for sign in written:
        if sign in "十百":
            total, digit = total + (digit or 1) * (10 if sign == "十" else 100), 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    return total + digit


@pytest.mark.parametrize(("written", "parts", "provision"), FORMS, ids=[form[0] for form in FORMS])
def test_a_citation_is_read_written_back_and_said_as_the_law_says_it(written, parts, provision):
    found = citation(written)
    assert found == parts
    assert str(found) == written
    assert found.provision == provision


@pytest.mark.parametrize("written", BROKEN, ids=repr)
def test_anything_else_is_refused_with_what_was_given(written):
    with pytest.raises(InvalidData) as refused:
        citation(written)
    assert refused.value.code == "law.citation.form"
    assert refused.value.facts == {"given": written}


@pytest.mark.parametrize(("digits", "signs"), NUMERALS.items(), ids=list(NUMERALS))
def test_numerals_are_those_of_the_law(digits, signs):
    assert numeral(digits) == signs


def test_every_number_to_999_has_its_own_numeral_and_reads_back():
    signs = {number: numeral(str(number)) for number in range(1, 1000)}
    assert len(set(signs.values())) == 999
    assert {number: read_numeral(written) for number, written in signs.items()} == {n: n for n in range(1, 1000)}
    assert [written for written in signs.values() if written.endswith("零") or "零零" in written] == []


@pytest.mark.parametrize("digits", ["", "0", "007", "1000", "-1", "1.5", "十", "３"])
def test_a_number_that_no_article_can_have_has_no_numeral(digits):
    with pytest.raises(InvalidData) as refused:
        numeral(digits)
    assert refused.value.code == "law.citation.form"
