"""A report against last year's, against its parts, against its peers."""

from __future__ import annotations

from gongkai.report.check import check
from gongkai.report.model import Report, SheetCell
from tests.report.made import make_report

_FORWARD = {
    "requests.new.natural_person": 1,
    "requests.new.total": 1,
    "requests.carried_forward.natural_person": 1,
    "requests.carried_forward.total": 1,
}
_BACK = {"requests.brought_forward.natural_person": 1, "requests.brought_forward.total": 1, "requests.carried_forward.natural_person": 1, "requests.carried_forward.total": 1}  # fmt: skip
_WORDS = "认真贯彻落实条例要求健全工作机制拓宽公开渠道加强政策解读回应社会关切完善平台建设严格保密审查落实监督保障提升工作人员业务能力"
LONG = "".join(f"第{sign}方面{_WORDS[n:]}{_WORDS[:n]}。" for n, sign in enumerate("甲乙丙丁戊己庚"))


def _codes(report: Report, **others: object) -> list[str]:
    return [finding.code for finding in check(report, **others)]  # type: ignore[arg-type]


def test_what_was_carried_forward_is_brought_forward() -> None:
    previous = make_report(_FORWARD, year=2022)
    assert _codes(make_report(_BACK), previous=previous) == []
    findings = check(make_report(), previous)
    assert [(f.code, f.severity, f.values) for f in findings] == [("year.carried", "error", (0, 1))] * 2
    assert {f.cells[0] for f in findings} == {
        "requests.brought_forward.natural_person",
        "requests.brought_forward.total",
    }


def test_every_column_is_held_against_last_year() -> None:
    columns = [column.id for column in make_report().sheet.form("requests").request_columns]
    for column in columns:
        previous = make_report({f"requests.carried_forward.{column}": 4}, year=2022)
        found = [f for f in check(make_report(), previous) if f.code == "year.carried"]
        assert [f.cells for f in found] == [
            (f"requests.brought_forward.{column}", f"requests.carried_forward.{column}")
        ]
    assert len(columns) == 7


def test_only_the_year_before_of_the_same_scope_counts() -> None:
    assert _codes(make_report(), previous=make_report(_FORWARD, year=2021)) == []
    assert _codes(make_report(), previous=make_report(_FORWARD, year=2022, scope="area")) == []


def test_a_blank_of_last_year_is_zero_and_an_unreadable_cell_is_not_judged() -> None:
    cell = "requests.carried_forward.other_org"
    for kind, found in (("blank", ["year.carried"]), ("unreadable", [])):
        previous = make_report({cell: SheetCell(None, kind, "", None)}, year=2022)  # type: ignore[arg-type]
        now = make_report({"requests.brought_forward.other_org": 2, "requests.brought_forward.total": 2, "requests.carried_forward.other_org": 2, "requests.carried_forward.total": 2})  # fmt: skip
        assert [c for c in _codes(now, previous=previous) if c == "year.carried"] == [*found, "year.carried"]


def test_documents_in_force_follow_from_last_year() -> None:
    row = "proactive.normative_documents"
    previous = make_report({f"{row}.in_force": 10}, year=2022)
    right = make_report({f"{row}.issued": 3, f"{row}.repealed": 1, f"{row}.in_force": 12})
    assert _codes(right, previous=previous) == []
    (finding,) = check(make_report({f"{row}.in_force": 12}), previous)
    assert (finding.code, finding.severity, finding.facts["expected"]) == ("year.in_force", "warning", 10)


def test_an_area_report_is_the_sum_of_its_parts_cell_by_cell() -> None:
    cell = "proactive.licences.decisions"
    children = [
        make_report({cell: 3}),
        make_report({cell: 4}),
        make_report({cell: SheetCell(None, "blank", "", None)}),
    ]
    assert _codes(make_report({cell: 7}, scope="area"), children=children) == []
    (finding,) = check(make_report({cell: 8}, scope="area"), children=children)
    assert (finding.code, finding.severity, finding.cells, finding.values) == ("tree.sum", "error", (cell,), (8, 7))
    assert _codes(make_report({cell: 8}, scope="own"), children=children) == []


def test_a_cell_that_a_child_has_not_is_not_summed() -> None:
    cell = "proactive.licences.decisions"
    children = [make_report({cell: SheetCell(None, "unreadable", "?", None)})]
    assert _codes(make_report({cell: 8}, scope="area"), children=children) == []


def test_the_same_words_as_last_year_or_as_a_peer_are_noticed_with_their_share() -> None:
    report = make_report(prose={"1": LONG, "5": "2023年完成。"})
    previous = make_report(prose={"1": LONG}, year=2022)
    peer = make_report(prose={"1": LONG}, agency="某某县例文镇人民政府")
    findings = check(report, previous, peers=[peer])
    assert [(f.code, f.severity) for f in findings] == [("same.previous", "notice"), ("same.peer", "notice")]
    assert all(90 <= int(str(f.facts["share"])) <= 100 for f in findings)


def test_equal_figures_or_a_few_equal_words_are_not_sameness() -> None:
    short = "本机关无其他需要报告的事项。"
    assert _codes(make_report(prose={"6": short}), peers=[make_report(prose={"6": short})]) == []
    other = make_report(prose={"1": LONG[::-1]})
    assert _codes(make_report(prose={"1": LONG}), peers=[other]) == []
