"""A report, or many, as pages that stand alone: no script, no other file, everything escaped."""

from gongkai.report.write.html.overview import Entry, overview_page
from gongkai.report.write.html.page import report_page

__all__ = ["Entry", "overview_page", "report_page"]
