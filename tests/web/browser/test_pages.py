"""The public's pages in a real browser: nothing that keeps anybody out, at any width, size of type and contrast."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.web.search import refreshing

COLUMNS = ("guide", "rules", "statutory", "annual_reports", "requests")
# How a page is looked at: width, and the buttons of the toolbar that are pressed first.
WAYS = {
    "desktop": (1280, ()),
    "phone": (390, ()),
    "desktop, largest type": (1280, ("特大",)),
    "phone, largest type": (390, ("特大",)),
    "desktop, high contrast": (1280, ("高对比度",)),
    "phone, high contrast": (390, ("高对比度",)),
    "phone, for the elderly": (390, ("无障碍与长者模式",)),
}
OVERFLOW = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
    && getComputedStyle(e).position !== 'absolute' && !e.closest('.visually-hidden, thead')).map(e => e.outerHTML.slice(0, 120))"""
CUT = """() => [...document.querySelectorAll('main *, header *, nav *, footer *')].filter(e => e.childElementCount === 0
    && e.textContent.trim() && !e.closest('.visually-hidden, thead') && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
    && getComputedStyle(e).display !== 'inline').map(e => e.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll('main a.tile, main .btn, nav.mainnav a, .tree a, .masthead .btn, .masthead input')]
    .filter(e => e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 120))"""


def addresses(made):
    key = made.government.key
    found = {name: reverse(f"portal:{name}") for name in ("home", "directory", "accessibility", "site_map")}
    found |= {name: reverse(f"portal:{name}", args=[key]) for name in COLUMNS}
    found["agency"] = reverse("portal:agency", args=[made.town.key])
    found["sign in"] = reverse("accounts:sign_in")
    found["nothing found"] = reverse("portal:directory") + "?q=月球"
    found["search"] = reverse("search:page")
    found["found"] = reverse("search:page") + "?q=公开&year=2023"
    refreshing.refresh()
    return found


@pytest.mark.parametrize("way", WAYS)
def test_no_page_keeps_anybody_out(way, made, open_page, axe):
    width, buttons = WAYS[way]
    page, wrong, seen = open_page("/", width), {}, 0
    for button in buttons:
        page.get_by_role("button", name=button, exact=True).click()
    for name, address in addresses(made).items():
        page.goto(address)
        found = [*axe(page), *page.evaluate(OVERFLOW), *page.evaluate(CUT), *page.evaluate(SMALL)]
        if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
            found.append("scrolls sideways")
        if found:
            wrong[name] = found
        seen += 1
    assert seen == 14
    assert wrong == {}


@pytest.mark.parametrize("size", ["标准", "特大"])
def test_nothing_scrolls_sideways_at_the_width_of_a_small_phone(size, made, open_page):
    page, seen = open_page("/", 320), 0
    page.get_by_role("button", name=size, exact=True).click()
    for address in addresses(made).values():
        page.goto(address)
        assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth"), address
        assert page.evaluate(OVERFLOW) == [], address
        seen += 1
    assert seen == 14


@pytest.mark.usefixtures("made")
def test_the_toolbar_works_and_is_remembered_on_the_next_page(open_page):
    page = open_page("/")
    size = "() => getComputedStyle(document.body).fontSize"
    sizes = []
    for name in ("标准", "大", "特大"):
        button = page.get_by_role("button", name=name, exact=True)
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        sizes.append(page.evaluate(size))
    assert sizes == ["16px", "18px", "22px"]
    page.get_by_role("button", name="高对比度").click()
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="公开指南").click()
    page.wait_for_url("**/guide/")
    assert page.evaluate(size) == "22px"
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    page.get_by_role("button", name="高对比度").click()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.reload()
    assert page.get_by_role("button", name="特大").get_attribute("aria-pressed") == "true"
    assert page.get_by_role("button", name="高对比度").get_attribute("aria-pressed") == "false"


@pytest.mark.usefixtures("made")
def test_without_script_the_pages_read_the_same_and_the_toolbar_says_what_helps(open_page):
    page = open_page("/", java_script_enabled=False)
    assert page.get_by_role("button", name="特大").count() == 0
    page.get_by_role("link", name="怎样放大文字、提高对比度").click()
    assert page.get_by_role("heading", level=1).inner_text() == "无障碍声明"
    page.get_by_role("link", name="公开指南").first.click()
    assert "示范县人民路1号行政中心3楼306室" in page.inner_text("main")


@pytest.mark.usefixtures("made")
def test_the_keyboard_alone_reaches_the_content_and_every_link(open_page):
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "跳到正文"
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('main a')")
    page = open_page("/")
    links = page.evaluate("() => document.querySelectorAll('a, button, input, summary').length")
    reached, unseen = set(), []
    for _ in range(links + 2):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e), all = [...document.querySelectorAll('*')];"
            " return [all.indexOf(e), e.tagName, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 3, e.outerHTML.slice(0, 80)] }"
        )
        if shown[1] != "BODY":
            reached.add(shown[0])
            unseen += [] if shown[2] else [shown[3]]
    hidden = page.evaluate("() => document.querySelectorAll('.without-script a').length")
    assert len(reached) == links - hidden > 20
    assert unseen == []


@pytest.mark.usefixtures("made")
def test_on_a_phone_the_tiles_come_before_the_tree_and_the_tree_unfolds(open_page):
    page = open_page("/", 390)
    tree = page.locator("details.tree")
    assert page.locator(".tiles").bounding_box()["y"] < tree.bounding_box()["y"]
    assert not tree.get_by_role("link").first.is_visible()
    tree.locator("summary").click()
    tree.get_by_role("link", name="依申请公开").click()
    assert page.get_by_role("heading", level=1).inner_text() == "依申请公开"


def test_a_page_on_paper_is_its_content_only(made, open_page):
    page = open_page(reverse("portal:guide", args=[made.government.key]))
    page.emulate_media(media="print")
    for place in (".mainnav", ".utility", ".tree", ".siteend", ".crumbs", "[data-print]"):
        assert not page.locator(place).first.is_visible(), place
    assert page.get_by_text("000-12345678").is_visible()
    assert len(page.pdf(format="A4")) > 1000
