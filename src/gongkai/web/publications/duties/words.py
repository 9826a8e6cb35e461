"""The codes that the items of an office's catalogue hold, with their words."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.law.catalogues.catalogue import load
from gongkai.web.publications.models.words import Choices

STANDARD = "grassroots"
"""The standard catalogue of grassroots disclosure, whose columns an office's catalogue has."""
CATALOGUES: Choices = (
    ("proactive", load("proactive").label),
    (STANDARD, load(STANDARD).label),
    ("own", "本机关自定"),
)
TIMINGS: Choices = (
    ("event", "信息形成或者变更后限期公开"),
    ("monthly", "每月"),
    ("quarterly", "每季度"),
    ("half_yearly", "每半年"),
    ("yearly", "每年"),
    ("standing", "长期公开"),
)
MONTHS: Mapping[str, int] = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
"""How many months the period has of an item that is disclosed anew in each."""
LAWS: Choices = (
    ("publication", "政府信息（一般期限）"),
    ("licence_publication", "行政许可决定"),
    ("penalty_publication", "行政处罚决定"),
    ("enforcement_publication", "其他行政执法决定"),
    ("budget", "预算"),
    ("final_accounts", "决算"),
    ("village_matters", "涉及村民利益的重大事项"),
)
"""The duties of the law by whose time something is disclosed after it arose."""
STATES: Choices = (("active", "在用"), ("retired", "已停用"))


def _values(column: str) -> Choices:
    (found,) = (one for one in load(STANDARD).columns if one.id == column)
    return tuple((value.id, value.label) for value in found.values)


def spelled(column: str) -> dict[str, str]:
    """Return the codes of a column of the standard catalogue by every wording of them."""
    (found,) = (one for one in load(STANDARD).columns if one.id == column)
    return {said: value.id for value in found.values for said in (value.label, *value.spellings)}


CHANNELS, AUDIENCES, WAYS, LEVELS = (_values(column) for column in ("channels", "audience", "way", "level"))
