"""The text of a made-up report around its tables: what the form asks for, in sentences that change from year to year."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from gongkai.report.form import TABLES, load
from gongkai.report.write.layout import SECTION, grid, section_heading
from gongkai.web.demo.figures import Cells, form_of
from gongkai.web.demo.writing import Block, Line, Sheet

_OVERVIEW = 5


@dataclass(frozen=True, slots=True)
class Written:
    """Whose report of which year is written, and where it differs from the true figures.

    `area` says that it counts the whole county; `printed` are cells that print something else, `said` is the number of
    requests received that the prose says where it is not the table's.
    """

    agency: str
    short: str
    year: int
    address: str
    telephone: str
    area: bool = False
    printed: Mapping[str, str] = field(default_factory=dict)
    said: int | None = None

    @property
    def title(self) -> str:
        """The title of the report."""
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"


def compose(of: Written, cells: Cells) -> list[Block]:
    """Return the report: title, six sections with the three tables, and the signature."""
    words, form = _sentences(), load(form_of(of.year))
    random = Random(f"gongkai demo {of.agency} {of.year}")  # noqa: S311 - sentences to show, not a secret
    new = int(cells["requests.new.total"]) if of.said is None else of.said
    given = {
        "agency": of.agency, "short": "全县各级行政机关" if of.area else of.short, "year": of.year, "title": of.title,
        "address": of.address, "telephone": of.telephone, "new": new,
    }  # fmt: skip
    printed = {cell: _printed(value) for cell, value in cells.items()} | dict(of.printed)
    received = words["requests_some" if new else "requests_none"].format(**given)
    # Every second sentence of the list belongs to even years, so that no year repeats the one before.
    pool = words["overview"][of.year % 2 :: 2]
    overview = [text.format(**given) for text in random.sample(pool, min(_OVERVIEW, len(pool)))]
    at = of.year % 2
    sections = {
        1: [received, *overview],
        5: [random.choice(words["problems"][at::2]), random.choice(words["improvements"][at::2])],
        6: [words["fee"].format(**given), random.choice(words["others"])],
    }
    blocks: list[Block] = [Line(of.title, "title"), Line(words["preamble"].format(**given))]
    tables = {SECTION[name]: name for name in TABLES}
    for section in form.sections:
        blocks.append(Line(section_heading(section), "heading"))
        blocks += map(Line, sections.get(section.number, []))
        if section.number in tables:
            blocks.append(Sheet(grid(tables[section.number], form.id), printed))
    return [*blocks, Line(of.agency, "signature"), Line(f"{of.year + 1}年1月18日", "signature")]


def _printed(value: int | Decimal) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else str(value)


@cache
def _sentences() -> dict[str, Any]:
    file = resources.files(__package__).joinpath("sentences.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
