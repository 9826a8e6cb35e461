"""What a figure in a sentence counts: the words around it judged in their context."""

from __future__ import annotations

import re
from typing import NamedTuple

from gongkai.report.facts.keywords import AFTER, AFTER_WHAT, BEFORE, BEFORE_WHAT, HEAD
from gongkai.report.facts.numerals import MONEY_UNITS, REQUEST_UNITS
from gongkai.report.model import Value

_OTHER_TIME = re.compile(
    "去年|上年(?!度?结转)|上一年(?!度?结转)|往年|历年|同期|同比|环比|较|相比|比上|比20|比去|前年"
)
_SINCE = re.compile("(?<!今年)(?<!年初)(?<!一年)以来|至今")
_BROUGHT = re.compile("(?:上一?年度?|去年|年初|20[0-9]{2}年度?)(?:未办结|继续)?(?:的)?结转|结转自?(?:上|去年)")
_CARRIED = re.compile("结转[^上]{0,4}(?:下|次年|明年|来年|20[0-9]{2})|转(?:入|至|到)?下|顺延|延至")
_NEW = re.compile("新收|新增|新受理|新接")
_RECEIVED = re.compile("收到|受理|接[到收]|收件")
_UNFINISHED = re.compile("(?:未|没有|未能|正在|待)$")
_ANSWERED = re.compile("办结|答复|回复|办理|办复|完成")
_CHANNEL_ONLY = re.compile("公众号|微信|微博|抖音|头条|客户端|视频号|简报|公告栏|公开栏|公示栏")
_CHANNEL = re.compile("(?:通过|以|经|由).{0,6}?(网络|网站|网上|互联网|信函|邮寄|当面|现场|电子邮件|邮箱|传真)")
_CHANNELS = {word: what for what, words in HEAD if what.startswith("channel.") for word in words}
_LIST = re.compile("、|等|及|和|平台")
_MADE = re.compile("制发|制定|印发|出台|新制作|制作|发文")
_NOT_MADE = re.compile("解读|备案|审查|清理|审核|评估|报送|上传|征求|起草|评查|学习|转发|修订|修改")
_NOT_DECISIONS = re.compile(
    "事项|信息|公开|公示|公布|发布|清单|承接|下放|取消|目录|指南|流程|复议|诉讼|案卷|评查|监督|委托"
)
_APPLIED_FOR = re.compile("(?:收到|受理|接收|接到)[^办决]{0,8}(?:许可|处罚|强制)[^办决]{0,2}申请")
_LESS = re.compile("减|降|退|取消")
_IN_COURT = re.compile("审理|代理|应诉")
_PUBLISHED_UNITS = frozenset({"条", "条次", "件", "篇", "份", "项", "个"})
_DOCUMENT_UNITS = frozenset({"件", "份", "个", "项", "条", "部", "篇", ""})
_DECISION_UNITS = frozenset({"件", "起", "宗", "例", "份", "件次", ""})
_ENFORCEMENT = frozenset({"licences", "penalties", "compulsion"})


class Context(NamedTuple):
    """Where a figure stands: its clause before it, the words after it, its sentence before it, the running topic."""

    head: str
    tail: str
    before: str
    topic: str | None
    section: str


def topic_of(what: str) -> str:
    """Return the subject a figure belongs to, which the next bare verb of the sentence takes up."""
    root = what.partition(".")[0]
    if root in {"reconsiderations", "litigations", "processing_fee"}:
        return root
    if root in {"normative_documents", "administrative_rules", "published_items"}:
        return root
    return "decisions" if root == "charges" or root in _ENFORCEMENT else "requests"


def meanings(value: Value, unit: str, spelt: bool, at: Context) -> tuple[str, ...]:
    """Return what the figure counts: one thing, nothing (), or for a common zero two (行政复议、行政诉讼0件)."""
    if unit == "%":
        return ()
    found = BEFORE.search(at.head)
    if found:
        what, word = BEFORE_WHAT[found.lastindex or 0], found.group()
        lead = at.head[: found.start()]
    else:
        after = None if spelt else AFTER.match(until_break(at.tail))
        if not after:
            return ()
        what, word, lead = AFTER_WHAT[after.lastindex or 0], until_break(at.tail), at.head
    if what != "carry" and (
        _OTHER_TIME.search(at.head) or (("以来" in at.before or "至今" in at.before) and _SINCE.search(at.before))
    ):
        return ()
    return tuple(_judge(what, word, lead, value, unit, at))


def until_break(tail: str) -> str:
    """Return `tail` up to its first punctuation mark."""
    for sign in "，。；、\n）":
        tail = tail.partition(sign)[0]
    return tail


def _judge(what: str, word: str, lead: str, value: Value, unit: str, at: Context) -> list[str]:
    root = what.partition(".")[0]
    if what == "requests_answered" and _UNFINISHED.search(lead):
        return []
    if what in {"requests_new", "requests_answered"}:
        return _bare_verb(what, word, value, unit, at)
    if what == "request":
        return _only(_request(at.head), unit in REQUEST_UNITS and not _elsewhere(_request(at.head), at))
    if what == "carry":
        return _only(_carry(at), unit in REQUEST_UNITS)
    if what == "published_items":
        return _only(what, _published(unit, at))
    if what in {"normative_documents", "administrative_rules"}:
        return _only(_documents(what, lead, at), unit in _DOCUMENT_UNITS and not _NOT_MADE.search(lead + at.tail[:6]))
    if root == "document":
        about = at.topic in {"normative_documents", "administrative_rules"} and unit in _DOCUMENT_UNITS
        if "失效" in at.head and "废止" not in at.head and "废止" in at.before:
            return []  # 废止1件，宣布失效2件: the column is the sum, which neither figure says
        return _only(f"{at.topic}{what.removeprefix('document')}", about)
    if what in _ENFORCEMENT:
        if _APPLIED_FOR.search(at.head):
            return []
        return _only(what, unit in _DECISION_UNITS and not _NOT_DECISIONS.search(at.head + at.tail[:8]))
    if what == "charges":
        return _only(what, unit in MONEY_UNITS and not _LESS.search(lead))
    if root == "fee":
        return _fee(what, unit, at)
    if root in {"reconsiderations", "litigations", "remedy"}:
        return _remedy(what, value, unit, at)
    about_requests = at.topic == "requests" or "申请" in at.before or "申请" in at.tail[:12] or at.section == "3"
    return _only(what, about_requests and unit in REQUEST_UNITS)


def _only(what: str | None, holds: bool) -> list[str]:
    return [what] if what and holds else []


def _bare_verb(what: str, word: str, value: Value, unit: str, at: Context) -> list[str]:
    """收到 or 办结 beside the figure; what it counts must be named with it, follow it, or be the running topic."""
    if unit not in REQUEST_UNITS:
        return []
    after = AFTER.match(until_break(at.tail))
    if after and AFTER_WHAT[after.lastindex or 0] != "request":
        follows = AFTER_WHAT[after.lastindex or 0]
        return (
            []
            if follows in {"carry", "requests_answered"}
            else _judge(follows, until_break(at.tail), at.head, value, unit, at)
        )
    named = "申请" in word or bool(after) or at.topic == "requests"
    channel = _CHANNEL.search(at.head)
    if named and channel and not _LIST.search(at.head):
        return [_CHANNELS[channel.group(1)]]
    return _only(what, named and not _elsewhere(what, at))


def _elsewhere(what: str | None, at: Context) -> bool:
    """A plain 收到 among the parts of a list counts a part of what was received, not the whole."""
    return what == "requests_new" and "其中" in at.before and not _NEW.search(at.head)


def _request(head: str) -> str:
    if _ANSWERED.search(head) and not _NEW.search(head) and not _RECEIVED.search(head):
        return "requests_answered"
    return "requests_new"


def _carry(at: Context) -> str | None:
    words = at.head[-24:] + until_break(at.tail)
    if _BROUGHT.search(words):
        return "brought_forward"
    if _CARRIED.search(words):
        return "carried_forward"
    return "brought_forward" if "含" in at.head else None


def _published(unit: str, at: Context) -> bool:
    if unit not in _PUBLISHED_UNITS or "其中" in at.before or at.topic == "requests":
        return False
    return not (_CHANNEL_ONLY.search(at.head) and not _LIST.search(at.head))


def _documents(what: str, lead: str, at: Context) -> str:
    if "有效" in at.head:
        return f"{what}.in_force"
    if "废止" in at.head or "失效" in at.head:
        return f"{what}.repealed"
    if _MADE.search(lead):
        return f"{what}.issued"
    if "公开" in lead or "发布" in lead or "公布" in lead or at.topic == "published_items":
        return f"{what}.disclosed"
    return what


def _fee(what: str, unit: str, at: Context) -> list[str]:
    if what == "fee.notices":
        return _only("processing_fee.notices", unit in {"件", "份", "次", ""})
    about_fee = at.topic == "processing_fee" or "处理费" in at.before
    if not about_fee or unit not in MONEY_UNITS | {""}:
        return []
    billed = what == "fee.billed" or "应收" in at.head or "开具" in at.head
    return ["processing_fee.billed" if billed else "processing_fee.received"]


def _remedy(what: str, value: Value, unit: str, at: Context) -> list[str]:
    if unit not in REQUEST_UNITS or not (
        at.section == "4" or "公开" in at.before or at.topic in {"reconsiderations", "litigations"}
    ):
        return []
    reconsideration = "复议" in at.head and "复议后" not in at.head
    litigation = "诉" in at.head
    if what.startswith("remedy."):
        topic = (
            "litigations"
            if litigation and not reconsideration
            else "reconsiderations"
            if reconsideration and not litigation
            else at.topic
        )
        if topic not in {"reconsiderations", "litigations"}:
            return []
        return [f"{topic}.{what.partition('.')[2]}"]
    if _IN_COURT.search(at.head):
        return []
    if reconsideration and litigation:
        return ["reconsiderations", "litigations"] if value == 0 else []
    return [what]
