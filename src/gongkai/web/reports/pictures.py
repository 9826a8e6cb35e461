"""Pictures of a PDF's pages: drawn when first looked at, then taken from the files."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.files import actions as files
from gongkai.web.files import queries
from gongkai.web.files.models import File
from gongkai.web.reports.drawing import draw
from gongkai.web.reports.models import PageImage


def picture(pdf: File, page: int) -> File:
    """Return the picture of a page. Raises InvalidInput `reports.drawing_failed`."""
    kept = PageImage.objects.filter(digest=pdf.digest, page=page).select_related("picture").first()
    if kept is None:
        with queries.content(pdf) as content:
            drawn = files.put(draw(content, page), f"{page}.png")
        with transaction.atomic():
            kept, _ = PageImage.objects.get_or_create(
                digest=pdf.digest, page=page, defaults={"picture": files.record(drawn)}
            )
    return kept.picture
