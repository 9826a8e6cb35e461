"""A name with its codes, as somebody gives them and as they are checked before they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.errors import InvalidInput
from gongkai.law.numbers.organisation_codes import credit_code
from gongkai.law.parameters import jurisdiction
from gongkai.web.agencies import queries
from gongkai.web.agencies.models import Agency, Name

_NAME, _SHORT = 120, 40


@dataclass(frozen=True, slots=True)
class Naming:
    """A name with its codes, as somebody gives them."""

    name: str
    short: str = ""
    region_code: str = ""
    unified_code: str = ""

    def checked(self) -> Naming:
        """Return it in its normal form. Raises InvalidInput for an empty or too long name, and for a code that is none."""
        name, short = " ".join(self.name.split()), " ".join(self.short.split())
        if not name or len(name) > _NAME or len(short) > _SHORT:
            raise InvalidInput("agencies.name", given=self.name or self.short, longest=_NAME, longest_short=_SHORT)
        region = self.region_code.strip()
        unified = self.unified_code.strip()
        jurisdiction(queries.in_law(region))
        return Naming(name, short, region, str(credit_code(unified)) if unified else "")

    def free(self, agency: Agency | None) -> None:
        """Go on only where no other agency has the unified code now. Raises InvalidInput naming the one that has it."""
        if not self.unified_code:
            return
        others = Name.objects.filter(unified_code=self.unified_code, until__isnull=True)
        other = (others.exclude(agency=agency) if agency is not None else others).first()
        if other is not None:
            raise InvalidInput("agencies.code_taken", given=self.unified_code, agency=other.name)

    def values(self) -> dict[str, Any]:
        """Return the fields of a row of names."""
        return {
            "name": self.name,
            "short": self.short,
            "region_code": self.region_code,
            "unified_code": self.unified_code,
        }
