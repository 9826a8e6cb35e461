"""PDF: characters and ruling lines by PDFium, our own grid; page pictures for reading scans."""

from gongkai.documents.pdf.images import PageImage, page_images
from gongkai.documents.pdf.reading import read

__all__ = ["PageImage", "page_images", "read"]
