"""Earlier years' reports of the demonstration county: written, uploaded, read by the sweep, settled and published.

Most are good. Some carry slips, so that a correction, a waiver, open findings and a file that cannot be read can be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.report import model
from gongkai.web.agencies import queries
from gongkai.web.agencies.models import Agency, Guide
from gongkai.web.audit.actor import Actor
from gongkai.web.demo.composing import Written, compose
from gongkai.web.demo.county import COUNTY, OFFICE
from gongkai.web.demo.figures import Cells, Size, added_up, of_years
from gongkai.web.demo.people import who_acts
from gongkai.web.demo.writing import web_page, word_file
from gongkai.web.notices.sweep import tick
from gongkai.web.reports import actions
from gongkai.web.reports.effects_due import EFFECTS
from gongkai.web.reports.frozen import thaw
from gongkai.web.reports.models import Batch, Report

YEARS = 4
Tell = Callable[[str], None]
_SIZES = {
    OFFICE: Size(26, documents=14),
    "示范县教育局": Size(9, 2, licences=46, charges=61),
    "示范县民政局": Size(6, 2, licences=38, penalties=1),
    "示范县财政局": Size(5, 3),
    "示范县自然资源局": Size(21, 2, 260, 14, 2, 187),
    "示范县卫生健康委员会": Size(7, 1, 320, 42, 1),
    "示范县市场监督管理局": Size(12, 1, 2100, 160, 9, 3),
    "示范县青山镇人民政府": Size(4),
    "示范县东河镇人民政府": Size(6),
    "示范县南塘乡人民政府": Size(3),
    "示范县北岭乡人民政府": Size(2),
}
_MISREAD, _WAIVED, _SAID, _DRAFT = (
    "示范县东河镇人民政府", "示范县南塘乡人民政府", "示范县民政局", "示范县北岭乡人民政府",
)  # fmt: skip
_MISREAD_CELL, _WAIVED_CELL, _DRAFT_CELL = (
    "proactive.normative_documents.in_force", "requests.granted.total", "requests.new.total",
)  # fmt: skip
_BROKEN = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
"""A PDF that was cut off while it was copied."""
_WORD_ENDINGS = ("html", "docx")


@dataclass(frozen=True, slots=True)
class Slip:
    """What a report says wrongly: cells that print something else, or a number in the prose that is not the table's."""

    printed: dict[str, str]
    said: int | None = None


def make_reports(agencies: dict[str, Agency], tell: Tell) -> None:
    """Bring in the reports of the last complete years, as far as they are not there yet; `tell` hears of which agency."""
    last = queries.today().year - 1
    years = tuple(range(last - YEARS + 1, last + 1))
    figures = {name: of_years(name, size, years) for name, size in _SIZES.items()}
    figures[COUNTY] = {year: added_up([of[year] for of in figures.values()]) for year in years}
    for name, agency in agencies.items():
        if name not in figures:
            continue
        batch = Batch.objects.filter(keeper=agency).order_by("pk").first()
        if batch is None:
            tell(name)
            batch = _uploaded(name, agency, figures[name])
        read_all(batch)
        _settle(name, agency, batch, last)


def read_all(batch: Batch) -> None:
    """Read what waits, as the sweep does: each file in a child process of its own."""
    while batch.reports.filter(readings__state__in=("pending", "reading")).exists():
        if tick(effects=EFFECTS).idle:
            return


def _uploaded(name: str, agency: Agency, figures: dict[int, Cells]) -> Batch:
    files = [*_files(name, agency, figures), *([("北岭乡附件.pdf", _BROKEN)] if name == _DRAFT else [])]
    return actions.upload(files, keeper=agency, by=who_acts(agency, "clerk"))


def _files(name: str, agency: Agency, figures: dict[int, Cells]) -> Iterator[tuple[str, bytes]]:
    guide = Guide.objects.get(agency=agency)
    place = (guide.address, guide.telephone)
    for year, cells in figures.items():
        slip = _slip(name, year, max(figures), cells)
        written = Written(name, _short(name), year, *place, name == COUNTY, slip.printed, slip.said)
        blocks, ending = compose(written, cells), _WORD_ENDINGS[year % 2]
        yield f"{written.title}.{ending}", (word_file if ending == "docx" else web_page)(blocks)


def _short(name: str) -> str:
    short = name.removeprefix("示范县").removesuffix("人民政府")
    return "县政府办公室" if name == OFFICE else short


def _slip(name: str, year: int, last: int, cells: Cells) -> Slip:
    if name == _MISREAD and year == last - 1:
        return Slip({_MISREAD_CELL: "O"})
    if name == _WAIVED and year == last - 1:
        return Slip({_WAIVED_CELL: str(cells[_WAIVED_CELL] + 1)})
    if name == _SAID and year == last:
        return Slip({}, int(cells["requests.new.total"]) + 2)
    if name == _DRAFT and year == last:
        return Slip({_DRAFT_CELL: str(cells[_DRAFT_CELL] + 3)}, int(cells["requests.new.total"]) + 1)
    return Slip({})


def _settle(name: str, agency: Agency, batch: Batch, last: int) -> None:
    """Confirm whose the reports are, mend and explain what is wrong, publish; one stays a draft with open findings."""
    clerk, approver = who_acts(agency, "clerk"), who_acts(agency, "approver")
    scope = "area" if name == COUNTY else "own"
    for report in batch.reports.filter(state="draft").exclude(assembled="").order_by("year"):
        year = report.year or last
        if report.agency is None:
            report = actions.confirm_agency(
                report, agency=agency, year=year, scope=scope, by=clerk, seen=report.version
            )
        if name == _DRAFT and year == last:
            continue
        if name == _MISREAD and year == last - 1 and not report.corrections.exists():
            report = _corrected(report, clerk)
        if name == _WAIVED and year == last - 1:
            report = _waived(report, clerk)
        actions.publish(report, by=approver, seen=report.version)


def _corrected(report: Report, by: Actor) -> Report:
    reason = "原件此处印的是数字零，排版时误作字母 O，已与打印件核对。"
    actions.correct_cell(report, cell=_MISREAD_CELL, value="0", reason=reason, by=by, seen=report.version)
    return Report.objects.get(pk=report.pk)


def _waived(report: Report, by: Actor) -> Report:
    """Explain every finding that the slip gives."""
    reason = "原件如此：合计一格多计1件，各列数字无误，已在下一年度报告中说明。"
    while True:
        findings = thaw(report.assembled).findings
        open_ones = [number for number, finding in enumerate(findings, 1) if _is_open(finding)]
        if not open_ones:
            return report
        actions.waive(report, finding=open_ones[0], reason=reason, by=by, seen=report.version)
        report = Report.objects.get(pk=report.pk)


def _is_open(finding: model.Finding) -> bool:
    return finding.waived is None and finding.severity == "error"
