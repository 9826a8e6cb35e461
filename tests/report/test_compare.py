"""Comparing two reports: which cells correspond, what differs, which text is the same."""

from decimal import Decimal

from gongkai.report.compare import compare
from gongkai.report.likeness import SHINGLE, likeness
from gongkai.report.model import SheetCell
from gongkai.report.write.comparison import comparison_object
from gongkai.report.write.json import dumps
from tests.report.made import make_report

OLD, NEW = ("2019",) * 3, ("2021",) * 3


def change(comparison, cell):
    (found,) = [c for c in comparison.cells if cell in c.first or cell in c.second]
    return found


def test_the_same_form_corresponds_cell_by_cell():
    found = compare(make_report({"requests.new.total": 4}), make_report({"requests.new.total": 5}))
    assert (found.count("same"), found.count("sum"), found.count("none")) == (200, 0, 0)
    (only,) = found.changes
    assert (only.first_value, only.second_value, only.difference, only.ratio) == (4, 5, 1, Decimal("0.25"))


def test_two_forms_correspond_by_identifier_by_sum_or_not_at_all():
    found = compare(make_report(forms=OLD), make_report(forms=NEW))
    assert change(found, "requests.new.total").how == "same"
    assert change(found, "proactive.licences.decisions").how == "same"
    assert change(found, "requests.other.combined.total").how == "sum"
    assert change(found, "proactive.normative_documents.in_force").how == "none"
    assert change(found, "proactive.normative_documents.made").how == "none"
    assert found.count("sum") == 7
    for report, side in ((found.first, "first"), (found.second, "second")):
        assert sorted(cell for c in found.cells for cell in getattr(c, side)) == sorted(report.sheet.cells)


def test_other_treatment_of_2019_is_the_sum_of_the_three_rows_of_2021_both_ways():
    old = make_report({"requests.other.combined.total": 5}, forms=OLD)
    new = make_report({"requests.other.not_supplemented.total": 2, "requests.other.miscellaneous.total": 1})
    there, back = compare(old, new), compare(new, old)
    assert (change(there, "requests.other.combined.total").second_value) == 3
    assert change(there, "requests.other.combined.total").difference == -2
    assert change(back, "requests.other.combined.total").difference == 2


def test_a_sum_with_an_unreadable_part_is_no_figure_and_blanks_count_as_zero():
    old = make_report(forms=OLD)
    lost = {"requests.other.fee_unpaid.total": SheetCell(None, "unreadable", "", None)}
    blank = {"requests.other.fee_unpaid.total": SheetCell(None, "blank", "", None)}
    assert change(compare(old, make_report(lost)), "requests.other.combined.total").second_value is None
    assert change(compare(old, make_report(blank)), "requests.other.combined.total").second_value == 0


def test_a_cell_without_a_figure_differs_from_zero_but_has_no_difference():
    blank = make_report({"requests.new.total": SheetCell(None, "blank", "", None)})
    (only,) = compare(make_report(), blank).changes
    assert only.difference is None
    assert only.kinds == ("zero", "blank")


def test_growth_from_zero_has_no_ratio():
    (only,) = compare(make_report(), make_report({"requests.new.total": 5})).changes
    assert (only.difference, only.ratio) == (5, None)


def test_the_same_text_is_wholly_the_same_and_spaces_do_not_count():
    text = "全面推进政府信息公开工作，切实保障人民群众的知情权。"
    found = likeness(text, " \n".join(text))
    assert (found.first_share, found.second_share) == (1.0, 1.0)
    assert [passage.text for passage in found.passages] == [text]


def test_shares_count_the_characters_of_common_passages():
    common = "".join(map(chr, range(0x4E00, 0x4E00 + 30)))
    found = likeness(common + "甲" * 10, "乙" * 20 + common)
    assert (found.first_common, found.first_length, found.first_share) == (30, 40, 0.75)
    assert (found.second_common, found.second_length, found.second_share) == (30, 50, 0.6)
    assert found.passages == ((common, 0, 20),)


def test_passages_shorter_than_a_shingle_do_not_count_and_the_longest_comes_first():
    short = "".join(map(chr, range(0x5000, 0x5000 + SHINGLE - 1)))
    middle, long = ("".join(map(chr, range(start, start + size))) for start, size in ((0x6000, 15), (0x7000, 40)))
    found = likeness(f"{short}甲{middle}乙{long}", f"{long}丙{middle}丁{short}")
    assert [len(passage.text) for passage in found.passages] == [40, 15]


def test_text_repeated_many_times_stays_fast_and_right():
    found = likeness("公开" * 4000, "公开" * 4000)
    assert found.first_share == 1.0


def test_text_is_compared_by_section_and_as_a_whole():
    text = "本机关严格落实政府信息公开条例各项要求。"
    found = compare(make_report(prose={"1": text, "5": "甲" * 20}), make_report(prose={"1": text, "6": "无。"}))
    assert found.text["1"].first_share == 1.0
    assert found.text["5"].first_share == 0.0
    assert set(found.text) == {"1", "5", "6"}
    assert 0 < found.whole.first_share < 1


def test_the_object_can_be_written_as_json():
    said = comparison_object(compare(make_report(forms=OLD), make_report({"requests.new.total": 3})))
    assert said["corresponding"] == {"same": 172, "sum": 7, "none": 26}
    assert dumps(said).startswith('{"schema": 1, "first": ')
