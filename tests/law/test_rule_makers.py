"""Who may make rules (规章)."""

import pytest

from gongkai.law.rule_makers import basis
from tests.law.cases import cases, refusal


@pytest.mark.parametrize("case", cases("rule_makers"), ids=lambda case: case.title)
def test_who_makes_rules_does_so_by_a_provision(case):
    if case.refused:
        refusal(case, lambda: basis(**case.given))
        return
    assert basis(**case.given) == case.expect["article"]
