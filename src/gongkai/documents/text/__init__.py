"""Plain text and Markdown."""

from gongkai.documents.text.reading import blocks_of_text, read

__all__ = ["blocks_of_text", "read"]
