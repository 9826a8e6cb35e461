"""What an address may be asked with: kinds of parameters that more than one operation knows."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Query
from pydantic import Field, StringConstraints

from gongkai.web.api.pages import MOST, USUAL

Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{0,20}$")]
Words = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, StringConstraints(max_length=120, pattern=r"^[0-9a-z_.]*$")]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\x00]*$")]
Year = Annotated[int, Field(ge=2008, le=2100)]
Day = Annotated[date, Field(ge=date(2004, 1, 1), le=date(2100, 12, 31))]
Version = Annotated[int, Field(ge=0, le=2**31 - 1)]
Scope = Literal["own", "area", "unknown"]
Region = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,12}$")]

After = Annotated[Key, Query("")]
Before = Annotated[Key, Query("")]
Limit = Annotated[int, Query(USUAL, ge=1, le=MOST)]
