"""Web pages, and web pages in Word's single-file form."""

from gongkai.documents.html.reading import read

__all__ = ["read"]
