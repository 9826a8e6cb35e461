"""Take the pictures of the documents: `python -m tools.pictures`.

Starts the site with the demonstration county on a temporary data folder, walks it with Debian's Chromium as its people do (an
invitation, a password, a one-time code), and writes PNGs to docs/pictures. Pillow reduces their colours.
"""

from __future__ import annotations

import io
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import urlopen

import pyotp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 250 * 1024
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 180.0
_COLOURS = (256, 128, 64, 32, 16)
_LINK = re.compile(r"(demo\.\S+)\s+(http\S+)")


def main(folder: Path = PICTURES) -> None:
    """Take all pictures and print their sizes. Exits where there is no Chromium, or a picture is too large."""
    program = os.environ.get("GONGKAI_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        sys.exit("there is no Chromium here (apt-get install chromium)")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gongkai-pictures-") as data, served(Path(data)) as address:
        links = dict(_LINK.findall((Path(data) / "demo-links.txt").read_text(encoding="utf-8")))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            walk = Walk(browser, address, links, folder)
            for take in TAKES:
                take(walk)
            browser.close()


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Run the site with the demonstration county; give its address, and stop it."""
    with closing(socket.socket()) as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DATABASE_"))}
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "gongkai", "serve", "--demo", "--port", str(port), "--workers", "2"],
        env={**kept, "GONGKAI_DATA": str(data), "GONGKAI_LOG_LEVEL": "ERROR"},
        stdout=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + PATIENCE
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > until:
                sys.exit("the site did not start")
            time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/health", timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False


class Walk:
    """A browser at the site: windows of everybody and of people who came in by their links."""

    def __init__(self, browser: Browser, address: str, links: dict[str, str], folder: Path) -> None:
        self._browser, self._address, self._links, self._folder = browser, address, links, folder
        self._people: dict[str, tuple[BrowserContext, str]] = {}

    def page(self, path: str, width: int = 1280, height: int = 900, login: str = "") -> Page:
        """Open a path of the site, as somebody or as everybody."""
        page = self._context(login).new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(self._address + path)
        return page

    def password_of(self, login: str) -> str:
        """Let somebody come in for the first time and out again; return the password."""
        self._context(login)
        return self._people[login][1]

    def _context(self, login: str) -> BrowserContext:
        if not login:
            return self._new()
        if login not in self._people:
            self._people[login] = self._came_in(self._links[login])
        return self._people[login][0]

    def _new(self) -> BrowserContext:
        return self._browser.new_context(
            locale="zh-CN", timezone_id="Asia/Shanghai", device_scale_factor=1.25, reduced_motion="reduce"
        )

    def _came_in(self, link: str) -> tuple[BrowserContext, str]:
        """Set a password and a telephone with a link, as its person does."""
        context, password = self._new(), f"示范-{secrets.token_urlsafe(12)}-9aA"
        page = context.new_page()
        page.goto(link)
        if not page.get_by_label("姓名").input_value():
            page.get_by_label("姓名").fill("示范审计甲")
        for field in page.locator("input[type=password]").all():
            field.fill(password)
        page.locator("main form button[type=submit]").click()
        page.get_by_label("动态口令").fill(pyotp.TOTP(page.locator("code").first.inner_text()).now())
        page.locator("main form button[type=submit]").click()
        page.get_by_role("link", name="已保存，继续").click()
        page.close()
        return context, password

    def keep(self, page: Page, name: str, height: int = 900, top: str = "") -> None:
        """Write what a window of some height shows as a small PNG; `top` is what stands at its top."""
        page.wait_for_load_state("networkidle")
        size = page.viewport_size
        assert size is not None  # noqa: S101 - it was set
        page.set_viewport_size({"width": size["width"], "height": height})
        if top:
            page.locator(top).first.evaluate("(e) => e.scrollIntoView()")
        page.wait_for_timeout(500)
        taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        small = next(filter(lambda made: len(made) <= MOST_BYTES, (_png(taken, n) for n in _COLOURS)), None)
        if small is None:
            sys.exit(f"{name} is larger than {MOST_BYTES} bytes")
        (self._folder / name).write_bytes(small)
        print(f"{len(small):>8} {name}")
        page.close()


def _png(picture: Image.Image, colours: int) -> bytes:
    out = io.BytesIO()
    picture.quantize(colours, method=Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def _open(page: Page, name: str) -> Page:
    """Follow the first link whose words hold a name."""
    page.locator("main").get_by_role("link", name=name).first.click()
    page.wait_for_load_state()
    return page


def home(walk: Walk) -> None:
    """The first page."""
    walk.keep(walk.page("/"), "home.png", 1250)


def phone(walk: Walk) -> None:
    """The first page on a telephone."""
    walk.keep(walk.page("/", 390, 844), "phone.png", 1100)


def guide(walk: Walk) -> None:
    """The guide of the county."""
    page = walk.page("/")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="公开指南").click()
    walk.keep(page, "guide.png", 1050)


def report(walk: Walk) -> None:
    """A published report: its tables with the marks of findings, and its charts."""
    page = _open(walk.page("/reports/?q=青石镇&year=2024"), "样例县青石镇")
    walk.keep(page, "report.png", 1100, "#sheet-requests")


def charts(walk: Walk) -> None:
    """The charts of a published report, each beside its data."""
    page = _open(walk.page(f"/reports/?year={time.gmtime().tm_year - 1}"), "示范县人民政府2")
    page.locator(".chart-area.drawn").first.wait_for()
    walk.keep(page, "charts.png", 900, "h2:has-text('图表')")


def compare(walk: Walk) -> None:
    """Two years side by side."""
    page = _open(walk.page(f"/reports/?year={time.gmtime().tm_year - 1}"), "示范县教育局")
    page.get_by_role("button", name="比较", exact=True).click()
    page.wait_for_load_state()
    walk.keep(page, "compare.png", 1000)


def office(walk: Walk) -> None:
    """A clerk's page of a report: findings beside the cells, the original beside the sheet."""
    page = _open(walk.page("/office/reports/?words=青石镇", login="demo.office.clerk"), "样例县青石镇")
    page.get_by_role("link", name="第 2 页").click()
    walk.keep(page, "office-report.png", 1000, "#sheet-requests")


def reports(walk: Walk) -> None:
    """The list of reports that a clerk keeps."""
    walk.keep(walk.page("/office/reports/", login="demo.office.clerk"), "office-list.png", 950)


def agencies(walk: Walk) -> None:
    """The tree of agencies."""
    walk.keep(walk.page("/office/agencies/", login="demo.office.supervisor"), "agencies.png", 900)


def audit(walk: Walk) -> None:
    """What was done, newest first."""
    walk.keep(walk.page("/office/audit/?actor=示范东河甲", login="demo.audit"), "audit.png", 1000)


def sign_in(walk: Walk) -> None:
    """The second step of coming in: the one-time code."""
    login = "demo.qingshan.clerk"
    password = walk.password_of(login)
    page = walk.page("/office/sign-in/", height=640)
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.locator("main form button[type=submit]").click()
    page.get_by_label("动态口令").wait_for()
    walk.keep(page, "sign-in.png", 520)


TAKES: tuple[Callable[[Walk], None], ...] = (
    home, phone, guide, report, charts, compare, office, reports, agencies, audit, sign_in,
)  # fmt: skip

if __name__ == "__main__":
    main()
