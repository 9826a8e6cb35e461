"""Takes the cells out of a workbook in a process of its own, held to limits, so that a hostile one harms only that.

    python -m gongkai.web.agencies.exchange.child < FILE

is that process: it writes the rows of the first sheet as JSON, or ends badly.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date, datetime

from gongkai.documents.confinement import confine
from gongkai.documents.limits import DEFAULT
from gongkai.errors import InvalidInput

LIMITS = replace(DEFAULT, seconds=30.0)
"""The largest sheet that is taken, 100,000 rows, needs some seconds and less than half of the memory."""
MOST_BYTES = 256 * 2**20


def table(content: bytes) -> list[list[str]]:
    """Return the rows of a workbook's first sheet, every cell as text.

    Raises InvalidInput for what is no workbook, and for one that takes more time or memory than the limits give.
    """
    with tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "gongkai.web.agencies.exchange.child"],
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=LIMITS.seconds + 5,
                env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise InvalidInput("agencies.import.too_heavy") from error
    if done.returncode < 0 or len(done.stdout) > MOST_BYTES:
        raise InvalidInput("agencies.import.too_heavy")
    try:
        rows: list[list[str]] = json.loads(done.stdout)
    except ValueError as error:
        raise InvalidInput("agencies.import.unreadable") from error
    return rows


def main() -> None:
    """Be the child."""
    content = sys.stdin.buffer.read(LIMITS.file_bytes)
    confine(LIMITS)
    sys.stdout.buffer.write(json.dumps(cells(content), ensure_ascii=False).encode())
    sys.stdout.flush()
    os._exit(0)


def cells(content: bytes) -> list[list[str]]:
    """Take the cells out in this process."""
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _text(cell: object) -> str:
    """A cell as text: a whole number without its point, a date as it is written in the sheet's dates."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


if __name__ == "__main__":
    main()
