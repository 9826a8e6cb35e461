"""The labelled corpus: what is found of what was put in, by kind and layer; false alarms; generator and detector share no code."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from tests.web.gate.corpus import documents
from tests.web.gate.measuring import Score

EVERYDAY, WHOLE = 200, 1_400
GENERATOR = ("corpus.py", "made_up.py", "containers.py", "innocent.py")
HERE = Path(__file__).parent


def judged(count: int, record_property) -> None:
    score = Score()
    for document in documents(count):
        score.add(document)
    for line in (
        *score.table(),
        *(f"missed {one}" for one in score.missed[:20]),
        *(f"false {one}" for one in list(score.alarms)[:20]),
    ):
        record_property("gate", line)
    assert score.documents == count > 0
    assert len({layer for _, layer in score.planted}) >= 12
    assert score.recall("identity", "old identity", "minor") >= 0.995
    assert score.recall("mobile") >= 0.995
    assert score.recall("card") >= 0.98
    # Addresses and names of minors are recognised by their words; their figures are printed, and must not collapse.
    assert score.recall("address") >= 0.9
    assert score.recall("minor by name") >= 0.9
    assert score.alarmed <= 0.02 * score.documents


def test_two_hundred_documents(record_property) -> None:
    judged(EVERYDAY, record_property)


@pytest.mark.whole
@pytest.mark.skipif("GONGKAI_WHOLE" not in os.environ, reason="fourteen hundred documents: set GONGKAI_WHOLE")
def test_fourteen_hundred_documents(record_property) -> None:
    judged(WHOLE, record_property)


def test_a_third_of_the_documents_hold_nothing_and_the_rest_two_values() -> None:
    numbers = [len(document.planted) for document in documents(300)]
    assert numbers.count(0) == 100
    assert numbers.count(2) == 200


def test_the_same_number_gives_the_same_document() -> None:
    assert [one.content for one in documents(21)] == [one.content for one in documents(21)]


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_generator_and_detector_share_no_code() -> None:
    allowed = {f"tests.web.gate.{name.removesuffix('.py')}" for name in GENERATOR} | {"tests.web.gate"}
    for name in GENERATOR:
        ours = {one for one in imports(HERE / name) if one.startswith(("gongkai", "tests"))}
        assert ours <= allowed, name
    package = HERE.parents[2] / "src" / "gongkai"
    modules = sorted(package.rglob("*.py"))
    assert len(modules) > 100
    assert [str(path) for path in modules if any(one.startswith("tests") for one in imports(path))] == []
