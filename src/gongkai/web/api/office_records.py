"""What the office knows of a report, as data."""

from __future__ import annotations

from typing import Any

from gongkai.messages import Language
from gongkai.report.write.json import report_object
from gongkai.web.accounts.models import User
from gongkai.web.accounts.queries import names
from gongkai.web.agencies import queries as agencies
from gongkai.web.api import records
from gongkai.web.api.answers import day, instant
from gongkai.web.reports import policies, queries
from gongkai.web.reports.models import Batch, Reading, Report


def row(record: Report) -> dict[str, Any]:
    """A report as it stands in a list; its readings are at hand, the newest first."""
    newest = max(record.readings.all(), key=lambda reading: reading.pk, default=None)
    return {**records.row(record), "keeper": _keeper(record), "reading": _reading(newest) if newest else None}


def whole(record: Report, user: User, language: Language) -> dict[str, Any]:
    """One report with everything: its readings, corrections, waivers, what a person may do with it, what it says."""
    corrections, waivers = record.corrections.order_by("pk"), record.waivers.filter(withdrawn_at__isnull=True)
    by = names([*(one.by for one in corrections), *(one.by for one in waivers)])
    return {
        **row(record),
        "readings": [_reading(one) for one in record.readings.select_related("file").order_by("pk")],
        "corrections": [
            {
                **{field: getattr(one, field) for field in ("cell", "was", "value", "reason")},
                "by": by.get(one.by, one.by),
                "at": instant(one.created_at),
            }
            for one in corrections
        ],
        "waivers": [
            {
                **{field: getattr(one, field) for field in ("key", "code", "cells", "reason")},
                "values": one.values,
                "by": by.get(one.by, one.by),
                "on": day(one.on),
            }
            for one in waivers.order_by("pk")
        ],
        "withdrawn_because": record.withdrawn_because,
        "may": [what for what in (policies.PREPARE, policies.PUBLISH) if policies.may(user, what, record)],
        "report": report_object(queries.assembled(record), language) if record.assembled else None,
    }


def batch_row(batch: Batch) -> dict[str, Any]:
    """A batch and how far it is."""
    return {
        "key": batch.key,
        "keeper": _keeper(batch),
        "at": instant(batch.created_at),
        **queries.progress(batch)._asdict(),
        "duplicates": batch.duplicates,
        "refused": batch.refused,
    }


def _keeper(of: Report | Batch) -> dict[str, Any]:
    found = agencies.standing(of.keeper, agencies.today())
    return {"key": found.key, "name": found.name}


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "key": reading.key,
        "state": reading.state,
        "file": reading.file.name,
        "format": reading.file.format,
        "sha256": reading.file.digest,
        "reader": reading.reader,
        "code": reading.code,
        "message": reading.message,
        "ended_at": instant(reading.ended_at),
    }
