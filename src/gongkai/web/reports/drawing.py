"""Pages of a PDF as pictures, drawn in a limited process of its own and kept as files.

    python -m gongkai.web.reports.drawing PAGE < FILE

is that process: it draws one page, counted from 1, and writes a PNG.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from typing import IO

from gongkai.documents.confinement import confine
from gongkai.documents.limits import DEFAULT
from gongkai.errors import InvalidInput

SECONDS = 10
_DOTS = 108
"""Dots an inch: a page of A4 is about 890 dots wide."""
_WIDEST = 2_000
"""Dots of the longer side, however large the page says it is."""
_MOST_BYTES = 32 * 2**20
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def draw(pdf: IO[bytes], page: int) -> bytes:
    """Draw a page of a PDF as PNG. Raises InvalidInput `reports.drawing_failed` where that does not work out."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", "gongkai.web.reports.drawing", str(page)],
            stdin=pdf,
            capture_output=True,
            timeout=SECONDS,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise InvalidInput("reports.drawing_failed", page=page) from error
    if done.returncode or not done.stdout.startswith(_SIGNATURE) or len(done.stdout) > _MOST_BYTES:
        raise InvalidInput("reports.drawing_failed", page=page)
    return done.stdout


def main() -> None:
    """Be the process that draws."""
    confine(DEFAULT)
    picture = drawn(sys.stdin.buffer.read(DEFAULT.file_bytes), int(sys.argv[1]))
    sys.stdout.buffer.write(picture)
    sys.stdout.flush()
    os._exit(0)


def drawn(pdf: bytes, page: int) -> bytes:
    """Draw a page in this process."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    found = document[page - 1]
    scale = min(_DOTS / 72, _WIDEST / max(*found.get_size(), 1))
    bitmap = found.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    return png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)


def png(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """Write rows of pixels as PNG: one channel is grey, three are red, green and blue."""
    colour = {1: 0, 3: 2, 4: 6}[channels]
    rows = b"".join(b"\0" + pixels[at * stride : at * stride + width * channels] for at in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    main()
