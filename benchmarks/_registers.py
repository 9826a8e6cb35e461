"""What the benchmark of the registers does inside an installation: makes rows, counts, brings a sheet, saves as an officer."""

from __future__ import annotations

import io
import resource
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter
from django.db import connection, transaction
from django.db.models import Count, Q, Value

from gongkai.errors import InvalidInput
from gongkai.web.agencies import tree
from gongkai.web.agencies.models import Agency, Edge, Name, Tree
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.files.actions import keep
from gongkai.web.notices.sweep import tick
from gongkai.web.registers import actions, queries
from gongkai.web.registers.bulk import writing
from gongkai.web.registers.bulk.lines import Line
from gongkai.web.registers.bulk.writing import Writer
from gongkai.web.registers.effects_due import EFFECTS
from gongkai.web.registers.models import STANDING, Decision, Import
from gongkai.web.settings import statistics

TOWNS, YEARS, BATCH = 60, 5, 5000
KINDS = ("licence", "penalty", "compulsion")
SINCE = date(2015, 1, 1)
_HEADS = ("种类", "决定书文号", "决定日期", "事项", "职权来源", "相对人类别", "相对人名称", "公开情况")


def make(rows: int) -> dict[str, str]:
    """Make three counties of towns under a city, and decisions of all of them over some years."""
    begun = time.perf_counter()
    with transaction.atomic():
        city = _agency("样例市", "city", None)
        Tree.objects.update_or_create(id=1, defaults={"root": city})
        counties = [_agency(f"样例{number}县", "county", city) for number in range(3)]
        towns = [_agency(f"样例{number}镇", "township", counties[number % 3]) for number in range(TOWNS)]
    agencies = [city, *counties, *towns]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -400000")
    # Keys in a row are filled in many times as quickly; what is measured uses keys as they are.
    writing.new_key = map("f{:013d}".format, range(rows)).__next__
    for first in range(0, rows, BATCH):
        lines = [_line(number, agencies[number % len(agencies)]) for number in range(first, min(first + BATCH, rows))]
        with transaction.atomic():
            _writer(city).write(lines)
    statistics.gather()
    return {"rows": str(rows), "agencies": str(len(agencies)), "seconds": f"{time.perf_counter() - begun:.0f}"}


def tables(rounds: str) -> None:
    """Print of a town, a county and the city how long Table 2 takes, and one query that counts the same decisions."""
    city = Agency.objects.get(level="city")
    county, town = (Agency.objects.filter(level=level).first() for level in ("county", "township"))
    for name, agency, year, below in (
        ("a town", town, 2022, ()),
        ("a county with its towns", county, 2023, tree.BELONGING),
        ("the city with all below", city, 2021, tree.BELONGING),
    ):
        ours, peer, counted = [], [], {}
        for _ in range(int(rounds) + 1):
            begun = time.perf_counter()
            found = queries.table_two(agency, year, below)
            ours.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            counted = _one_query(agency, year, below)
            peer.append(time.perf_counter() - begun)
            assert list(counted.values()) == [
                found[f"proactive.{cell}.decisions"] for cell in ("licences", "penalties", "compulsion")
            ]
        print(name, sum(counted.values()), median(ours[1:]), median(peer[1:]), sep="\t")


def bring(rows: str) -> None:
    """Bring a sheet of so many decisions."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    for at, head in enumerate(_HEADS):
        sheet.write_string(0, at, head)
    for number in range(1, int(rows) + 1):
        day = date(2024, 1, 1) + timedelta(days=number % 366)
        cells = (
            "行政处罚",
            f"样城罚〔2024〕{number}号",
            day.isoformat(),
            "占用道路经营",
            "本机关职权",
            "自然人",
            "样小明",
            "公开",
        )
        for at, cell in enumerate(cells):
            sheet.write_string(number, at, cell)
    book.close()
    actions.bring(out.getvalue(), "sheet.xlsx", register="decisions", agency=_town(), by=CONSOLE)


def sweep() -> None:
    """Do what is due; print the seconds and the peak of memory."""
    begun = time.perf_counter()
    done = tick(effects=EFFECTS)
    if done.done != 1 or done.failed:
        raise RuntimeError(str(done))
    print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def take() -> None:
    """Confirm the sheet and enter its rows."""
    given = Import.objects.get(state="checked")
    actions.confirm(given, good_alone=True, by=CONSOLE, seen=given.version)
    sweep()
    given.refresh_from_db()
    if given.state != "taken" or given.refused:
        raise RuntimeError(f"{given.state}, {given.refused} refused")


def peer(rows: str) -> None:
    """Load so many made rows by the quickest way of the database itself; print the seconds."""
    writer, town = _writer(_town()), _town()
    names = [field.attname for field in writer._fields]
    lines = [_line(10_000_000 + number, town) for number in range(int(rows))]
    plain = {field.attname: field.get_default() for field in writer._fields}
    plain |= {"version": 1, "brought_id": writer._given.pk}
    made = [
        [{**plain, **line.values, "key": f"p{number:013d}"}[name] for name in names]
        for number, line in enumerate(lines)
    ]
    for row in made:
        for at in writer._days:
            row[at] = row[at] and row[at].isoformat()
        row[names.index("created_at")] = "2026-01-01 00:00:00+00:00"
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {writer._table} ({writer._columns}) FROM STDIN") as copy:
                for row in made:
                    copy.write_row(row)
        else:
            cursor.executemany(f"{writer._into} VALUES ({', '.join(['%s'] * len(names))})", made)
    print(time.perf_counter() - begun)


def officer(flag: str) -> None:
    """Save one decision after the other until there is a flag; print how many and the longest."""
    town, took = Agency.objects.filter(level="township").last(), list[float]()
    number = int(time.time() * 1000)
    while not Path(flag).exists():
        number += 1
        begun = time.perf_counter()
        try:
            actions.record(
                Decision, agency=town, by=CONSOLE, kind="licence", number=f"样许〔2024〕{number}号", decided_on=date(2024, 5, 6),
                matter="设立样例店", power="own", subject_kind="organisation", subject="样例公司", publicity="open",
            )  # fmt: skip
        except InvalidInput as error:
            print(error, file=sys.stderr)
        took.append(time.perf_counter() - begun)
        time.sleep(0.25)
    print(len(took), max(took))


def _one_query(agency: Agency, year: int, below: tuple[str, ...]) -> dict[str, int]:
    whose = Q(in_name_of__in=tree.below(agency.pk, queries.last_day(year), below)) if below else Q(in_name_of=agency)
    rows = Decision.every.filter(whose, STANDING, decided_on__range=(date(year, 1, 1), date(year, 12, 31)))
    return rows.aggregate(**{kind: Count(Value(1), filter=Q(kind=kind)) for kind in KINDS})


def _agency(name: str, level: str, parent: Agency | None) -> Agency:
    agency = Agency.objects.create(kind="government", level=level)
    Name.objects.create(agency=agency, name=f"{name}人民政府", since=SINCE)
    if parent is not None:
        Edge.objects.create(child=agency, parent=parent, kind="region", since=SINCE)
    return agency


def _town() -> Agency:
    return Agency.objects.filter(level="township").order_by("pk")[0]


def _writer(agency: Agency) -> Writer:
    """A writer for an import that was taken before."""
    given = Import.objects.filter(state="taken", rows=0).first()
    if given is None:
        file = keep(b"made up", "made.csv")
        given = Import.objects.create(
            agency=agency, register="decisions", file=file, digest=file.digest, by="", state="taken"
        )
    return Writer(Decision, given)


def _line(number: int, agency: Agency) -> Line:
    year, day = 2020 + number // 7 % YEARS, timedelta(days=number % 365)
    written = f"样罚〔{year}〕{number}号"
    values: dict[str, Any] = {
        "kind": KINDS[number % 3], "number": written, "number_key": written, "decided_on": date(year, 1, 1) + day,
        "matter": "占用道路经营", "power": "own", "in_name_of_id": agency.pk, "agency_id": agency.pk, "subject_kind": "citizen",
        "subject": "样小明", "publicity": "open",
    }  # fmt: skip
    return Line(number, [], values)
