"""Made-up figures of an agency over the years: they add up, are carried from year to year, and fit its size.

All figures come from a seeded generator, so that the same agency has the same figures wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import TypeAlias

from gongkai.report.form import Form, form_ids, load, sheet

Cells: TypeAlias = dict[str, int | Decimal]

_APPLICANTS = {
    "natural_person": 70, "business": 14, "research_org": 2, "nonprofit_org": 3, "legal_service_org": 8, "other_org": 3,
}  # fmt: skip
_RESULTS = {
    "granted": 52, "partly_granted": 10, "refused.third_party_rights": 3, "refused.internal_management": 4,
    "refused.deliberative": 4, "refused.enforcement_case_file": 3, "unavailable.not_held": 13,
    "unavailable.needs_creation": 4, "unavailable.still_unclear": 2, "not_processed.petition_or_complaint": 3,
    "not_processed.published_matter": 2,
}  # fmt: skip
_REMEDIES = {"upheld": 6, "overturned": 1, "other": 2}
_OF_TEN_CARRIED, _OF_TEN_CONTESTED = 1, 1


@dataclass(frozen=True, slots=True)
class Size:
    """What an agency has to do in a year, roughly: requests received, documents issued, decisions, charges in 万元."""

    requests: int
    documents: int = 0
    licences: int = 0
    penalties: int = 0
    compulsion: int = 0
    charges: int = 0


def form_of(year: int) -> str:
    """Return the id of the form that is used for a year."""
    return max((one for one in form_ids() if load(one).first_year <= year), key=lambda one: load(one).first_year)


def of_years(name: str, size: Size, years: Sequence[int]) -> dict[int, Cells]:
    """Return all figures of an agency for consecutive years of forms without differences in what they count."""
    random = Random(f"gongkai demo {name}")  # noqa: S311 - figures to show, not a secret
    made: dict[int, Cells] = {}
    for year in years:
        form = load(form_of(year))
        before = made.get(year - 1, {})
        cells: Cells = dict.fromkeys(sheet(form.id, form.id, form.id).cells, 0)
        _proactive(cells, size, before, random)
        _requests(cells, form, size, before, random)
        _remedies(cells, form, random)
        made[year] = cells
    return made


def added_up(parts: Sequence[Cells]) -> Cells:
    """Return the figures of an area, which are the sums of its agencies'."""
    return {cell: sum((part[cell] for part in parts), start=0) for cell in parts[0]}


def _proactive(cells: Cells, size: Size, before: Cells, random: Random) -> None:
    documents = "proactive.normative_documents"
    held = before.get(f"{documents}.in_force", size.documents * 3)
    issued = _about(size.documents, random)
    repealed = min(int(held), random.randint(0, max(0, size.documents // 2)))
    cells |= {
        f"{documents}.issued": issued,
        f"{documents}.repealed": repealed,
        f"{documents}.in_force": held + issued - repealed,
    }
    for what in ("licences", "penalties", "compulsion"):
        cells[f"proactive.{what}.decisions"] = _about(getattr(size, what), random)
    if size.charges:
        cells["proactive.charges.amount"] = Decimal(_about(size.charges * 10_000, random)) / 10_000


def _requests(cells: Cells, form: Form, size: Size, before: Cells, random: Random) -> None:
    results = [row.id for row in form.requests if row.result]
    weights = [_RESULTS.get(row, 0) for row in results]
    for applicant in random.choices(list(_APPLICANTS), list(_APPLICANTS.values()), k=_about(size.requests, random)):
        cells[f"requests.new.{applicant}"] += 1
    for applicant in _APPLICANTS:
        brought = before.get(f"requests.carried_forward.{applicant}", 0)
        cells[f"requests.brought_forward.{applicant}"] = brought
        received = int(cells[f"requests.new.{applicant}"])
        carried = sum(random.randrange(10) < _OF_TEN_CARRIED for _ in range(received))
        for row in random.choices(results, weights, k=received + int(brought) - carried):
            cells[f"requests.{row}.{applicant}"] += 1
            cells[f"requests.total.{applicant}"] += 1
        cells[f"requests.carried_forward.{applicant}"] = carried
    for name in (row.id for row in form.requests):
        counts = [int(cells[f"requests.{name}.{applicant}"]) for applicant in _APPLICANTS]
        cells[f"requests.{name}.total"] = sum(counts)


def _remedies(cells: Cells, form: Form, random: Random) -> None:
    refused = int(cells["requests.total.total"] - cells["requests.granted.total"])
    contested = sum(random.randrange(10) < _OF_TEN_CONTESTED for _ in range(refused))
    for _ in range(contested):
        group = random.choices(form.remedy_groups, [4, 1, 1])[0].id
        column = random.choices(list(_REMEDIES), list(_REMEDIES.values()))[0]
        cells[f"remedies.{group}.{column}"] += 1
        cells[f"remedies.{group}.total"] += 1


def _about(size: int, random: Random) -> int:
    """A figure near `size`: half as much to half more; now and then one where there is usually none."""
    return random.randint(size // 2, size + (size + 1) // 2) if size else 0
