"""A page used by keys alone: where the focus goes, whether it is seen there, and whether one can leave again."""

from __future__ import annotations

STANDS = """() => {
  const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect(), all = [...document.querySelectorAll('*')];
  return {
    at: all.indexOf(e), tag: e.tagName, html: e.outerHTML.slice(0, 120),
    said: (e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent || '').replace(/\\s+/g, ' ').trim(),
    ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== 'none',
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  }
}"""
MOST = 600


class Keys:
    """The keys of one page. Whatever takes the focus must show it and stand in the window."""

    def __init__(self, page):
        self.page, self.stops, self.unseen = page, 0, []

    def stand(self):
        """What has the focus now."""
        found = self.page.evaluate(STANDS)
        self.stops += 1
        if found["tag"] != "BODY" and not (found["ring"] and found["seen"]):
            self.unseen.append(found["html"])
        return found

    def to(self, words, tag=None, back=False):
        """Go on from where the focus is until something with these words has it; it is a defect if nothing does."""
        met = []
        for _ in range(MOST):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            found = self.stand()
            met.append(found["at"])
            if found["tag"] == "BODY" and len(met) > 1 and met.count(found["at"]) > 2:
                break
            if words in found["said"] and (tag is None or found["tag"] == tag):
                return self
            assert len(met) < 4 or len(set(met[-4:])) > 1, f"caught in {found['html']}"
        raise AssertionError(f"no key leads to {words} on {self.page.url}")

    def enter(self):
        """Press Enter on what has the focus."""
        self.page.keyboard.press("Enter")
        return self

    def go(self):
        """Press Enter on what has the focus, and wait for the page that comes."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def type(self, text):
        """Type where the focus is, in place of what stands there."""
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        return self
