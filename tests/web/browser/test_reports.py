"""The pages of reports in a real browser: no violation found by axe, nothing wider than a phone, upload without a mouse."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web import people
from tests.web.reports_office import SAMPLES, confirmed, office, published, read, sweep

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (1280, 390)


@pytest.fixture
def made(transactional_db):  # noqa: ARG001 - the server's threads see only what is committed
    return office()


@pytest.fixture
def signed_in(made):
    """What a browser needs to be the clerk."""
    client: Client = people.browser(made.clerk)
    cookie = client.cookies["sessionid"].value
    return {"storage_state": {"cookies": [
        {"name": "sessionid", "value": cookie, "domain": "localhost", "path": "/", "expires": -1, "httpOnly": True,
         "secure": False, "sameSite": "Lax"}], "origins": []}}  # fmt: skip


def fits(page):
    return page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_public_pages_are_whole_at_both_widths(made, open_page, axe, width):
    report = published(made, confirmed(made, read(made)))
    looked = 0
    for name, given in (("public_list", []), ("public_one", [report.key])):
        page = open_page(reverse(f"reports:{name}", args=given), width)
        assert axe(page) == []
        assert fits(page)
        looked += 1
    assert page.locator(".chart-area.drawn canvas").count() >= 2
    assert looked == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_the_offices_pages_are_whole_at_both_widths(made, open_page, axe, signed_in, width):
    report = read(made)
    addresses = [
        reverse("reports:list"), reverse("reports:upload"), reverse("reports:batch", args=[report.batch.key]),
        reverse("reports:one", args=[report.key]) + "?cell=requests.new.total&waive=1", reverse("notices:list"),
    ]  # fmt: skip
    looked = 0
    for address in addresses:
        page = open_page(address, width, **signed_in)
        assert page.url.endswith(address)
        assert (address, axe(page)) == (address, [])
        assert fits(page), address
        looked += 1
    assert looked == 5


def test_files_are_uploaded_and_their_batch_is_shown(made, open_page, signed_in, tmp_path):
    assert made.clerk
    for name, data in SAMPLES.items():
        (tmp_path / name).write_bytes(data)
    page = open_page(reverse("reports:upload"), **signed_in)
    page.set_input_files("#files", [str(path) for path in sorted(tmp_path.iterdir())])
    assert page.locator("[data-said]").inner_text() == "已选择 6 个文件"
    page.get_by_role("button", name="上传").click()
    page.wait_for_url("**/batches/**")
    assert "等待 6 个" in page.locator("main").inner_text()
    assert sweep() == 6
    page.reload()
    assert "已读取 6 个" in page.locator("main").inner_text()
