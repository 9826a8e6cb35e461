"""What the law package promises: every rule has its article and its cases, numbers are data, the reference is current."""

import ast
import subprocess
import sys

from gongkai.law.articles import is_known
from gongkai.law.rules import rules
from tests.guards.source import ROOT, SOURCE, modules
from tests.law.cases import all_cases

LAW = SOURCE / "law"
FREE = (-1, 0, 1)
"""Whole numbers that code may hold: steps, signs and beginnings; -1 is written as the negative of 1."""


def test_every_rule_carries_out_an_article_that_is_known():
    cited = [(name, provision) for name, rule in rules().items() for provision in rule.articles]
    print(f"{len(rules())} rules with {len(cited)} provisions")
    assert len(rules()) >= 50
    assert [name for name, rule in rules().items() if not rule.articles] == []
    assert [entry for entry in cited if not is_known(entry[1])] == []


def test_every_rule_has_a_case_that_goes_well_and_one_that_is_refused():
    table = all_cases()
    good = {case.rule for case in table if case.expect is not None}
    refused = {case.rule for case in table if case.refused is not None}
    print(f"{len(table)} cases of {len(rules())} rules")
    assert len(table) >= 200
    assert sorted(rules().keys() - good) == []
    assert sorted(rules().keys() - refused) == []


def test_every_case_is_of_a_rule_and_has_a_title_of_its_own():
    table = all_cases()
    titles = [(case.area, case.rule, case.title) for case in table]
    assert len(titles) >= 200
    assert sorted({case.rule for case in table} - rules().keys()) == []
    assert sorted({entry for entry in titles if titles.count(entry) > 1}) == []
    assert [entry for entry in titles if not entry[2].strip()] == []


def test_every_case_has_a_test_that_runs_its_area():
    areas = {case.area for case in all_cases()}
    run = {
        node.args[0].value
        for path in (ROOT / "tests" / "law").glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "cases"
        and isinstance(node.args[0], ast.Constant)
    }
    print(f"{len(areas)} areas of cases")
    assert len(areas) >= 5
    assert sorted(areas - run) == []


def test_no_number_of_the_law_stands_in_code():
    looked_at = [path for path in modules() if LAW in path.parents]
    numbers = [
        (str(path.relative_to(SOURCE)), node.lineno, node.value)
        for path in looked_at
        for node in ast.walk(modules()[path])
        if isinstance(node, ast.Constant) and type(node.value) in (int, float, complex)
    ]
    print(f"{len(numbers)} numbers in {len(looked_at)} modules")
    assert len(looked_at) >= 30
    assert len(numbers) >= 10
    assert [entry for entry in numbers if entry[2] not in FREE] == []


CHECKS = SOURCE / "report" / "check"
PLACES = frozenset({"start", "end", "group", "span"})


def counted_in(tree):
    """The numbers of a module with their lines, but for those that only say where: an index, a slice, a group of a match."""
    where = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PLACES)
        for part in ([node.slice] if isinstance(node, ast.Subscript) else node.args)
        for inner in ([part, part.lower, part.upper] if isinstance(part, ast.Slice) else [part])
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float, complex) and id(node) not in where
    ]


def test_no_number_decides_a_check_of_a_report_in_code():
    looked_at = [path for path in modules() if CHECKS in path.parents]
    numbers = [(str(path.relative_to(SOURCE)), *found) for path in looked_at for found in counted_in(modules()[path])]
    print(f"{len(numbers)} numbers in {len(looked_at)} modules")
    assert len(looked_at) >= 15
    assert len(numbers) >= 10
    assert [entry for entry in numbers if entry[2] not in FREE] == []


def test_the_guard_of_numbers_sees_what_decides_and_not_what_only_says_where():
    seen = counted_in(
        ast.parse("x = text[2:7] + m.group(3) + cells[4]\nif len(row) == 7 or share > 0.8: y = text[at + 9]")
    )
    assert seen == [(2, 7), (2, 0.8), (2, 9)]


def test_no_date_stands_in_code():
    looked_at = [path for path in modules() if LAW in path.parents]
    made = [
        (str(path.relative_to(SOURCE)), node.lineno)
        for path in looked_at
        for node in ast.walk(modules()[path])
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"date", "datetime.date", "datetime", "date.fromisoformat"}
        and node.args
        and all(isinstance(given, ast.Constant) for given in node.args)
    ]
    assert len(looked_at) >= 30
    assert made == []


def test_the_reference_of_the_law_is_what_the_data_say():
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "law_reference.py"), "--check"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_reference_of_the_law_has_every_article_every_rule_and_every_parameter():
    from gongkai.law.articles import instruments
    from gongkai.law.parameters import parameters

    text = (ROOT / "docs" / "reference" / "law.md").read_text(encoding="utf-8")
    articles = [of for held in instruments().values() for of in held.articles.values()]
    assert len(articles) >= 130
    assert text.count("\n### ") == len(articles)
    assert [of.number for of in articles if of.summary["zh"] not in text or of.summary["en"] not in text] == []
    assert [name for name in rules() if f"`{name}`" not in text] == []
    rows = [line for line in text.partition("\n## Parameters\n")[2].splitlines() if line.startswith("| `")]
    assert len(rows) == len(parameters())
