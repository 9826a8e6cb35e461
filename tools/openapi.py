"""Write docs/reference/openapi.json from the operations of the interface; with --check only compare.

python tools/openapi.py [--check]
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]

sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools.generated import write_or_check  # noqa: E402


def text() -> str:
    """The description in English, as it is committed."""
    from gongkai.web.api.schema import openapi

    return json.dumps(openapi("en"), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings.platform")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("GONGKAI_DATA", folder)
        import django

        django.setup()
        sys.exit(write_or_check({"openapi.json": text()}, __file__, sys.argv[1:]))
