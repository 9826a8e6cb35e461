"""Does the report add up, within its tables, against its own words, last year's report, its parts and its peers?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.report.check.alike import check_alike
from gongkai.report.check.cells import check_cells
from gongkai.report.check.fees import check_fee
from gongkai.report.check.identities import check_identities
from gongkai.report.check.names import check_agency
from gongkai.report.check.parts import check_parts
from gongkai.report.check.percent import check_percent
from gongkai.report.check.previous import check_previous
from gongkai.report.check.said import check_said
from gongkai.report.check.shape import check_shape
from gongkai.report.check.tree import check_tree
from gongkai.report.check.wording import check_wording
from gongkai.report.check.years import check_year
from gongkai.report.facts import extract
from gongkai.report.model import Finding, Report

__all__ = ["check"]

_SEVERITIES = ("error", "warning", "notice")


def check(
    report: Report,
    previous: Report | None = None,
    children: Sequence[Report] = (),
    peers: Sequence[Report] = (),
) -> tuple[Finding, ...]:
    """Return what does not add up in a report, errors first, and what a reader should know.

    `previous` is the same agency's report of the year before, `children` the reports that an area report adds up (the
    office's own included), `peers` other agencies' reports that the wording is compared with. The report is not changed.
    """
    if not report.facts and report.prose:
        report = replace(report, facts=extract(report.prose, report.year))
    findings = [
        *check_identities(report),
        *check_cells(report),
        *check_shape(report),
        *check_said(report),
        *check_parts(report),
        *check_percent(report),
        *check_wording(report),
        *check_fee(report),
        *check_agency(report),
        *check_year(report),
    ]
    if previous is not None:
        findings.extend(check_previous(report, previous))
    if children:
        findings.extend(check_tree(report, children))
    if previous is not None or peers:
        findings.extend(check_alike(report, previous, peers))
    findings.sort(key=lambda finding: _SEVERITIES.index(finding.severity))
    return tuple(findings)
