"""The registers that feed Table 2: rules and documents, decisions, charges, procurement."""

from __future__ import annotations

from gongkai.errors import InvalidInput
from gongkai.law.rule_makers import basis
from gongkai.web.agencies.models import Agency
from gongkai.web.registers.declared.declaration import Declared, Values
from gongkai.web.registers.models import Charge, Decision, Procurement, Rule


def _rule(found: Values, agency: Agency) -> None:
    if found.get("kind") == "administrative_rule":
        basis(agency.kind, agency.level)
    expires, effective = found.get("expires_on"), found.get("effective_on")
    if expires is not None and effective is not None and expires < effective:
        raise InvalidInput("registers.expires_before", given=expires, effective=effective)


def _plain_rule(found: Values) -> bool:
    expires = found.get("expires_on")
    return found["kind"] == "normative_document" and (expires is None or expires >= found["effective_on"])


def _whose(found: Values, agency: Agency) -> None:
    """In whose name: the agency that entrusted its power, else the agency itself."""
    entrusting = found.get("in_name_of")
    if found.get("power") != "entrusted":
        entrusting = agency
    elif not isinstance(entrusting, Agency) or entrusting.pk == agency.pk:
        raise InvalidInput("registers.no_entrusting")
    found["in_name_of"] = entrusting


def _of_month(found: Values, agency: Agency) -> None:
    del agency
    if found.get("month") is not None:
        found["month"] = found["month"].replace(day=1)


DECLARED = (
    Declared(
        Rule,
        ("kind", "title", "number", "issued_on", "effective_on", "expires_on", "term", "review_number", "filing_number"),
        once=("agency_id", "number_key"), named_by="number", happened=("issued_on",), searched=("title", "number"),
        facets=("kind",), check=_rule, plain=_plain_rule,
        examples={"title": "样例办法", "number": "样政规〔2026〕1号"}, help={"term": "例如：有效期五年。"},
    ),
    Declared(
        Decision, ("kind", "number", "decided_on", "matter", "power", "in_name_of", "subject_kind", "subject"),
        once=("in_name_of_id", "kind", "number_key"), named_by="number", happened=("decided_on",),
        searched=("number", "matter"), facets=("kind",), check=_whose,
        plain=lambda found: found["power"] != "entrusted" and "in_name_of" not in found,
    ),
    Declared(
        Charge, ("item", "basis", "month", "yuan"),
        once=("agency_id", "item", "month"), named_by="item", happened=("month",), searched=("item",), check=_of_month,
        plain=lambda found: found["month"].day == 1,
    ),
    Declared(
        Procurement, ("title", "number", "concluded_on", "supplier", "yuan"),
        once=("agency_id", "number"), named_by="number", happened=("concluded_on",), searched=("title", "number"),
        examples={"number": "样采2026-1"},
    ),
)  # fmt: skip
