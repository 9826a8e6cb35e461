"""What both the office's and the public's pages answer with: exports and comparisons."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from gongkai.report.compare import compare
from gongkai.report.write.comparison import change_name, percent, section_name, signed
from gongkai.report.write.wording import figure
from gongkai.web.files.names import clean
from gongkai.web.files.responses import attachment
from gongkai.web.reports import queries
from gongkai.web.reports.exports import EXPORTS
from gongkai.web.reports.models import Report

MOST_PASSAGES = 50


def export(record: Report, ending: str) -> FileResponse:
    """Answer with the figures of a report as a file."""
    if ending not in EXPORTS or not record.assembled:
        raise Http404
    media, write = EXPORTS[ending]
    name = clean(f"{queries.title(record)}.{ending}")
    return attachment(BytesIO(write(queries.assembled(record))), name, media)


def comparison(found: QuerySet[Report], first: str, second: str) -> dict[str, Any]:
    """Return what a page shows of two reports side by side."""
    chosen = [get_object_or_404(found.exclude(assembled=""), key=key) for key in (first, second)]
    # The earlier year stands first, so that a rise is a rise.
    records = sorted(chosen, key=lambda record: record.year or 0)
    of = compare(*(queries.assembled(record) for record in records))
    return {
        "records": [(queries.title(record), record.key) for record in records],
        "changes": [
            (
                change_name(of, change),
                figure(change.first_value),
                figure(change.second_value),
                signed(change),
                percent(change.ratio, sign=True),
            )
            for change in of.changes
        ],
        "same": of.count("same") + of.count("sum") - len(of.changes),
        "alone": of.count("none"),
        "texts": [
            (section_name(number, "zh"), percent(text.first_share), percent(text.second_share))
            for number, text in {"whole": of.whole, **of.text}.items()
        ],
        "passages": [passage.text for passage in of.whole.passages[:MOST_PASSAGES]],
    }
