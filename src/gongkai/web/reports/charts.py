"""What charts of a report show: rows of labels and numbers, which also stand as a table beside each chart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.report.model import Report, Value
from gongkai.report.write.json import plain_number


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, unit and period, and the rows in their order. A figure that was not read is no row."""

    key: str
    title: str
    unit: str
    period: str
    rows: tuple[tuple[str, Value], ...]

    @property
    def data(self) -> str:
        """The chart as JSON for the script that draws it."""
        drawn = {
            "title": self.title,
            "unit": self.unit,
            "period": self.period,
            "labels": [label for label, _ in self.rows],
            "values": [plain_number(value) for _, value in self.rows],
        }
        return json.dumps(drawn, ensure_ascii=False)


def of_report(report: Report) -> tuple[Chart, ...]:
    """Return the charts of one report; one without any figure above zero is left out."""
    period = f"{report.year}年度" if report.year else "年度不明"
    made = (
        Chart("results", "申请办理结果", "件", period, _results(report)),
        Chart("applicants", "新收申请按申请人", "件", period, _applicants(report)),
        Chart("remedies", "行政复议、行政诉讼结果", "件", period, _remedies(report)),
    )
    return tuple(chart for chart in made if any(value for _, value in chart.rows))


def over_years(reports: Sequence[Report]) -> Chart | None:
    """Return how many requests came in, year by year; None for fewer than two years."""
    rows = [
        (f"{report.year}年", value)
        for report in sorted(reports, key=lambda report: report.year or 0)
        if (value := report.value("requests.new.total")) is not None
    ]
    if len(rows) < 2:
        return None
    return Chart("years", "历年新收申请", "件", f"{rows[0][0]}至{rows[-1][0]}", tuple(rows))


def _results(report: Report) -> tuple[tuple[str, Value], ...]:
    rows = report.sheet.form("requests").requests
    named = [(row.label, report.value(f"requests.{row.id}.total")) for row in rows if row.result]
    return tuple((label, value) for label, value in named if value)


def _applicants(report: Report) -> tuple[tuple[str, Value], ...]:
    columns = report.sheet.form("requests").request_columns[:-1]
    named = [(column.label, report.value(f"requests.new.{column.id}")) for column in columns]
    return tuple((label, value) for label, value in named if value is not None)


def _remedies(report: Report) -> tuple[tuple[str, Value], ...]:
    form = report.sheet.form("remedies")
    cells = [
        (f"{group.label}·{column.label}", report.value(f"remedies.{group.id}.{column.id}"))
        for group in form.remedy_groups
        for column in form.remedy_columns[:-1]
    ]
    return tuple((label, value) for label, value in cells if value)
