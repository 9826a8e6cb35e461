"""What an agency decides for its documents: how many reviews they need."""

from __future__ import annotations

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.publications import policies
from gongkai.web.publications.models import Procedure
from gongkai.web.publications.models.words import REVIEWS

KEEP = "keep"


def set_procedure(agency: Agency, *, reviews: int, by: Actor, seen: int) -> Procedure:
    """Say how many reviews, one to three, an agency's documents need from now on.

    The secrecy review and the approval by somebody else stay whatever is said here. Raises InvalidInput, Stale.
    """
    policies.demand(by, KEEP, agency)
    if not 1 <= reviews <= len(REVIEWS):
        raise InvalidInput("publications.reviews", most=len(REVIEWS))
    with act(by, "publications.set_procedure", agency, chain=agency.chain, reviews=reviews):
        kept, _ = Procedure.objects.get_or_create(agency=agency, defaults={"version": 0})
        return kept.change(seen, reviews=reviews)
