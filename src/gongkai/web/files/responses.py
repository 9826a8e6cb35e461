"""Files on their way out. The view that answers with one has asked the policy before."""

from __future__ import annotations

from typing import IO

from django.http import FileResponse

from gongkai.web.files import queries
from gongkai.web.files.models import File

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
}
"""What a format is called on the wire. Pages, text and pictures are sent as bytes of no kind: nothing shows them in place."""
ANY = "application/octet-stream"


def download(file: File) -> FileResponse:
    """Send a file to be saved: never shown in place, never guessed at, never run."""
    return attachment(queries.content(file), file.name, MEDIA.get(file.format, ANY))


def attachment(content: IO[bytes], name: str, media: str) -> FileResponse:
    """Send any content to be saved under a name."""
    response = FileResponse(content, as_attachment=True, filename=name, content_type=media)
    return _guarded(response)


def picture(file: File) -> FileResponse:
    """Show a picture that the platform itself has drawn; the only thing that is shown in place."""
    response = FileResponse(queries.content(file), content_type="image/png")
    response["Content-Disposition"] = "inline"
    return _guarded(response)


def _guarded(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
