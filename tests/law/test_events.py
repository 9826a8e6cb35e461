"""Events: what must have happened before each, what each leaves, and on which provision it rests."""

import pytest

from gongkai import messages
from gongkai.errors import InvalidInput
from gongkai.law.events import check, event, events
from gongkai.law.outcomes import outcomes

TABLE = """
arrived | regulation.31 |  |  |  | stated
received | regulation.31 |  |  |  | stated
registered | regulation.45 |  |  |  | stated
supplement_asked | regulation.30 |  |  |  | stated
supplemented | regulation.30 | supplement_asked |  |  | stated
supplement_lapsed | regulation.30 | supplement_asked |  | other.not_supplemented other.withdrawn | stated
reasons_asked | regulation.35 |  |  |  | stated
reasons_given | regulation.35 | reasons_asked |  |  | stated
reasons_unreasonable | regulation.35 | reasons_asked |  |  | ours
postponed | regulation.35 | reasons_asked reasons_given | reasons_unreasonable |  | stated
extended | regulation.33.2 |  |  |  | stated
third_party_asked | regulation.32 |  |  |  | stated
third_party_reached | regulation.32 | third_party_asked |  |  | stated
third_party_answered | regulation.32 | third_party_asked |  |  | stated
third_party_objected | regulation.32 | third_party_asked |  |  | stated
disclosed_over_objection | regulation.32 | third_party_objected |  |  | stated
joint_asked | regulation.34 |  |  |  | stated
joint_reached | regulation.34 | joint_asked |  |  | stated
joint_answered | regulation.34 | joint_asked |  |  | stated
agency_asked | regulation.33.3 |  |  |  | stated
agency_answered | regulation.33.3 | agency_asked |  |  | stated
fee_noticed | fee_measure |  |  |  | stated
fee_reached | fee_measure | fee_noticed |  |  | stated
fee_paid | fee_measure | fee_noticed |  |  | stated
fee_lapsed | fee_measure | fee_noticed fee_reached |  | other.fee_unpaid other.withdrawn | stated
fee_refunded | fee_measure | fee_paid |  |  | stated
reviewed | regulation.17 |  |  |  | stated
answered | regulation.33 |  |  |  | stated
served | regulation.45 |  |  |  | stated
withdrawn | regulation.45 |  |  | other.withdrawn | ours
abandoned | regulation.30 |  |  |  | stated
correction_asked | regulation.41 |  |  | correction.corrected correction.transferred correction.told | stated
delivered_to_readers | regulation.25.3 |  |  |  | stated
"""
"""Id, provision, after, never with, leaves, status: read by a lawyer, and typed here so that none changes with the data."""


def test_the_events_are_these():
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]
    assert len(rows) == 33
    assert rows == [
        (
            found.id,
            found.article,
            " ".join(found.after),
            " ".join(found.never_with),
            " ".join(found.leaves),
            found.status,
        )
        for found in events().values()
    ]


@pytest.mark.parametrize("name", [found.id for found in events().values() if found.after])
def test_no_event_happens_without_what_comes_before_it(name):
    for before in event(name).after:
        happened = {name, *_before(name)} - {before}
        with pytest.raises(InvalidInput) as refused:
            check(sorted(happened, key=list(events()).index))
        assert refused.value.code == "law.event.before"
        assert refused.value.facts["article"]
        for language in messages.LANGUAGES:
            assert messages.text(refused.value.code, language, **refused.value.facts)
    check({name, *_before(name)})


def test_what_an_event_leaves_is_possible_after_it_or_after_a_withdrawal():
    seen = 0
    for found in events().values():
        for code in found.leaves:
            assert found.id in outcomes()[code].after or code == "other.withdrawn"
            seen += 1
    assert seen == 8


def _before(name):
    """Everything that must have happened before an event."""
    return {one for before in event(name).after for one in (before, *_before(before))}
