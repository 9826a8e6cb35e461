"""What the public's page shows of a published report, rendered once and stored: 200 cells take a tenth of a second."""

from __future__ import annotations

from typing import TypedDict

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

import gongkai
from gongkai.web.reports import queries
from gongkai.web.reports.models import Report


class Stored(TypedDict):
    """What the record keeps: the fragment, and the version of the program that rendered it."""

    fragment: str
    fragment_of: str


def stored(record: Report) -> Stored:
    """Return the values to store when a report is published."""
    return {"fragment": _rendered(record), "fragment_of": gongkai.__version__}


def fragment(record: Report) -> SafeString:
    """Return the stored fragment; one that another version rendered is rendered anew for this time."""
    if record.fragment and record.fragment_of == gongkai.__version__:
        # Rendered by our own template, which escapes what files and people say.
        return mark_safe(record.fragment)  # noqa: S308
    return _rendered(record)


def _rendered(record: Report) -> SafeString:
    return render_to_string("reports/public_body.html", {"shown": queries.page(record)})
