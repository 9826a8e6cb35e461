"""The text of a document, in and out: whatever is uploaded or typed becomes clean web text of a small closed vocabulary.

Pure functions. Everything that comes in goes through `clean` last; use `from_upload_in_child` for what people upload.
"""

from gongkai.web.publications.body.child import from_upload_in_child
from gongkai.web.publications.body.cleaning import clean
from gongkai.web.publications.body.notes import Note
from gongkai.web.publications.body.official import Facts, to_docx
from gongkai.web.publications.body.pictures import Image
from gongkai.web.publications.body.reading import Paragraph, digests, links, paragraphs, plain, shown
from gongkai.web.publications.body.upload import Body, from_plain, from_upload

__all__ = [
    "Body",
    "Facts",
    "Image",
    "Note",
    "Paragraph",
    "clean",
    "digests",
    "from_plain",
    "from_upload",
    "from_upload_in_child",
    "links",
    "paragraphs",
    "plain",
    "shown",
    "to_docx",
]
