"""Words that make a figure count something else than the sheet does: part of the year, another office, drafts of documents."""

from __future__ import annotations

import re

_PART_OF_YEAR = re.compile(
    "上半年|下半年|前[一二两三]个?季度|第?[一二三四]季度|(?<![0-9])(?!1月?[至到—~-]+12月)[0-9]{1,2}月?[至到—~-]+[0-9]{1,2}月(?!份?[0-9])"
    "|(?<![0-9月至到—~-])[0-9]{1,2}月份"
)
_WHOLE_YEAR = re.compile("全年|本年度|今年共|年度共|[12][0-9]{3}年(?=共|度)")
_SINCE_EVER = re.compile("截[至止]")
_CUMULATIVE = re.compile("累计")
_OF_THE_YEAR = re.compile("今年|本年|全年|年初|年内|当年|1月1日")
_ANOTHER_OFFICE = re.compile("协助|协办|转来|转办|转交|交办|移送|移交|代为|代办")
_DRAFTS = re.compile("公开属性|属性(?:认定|审核|源头)|公文|发文|(?:制发|印发|产生|形成|制作)[^，。；]{0,6}文件|转为")
_REQUEST_VERB = re.compile("收到|新收|受理|接到|答复|办结")

_ANSWERED_WHOLE = re.compile("(?:答复|办结)[^，。；]{0,16}[，（(]其中[^。；]*$")

_REQUEST_RESULTS = frozenset({"granted", "partly_granted", "refused", "unavailable", "not_processed", "other"})


def of_part_of_year(before: str) -> bool:
    """Whether the figure after `before`, the sentence up to it, is said of months or quarters only."""
    if not ("月" in before or "季度" in before or "半年" in before):
        return False
    parts = [found.end() for found in _PART_OF_YEAR.finditer(before)]
    whole = [found.end() for found in _WHOLE_YEAR.finditer(before)]
    return bool(parts) and (not whole or whole[-1] < parts[-1])


def of_all_years(head: str, before: str) -> bool:
    """Whether the figure adds up years: 截至…，累计收到, unless the words keep it to the year."""
    return bool(_CUMULATIVE.search(head) and _SINCE_EVER.search(before) and not _OF_THE_YEAR.search(before))


def of_another_office(head: str) -> bool:
    """Whether the clause tells of requests handled for, or passed on by, another office."""
    return _ANOTHER_OFFICE.search(head) is not None


def of_drafts(what: str, before: str) -> bool:
    """Whether 依申请公开 or 不予公开 is the attribute given to documents when they are drafted, and no answer to a request."""
    root = what.partition(".")[0]
    if root not in _REQUEST_RESULTS and what != "requests_new":
        return False
    return _DRAFTS.search(before) is not None and _REQUEST_VERB.search(before) is None


def of_answered(what: str, before: str) -> bool:
    """Whether 新收 is a part of what was answered (答复33件，其中上年结转3件、新收30件), not all that was received."""
    return what == "requests_new" and _ANSWERED_WHOLE.search(before) is not None
