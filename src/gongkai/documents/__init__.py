"""Files in: one neutral Document with the place of every paragraph and cell; one module a format."""

from gongkai.documents.formats import read, recognise_format
from gongkai.documents.limits import Limits
from gongkai.documents.model import Block, Box, Cell, Document, Paragraph, Place, Table
from gongkai.documents.source import Source

__all__ = [
    "Block",
    "Box",
    "Cell",
    "Document",
    "Limits",
    "Paragraph",
    "Place",
    "Source",
    "Table",
    "read",
    "recognise_format",
]
