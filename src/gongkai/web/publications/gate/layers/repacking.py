"""A zip packed again: what is not touched stays byte for byte."""

from __future__ import annotations

import io
import zipfile


def repacked(data: bytes, new: dict[str, bytes | None], names: dict[str, str] | None = None) -> bytes:
    """A zip with some members' content replaced (None: the member goes), and some members renamed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as made:
        for info in old.infolist():
            content = new[info.filename] if info.filename in new else old.read(info)
            if content is None:
                continue
            copy = zipfile.ZipInfo((names or {}).get(info.filename, info.filename), info.date_time)
            copy.compress_type, copy.external_attr = info.compress_type, info.external_attr
            made.writestr(copy, content)
    return out.getvalue()
