"""The next index number (索引号) of an agency: without gaps and without doubles, in the transaction of the act that gives it."""

from __future__ import annotations

from datetime import date

from gongkai.errors import InvalidInput
from gongkai.law.numbers.index_numbers import index_number, template_for
from gongkai.law.numbers.organisation_codes import credit_code
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import in_law, region_of, standing
from gongkai.web.publications.models import Counter


def code_of(agency: Agency, on: date) -> str:
    """Return the unified code of an agency on a day. Raises InvalidInput where the register of agencies has none."""
    code = standing(agency, on).unified_code
    if not code:
        raise InvalidInput("publications.no_code", name=standing(agency, on).name)
    return code


def give(agency: Agency, on: date) -> str:
    """Return the next index number. Must run inside a transaction, which holds the serial until it ends.

    Raises InvalidInput where the agency has no unified code.
    """
    code = credit_code(code_of(agency, on))
    template = template_for(in_law(region_of(agency, on)), on)
    Counter.objects.get_or_create(agency=agency, year=on.year)
    held = Counter.objects.select_for_update().get(agency=agency, year=on.year)
    held.last += 1
    held.save(update_fields=["last"])
    written = code.organisation if template.scheme.name == "organisation" else code.code
    return index_number(template, written, on.year, held.last).text
