"""Writers: a Report as JSON, CSV, a workbook or a page, all laid out by the same form data."""
