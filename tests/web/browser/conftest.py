"""A real browser for the pages; without one the tests here are reported as skipped."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.guards.source import ROOT
from tests.web.browser.county import county

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BOOTSTRAP = ROOT / "src" / "gongkai" / "web" / "static" / "vendor" / "bootstrap" / "bootstrap.min.css"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 20_000
CUT_OFF = "net::ERR_ABORTED"
"""What a request fails with when its page is left or closed before it ends, which is no fault of the site."""


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium under Playwright."""
    program = os.environ.get("GONGKAI_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("there is no Chromium here (apt-get install chromium)")
    if not AXE.exists() or not BOOTSTRAP.exists():
        pytest.skip("the front-end files are not there (make setup)")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def made(transactional_db):  # noqa: ARG001 - the server's threads see only what is committed
    """The county whose pages are walked."""
    return county()


@pytest.fixture
def open_page(chromium, live_server):
    """Open an address of the site in a window of its own; what the browser complains of fails the test at its end."""
    contexts, complaints = [], []

    def open_at(address, width=1280, **context):
        contexts.append(
            chromium.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url, **context)
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "requestfailed", lambda request: complaints.append(request.url) if request.failure != CUT_OFF else None
        )
        page.goto(address)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe():
    """Return what axe finds wrong on a page, of any impact: rule, place and what is wrong there; and how much it looked at."""
    script = Path(AXE).read_text(encoding="utf-8")

    def look(page):
        # Evaluated from outside the page, so that its policy against foreign scripts stays as it is.
        page.evaluate(script)
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        assert len(found["passes"]) > 10
        return [
            (violation["id"], violation["impact"], node["html"][:200], node["failureSummary"])
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return look
