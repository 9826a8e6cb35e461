"""Words that the table contradicts: 均获维持 over pending or overturned cases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.messages import Listing
from gongkai.report.check.readings import Reading, reading_words
from gongkai.report.check.rules import found
from gongkai.report.model import Finding, Report

_UPHELD = re.compile(
    "(?:均|全部|皆|都)(?:已)?(?:获得?|被|予以|为|得到|是)?(?:复议机关|法院|行政机关)?(?:结果)?(?:判决)?维持"
)
_CLOSED = re.compile("(?:已|审)(?:审结|办结|结案|结)")
_OTHERWISE = re.compile("其余|另|撤回|撤诉|终止|驳回|不予受理|调解|其[他它]结果")
_GROUPS = {
    "复议": ("reconsideration",),
    "诉": ("litigation_direct", "litigation_after_reconsideration"),
}


def check_wording(report: Report) -> Iterator[Finding]:
    """Yield a finding for each 均获维持 where the table has cases that ended otherwise, or pending ones not excepted."""
    for part in report.prose.values():
        if "维持" not in part.text:
            continue
        for said in _UPHELD.finditer(part.text):
            begins = max(part.text.rfind(sign, 0, said.start()) for sign in "。\n") + 1
            sentence = part.text[begins : said.end()]
            columns = ["overturned"] if _CLOSED.search(sentence) else ["overturned", "pending"]
            if not _OTHERWISE.search(sentence):
                columns.append("other")
            groups = [group for word, names in _GROUPS.items() if word in sentence for group in names]
            if "复议" in sentence and "复议后" in sentence and sentence.count("复议") == 1:
                groups = list(_GROUPS["诉"])
            cells = [f"remedies.{group}.{column}" for group in groups for column in columns]
            against = [cell for cell in cells if report.value(cell)]
            if against:
                labels = Listing(tuple(reading_words(report, Reading((cell,))) for cell in against), "list.semicolon")
                yield found(
                    report,
                    "prose.wording",
                    {"said": said.group(), "table": labels},
                    variant="upheld",
                    cells=against,
                    places=[part.place(said.start())],
                )
